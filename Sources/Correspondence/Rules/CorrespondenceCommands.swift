import Acts
import Federation

/// Enters what an office does with notes: each rule takes the state and gives the acts, or a refusal with its reason.
struct CorrespondenceCommands: Sendable {
    let node: NodeName
    /// The office that acts, one of this node's.
    let office: String
    /// The person who acts for it.
    let author: String

    /// The dossier that all of this desk's acts are in.
    static let dossier = "correspondence"
    /// The handling label of its acts; what is confidential in them is sealed besides.
    static let label = "official correspondence"
    /// Most characters of a subject and of a text.
    static let longestSubject = 300
    static let longestBody = 60_000

    var party: SealingParty { SealingParty(node: node, office: office) }

    func draft(_ paper: NotePaper, revising draft: DraftFile? = nil, today: CalendarDate, form: String?) throws(Refusal) -> [ActDraft] {
        try check(paper, today: today)
        if let draft { try require(draft, version: nil) }
        return [act(NoteDrafted(paper: paper, revises: draft?.draft), to: [], form: form)]
    }

    func giveBack(_ draft: DraftFile?, version: Int64, reason: JSON, form: String?) throws(Refusal) -> [ActDraft] {
        let draft = try requireApprovable(draft, version: version)
        return [act(NoteReturned(draft: draft.draft, version: version, content: reason), to: [], form: form)]
    }

    /// Approves a draft and sends it under the office's next number of the year.
    ///
    /// - Parameters:
    ///   - content: what was approved, sealed anew to the addressees.
    ///   - last: the highest number the office has given in the year.
    func approveAndSend(
        _ draft: DraftFile?, version: Int64, content: JSON, fromName: [String: String], last: Int64, today: CalendarDate, form: String?
    ) throws(Refusal) -> [ActDraft] {
        let draft = try requireApprovable(draft, version: version)
        var paper = draft.paper
        try check(paper, today: today)
        paper.content = content
        let sent = NoteSent(paper: paper, number: last + 1, date: today, fromName: fromName, draft: draft.draft)
        return [
            act(NoteApproved(draft: draft.draft, version: version), to: [], form: form),
            act(sent, to: paper.to.compactMap({ SealingParty($0) }), form: form),
        ]
    }

    /// Whoever acknowledges twice has acknowledged once.
    func acknowledge(_ note: NoteFile, form: String?) throws(Refusal) -> [ActDraft] {
        guard let own = note.to.first(where: { $0.party == party }) else {
            throw Refusal(
                .forbidden, code: "correspondence.not-addressed", "The note is not addressed to this office.",
                mend: "Its addressees acknowledge it.")
        }
        guard own.acknowledged == nil else { return [] }
        return [
            act(
                NoteAcknowledged(note: note.reference, by: party.description), to: [note.forwardedBy ?? note.from], form: form)
        ]
    }

    /// Hands a note on. The addressees must be others than have it already.
    func forward(_ note: NoteFile, to: [SealingParty], content: JSON, original: JSON, form: String?) throws(Refusal) -> [ActDraft] {
        guard note.offices(at: node).contains(office) else { throw Self.unknown }
        try checkAddressees(to)
        for other in to where note.from == other || note.to.contains(where: { $0.party == other }) {
            throw Refusal(
                .conflict, code: "correspondence.has-it", "\(other) has the note already.", mend: "Choose another office.",
                arguments: ["office": other.description])
        }
        let forwarded = NoteForwarded(
            note: note.reference, by: party.description, to: to.map(\.description), content: content, blobs: note.blobs, original: original)
        return [act(forwarded, to: to, form: form)]
    }

    func close(_ note: NoteFile, form: String?) throws(Refusal) -> [ActDraft] {
        guard note.offices(at: node).contains(office) else { throw Self.unknown }
        guard !note.isClosed else { return [] }
        return [act(NoteClosed(entry: note.entry), to: [], form: form)]
    }

