import Acts
import Federation
import GRDB
import Record

import class Record.Record

/// Seals and enters notes on their way from the first draft to being sent: what the pages do for people, and programs without them.
struct NoteWriting: Sendable {
    let record: Record
    let sealing: LetterSealing

    /// Whether whoever acts still may, asked at the act's turn; it throws where not.
    typealias Permission = @Sendable (Database) throws -> Void

    /// What a draft says in the open.
    struct Sheet: Sendable {
        var kind: NoteKind
        var office: String
        var to: [SealingParty]
        var deadline: CalendarDate?
        var inReplyTo: NoteReference?
    }

    private func commands(_ office: String, _ author: String) -> CorrespondenceCommands {
        CorrespondenceCommands(node: sealing.node, office: office, author: author)
    }

    /// Enters a draft, or a new version of one.
    ///
    /// - Parameter draft: the first entry of the draft that is written anew.
    /// - Returns: the draft's first entry.
    /// - Throws: a `Refusal`.
    func draft(
        _ letter: Letter, on sheet: Sheet, revising draft: Int64? = nil, by author: String, form: String?,
        permission: @escaping Permission
    ) async throws -> Int64 {
        let sealed = try sealing.seal(letter.bytes, from: sheet.office, to: [], of: [])
        let paper = NotePaper(
            note: sheet.kind, from: sealing.party(sheet.office).description, to: sheet.to.map(\.description), deadline: sheet.deadline,
            inReplyTo: sheet.inReplyTo, content: sealed.json, blobs: letter.attachments.map(\.blob))
        let commands = commands(sheet.office, author)
        let entries = try await record.enter(
            Command { context in
                try permission(context.database)
                let known = try draft.map { entry -> DraftFile in
                    guard let known = try CorrespondenceQueries(database: context.database).draft(entry) else {
                        throw CorrespondenceCommands.unknown
                    }
                    return known
                }
                return try commands.draft(paper, revising: known, today: context.now.date, form: form)
            })
        guard let entry = draft ?? entries.first?.index else { throw CorrespondenceCommands.unknown }
        return entry
    }

    /// Approves a draft in the version that was read, seals it to its addressees, and sends it.
    ///
    /// - Returns: the note's entry.
    /// - Throws: a `Refusal`.
    func approveAndSend(
        _ draft: DraftFile, version: Int64, by author: String, knowing addressees: [Addressee], form: String?,
        permission: @escaping Permission
    ) async throws -> Int64 {
        guard version == draft.version else { throw CorrespondenceCommands.newerVersion }
        let office = draft.office
        let clear = try sealing.open(draft.paper.content, as: [office])
        let sealed = try sealing.seal(clear, from: office, to: draft.paper.to.compactMap({ SealingParty($0) }), of: addressees)
        let party = sealing.party(office)
        let names = addressees.first { $0.party == party }?.officeName ?? [:]
        let commands = commands(office, author)
        let entries = try await record.enter(
            Command { context in
                try permission(context.database)
                let queries = CorrespondenceQueries(database: context.database)
                let today = context.now.date
                return try commands.approveAndSend(
                    try queries.draft(draft.draft), version: version, content: sealed.json, fromName: names,
                    last: try queries.lastNumber(of: party, in: today.year), today: today, form: form)
            })
        guard let entry = entries.last?.index else { throw CorrespondenceCommands.unknown }
        return entry
    }
}
