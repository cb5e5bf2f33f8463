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
        try await erase(entries: [index], ground: ground, office: office, author: author)[0]
    }

    /// Erases the payloads of several entries in one turn of the record: all of them or, where one cannot be erased, none.
    ///
    /// - Parameters:
    ///   - indices: some hundreds at most, since the record takes nothing else meanwhile; of none nothing is entered.
    ///   - isHeldByForgettingViewsOnly: whether what the payloads say is in no other views than those that forget it by themselves
    ///     (``RecordView/forgetsErasedPayloads``), so that the others need not be made anew from the whole record.
    ///   - request: makes a form good once, on the first of those acts.
    ///   - allowed: asked in that turn, of the views as they are then; throws where it may not be done (any more).
    /// - Returns: the `record.payload-erased` entries, in the order of `indices`.
    /// - Throws: as ``erase(entry:ground:office:author:)``, or what `allowed` throws.
    public func erase(
        entries indices: [Int64], ground: String, office: String, author: String, isHeldByForgettingViewsOnly: Bool = false,
        request: String? = nil, allowed: @escaping @Sendable (RuleContext) throws -> Void = { _ in }
    ) async throws -> [Entry] {
        let indices = indices.reduce(into: [Int64]()) { if !$0.contains($1) { $0.append($1) } }
        guard let first = indices.first else { return [] }
        let sealed = indices.map { ($0, SealedPayload(PayloadErased(entry: $0, ground: ground))) }
        let entered = try await committer.enter(
            Command.ofRecord(erasing: indices, isForgottenByViews: isHeldByForgettingViewsOnly) { context in
                try allowed(context)
                return try sealed.enumerated().map { place, erasure in
                    let (index, payload) = erasure
                    let act = try Record.erasable(index, context)
                    return ActDraft(
                        kind: PayloadErased.kind, payload: payload, dossier: act.dossier, office: office, author: author,
                        references: [Reference(index)], request: place == 0 ? request : nil)
                }
            })
        do {
            try await committer.exclusively { try $0.purge() }
        } catch {
            throw RecordError.erasureUnfinished(entry: first, reason: "\(error)")
        }
        return entered
    }

    private static func erasable(_ index: Int64, _ context: RuleContext) throws -> (kind: String, dossier: String?, isErased: Bool) {
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
        return act
    }
}
