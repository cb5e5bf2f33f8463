public import Acts

extension Record {
    /// Erases an entry's payload for good, and enters that it was done and on what ground. The leaf stays, so the log still
    /// verifies; the views forget what they drew from the payload.
    ///
    /// The bytes leave the record's and the views' files, free pages and logs included. Backups, exports of payloads and other
    /// nodes' copies are beyond its reach, and so are blobs that the payload cites.
    ///
    /// - Returns: the `record.payload-erased` entry.
    /// - Throws: a `Refusal` where there is nothing to erase; ``RecordError/erasureUnfinished(entry:reason:)`` where it was entered
    ///   but old bytes may still lie in a log file.
    public func erase(entry index: Int64, ground: String, office: String, author: String) async throws -> Entry {
        let sealed = SealedPayload(PayloadErased(entry: index, ground: ground))
        let entered = try await committer.enter(
            Command.ofRecord(erasing: [index]) { context in
                guard index >= 0, index < context.nextIndex else { throw Record.noEntry(index) }
                guard let act = try ActsView.act(index, in: context.database), !act.isErased else {
                    throw Refusal(
                        .conflict, code: "record.already-erased", "The payload of entry \(index) is erased already.",
                        mend: "Nothing is left to do.", arguments: ["entry": "\(index)"])
                }
                guard act.kind != PayloadErased.kind.description, act.kind != RecordOpened.kind.description else {
                    throw Refusal(
                        .forbidden, code: "record.own-kind", "Entry \(index) is the record's own; without it the record cannot be read.",
                        mend: "Erase the payloads of other acts.", arguments: ["entry": "\(index)"])
                }
                return [
                    ActDraft(
                        kind: PayloadErased.kind, payload: sealed, dossier: act.dossier, office: office, author: author,
                        references: [Reference(index)])
                ]
            })
        do {
            try await committer.exclusively { try $0.purge() }
        } catch {
            throw RecordError.erasureUnfinished(entry: index, reason: "\(error)")
        }
        return entered[0]
    }
}
