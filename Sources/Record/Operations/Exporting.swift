public import Ledger

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

extension Record {
    /// What an export did.
    public struct Export: Sendable {
        /// The checkpoint that was exported.
        public let checkpoint: SignedCheckpoint
        /// Files written; those that were there already are not counted.
        public internal(set) var written: Int64
        public internal(set) var kept: Int64
    }

    /// Writes the log as static files, in the layout of C2SP tlog-tiles: `checkpoint`, `tile/…`, `tile/entries/…`. Any web server can
    /// serve the folder; payloads are not in it.
    ///
    /// Run again, it writes only what is new. The checkpoint comes last, so nobody sees one whose tiles are missing. Partial tiles of
    /// sizes exported before are kept.
    ///
    /// - Parameter progress: told how many entries are done, of how many.
    public func export(to target: String, progress: (_ done: Int64, _ of: Int64) -> Void = { _, _ in }) throws -> Export {
        try Record.export(store, servedCheckpoint(), to: target, progress)
    }

    /// The same for a data folder or a backup, beside the node that has it open.
    ///
    /// The checkpoint has the log's ML-DSA-44 line where that key is in the folder; a backup without keys has none.
    public static func export(
        folder: String, to target: String, progress: (_ done: Int64, _ of: Int64) -> Void = { _, _ in }
    ) throws -> Export {
        let layout = FolderLayout(folder: folder)
        guard FolderLayout.exists(layout.record) else { throw RecordError.noRecord(folder: folder) }
        guard let checkpoint = try CheckpointStore.newest(in: layout.checkpoint), checkpoint.size > 0 else {
            throw RecordError.checkpointMissing(file: layout.checkpoint, size: 0)
        }
        let reading = try SQLiteRecordReading(layout.record)
        defer { try? reading.close() }
        let end = try reading.end()
        guard checkpoint.size <= end else { throw RecordError.behindCheckpoint(size: end, signed: checkpoint.size) }
        let key = try LogKey.loadMLDSA44(layout, name: KeyName(checkpoint.origin))
        let served = try key.map { try ServedCheckpoint.signed(checkpoint, by: $0) } ?? checkpoint
        return try export(reading, served, to: target, progress)
    }

    private static func export(
        _ reading: any EntryReading, _ checkpoint: SignedCheckpoint, to target: String, _ progress: (Int64, Int64) -> Void
    ) throws -> Export {
        let size = checkpoint.size
        var export = Export(checkpoint: checkpoint, written: 0, kept: 0)
        try FolderLayout.makeFolder(target, mode: 0o755)
        do {
            var level = 0
            while level < 8, size >> Int64(8 * level) > 0 {
                let (full, partial) = TileCoordinate.extent(level: level, size: UInt64(size))
                for index in 0..<(full + (partial > 0 ? 1 : 0)) {
                    let width = index < full ? TileCoordinate.fullWidth : partial
                    if let coordinate = TileCoordinate(level: level, index: index, width: width) {
                        try export.write(coordinate.path, in: target) { try reading.servedTile(coordinate, size: size) }
                    }
                    if level == 0, let coordinate = EntryBundleCoordinate(index: index, width: width) {
                        try export.write(coordinate.path, in: target) { try reading.servedBundle(coordinate, size: size) }
                        progress(min(size, Int64(index + 1) * 256), size)
                    }
                }
                level += 1
            }
            try PosixFile.replace("\(target)/checkpoint", with: checkpoint.note.bytes, mode: 0o644)
        } catch let error as PosixFile.Failure {
            throw RecordError.unavailable(reason: "\(error)")
        }
        return export
    }
}

extension Record.Export {
    /// Writes a file that never changes, unless it is there. It gets its name when it is whole.
    fileprivate mutating func write(_ path: String, in folder: String, _ bytes: () throws -> [UInt8]?) throws {
        let file = "\(folder)/\(path)"
        guard !FolderLayout.exists(file) else {
            kept += 1
            return
        }
        guard let bytes = try bytes() else { throw RecordError.damaged(file: path, reason: "it is missing from the record") }
        if let slash = file.lastIndex(of: "/") { try FolderLayout.makeFolder(String(file[..<slash]), mode: 0o755) }
        try PosixFile.replace(file, with: bytes, mode: 0o644, isDurable: false)
        written += 1
    }
}
