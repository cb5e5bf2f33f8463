public import Acts

/// Whether a person may do an act towards a treaty for a State or organization (VCLT art. 7), and what follows where not (art. 8).
public struct AuthorityRule: Sendable {
    /// What somebody wants to do.
    public struct Deed: Hashable, Sendable {
        public var treaty: String
        public var actor: ActorCode
        public var act: AuthorizedAct
        public var date: CalendarDate
        public var signatory: Signatory?
        /// The entry of the full powers relied on.
        public var fullPowers: Int64?
        public var note: String?

        public init(
            treaty: String, actor: ActorCode, act: AuthorizedAct, date: CalendarDate, signatory: Signatory?, fullPowers: Int64? = nil,
            note: String? = nil
        ) {
            self.treaty = treaty
            self.actor = actor
            self.act = act
            self.date = date
            self.signatory = signatory
            self.fullPowers = fullPowers
            self.note = note
        }
    }

    /// On what a person's authority rests.
    public enum Ground: Hashable, Sendable {
        /// The office itself (7(2)).
        case office(Capacity)
        /// Full powers (7(1)(a)).
        case fullPowers(Int64)
        /// Practice or circumstances (7(1)(b)).
        case practice

        /// The article.
        public var citation: String {
            switch self {
            case .office(.headOfMission): "VCLT art. 7(2)(b)"
            case .office(.accreditedRepresentative): "VCLT art. 7(2)(c)"
            case .office: "VCLT art. 7(2)(a)"
            case .fullPowers: "VCLT art. 7(1)(a)"
            case .practice: "VCLT art. 7(1)(b)"
            }
        }
    }

    private let actors: ActorTable
    /// All that the depositary holds of the actor.
    private let held: [HeldFullPowers]

    public init(actors: ActorTable, held: [HeldFullPowers]) {
        self.actors = actors
        self.held = held
    }

    /// - Returns: on what the authority rests.
    /// - Throws: why there is none. The depositary may still record the act as unconfirmed (art. 8).
    @discardableResult
    public func check(_ deed: Deed) throws(Refusal) -> Ground {
        guard let actor = actors[deed.actor] else { throw AdmissionRule.unknownActor(deed.actor) }
        let signatory = try signatory(of: deed, actor)
        switch signatory.capacity {
        case .headOfState, .headOfGovernment, .foreignMinister:
            guard !actor.isOrganization else { throw ofOrganization(actor) }
            return .office(signatory.capacity)
        case .headOfMission, .accreditedRepresentative:
            guard deed.act == .adoption else { throw adoptionOnly(signatory.capacity) }
            return .office(signatory.capacity)
        case .dispensed:
            guard deed.note != nil else {
                throw Refusal(
                    .unlawful, code: "treaty.practice-unexplained",
                    "That full powers are dispensed with must show from practice or circumstances, and none are named.",
                    mend: "Say in the remark which practice or circumstances show it, or enter full powers.", citation: "VCLT art. 7(1)(b)")
            }
            return .practice
        case .plenipotentiary:
            return .fullPowers(try fullPowers(for: deed, signatory, actor).entry)
        }
    }

    /// An act without authority can be recorded, but never anonymously.
    public func signatory(of deed: Deed, _ actor: Actor) throws(Refusal) -> Signatory {
        guard let signatory = deed.signatory, !signatory.name.isEmpty else {
            throw Refusal(
                .unlawful, code: "treaty.no-signatory", "It is not said who did this for \(actor.name(in: "en")).",
                mend: "Name the person, the title and the capacity.", citation: "VCLT art. 7(1)",
                arguments: ["actor": actor.name(in: "en"), "actorCode": actor.code.rawValue])
        }
        return signatory
    }

    /// The full powers of the actor that cover a deed by this person, newest first: what a form offers.
    public func covering(_ deed: Deed) -> [HeldFullPowers] {
        guard let actor = actors[deed.actor] else { return [] }
        return held.reversed().filter { powers in
            do throws(Refusal) {
                try check(powers, for: deed, deed.signatory, actor)
                return true
            } catch {
                return false
            }
        }
    }

    private func fullPowers(for deed: Deed, _ signatory: Signatory, _ actor: Actor) throws(Refusal) -> HeldFullPowers {
        guard let entry = deed.fullPowers, let powers = held.first(where: { $0.entry == entry }) else {
            throw Refusal(
                .unlawful, code: "treaty.no-full-powers", "No full powers authorize \(signatory.name) to act for \(actor.name(in: "en")).",
                mend: "Enter the full powers and choose them, or record the act as unconfirmed until \(actor.name(in: "en")) confirms it.",
                citation: "VCLT arts. 7(1)(a), 8", arguments: arguments(actor, ["person": signatory.name]))
        }
        try check(powers, for: deed, signatory, actor)
        return powers
    }

