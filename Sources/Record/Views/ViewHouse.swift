import Acts
import GRDB
import GRDBSQLite
import Ledger
import Logging
import Synchronization

/// The file of views: opens it, brings it up to date with the record, and lets readers and the one writer in.
///
/// Each view has a row in `view_cursor`: its version, how many entries it has taken, the root of the record at that size (so that a
/// file left from another record is noticed), and its tables. Rows and cursor change in one transaction. The file can always be
/// made anew, so it is not synced on each commit: after a power cut it is merely behind.
final class ViewHouse: Sendable {
    let path: String
    let views: [any RecordView]
    /// The views besides ``ActsView``.
    let desks: [any RecordView]
    private let logger: Logger
    private let opened: Mutex<ViewConnections>

    /// - Parameters:
    ///   - views: besides ``ActsView``, which always comes first.
    ///   - isScratch: whether the file is thrown away after use, so that nothing need be synced.
    init(path: String, views: [any RecordView], logger: Logger, isScratch: Bool = false) throws {
        self.path = path
        self.views = [ActsView()] + views
        desks = views
        self.logger = logger
        opened = Mutex(try ViewConnections(path, isScratch: isScratch))
    }

    var database: DatabasePool { opened.withLock { $0.pool } }

    /// Reads the views in one snapshot. A reading that meets the file just being replaced is done again on the new one.
    func read<T>(_ body: (Database) throws -> T) throws -> T {
        let used = database
        do {
            return try used.read(body)
        } catch let error as DatabaseError where error.resultCode == .SQLITE_MISUSE {
            let replaced = database
            guard replaced !== used else { throw error }
            return try replaced.read(body)
        }
    }

    /// The same without blocking the thread.
    func read<T: Sendable>(_ body: @escaping @Sendable (Database) throws -> T) async throws -> T {
        let used = database
        do {
            return try await used.read(body)
        } catch let error as DatabaseError where error.resultCode == .SQLITE_MISUSE {
            let replaced = database
            guard replaced !== used else { throw error }
            return try await replaced.read(body)
        }
    }

    /// Where the record stands that views are brought up to.
    struct Source {
        let store: any EntryReading
        let end: Int64
        let root: Hash

        func root(at size: Int64) throws -> Hash {
            size == end ? root : try Hash.root(ofTreeOf: UInt64(size), tiles: StoredTiles(store: store))
        }
    }

    /// Makes the tables that are missing or of another version, drops those of views that are gone, and applies what entries they
    /// have not taken. Called by the writer before it takes commands, and after it failed.
    ///
    /// - Parameter progress: told how many entries all views have taken.
    func catchUp(with source: Source, progress: (Int64) throws -> Void = { _ in }) throws {
        try database.writeWithoutTransaction { database in
            let known = try ViewCursor.all(in: database)
            var positions: [Int64] = []
            for view in views {
                if let cursor = known[view.name], cursor.version == view.version, cursor.position <= source.end,
                    try cursor.root == source.root(at: cursor.position).base64
                {
                    positions.append(cursor.position)
                } else {
                    if known[view.name] != nil { logger.notice("making the view anew", metadata: ["view": "\(view.name)"]) }
                    try database.inTransaction(.immediate) {
                        try ViewCursor.create(view, replacing: known[view.name], in: database)
                        return .commit
                    }
                    positions.append(0)
                }
            }
            for (name, cursor) in known where !views.contains(where: { $0.name == name }) {
                try database.inTransaction(.immediate) {
                    try cursor.drop(name, in: database)
                    return .commit
                }
            }
            try apply(from: positions, with: source, in: database, progress: progress)
        }
    }

    /// Applies entries that another process has appended to views that all stand right before them, in one transaction.
    ///
    /// - Returns: `false` where the views stand elsewhere, and nothing was changed; then ``catchUp(with:progress:)`` is due.
    func follow(_ entries: [Entry], from position: Int64, with source: Source) throws -> Bool {
        try database.writeWithoutTransaction { database in
            var isDone = false
            try database.inTransaction(.immediate) {
                let cursors = try ViewCursor.all(in: database)
                guard cursors.count == views.count,
                    views.allSatisfy({ cursors[$0.name]?.version == $0.version && cursors[$0.name]?.position == position })
                else { return .rollback }
                for entry in entries {
                    for view in views { try ViewHouse.apply(entry, to: view, in: database) }
                }
                if entries.contains(where: { $0.kind == PayloadErased.kind }) { try forgetErased(with: source, in: database) }
                try moveCursors(to: source.end, root: source.root, in: database)
                isDone = true
                return .commit
            }
            return isDone
        }
    }

