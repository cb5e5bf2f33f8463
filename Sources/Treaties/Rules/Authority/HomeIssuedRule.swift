public import Acts

/// Whether full powers that a State issued on its own node are accepted here from that node's record.
///
/// They must emanate from the competent authority of the State (VCLT art. 2(1)(c)): the act stands in the record of an accepted node,
/// done by an office that this node's document says is the State's own, in the name of one of the offices that may issue them. That it
/// stands there is proved before this rule is asked.
public struct HomeIssuedRule: Sendable {
    private let actors: ActorTable
    private let today: CalendarDate

    public init(actors: ActorTable, today: CalendarDate) {
        self.actors = actors
        self.today = today
    }

    /// - Parameters:
    ///   - office: the actor of the office that did it at its node, as the node's document says; `nil` where it names none.
    ///   - treaties: the register's numbers.
    public func check(_ issued: TreatyFullPowersIssued, office: String?, treaties: Set<String>) throws(Refusal) {
        guard let actor = actors[issued.actor] else { throw AdmissionRule.unknownActor(issued.actor) }
        try checkHome(issued.actor, office)
        let known = issued.treaties.filter(treaties.contains)
        guard issued.treaties.isEmpty || !known.isEmpty else {
            throw Refusal(
                .unlawful, code: "treaty.full-powers-elsewhere",
                "They are for treaties that are not in this register: \(issued.treaties.joined(separator: ", ")).",
                mend: "They are looked at again when one of them is opened here.", citation: "VCLT art. 77(1)(d)",
                arguments: ["treaties": issued.treaties.joined(separator: ", "), "actor": actor.name(in: "en")])
        }
        var here = issued
        here.treaties = known
        try FullPowersRule(actors: actors, today: today).check(here, treaties: treaties)
    }

    /// A withdrawal must come from the same State's office as the full powers it withdraws.
    public func check(_ revoked: TreatyFullPowersRevoked, of held: HeldFullPowers?, office: String?) throws(Refusal) {
        if let held { try checkHome(held.issued.actor, office) }
        try FullPowersRule(actors: actors, today: today).check(revoked, of: held)
    }

    private func checkHome(_ actor: ActorCode, _ office: String?) throws(Refusal) {
        guard office != actor.rawValue else { return }
        let name = actors[actor]?.name(in: "en") ?? actor.rawValue
        throw Refusal(
            .unlawful, code: "treaty.full-powers-not-home",
            "The office that issued them is not one of \(name), by its node's document.",
            mend: "Full powers of a State are taken from the record of an office that acts for that State.",
            citation: "VCLT arts. 2(1)(c), 7(1)(a)", arguments: ["actor": name, "actorCode": actor.rawValue])
    }
}
