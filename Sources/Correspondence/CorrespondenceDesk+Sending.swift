import Acts
public import Federation
public import Record

public import class Record.Record

extension CorrespondenceDesk {
    /// Drafts a note and sends it, as two persons of an office do on the pages: what is entered, sealed and asked by rules is the same.
    ///
    /// - Parameters:
    ///   - office: this node's office that sends it.
    ///   - drafter: who writes it.
    ///   - approver: who approves it, somebody else.
    /// - Returns: the note's entry.
    /// - Throws: a `Refusal`.
    public func send(
        subject: String, body: String, from office: String, to parties: [SealingParty], draftedBy drafter: String,
        approvedBy approver: String, in record: Record
    ) async throws -> Int64 {
        let writing = NoteWriting(record: record, sealing: sealing)
        let sheet = NoteWriting.Sheet(kind: .noteVerbale, office: office, to: parties)
        let entry = try await writing.draft(Letter(subject: subject, body: body), on: sheet, by: drafter, form: nil) { _ in }
        let book = book
        let (draft, addressees) = try await record.read { database in
            (try CorrespondenceQueries(database: database).draft(entry), try book.addressees(in: database))
        }
        guard let draft else { throw CorrespondenceCommands.unknown }
        return try await writing.approveAndSend(
            draft, version: draft.version, by: approver, knowing: addressees, form: nil
        ) { _ in }
    }
}
