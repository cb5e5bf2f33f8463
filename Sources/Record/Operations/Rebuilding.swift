import Logging

extension Record {
    /// Makes all views anew from the record, beside the work that goes on, and puts them in the place of the old.
    ///
    /// Most of it happens in a new file; the writer rests only while the last entries are applied and the files change places.
    ///
    /// - Parameter progress: told how many entries are done, of how many.
    public func rebuildViews(progress: (_ done: Int64, _ of: Int64) -> Void = { _, _ in }) async throws {
        let path = layout.views + ".new"
        for file in FolderLayout.files(of: path) { try FolderLayout.remove(file) }
        let fresh = try ViewHouse(path: path, views: views.desks, logger: configuration.logger)
        do {
            let checkpoint = checkpoint
            let end = checkpoint.size
            try fresh.catchUp(with: .init(store: store, end: end, root: checkpoint.root)) { progress($0, end) }
        } catch {
            try? fresh.close()
            for file in FolderLayout.files(of: path) { try? FolderLayout.remove(file) }
            throw RecordError(sqlite: error, file: path)
        }
        try await committer.exclusively { committer in
            defer { for file in FolderLayout.files(of: path) { try? FolderLayout.remove(file) } }
            do {
                try committer.makeReady()
                try fresh.catchUp(with: committer.viewSource)
            } catch {
                try? fresh.close()
                throw error
            }
            // Closing carries the log over into the file, which then stands alone.
            try fresh.close()
            try committer.views.replace(withFileAt: path)
        }
        configuration.logger.notice("the views were made anew", metadata: ["entries": "\(size)"])
    }

    /// Makes all views of a data folder anew, which no other process may have open.
    public static func rebuildViews(
        _ configuration: RecordConfiguration, views: [any RecordView], progress: (_ done: Int64, _ of: Int64) -> Void = { _, _ in }
    ) throws {
        let source = try RecordSource(configuration.layout, database: configuration.database)
        try source.check()
        let end = try removeViews(source)
        let record = try Record.open(configuration, views: views) { progress($0, end) }
        try record.close()
    }

    /// Removes the file of views, which is lost to nobody, and tells how many entries there are to make it from.
    private static func removeViews(_ source: RecordSource) throws -> Int64 {
        let layout = source.layout
        try FolderLayout.makeFolder(layout.folder)
        let lock = try FolderLock(layout)
        defer { lock.release() }
        let reading = try source.reading()
        defer { try? reading.close() }
        for file in FolderLayout.files(of: layout.views) { try FolderLayout.remove(file) }
        return try reading.end()
    }
}
