import Acts
import Foundation
import GRDB
public import Ledger
import Logging

extension Record {
    /// Verifies a whole record: every leaf, payload commitment and tile; the root against the last signed checkpoint; the signature;
    /// every blob; and every view, by making it anew and comparing. Reads only, and may run beside the node that writes.
    ///
    /// - Parameters:
    ///   - folder: the data folder, or a backup of one.
    ///   - database: the address of the database that holds the record; `nil`: the folder holds it.
    ///   - keys: the folder of the keys, where it is not `keys` in the data folder.
    ///   - views: the desks' views; those of the file that are not among these are passed over.
    ///   - verifierKey: the log's public key; `nil` takes it from the folder's key file.
    ///   - comparesViews: making all views anew takes most of the time.
    ///   - scratch: a folder with room for a second file of views; `nil` takes the system's temporary folder.
    ///   - progress: told how far it is, one call at a time, from any thread.
    /// - Throws: ``RecordError`` where there is nothing to verify. What is wrong with a record that is there is in the result.
    public static func verify(
        folder: String, database: String? = nil, keys: String? = nil, views: [any RecordView], verifierKey: VerifierKey? = nil,
        comparesViews: Bool = true,
        scratch: String? = nil, progress: @escaping @Sendable (RecordVerification.Progress) -> Void = { _ in }
    ) throws -> RecordVerification {
        let layout = FolderLayout(folder: folder, keys: keys)
        let source = try RecordSource(layout, database: database)
        try source.check()
        var result = RecordVerification()
        let clock = ContinuousClock()
        // The checkpoint first: whatever it covers was in the record before it was signed.
        result.checkpoint = try? CheckpointStore.newest(in: layout.checkpoint)
        do {
            progress(.init(stage: .file, done: 0, total: 1))
            result.fileDuration = try clock.measure {
                for problem in try source.structuralProblems() { result.add("record.sqlite", problem) }
            }
            progress(.init(stage: .file, done: 1, total: 1))
            result.logDuration = try clock.measure {
                try verifyLog(source, verifierKey, into: &result, progress)
            }
        } catch {
            result.add("record", "\(RecordError(sqlite: error, file: source.name).reason)")
            return result
        }
        do {
            try verifyBlobs(source, into: &result, progress)
        } catch {
            result.add("blobs", "\(error)")
        }
        guard comparesViews else { return result }
        result.viewDuration = clock.measure {
            do {
                try compareViews(source, views, scratch: scratch ?? NSTemporaryDirectory(), into: &result, progress)
            } catch {
                result.add("views", "\(RecordError(sqlite: error, file: layout.views).reason)")
            }
        }
        return result
    }

    /// Verifies this record while it is open.
    public func verify(
        comparesViews: Bool = true, progress: @escaping @Sendable (RecordVerification.Progress) -> Void = { _ in }
    ) throws -> RecordVerification {
        try Record.verify(
            folder: layout.folder, database: configuration.database, keys: layout.keys, views: views.desks, verifierKey: verifierKey,
            comparesViews: comparesViews, progress: progress)
    }

    private static func verifyLog(
        _ source: RecordSource, _ verifierKey: VerifierKey?, into result: inout RecordVerification,
        _ progress: @escaping @Sendable (RecordVerification.Progress) -> Void
    ) throws {
        let store = try source.reading()
        defer { try? store.close() }
        let end = try store.end()
        result.entries = end
        guard end > 0 else { return result.add("record", "it has no entries") }
        do {
            result.origin = try RecordOrigin.resolve(configured: nil, first: store.entries(from: 0, limit: 1).first)
        } catch {
            result.add("entry 0", "\(error)")
        }
        let found = try LogVerifier(source, end: end).run(workers: ProcessInfo.processInfo.activeProcessorCount) {
            progress(.init(stage: .log, done: $0, total: end))
        }
        result.faults += found.faults
        result.furtherFaults += found.further
        result.erased = found.erased
        verifyCheckpoint(source.layout, verifierKey, store, end: end, into: &result)
    }

    private static func verifyCheckpoint(
        _ layout: FolderLayout, _ verifierKey: VerifierKey?, _ store: any EntryReading, end: Int64,
        into result: inout RecordVerification
    ) {
        guard let checkpoint = result.checkpoint else {
            return result.add("checkpoint", "\(RecordError.checkpointMissing(file: layout.checkpoint, size: end).reason)")
        }
        do {
            let key = try verifierKey ?? LogKey.load(layout, name: KeyName(checkpoint.origin))?.verifierKey
            if let key {
                try checkpoint.verified(origin: result.origin, by: [key.verifier()])
            } else {
                result.remarks.append("The log's key is not in the folder, so the checkpoint's signature was not checked.")
            }
        } catch {
            result.add("checkpoint", "its signature does not hold: \(error)")
        }
        guard checkpoint.size <= end else {
            return result.add("checkpoint", RecordError.behindCheckpoint(size: end, signed: checkpoint.size).reason)
        }
        do {
            let root = try Hash.root(ofTreeOf: UInt64(checkpoint.size), tiles: StoredTiles(store: store))
            if root != checkpoint.root {
                result.add("checkpoint", "it was signed over root \(checkpoint.root.base64), and the tiles give \(root.base64)")
            }
        } catch {
            result.add("checkpoint", "the root over \(checkpoint.size) entries cannot be made: \(error)")
        }
        if checkpoint.size < end {
            result.remarks.append(
                "\(end - checkpoint.size) newest entries are not covered by a stored checkpoint yet; the node signs them when it starts.")
        }
    }

