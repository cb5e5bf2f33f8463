import Acts
import GRDB

/// The acts that a batch's rules have decided on so far.
struct Batch {
    /// Where the batch begins.
    let position: Int64
    /// When all its acts are received.
    let now: Moment
    let payloadLimit: Int
    private(set) var entries: [Entry] = []
    /// Entries whose payloads go with this batch.
    private(set) var erased: [Int64] = []
    /// Whether the last rule changed the views, which no rule may.
    private(set) var ruleWrote = false

    init(position: Int64, now: Moment, payloadLimit: Int) {
        self.position = position
        self.now = now
        self.payloadLimit = payloadLimit
    }

    var stored: [StoredEntry] {
        entries.map { entry in
            guard case .present(let sealed) = entry.content else { return StoredEntry(leaf: entry.leaf, payload: nil) }
            return StoredEntry(leaf: entry.leaf, payload: StoredPayload(sealed))
        }
    }

    /// Takes back what a command that failed has added.
    mutating func takeBack(from start: Int, erased count: Int) {
        entries.removeSubrange(start...)
        erased.removeSubrange(count...)
    }

    /// Runs a command's rule, checks its acts and adds them.
    ///
    /// - Returns: the new entries, to be applied to the views.
    /// - Throws: what the rule throws, or a `Refusal` for acts that cannot be entered; nothing was added then.
    mutating func decide(_ command: Command, _ database: Database) throws -> ArraySlice<Entry> {
        let changes = database.totalChangesCount
        ruleWrote = false
        let start = entries.count
        let next = position + Int64(start)
        defer { ruleWrote = database.totalChangesCount != changes }
        let drafts = try command.rule(RuleContext(database: database, now: now, nextIndex: next))
        guard database.totalChangesCount == changes else {
            throw Refusal(
                .unavailable, code: "record.rule-wrote", "A rule of this program changed the views, which only entries may.",
                mend: "This is a fault of the program: report it.")
        }
        var added: [Entry] = []
        added.reserveCapacity(drafts.count)
        for draft in drafts {
            if !command.isRecordsOwn { try DraftRules.checkKind(draft.statement.kind) }
            added.append(try entry(draft, at: next + Int64(added.count), firstOfCommand: next, database))
        }
        entries += added
        erased += command.erased
        return entries[start...]
    }

    private func entry(_ draft: ActDraft, at index: Int64, firstOfCommand: Int64, _ database: Database) throws -> Entry {
        let statement = draft.statement
        try DraftRules.check(draft, at: index, payloadLimit: payloadLimit)
        if let request = statement.request, let earlier = try ActsView.entry(ofRequest: request, in: database) {
            throw Refusal(
                .conflict, code: "record.replayed", "This request was entered already, as entry \(earlier).",
                mend: "Look at that entry; send a new form to enter another act.", arguments: ["entry": "\(earlier)"])
        }
        let header = EntryHeader(statement: statement, received: now, signatures: draft.signatures)
        let leaf = header.canonicalBytes
        guard leaf.count <= EntryHeader.maximumLeafLength else {
            throw Refusal(
                .tooLarge, code: "record.leaf-too-long",
                "The act's header has \(leaf.count) bytes; an entry of the log may have \(EntryHeader.maximumLeafLength).",
                mend: "Shorten the audience, the references or the signatures.", citation: "C2SP tlog-tiles")
        }
        return Entry(index: index, leaf: leaf, header: header, content: .present(draft.payload))
    }
}