    /// Applies entries to views that stand at different positions, in transactions of some thousands.
    private func apply(
        from start: [Int64], with source: Source, in database: Database, progress: (Int64) throws -> Void
    ) throws {
        var positions = start
        var erased: [Int64] = []
        while let from = positions.min(), from < source.end {
            let entries = try source.store.checkedEntries(from: from, limit: Int(min(source.end - from, 4096)))
            let upTo = from + Int64(entries.count)
            let upToRoot = try source.root(at: upTo).base64
            try database.inTransaction(.immediate) {
                for entry in entries {
                    for (place, view) in views.enumerated() where positions[place] <= entry.index {
                        try ViewHouse.apply(entry, to: view, in: database)
                    }
                    if entry.kind == PayloadErased.kind, let erasure = try? entry.payload(as: PayloadErased.self) {
                        erased.append(erasure.entry)
                    }
                }
                for place in views.indices where positions[place] < upTo {
                    try ViewCursor.move(views[place].name, to: upTo, root: upToRoot, in: database)
                }
                // In the same transaction as the last entries: a view that saw a payload since erased must not be left so.
                if upTo == source.end {
                    let mustForget = views.indices.filter { place in
                        !views[place].forgetsErasedPayloads && erased.contains { $0 < start[place] }
                    }
                    try remake(mustForget.map { views[$0] }, with: source, in: database)
                }
                return .commit
            }
            for place in views.indices where positions[place] < upTo { positions[place] = upTo }
            try progress(upTo)
            try opened.withLock { $0 }.log.carryOver(within: database)
        }
    }

    /// Makes views anew inside the transaction that is open, so that nobody sees them half made.
    private func remake(_ views: [any RecordView], with source: Source, in database: Database) throws {
        guard !views.isEmpty else { return }
        let known = try ViewCursor.all(in: database)
        for view in views { try ViewCursor.create(view, replacing: known[view.name], in: database) }
        var position: Int64 = 0
        while position < source.end {
            let entries = try source.store.checkedEntries(from: position, limit: Int(min(source.end - position, 4096)))
            for entry in entries {
                for view in views { try ViewHouse.apply(entry, to: view, in: database) }
            }
            position += Int64(entries.count)
        }
        for view in views { try ViewCursor.move(view.name, to: source.end, root: source.root.base64, in: database) }
    }

    /// After an erasure: makes those views anew that may hold something of an erased payload. Inside the open transaction.
    func forgetErased(with source: Source, in database: Database) throws {
        try remake(views.filter { !$0.forgetsErasedPayloads }, with: source, in: database)
    }

    /// One entry to one view; what goes wrong names both.
    static func apply(_ entry: Entry, to view: any RecordView, in database: Database) throws {
        do {
            try view.apply(entry, to: database)
        } catch {
            if let error = error as? DatabaseError {
                switch error.resultCode.primaryResultCode {
                case .SQLITE_FULL, .SQLITE_IOERR, .SQLITE_READONLY, .SQLITE_CORRUPT, .SQLITE_NOTADB, .SQLITE_NOMEM, .SQLITE_CANTOPEN:
                    throw error
                default: break
                }
            }
            throw RecordError.viewFailed(view: view.name, entry: entry.index, reason: "\(error)")
        }
    }

    func moveCursors(to position: Int64, root: Hash, in database: Database) throws {
        let update = try RawStatement(database, "UPDATE view_cursor SET cursor = ?, root = ?")
        update.bind(position, at: 1)
        update.bind(root.base64, at: 2)
        try update.run()
    }

    /// Housekeeping beside the writer.
    func maintain() throws {
        try opened.withLock { $0 }.log.carryOver()
    }

    /// Leaves nothing of deleted rows in the file or its log.
    func purge() throws {
        try opened.withLock { $0 }.log.truncate()
    }

    /// Puts a file of views made elsewhere in the place of this one. The other must be closed; the writer must be at rest.
    func replace(withFileAt other: String) throws {
        try opened.withLock { opened in
            try opened.log.close()
            do {
                try ViewConnections.move(other, to: path)
            } catch {
                opened = try ViewConnections(path)
                throw error
            }
            opened = try ViewConnections(path)
        }
    }

    func close() throws {
        try opened.withLock { try $0.log.close() }
    }
}