    /// What the node says to its own offices about a note whose day for the answer is near or past; each stage once, and none that is over.
    ///
    /// - Parameter given: what has happened to the note, by the names of ``NoteFile/reminder(_:)``.
    static func reminders(of note: NoteFile, at node: NodeName, on today: CalendarDate, given: Set<String>) -> [ActDraft] {
        let offices = note.offices(at: node).sorted()
        guard let deadline = note.deadline, let urgency = note.urgency(on: today), let office = offices.first else { return [] }
        let stage: NoteReminded.Stage = urgency == .overdue ? .passed : .soon
        guard !given.contains(NoteFile.reminder(stage)) else { return [] }
        let commands = CorrespondenceCommands(node: node, office: office, author: "node")
        return [
            commands.act(
                NoteReminded(entry: note.entry, deadline: deadline, stage: stage),
                to: offices.dropFirst().map { SealingParty(node: node, office: $0) }, form: nil)
        ]
    }

    // MARK: What every act asks

    private func check(_ paper: NotePaper, today: CalendarDate) throws(Refusal) {
        guard paper.from == party.description else { throw Self.unknown }
        let parties = paper.to.compactMap({ SealingParty($0) })
        guard parties.count == paper.to.count else { throw Self.unknownOffice(paper.to.first ?? "") }
        try checkAddressees(parties)
        if let deadline = paper.deadline, deadline < today {
            throw Refusal(
                .unlawful, code: "correspondence.deadline-past", "The day for the answer, \(deadline), has passed.",
                mend: "Give a later day, or none.", arguments: ["date": deadline.description])
        }
    }

    private func checkAddressees(_ parties: [SealingParty]) throws(Refusal) {
        guard !parties.isEmpty else {
            throw Refusal(
                .malformed, code: "correspondence.no-addressee", "The note has no addressee.", mend: "Choose one office at least.")
        }
        guard parties.count <= NotePaper.mostAddressees else {
            throw Refusal(
                .malformed, code: "correspondence.many-addressees", "A note has at most \(NotePaper.mostAddressees) addressees.",
                mend: "Send several.", arguments: ["most": String(NotePaper.mostAddressees)])
        }
        guard !parties.contains(party) else {
            throw Refusal(
                .unlawful, code: "correspondence.to-oneself", "An office does not write to itself.", mend: "Choose another office.")
        }
    }

    private func require(_ draft: DraftFile?, version: Int64?) throws(Refusal) {
        guard let draft, draft.office == office else { throw Self.unknown }
        guard draft.state != .sent else {
            throw Refusal(
                .conflict, code: "correspondence.sent", "The note has been sent and stands as it was sent.",
                mend: "Write another that refers to it.")
        }
        guard version == nil || version == draft.version else {
            throw Self.newerVersion
        }
    }

    /// Two persons stand behind a note: nobody approves what they wrote a version of.
    private func requireApprovable(_ draft: DraftFile?, version: Int64) throws(Refusal) -> DraftFile {
        try require(draft, version: version)
        guard let draft else { throw Self.unknown }
        guard draft.state == .waiting else {
            throw Refusal(
                .conflict, code: "correspondence.returned", "The draft was given back and waits for a new version.",
                mend: "Approve the new version when it is there.")
        }
        guard !draft.authors.contains(author) else {
            throw Refusal(
                .forbidden, code: "correspondence.own-draft", "Whoever wrote a draft does not approve it.",
                mend: "Another person of the office with the role 'approver' can.", citation: "docs/operating.md, Correspondence")
        }
        return draft
    }

    static var unknown: Refusal {
        Refusal(
            .notFound, code: "correspondence.unknown", "There is no such note for the offices you act for.",
            mend: "Look at the list of notes.")
    }

    static var newerVersion: Refusal {
        Refusal(
            .conflict, code: "correspondence.newer-version", "The draft was written anew in the meantime.", mend: "Read the newest version."
        )
    }

    static func unknownOffice(_ office: String) -> Refusal {
        Refusal(
            .malformed, code: "correspondence.unknown-office", "'\(office)' is not an office that can be written to.",
            mend: "Choose one of the list; a node must be a peer and have published a key.", arguments: ["office": office])
    }

    /// An act marked for this office and for the offices and nodes it goes to.
    func act(_ payload: some Payload, to parties: [SealingParty], form: String?) -> ActDraft {
        let audience = parties.map { $0.node == node ? $0.office : $0.node.audienceMember(office: $0.office) }
        return ActDraft(
            payload, dossier: Self.dossier, office: office, author: author,
            marking: .restricted(.init(audience: [office] + audience, label: Self.label)), request: form)
    }
}
