public import Acts

/// Corrections of errors in texts (VCLT art. 79).
extension DepositaryCommands {
    public func propose(
        _ proposal: TreatyCorrectionProposed, today: CalendarDate, request: String?
    ) throws(Refusal) -> [ActDraft] {
        guard !proposal.changes.isEmpty else {
            throw Refusal(
                .malformed, code: "treaty.correction-empty", "A correction says what the text reads and what it should read.",
                mend: "Give one place at least.", citation: "VCLT art. 79(1)")
        }
        if let change = proposal.changes.first(where: { $0.reads == $0.shouldRead }) {
            throw Refusal(
                .malformed, code: "treaty.correction-changes-nothing", "The text of \(change.place) would stay as it is.",
                mend: "Write what it should read.", arguments: ["place": change.place])
        }
        if proposal.scope != .certifiedCopy {
            guard let until = proposal.objectionsUntil, until > today else {
                throw Refusal(
                    .unlawful, code: "treaty.correction-without-period", "States need a time in which they may object.",
                    mend: "Give a last day for objections that is still to come.", citation: "VCLT art. 79(2)")
            }
        }
        return [draft(proposal, treaty: proposal.treaty, effective: today, request: request)]
    }

    /// An objection is entered whenever it comes; whether it came in time is for the law to say, and the stage says so.
    public func object(
        _ objection: TreatyCorrectionObjected, to file: CorrectionFile, isConcerned: Bool, today: CalendarDate, request: String?
    ) throws(Refusal) -> [ActDraft] {
        let name = actors[objection.actor]?.name(in: "en") ?? objection.actor.rawValue
        guard file.proposal.scope != .certifiedCopy else {
            throw Refusal(
                .unlawful, code: "treaty.correction-of-copy", "An error in a certified copy is corrected without asking.",
                mend: "Where the original errs too, propose a correction of the text.", citation: "VCLT art. 79(5)")
        }
        guard isConcerned else {
            throw Refusal(
                .unlawful, code: "treaty.correction-not-concerned", "\(name) is neither a signatory nor a contracting State.",
                mend: "Enter what it says as a communication.", citation: "VCLT art. 79(1)",
                arguments: ["actor": name, "actorCode": objection.actor.rawValue])
        }
        guard file.effected == nil else {
            throw Refusal(
                .conflict, code: "treaty.correction-effected-already",
                "The correction was made on \(file.effected?.date.description ?? "").",
                mend: "Propose a further correction.", citation: "VCLT art. 79(4)",
                arguments: ["date": file.effected?.date.description ?? ""])
        }
        guard objection.date <= today else {
            throw Refusal(
                .unlawful, code: "treaty.received-in-future",
                "The date \(objection.date) is still to come; a document is received on the day it arrives.",
                mend: "Enter it on that day, or correct the date.", citation: "VCLT art. 78(b)",
                arguments: ["date": objection.date.description])
        }
        if let earlier = file.objections.first(where: { $0.objection.actor == objection.actor }) {
            throw Refusal(
                .conflict, code: "treaty.correction-objected-already", "\(name) objected on \(earlier.objection.date).",
                mend: "Nothing more is needed.",
                arguments: ["actor": name, "actorCode": objection.actor.rawValue, "date": earlier.objection.date.description])
        }
        return [
            draft(objection, treaty: objection.treaty, effective: objection.date, references: [objection.proposal], request: request)
        ]
    }

    /// The depositary makes the correction and executes the procès-verbal.
    /// - Parameter serial: the next number of a procès-verbal in the year.
    public func effect(
        _ file: CorrectionFile, opened: TreatyOpened, serial: Int64, today: CalendarDate, request: String?
    ) throws(Refusal) -> [ActDraft] {
        switch file.stage(on: today) {
        case .due: break
        case .open:
            let until = file.proposal.objectionsUntil?.description ?? ""
            throw Refusal(
                .unlawful, code: "treaty.correction-period-runs", "States may object until \(until).",
                mend: "Wait until the period is over.", citation: "VCLT art. 79(2)", arguments: ["date": until])
        case .objected:
            throw Refusal(
                .unlawful, code: "treaty.correction-objected", "There is an objection, so the correction is not made.",
                mend: "Communicate the objection to the signatory and contracting States.", citation: "VCLT art. 79(2)(b)")
        case .effected:
            throw Refusal(
                .conflict, code: "treaty.correction-effected-already",
                "The correction was made on \(file.effected?.date.description ?? "").",
                mend: "Propose a further correction.", citation: "VCLT art. 79(4)",
                arguments: ["date": file.effected?.date.description ?? ""])
        }
        let treaty = file.proposal.treaty
        var paragraphs: [String: [String]] = [:]
        for language in DocumentLanguage.allCases {
            paragraphs[language.rawValue] = NotificationWording(language: language).procesVerbal(
                of: file.proposal, title: language.text(of: opened.titles), on: today)
        }
        let number = "PV.\(serial).\(today.year).TREATIES-\(treaty.split(separator: "-").joined(separator: "."))"
        let effected = TreatyCorrectionEffected(
            proposal: file.entry, treaty: treaty, date: today, procesVerbal: number, serial: serial, paragraphs: paragraphs)
        return [draft(effected, treaty: treaty, effective: today, references: [file.entry], request: request)]
    }
}