    private func check(_ powers: HeldFullPowers, for deed: Deed, _ signatory: Signatory?, _ actor: Actor) throws(Refusal) {
        let issued = powers.issued
        let entry = String(powers.entry)
        guard issued.actor == deed.actor else {
            throw refusal(
                "full-powers-of-another", "Full powers \(entry) are not of \(actor.name(in: "en")).",
                "Choose full powers that \(actor.name(in: "en")) issued.", "VCLT arts. 2(1)(c), 7(1)(a)", actor, ["entry": entry])
        }
        try FullPowersRule.checkIssuer(issued, actor)
        switch powers.state(on: deed.date) {
        case .good: break
        case .notYet:
            throw refusal(
                "full-powers-not-yet", "Full powers \(entry) are good from \(powers.validFrom) on; the act is of \(deed.date).",
                "Check the date of the act, or ask for full powers that cover it.", "VCLT art. 7(1)(a)", actor,
                ["entry": entry, "from": powers.validFrom.description, "date": deed.date.description])
        case .expired:
            let until = issued.validUntil.map(\.description) ?? ""
            throw refusal(
                "full-powers-expired", "Full powers \(entry) were good until \(until); the act is of \(deed.date).",
                "Ask for new full powers, or record the act as unconfirmed.", "VCLT arts. 7(1)(a), 8", actor,
                ["entry": entry, "until": until, "date": deed.date.description])
        case .revoked:
            let day = powers.revokedOn.map(\.description) ?? ""
            throw refusal(
                "full-powers-withdrawn", "Full powers \(entry) were revoked on \(day); the act is of \(deed.date).",
                "Ask for new full powers, or record the act as unconfirmed.", "VCLT arts. 7(1)(a), 8", actor,
                ["entry": entry, "day": day, "date": deed.date.description])
        }
        guard issued.treaties.isEmpty || issued.treaties.contains(deed.treaty) else {
            throw refusal(
                "full-powers-other-treaty", "Full powers \(entry) are for another treaty: \(issued.treaties.joined(separator: ", ")).",
                "Ask for full powers that name this treaty, or record the act as unconfirmed.", "VCLT arts. 7(1)(a), 8", actor,
                ["entry": entry, "treaties": issued.treaties.joined(separator: ", "), "treaty": deed.treaty])
        }
        // Credentials accredit a delegation to adopt the text; signing takes full powers (VCLT art. 7(2)(c); UN Treaty Handbook, 3.2).
        let covered = issued.form == .credentials && issued.acts.isEmpty ? [.negotiation, .adoption, .authentication] : issued.acts
        guard covered.isEmpty || covered.contains(deed.act) else {
            throw refusal(
                "full-powers-other-act", "Full powers \(entry) do not cover this act.",
                "Ask for full powers that cover it, or record the act as unconfirmed.", "VCLT arts. 7(1)(a), 8", actor,
                ["entry": entry, "act": deed.act.rawValue])
        }
        if let signatory, !powers.names(signatory.name) {
            throw refusal(
                "full-powers-other-person", "Full powers \(entry) do not name \(signatory.name).",
                "Check the name, or ask for full powers that name this person.", "VCLT arts. 2(1)(c), 7(1)(a)", actor,
                ["entry": entry, "person": signatory.name])
        }
    }

    private func ofOrganization(_ actor: Actor) -> Refusal {
        refusal(
            "capacity-of-organization",
            "\(actor.name(in: "en")) is an organization; its representatives act by powers of its competent organ.",
            "Choose full powers as the capacity.", "VCLT 1986 art. 7(3)", actor)
    }

    private func adoptionOnly(_ capacity: Capacity) -> Refusal {
        Refusal(
            .unlawful, code: "treaty.adoption-only",
            capacity == .headOfMission
                ? "A head of mission represents the State without full powers only for adopting a text with the receiving State."
                : "An accredited representative acts without full powers only for adopting a text in that conference or organ.",
            mend: "Choose full powers as the capacity, or record the act as unconfirmed.",
            citation: capacity == .headOfMission ? "VCLT arts. 7(2)(b), 8" : "VCLT arts. 7(2)(c), 8")
    }

    private func refusal(
        _ code: String, _ explanation: String, _ mend: String, _ citation: String, _ actor: Actor, _ more: [String: String] = [:]
    ) -> Refusal {
        Refusal(
            .unlawful, code: "treaty.\(code)", explanation, mend: mend, citation: citation, arguments: arguments(actor, more))
    }

    private func arguments(_ actor: Actor, _ more: [String: String]) -> [String: String] {
        more.merging(["actor": actor.name(in: "en"), "actorCode": actor.code.rawValue]) { own, _ in own }
    }
}
