import Acts

/// What an officer of the depositary may enter, decided on plain values: the file as it stands in, acts or a refusal out.
struct TreatyCommands: Sendable {
    let actors: ActorTable
    /// The office and person in whose name it is done.
    let office: String
    let author: String

    private var proposals: EntryIntoForceProposal { EntryIntoForceProposal(standing: StandingRule(actors: actors)) }

    static func dossier(of treaty: String) -> String { "treaties/\(treaty)" }

    func draft<Content: Payload>(
        _ payload: Content, treaty: String, effective: CalendarDate? = nil, references: [Reference] = [], request: String? = nil
    ) -> ActDraft {
        ActDraft(
            payload, dossier: Self.dossier(of: treaty), office: office, author: author, effective: effective, references: references,
            request: request)
    }

    /// Enters a treaty with all that is known of it, the depositary's declared date included.
    ///
    /// History is entered as the depositary published it: what its lists hold is a fact, not a request to be judged.
    /// - Parameter first: the place of the first act, so that the proposal can name the decisive entries.
    func open(_ treaty: SampleRegister.Treaty, exists: Bool, first: Int64, asOf: CalendarDate) throws(Refusal) -> [ActDraft] {
        let number = treaty.opened.treaty
        guard !exists else {
            throw Refusal(
                .conflict, code: "treaty.exists-already", "The number \(number) is taken in this register.", mend: "Use another number.",
                arguments: ["treaty": number])
        }
        var drafts = [draft(treaty.opened, treaty: number, effective: treaty.opened.adoptedOn)]
        var lines: [TreatyFile.Line] = []
        for act in treaty.participation {
            guard actors[act.actor] != nil else { throw AdmissionRule.unknownActor(act.actor) }
            lines.append(TreatyFile.Line(entry: first + Int64(drafts.count), participation: act))
            drafts.append(draft(act, treaty: number, effective: act.date, references: [Reference(first)]))
        }
        let file = TreatyFile(opened: treaty.opened, lines: lines)
        if let proposal = proposals.proposal(for: file, inForce: [:], asOf: asOf) {
            drafts.append(
                draft(proposal, treaty: number, effective: proposal.date, references: proposal.decisiveEntries.map { Reference($0) }))
        }
        if let date = treaty.entryIntoForce {
            drafts.append(
                draft(
                    TreatyEntryIntoForceConfirmed(treaty: number, date: date, note: treaty.opened.source), treaty: number,
                    effective: date, references: [Reference(first)]))
        }
        return drafts
    }

    /// Records a signature or instrument, and proposes a date where it tips the condition.
    func record(
        _ act: TreatyParticipation, in file: TreatyFile, inForce: [String: CalendarDate], next: Int64, today: CalendarDate,
        request: String?
    ) throws(Refusal) -> [ActDraft] {
        try AdmissionRule(file: file, actors: actors, today: today).check(act)
        var changed = file
        changed.lines.append(TreatyFile.Line(entry: next, participation: act))
        return [draft(act, treaty: act.treaty, effective: act.date, request: request)]
            + proposal(for: changed, inForce: inForce, today: today)
    }

    /// Corrects an act by a further one. The act corrected stays where it is.
    func correct(
        _ correction: TreatyParticipationCorrected, in file: TreatyFile, inForce: [String: CalendarDate], next: Int64,
        today: CalendarDate, request: String?
    ) throws(Refusal) -> [ActDraft] {
        guard file.lines.contains(where: { $0.entry == correction.entry }) else {
            throw Refusal(
                .conflict, code: "treaty.corrected-already", "Act \(correction.entry) was corrected already.",
                mend: "Correct the act that stands in its place.", arguments: ["entry": String(correction.entry)])
        }
        var changed = file
        changed.lines.removeAll { $0.entry == correction.entry }
        if let replacement = correction.replacement {
            try AdmissionRule(file: changed, actors: actors, today: today).check(replacement)
            changed.lines.append(TreatyFile.Line(entry: next, participation: replacement))
        }
        let effective = correction.replacement?.date ?? file.lines.first { $0.entry == correction.entry }?.participation.date
        return [
            draft(
                correction, treaty: file.opened.treaty, effective: effective, references: [Reference(correction.entry)],
                request: request)
        ] + proposal(for: changed, inForce: inForce, today: today)
    }

    /// Confirms a date of entry into force. The depositary's declared date is authoritative; where it differs from the
    /// arithmetic, the officer says why.
    func confirm(
        _ confirmation: TreatyEntryIntoForceConfirmed, in file: TreatyFile, computed: CalendarDate?, proposalEntry: Int64?,
        request: String?
    ) throws(Refusal) -> [ActDraft] {
        if file.confirmed == confirmation.date {
            throw Refusal(
                .conflict, code: "treaty.confirmed-already", "The date \(confirmation.date) is confirmed already.",
                mend: "Nothing more is needed.", arguments: ["date": confirmation.date.description])
        }
        if confirmation.note == nil {
            guard let computed else {
                throw Refusal(
                    .unlawful, code: "treaty.no-date-to-confirm",
                    "The condition of the clause is not met, so there is no date to confirm.",
                    mend: "Wait until it is, or declare a date with a remark that says on what ground.", citation: "VCLT art. 24(1)")
            }
            guard computed == confirmation.date else {
                throw Refusal(
                    .unlawful, code: "treaty.confirmation-differs", "The arithmetic gives \(computed); a different date needs a remark.",
                    mend: "Say in the remark why the dates differ.", citation: "VCLT art. 77(1)(f)",
                    arguments: ["date": computed.description])
            }
        }
        return [
            draft(
                confirmation, treaty: file.opened.treaty, effective: confirmation.date,
                references: proposalEntry.map { [Reference($0)] } ?? [], request: request)
        ]
    }

    func proposal(for file: TreatyFile, inForce: [String: CalendarDate], today: CalendarDate) -> [ActDraft] {
        guard let proposal = proposals.proposal(for: file, inForce: inForce, asOf: today) else { return [] }
        return [
            draft(
                proposal, treaty: file.opened.treaty, effective: proposal.date,
                references: proposal.decisiveEntries.map { Reference($0) })
        ]
    }
}