    private static func verifyBlobs(
        _ source: RecordSource, into result: inout RecordVerification, _ progress: (RecordVerification.Progress) -> Void
    ) throws {
        let blobs = try source.blobs()
        let all = try blobs.all()
        for (place, digest) in all.enumerated() {
            do {
                _ = try blobs.blob(sha256: digest)
            } catch {
                result.add("blob \(Hash(digest)?.hexadecimal ?? "")", "\(error)")
            }
            progress(.init(stage: .blobs, done: Int64(place + 1), total: Int64(all.count)))
        }
        result.blobs = Int64(all.count)
    }

    /// Compares the views with views made anew. The entries are read one after another while the node may go on writing, so a payload
    /// that was erased after the views' snapshot was taken makes them differ: then it is done again.
    private static func compareViews(
        _ source: RecordSource, _ desks: [any RecordView], scratch: String, into result: inout RecordVerification,
        _ progress: (RecordVerification.Progress) -> Void
    ) throws {
        guard FolderLayout.exists(source.layout.views) else {
            result.remarks.append("There is no file of views; the node makes them when it starts.")
            return
        }
        let store = try source.reading()
        defer { try? store.close() }
        for _ in 0..<3 {
            var found = result
            let position = try compareViewsOnce(source, store, desks, scratch: scratch, into: &found, progress)
            guard let position, found.faults.count > result.faults.count || found.furtherFaults > result.furtherFaults,
                try hasErased(since: position, store)
            else {
                result = found
                return
            }
        }
        result.remarks.append("Payloads were erased while the views were compared, so they could not be. Verify again.")
    }

    private static func hasErased(since position: Int64, _ store: any EntryReading) throws -> Bool {
        var next = position
        while true {
            let stored = try store.entries(from: next, limit: 1_000)
            guard !stored.isEmpty else { return false }
            for (offset, entry) in stored.enumerated()
            where try Entry(index: next + Int64(offset), stored: entry).kind == PayloadErased.kind { return true }
            next += Int64(stored.count)
        }
    }

    /// - Returns: how many entries the views have taken; `nil` where they were not compared.
    private static func compareViewsOnce(
        _ source: RecordSource, _ store: any EntryReading, _ desks: [any RecordView], scratch: String,
        into found: inout RecordVerification, _ progress: (RecordVerification.Progress) -> Void
    ) throws -> Int64? {
        let live = try SQLiteReading.open(source.layout.views)
        defer { try? live.close() }
        return try live.read { live in
            // One snapshot from here on, though the node may go on writing.
            let cursors = try ViewCursor.all(in: live)
            let known = ([ActsView()] + desks).filter { cursors[$0.name]?.version == $0.version }
            let positions = Set(known.compactMap { cursors[$0.name]?.position })
            guard let position = positions.first, positions.count == 1 else {
                if !known.isEmpty { found.remarks.append("The views are not all up to date; the node brings them there when it starts.") }
                return nil
            }
            guard position <= (try store.end()) else {
                found.add("views", "they have taken \(position) entries, more than the record has")
                return nil
            }
            let path = "\(scratch)/chancery-views-\(UUID().uuidString).sqlite"
            defer { for file in FolderLayout.files(of: path) { try? FolderLayout.remove(file) } }
            let root = try Hash.root(ofTreeOf: UInt64(position), tiles: StoredTiles(store: store))
            let fresh = try ViewHouse(path: path, views: desks, logger: Logger(label: "chancery.verify"), isScratch: true)
            defer { try? fresh.close() }
            try fresh.catchUp(with: .init(store: store, end: position, root: root)) {
                progress(.init(stage: .views, done: $0, total: position))
            }
            try fresh.database.read { fresh in
                let freshCursors = try ViewCursor.all(in: fresh)
                for view in known {
                    let tables = Set((cursors[view.name]?.tables ?? []) + (freshCursors[view.name]?.tables ?? [])).sorted()
                    for (table, reason) in try ViewComparison(left: live, right: fresh).differences(in: tables) {
                        found.add("view \(view.name), table \(table)", reason)
                    }
                    found.views.append(view.name)
                }
                if cursors.values.contains(where: { $0.position == position && $0.root != root.base64 }) {
                    found.add("views", "they were made from another record")
                }
            }
            return position
        }
    }
}
