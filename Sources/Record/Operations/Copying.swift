import Acts
public import Ledger

extension Record {
    /// What copying a record from one store to another did.
    public struct Transfer: Sendable {
        /// The checkpoint that holds for both.
        public let checkpoint: SignedCheckpoint
        /// Entries that the target had already.
        public let kept: Int64
        /// Entries added to it.
        public let copied: Int64
        public let blobs: Int64
        /// Entries of the source that no stored checkpoint covers yet, and that were left out.
        public let uncovered: Int64
    }

    /// Copies a record from a data folder or a database to another: blobs, entries, tiles, and the newest signed checkpoint.
    ///
    /// Every entry is checked as it is read, the roots are compared, and the whole target is verified from its own tiles before it
    /// is said to be done. A copy that was broken off goes on where it stopped; one made earlier is brought up to date. Keys are not
    /// copied. The source may be in use; what is entered meanwhile waits for the next time, so the last copy is made when it rests.
    ///
    /// - Parameters:
    ///   - source: a data folder, or the address of a database (`postgres://…`).
    ///   - target: the same; nobody else may have it open. Empty, or a beginning of the source.
    ///   - progress: told how many entries are done, of how many.
    /// - Throws: ``RecordError``; ``RecordError/otherRecord(place:reason:)`` where the target holds anything else.
    public static func copy(
        from source: String, to target: String, progress: (_ done: Int64, _ of: Int64) -> Void = { _, _ in }
    ) throws -> Transfer {
        let from = try RecordSource(place: source)
        let to = try RecordSource(place: target)
        try from.check()
        let reading = try from.reading()
        defer { try? reading.close() }
        // The checkpoint first: whatever it covers is there.
        guard let checkpoint = try from.checkpoint() else {
            throw RecordError.checkpointMissing(file: from.name, size: try reading.end())
        }
        let end = try reading.end()
        guard checkpoint.size <= end else { throw RecordError.behindCheckpoint(size: end, signed: checkpoint.size) }
        guard try Hash.root(ofTreeOf: UInt64(checkpoint.size), tiles: StoredTiles(store: reading)) == checkpoint.root else {
            throw RecordError.differsFromCheckpoint(signed: checkpoint.size, reason: "its tiles give another root")
        }
        var lock: FolderLock?
        if to.address == nil {
            try FolderLayout.makeFolder(to.layout.folder)
            lock = try FolderLock(to.layout)
        }
        defer { lock?.release() }
        if let known = try to.checkpointIfAny(), known.size > checkpoint.size {
            throw RecordError.otherRecord(
                place: to.name, reason: "a checkpoint over \(known.size) entries was signed there, and the source has \(checkpoint.size)")
        }
        let store = try to.store()
        defer { try? store.close() }
        let kept = try store.end()
        let blobs = try copyBlobs(from, to: store)
        try copyEntries(from: kept, of: reading, upTo: checkpoint, to: store, named: to.name, progress)
        try verifyCopy(to, checkpoint)
        if let shared = store as? any SharedRecordStore {
            try shared.keep(checkpoint)
        } else {
            let file = try CheckpointStore(to.layout.checkpoint)
            if file.newest?.size != checkpoint.size { try file.store(checkpoint) }
            try file.synchronize()
            try FolderLayout.synchronizeNames(to.layout.folder)
        }
        return Transfer(
            checkpoint: checkpoint, kept: kept, copied: checkpoint.size - kept, blobs: blobs, uncovered: end - checkpoint.size)
    }

    /// Blobs come before the acts that cite them.
    private static func copyBlobs(_ source: RecordSource, to store: any RecordStore) throws -> Int64 {
        let blobs = try source.blobs()
        let all = try blobs.all()
        for digest in all {
            if (try? store.blob(sha256: digest)) ?? nil != nil { continue }
            guard let bytes = try blobs.blob(sha256: digest) else { continue }
            try store.storeBlob(bytes)
        }
        return Int64(all.count)
    }

    private static func copyEntries(
        from start: Int64, of source: any EntryReading, upTo checkpoint: SignedCheckpoint, to store: any RecordStore, named name: String,
        _ progress: (Int64, Int64) -> Void
    ) throws {
        guard start <= checkpoint.size else {
            throw RecordError.otherRecord(place: name, reason: "it has \(start) entries, more than the \(checkpoint.size) of the source")
        }
        var tree: TiledTree
        do {
            tree = try TiledTree(size: UInt64(start), tiles: StoredTiles(store: store))
            guard try tree.root == Hash.root(ofTreeOf: UInt64(start), tiles: StoredTiles(store: source)) else {
                throw RecordError.otherRecord(place: name, reason: "its \(start) entries are not the first of the source")
            }
        } catch let error as TreeError {
            throw RecordError.otherRecord(place: name, reason: "\(error)")
        }
        var position = start
        var hasErased = false
        while position < checkpoint.size {
            let entries = try source.checkedEntries(from: position, limit: Int(min(checkpoint.size - position, 1024)))
            let tiles = tree.append(Hash.leaves(entries.lazy.map(\.leaf)))
            // What was erased in the source after an earlier copy goes here too.
            let erased = entries.compactMap { entry in
                entry.kind == PayloadErased.kind ? try? entry.payload(as: PayloadErased.self)?.entry : nil
            }.filter { $0 >= 0 && $0 < position + Int64(entries.count) }
            hasErased = hasErased || !erased.isEmpty
            try store.append(entries.map(StoredEntry.init), at: position, tiles: tiles, erasing: erased)
            position += Int64(entries.count)
            progress(position, checkpoint.size)
        }
        guard tree.root == checkpoint.root else {
            throw RecordError.differsFromCheckpoint(
                signed: checkpoint.size, reason: "the copy comes to root \(tree.root.base64), and \(checkpoint.root.base64) was signed")
        }
        if hasErased { try store.purge() }
    }

    /// The whole target, read anew.
    private static func verifyCopy(_ target: RecordSource, _ checkpoint: SignedCheckpoint) throws {
        let reading = try target.reading()
        defer { try? reading.close() }
        guard try Hash.root(ofTreeOf: UInt64(checkpoint.size), tiles: StoredTiles(store: reading)) == checkpoint.root else {
            throw RecordError.damaged(file: target.name, reason: "the copy's tiles give another root")
        }
        let found = try LogVerifier(target, end: checkpoint.size).run(workers: 2) { _ in }
        guard found.faults.isEmpty else {
            throw RecordError.damaged(file: target.name, reason: found.faults.prefix(3).map(\.description).joined(separator: "; "))
        }
        let blobs = try target.blobs()
        for digest in try blobs.all() { _ = try blobs.blob(sha256: digest) }
    }
}

extension RecordSource {
    /// A data folder, or the address of a database.
    fileprivate init(place: String) throws {
        let isDatabase = PostgresAddress.isOne(place)
        try self.init(FolderLayout(folder: isDatabase ? "" : place), database: isDatabase ? place : nil)
    }

    fileprivate func store() throws -> any RecordStore {
        if let address { return try PostgresRecordStore(address) }
        return try SQLiteRecordStore(path: layout.record, blobs: layout.blobs)
    }

    /// The newest checkpoint that was signed over it.
    fileprivate func checkpoint() throws -> SignedCheckpoint? {
        if let address { return try PostgresRecordReading(address).state().checkpoint }
        return try CheckpointStore.newest(in: layout.checkpoint)
    }

    /// The same where there may be no record yet.
    fileprivate func checkpointIfAny() throws -> SignedCheckpoint? {
        do {
            return try checkpoint()
        } catch RecordError.noRecordInDatabase {
            return nil
        }
    }
}
