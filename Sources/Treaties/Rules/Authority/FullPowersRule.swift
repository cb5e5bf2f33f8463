public import Acts

/// Whether full powers may be entered, and withdrawn.
public struct FullPowersRule: Sendable {
    private let actors: ActorTable
    private let today: CalendarDate

    public init(actors: ActorTable, today: CalendarDate) {
        self.actors = actors
        self.today = today
    }

    /// - Parameters:
    ///   - treaties: the register's numbers.
    ///   - isHome: whether the State's own office issues them here, for a treaty that any depositary may hold.
    public func check(_ issued: TreatyFullPowersIssued, treaties: Set<String>, isHome: Bool = false) throws(Refusal) {
        guard let actor = actors[issued.actor] else { throw AdmissionRule.unknownActor(issued.actor) }
        try Self.checkIssuer(issued, actor)
        for treaty in issued.treaties where !isHome && !treaties.contains(treaty) {
            throw Refusal(
                .malformed, code: "treaty.unknown-treaty", "There is no treaty with the number \(treaty) in this register.",
                mend: "Look it up in the register.", arguments: ["treaty": treaty])
        }
        guard issued.issuedOn <= today else {
            throw Refusal(
                .unlawful, code: "treaty.full-powers-in-future", "The day of issue, \(issued.issuedOn), is still to come.",
                mend: "Check the date on the document.", citation: "VCLT art. 2(1)(c)", arguments: ["date": issued.issuedOn.description])
        }
        if let until = issued.validUntil, until < (issued.validFrom ?? issued.issuedOn) {
            throw Refusal(
                .malformed, code: "treaty.full-powers-empty", "They would end on \(until), before they begin.", mend: "Check both dates.",
                arguments: ["until": until.description])
        }
        if issued.form == .credentials, issued.conference == nil {
            throw Refusal(
                .malformed, code: "treaty.credentials-without-conference", "Credentials are for a conference or organ, and none is named.",
                mend: "Name it, or enter full powers.", citation: "VCLT art. 7(2)(c)")
        }
        if let document = issued.document, !Self.isHash(document) {
            throw Refusal(
                .malformed, code: "treaty.document-hash", "'\(document.prefix(70))' is not a SHA-256 hash.",
                mend: "Write its 64 hexadecimal digits, in small letters.", arguments: ["hash": String(document.prefix(70))])
        }
    }

    /// Full powers emanate from the competent authority of a State (VCLT art. 2(1)(c)). The depositary's practice takes them from the
    /// three offices that need none themselves (UN Treaty Handbook, section 3.2), and an organization's from its organ.
    static func checkIssuer(_ issued: TreatyFullPowersIssued, _ actor: Actor) throws(Refusal) {
        let allowed: Set<TreatyFullPowersIssued.Issuer> =
            actor.isOrganization ? [.organizationOrgan] : [.headOfState, .headOfGovernment, .foreignMinister]
        guard allowed.contains(issued.issuer) else {
            throw Refusal(
                .unlawful, code: actor.isOrganization ? "treaty.full-powers-issuer-organ" : "treaty.full-powers-issuer",
                actor.isOrganization
                    ? "Powers of an organization are issued by its competent organ."
                    : "Full powers are issued by the Head of State, the Head of Government or the Minister for Foreign Affairs.",
                mend: "Ask for full powers signed by one of these, or by somebody whose own authority to issue them is shown.",
                citation: actor.isOrganization
                    ? "VCLT 1986 arts. 2(1)(c bis), 7(3)"
                    : "VCLT arts. 2(1)(c), 7(1)(a), 7(2)(a); practice of the Secretary-General of the United Nations")
        }
    }

    public func check(_ revoked: TreatyFullPowersRevoked, of held: HeldFullPowers?) throws(Refusal) {
        guard let held else {
            throw Refusal(
                .notFound, code: "treaty.no-such-full-powers", "Entry \(revoked.entry) holds no full powers.",
                mend: "Choose them from the list.", arguments: ["entry": String(revoked.entry)])
        }
        if let day = held.revokedOn {
            throw Refusal(
                .conflict, code: "treaty.full-powers-revoked-already", "They were revoked on \(day) already.",
                mend: "Nothing more is needed.",
                arguments: ["day": day.description])
        }
        guard revoked.date <= today else {
            throw Refusal(
                .unlawful, code: "treaty.date-in-future",
                "The date \(revoked.date) is still to come; an instrument is received on the day it arrives.",
                mend: "Enter it on that day, or correct the date.", citation: "VCLT art. 16", arguments: ["date": revoked.date.description])
        }
    }

    static func isHash(_ text: String) -> Bool {
        text.utf8.count == 64 && text.utf8.allSatisfy { (0x30...0x39).contains($0) || (0x61...0x66).contains($0) }
    }
}
