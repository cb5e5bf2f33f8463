import Acts
import Foundation
import GRDB
import Ledger

extension Record {
    /// What a backup or a restoration did.
    public struct Copy: Sendable {
        /// Where it is.
        public let folder: String
        /// Entries in it.
        public let entries: Int64
        public let blobs: Int64
    }

    /// Copies a record to a new folder while the node goes on: the entries as of one moment, the blobs they cite, and the
    /// checkpoint. Views are left out, since they are made anew; keys are left out too, unless asked for.
    ///
    /// The folder gets its name only when all of it is on the disk. Erased payloads stay in backups made before the erasure.
    ///
    /// - Parameters:
    ///   - folder: the data folder, open or not.
    ///   - target: a folder that does not exist yet, or is empty.
    ///   - includesKeys: copies `keys` as well. Whoever holds that backup can sign as this node.
    public static func backUp(
        folder: String, to target: String, includesKeys: Bool = false,
        progress: (_ done: Int64, _ of: Int64) -> Void = { _, _ in }
    ) throws -> Copy {
        let source = FolderLayout(folder: folder)
        guard FolderLayout.exists(source.record) else { throw RecordError.noRecord(folder: folder) }
        guard try FolderLayout.isEmpty(target) else { throw RecordError.notEmpty(folder: target) }
        let half = FolderLayout(folder: target + ".half")
        do {
            if FolderLayout.exists(half.folder) { try FileManager.default.removeItem(atPath: half.folder) }
            try FolderLayout.makeFolder(half.folder)
            // In this order: the checkpoint covers no more than the record copied after it, and an act never comes before its blobs.
            if let checkpoint = try CheckpointStore.newest(in: source.checkpoint) {
                let copy = try CheckpointStore(half.checkpoint)
                try copy.store(checkpoint)
                try copy.synchronize()
            }
            let entries = try copyRecord(source.record, to: half.record, progress)
            let blobs = try copyBlobs(source.blobs, to: half.blobs)
            if includesKeys { try FolderLayout.copyFolder(source.keys, to: half.keys) }
            try FolderLayout.synchronize(half.folder)
            try FolderLayout.rename(half.folder, to: target)
            return Copy(folder: target, entries: entries, blobs: blobs)
        } catch {
            try? FileManager.default.removeItem(atPath: half.folder)
            throw RecordError(sqlite: error, file: target)
        }
    }

    /// The same for this record.
    public func backUp(
        to target: String, includesKeys: Bool = false, progress: (_ done: Int64, _ of: Int64) -> Void = { _, _ in }
    ) throws -> Copy {
        try checkpoints.synchronize()
        return try Record.backUp(folder: layout.folder, to: target, includesKeys: includesKeys, progress: progress)
    }

    /// Puts a backup in an empty folder, after verifying it.
    ///
    /// Never restore over a record that is there: a node that goes on from an older state signs a second history. If the old
    /// folder's `checkpoint` file survives, put it into the restored folder, and the node will refuse to go on from too little.
    ///
    /// - Parameter target: a folder that does not exist yet, or is empty.
    /// - Returns: the copy, and what its verification found.
    /// - Throws: ``RecordError`` where the backup does not verify; nothing is left in the target then.
    public static func restore(
        from backup: String, to target: String, progress: @escaping @Sendable (RecordVerification.Progress) -> Void = { _ in }
    ) throws -> (copy: Copy, verification: RecordVerification) {
        let source = FolderLayout(folder: backup)
        guard FolderLayout.exists(source.record) else { throw RecordError.noRecord(folder: backup) }
        guard try FolderLayout.isEmpty(target) else { throw RecordError.notEmpty(folder: target) }
        let copy = try backUp(folder: backup, to: target, includesKeys: true)
        let verification: RecordVerification
        do {
            verification = try verify(folder: target, views: [], comparesViews: false, progress: progress)
            guard verification.isSound else {
                throw RecordError.damaged(
                    file: backup, reason: verification.faults.prefix(3).map(\.description).joined(separator: "; "))
            }
        } catch {
            try? FileManager.default.removeItem(atPath: target)
            throw error
        }
        return (copy, verification)
    }

    private static func copyRecord(_ source: String, to target: String, _ progress: (Int64, Int64) -> Void) throws -> Int64 {
        let reading = try SQLiteReading.open(source)
        defer { try? reading.close() }
        let copy = try DatabaseQueue(path: target)
        let entries = try reading.read { source in
            // The snapshot holds from the first query on, so no later write makes the copy begin again.
            let entries = try SQLiteQueries.end(in: source)
            try copy.inDatabase { target in
                try withoutActuallyEscaping(progress) { progress in
                    try source.backup(to: target, pagesPerStep: 1024) { step in
                        progress(Int64(step.totalPageCount - step.remainingPageCount), Int64(step.totalPageCount))
                    }
                }
            }
            return entries
        }
        try copy.close()
        return entries
    }

    private static func copyBlobs(_ source: String, to target: String) throws -> Int64 {
        let blobs = BlobFolder(source)
        let copy = BlobFolder(target)
        var count: Int64 = 0
        for digest in try blobs.all() {
            guard let bytes = try blobs.blob(sha256: digest) else { continue }
            _ = try copy.store(bytes)
            count += 1
        }
        return count
    }
}
