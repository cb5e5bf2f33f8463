public import Acts

/// What an officer of the depositary may enter of the depositary's own functions (VCLT arts. 76 to 80), decided on plain values.
public struct DepositaryCommands: Sendable {
    let actors: ActorTable
    let settings: DepositarySettings
    let office: String
    let author: String

    public init(actors: ActorTable, settings: DepositarySettings, office: String, author: String) {
        self.actors = actors
        self.settings = settings
        self.office = office
        self.author = author
    }

    func draft<Content: Payload>(
        _ payload: Content, treaty: String?, effective: CalendarDate? = nil, marking: Marking = .public, references: [Int64] = [],
        request: String?
    ) -> ActDraft {
        ActDraft(
            payload, dossier: treaty.map { "treaties/\($0)" }, office: office, author: author, effective: effective, marking: marking,
            references: references.map { Reference($0) }, request: request)
    }

    /// For what concerns the depositary's own dealings and not the public: addresses and deliveries.
    static let ownMarking = Marking.restricted(.init(audience: [String](), label: "internal"))

    private func checkActor(_ code: ActorCode?) throws(Refusal) {
        guard let code, actors[code] == nil else { return }
        throw Refusal(
            .malformed, code: "treaty.unknown-actor", "No actor has the code \(code).",
            mend: "Choose a State or organization from the list.",
            arguments: ["actor": code.rawValue])
    }

    private func refuseFuture(_ date: CalendarDate, today: CalendarDate) throws(Refusal) {
        guard date > today else { return }
        throw Refusal(
            .unlawful, code: "treaty.received-in-future",
            "The date \(date) is still to come; a document is received on the day it arrives.",
            mend: "Enter it on that day, or correct the date.", citation: "VCLT art. 78(b)", arguments: ["date": date.description])
    }

    // MARK: Custody

    /// A document comes into custody.
    /// - Parameter scan: the act that an original follows, where it says so.
    public func receive(
        _ act: TreatyInstrumentReceived, scan: TreatyInstrumentReceived?, today: CalendarDate, request: String?
    ) throws(Refusal) -> [ActDraft] {
        try checkActor(act.actor)
        try refuseFuture(act.received, today: today)
        if act.item != .originalText, act.item != .certifiedCopy, act.item != .procesVerbal, act.actor == nil {
            throw Refusal(
                .malformed, code: "treaty.document-of-nobody", "An instrument, full powers or communication come from somebody.",
                mend: "Choose the State or organization.", citation: "VCLT arts. 7, 16")
        }
        if let dated = act.dated, dated > act.received {
            throw Refusal(
                .unlawful, code: "treaty.dated-after-receipt",
                "The document bears the date \(dated), which is after its receipt on \(act.received).",
                mend: "Check both dates; where the document itself errs, say so in the remark and leave the date out.",
                arguments: ["dated": dated.description, "received": act.received.description])
        }
        if act.follows != nil {
            guard let scan, scan.medium == .scan, scan.treaty == act.treaty, scan.actor == act.actor, act.medium == .original else {
                throw Refusal(
                    .conflict, code: "treaty.no-such-scan", "There is no scan of this sender's that the original could follow.",
                    mend: "Choose the scan from the custody list, or leave it out.")
            }
        }
        return [
            draft(
                act, treaty: act.treaty, effective: act.received, references: act.follows.map { [$0] } ?? [], request: request)
        ]
    }

    /// The form of an instrument was examined (VCLT art. 77(1)(d)).
    public func examine(
        _ examination: TreatyInstrumentExamined, of document: TreatyInstrumentReceived, request: String?
    ) throws(Refusal) -> [ActDraft] {
        let missing = TreatyInstrumentExamined.Point.allCases.filter { point in !examination.checks.contains { $0.point == point } }
        guard missing.isEmpty else {
            throw Refusal(
                .malformed, code: "treaty.examination-incomplete", "Not every point was looked at.", mend: "Answer every point.",
                citation: "VCLT art. 77(1)(d)")
        }
        let doubts = examination.checks.filter { $0.answer != .yes }
        if examination.result == .inOrder, !doubts.isEmpty {
            throw Refusal(
                .unlawful, code: "treaty.examination-contradicts", "A point was not answered with yes, and the result says in due form.",
                mend: "Ask the State to complete the instrument, or bring the difference to the attention of the States concerned.",
                citation: "VCLT art. 77(1)(d), 77(2)")
        }
        if examination.result == .difference, examination.remarks == nil {
            throw Refusal(
                .malformed, code: "treaty.difference-without-words", "A difference is brought to the States' attention in words.",
                mend: "Say in the remarks what it is. The depositary does not decide it.", citation: "VCLT art. 77(2)")
        }
        return [draft(examination, treaty: document.treaty, references: [examination.instrument], request: request)]
    }

    /// Where notifications go from now on.
    public func setContact(_ contact: TreatyContactPoint, isAddress: (String) -> Bool, request: String?) throws(Refusal) -> [ActDraft] {
        try checkActor(contact.actor)
        for address in contact.addresses where !isAddress(address) {
            throw Refusal(
                .malformed, code: "treaty.contact-address", "'\(address)' is not an address of electronic mail.",
                mend: "Write it as name@domain, one a line.", citation: "RFC 5321, 4.1.2", arguments: ["address": address])
        }
        return [draft(contact, treaty: nil, marking: Self.ownMarking, request: request)]
    }

    // MARK: Registration

    public func register(
        _ registration: TreatyRegistered, inForce: CalendarDate?, already: String?, today: CalendarDate, request: String?
    ) throws(Refusal) -> [ActDraft] {
        try RegistrationRule.requireInForce(inForce, on: min(registration.date, today))
        try refuseFuture(registration.date, today: today)
        if let already, already == registration.number {
            throw Refusal(
                .conflict, code: "treaty.registered-already", "The treaty is registered under \(already).", mend: "Nothing more is needed.",
                arguments: ["number": already])
        }
        return [draft(registration, treaty: registration.treaty, effective: registration.date, request: request)]
    }

    // MARK: Other depositaries

    public func importLedger(_ ledger: TreatyLedgerImported, today: CalendarDate, request: String?) throws(Refusal) -> [ActDraft] {
        try checkActor(ledger.depositary)
        if ledger.asOf > today { try refuseFuture(ledger.asOf, today: today) }
        for line in ledger.lines {
            try checkActor(line.actor)
            guard line.date <= ledger.asOf else {
                throw Refusal(
                    .malformed, code: "treaty.ledger-date", "The list stood so on \(ledger.asOf), and has a line of \(line.date).",
                    mend: "Give the day of the list, or correct the line.",
                    arguments: ["asOf": ledger.asOf.description, "date": line.date.description])
            }
        }
        return [draft(ledger, treaty: ledger.treaty, effective: ledger.asOf, request: request)]
    }
}
