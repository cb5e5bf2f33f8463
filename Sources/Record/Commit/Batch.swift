import Acts
import GRDB

/// The acts that a batch's rules have decided on so far, and their way into the views.
struct Batch {
    /// Where the batch begins.
    let position: Int64
    /// When all its acts are received.
    let now: Moment
    private(set) var entries: [Entry] = []
    /// Entries whose payloads go with this batch.
    private(set) var erased: [Int64] = []
    /// Those of them that views may hold which do not forget by themselves.
    private(set) var heldByViews: [Int64] = []
    /// Whether the command now running has changed the views; then a failure of it cannot be undone without a savepoint.
    private(set) var hasWritten = false

    private let nowText: String
    private let payloadLimit: Int
    private let desks: [any RecordView]
    private let acts: ActsWriter
    private let database: Database

    init(position: Int64, now: Moment, payloadLimit: Int, capacity: Int, views: ViewHouse, database: Database) throws {
        self.position = position
        self.now = now
        nowText = now.description
        self.payloadLimit = payloadLimit
        desks = views.desks
        self.database = database
        acts = try ActsWriter(database)
        entries.reserveCapacity(capacity)
    }

    /// How far it has come, to go back to.
    struct Mark {
        let entries: Int
        let erased: Int
        let heldByViews: Int
    }

    var mark: Mark { Mark(entries: entries.count, erased: erased.count, heldByViews: heldByViews.count) }

    /// Takes back what a command that failed has added. What it has written in the views is the caller's matter.
    mutating func takeBack(to mark: Mark) {
        entries.removeSubrange(mark.entries...)
        erased.removeSubrange(mark.erased...)
        heldByViews.removeSubrange(mark.heldByViews...)
    }

    /// Runs a command's rule, checks its acts, adds them and applies them to all views.
    ///
    /// - Throws: what the rule throws, or a `Refusal` for acts that cannot be entered.
    mutating func take(_ command: Command) throws {
        hasWritten = false
        let changes = database.totalChangesCount
        let first = position + Int64(entries.count)
        let drafts: [ActDraft]
        do {
            drafts = try command.rule(RuleContext(database: database, now: now, nextIndex: first))
        } catch {
            hasWritten = database.totalChangesCount != changes
            throw error
        }
        guard database.totalChangesCount == changes else {
            hasWritten = true
            throw Refusal(
                .unavailable, code: "record.rule-wrote", "A rule of this program changed the views, which only entries may.",
                mend: "This is a fault of the program: report it.")
        }
        // All are checked before any is applied.
        let start = entries.count
        for draft in drafts {
            if !command.isRecordsOwn { try DraftRules.checkKind(draft.statement.kind) }
            entries.append(try entry(draft, at: first + Int64(entries.count - start)))
        }
        for place in start..<entries.count { try apply(entries[place], firstOfCommand: first) }
        erased += command.erased
        if !command.isForgottenByViews { heldByViews += command.erased }
    }

    private func entry(_ draft: ActDraft, at index: Int64) throws -> Entry {
        try DraftRules.check(draft, at: index, payloadLimit: payloadLimit)
        let header = EntryHeader(statement: draft.statement, received: now, signatures: draft.signatures)
        let leaf = header.canonicalBytes(received: nowText)
        guard leaf.count <= EntryHeader.maximumLeafLength else {
            throw Refusal(
                .tooLarge, code: "record.leaf-too-long",
                "The act's header has \(leaf.count) bytes; an entry of the log may have \(EntryHeader.maximumLeafLength).",
                mend: "Shorten the audience, the references or the signatures.", citation: "C2SP tlog-tiles")
        }
        return Entry(index: index, leaf: leaf, header: header, content: .present(draft.payload))
    }

    private mutating func apply(_ entry: Entry, firstOfCommand first: Int64) throws {
        // The identifier comes first: it is the one thing here that may refuse, and nothing is written then.
        if let request = entry.statement.request, try !acts.remember(request, entry: entry.index) {
            let earlier = try ActsView.entry(ofRequest: request, in: database) ?? 0
            guard earlier >= first else {
                throw Refusal(
                    .conflict, code: "record.replayed", "This request was entered already, as entry \(earlier).",
                    mend: "Look at that entry; send a new form to enter another act.", arguments: ["entry": "\(earlier)"])
            }
        }
        hasWritten = true
        try acts.write(entry)
        if entry.kind == PayloadErased.kind { try acts.markErased(by: entry) }
        for view in desks { try ViewHouse.apply(entry, to: view, in: database) }
    }
}
