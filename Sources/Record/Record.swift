public import Acts
public import GRDB
public import Ledger
import Logging

/// A node's record: every act in order, signed and provable, and the views derived from it.
///
///     let record = try Record.open(RecordConfiguration(folder: "data", origin: "treaties.example.org/record"), views: [])
///     let entries = try await record.enter(Command { context in
///         [ActDraft(Remark(text: "The depositary opens its register."), office: "depositary", author: "node")]
///     })
///     entries[0].index          // its place for ever
///     record.checkpoint.text    // the signed note that covers it
///
/// One process at a time has a data folder open. With a ``RecordConfiguration/database``, any number of processes have the record
/// open at once, each with a data folder of its own for views, checkpoint and lock. Reading goes on beside writing, from any task.
public final class Record: Sendable {
    public let configuration: RecordConfiguration
    /// The log's name, as its first entry gives it.
    public let origin: String
    let layout: FolderLayout
    let store: any RecordStore
    let views: ViewHouse
    let committer: Committer
    let published: PublishedState
    let checkpoints: CheckpointStore
    let signer: Ed25519NoteSigner
    let served: ServedCheckpoint
    let lock: FolderLock
    /// What witnesses said of the record's checkpoints.
    public let cosignatures = CosignatureShelf()
    /// What the processes of the record remember together; `nil` where there is one only.
    public let sharedMemory: SharedMemory?
    private let firstCheckpoint: SignedCheckpoint
    private let housekeeper: Housekeeper

    /// Opens the record of a data folder, creating it where there is none, and brings its views up to date.
    ///
    /// - Parameters:
    ///   - views: the desks' views; ``ActsView`` is always there.
    ///   - progress: told how many entries the views have taken, while they catch up.
    /// - Throws: ``RecordError``: what stands in the way, and its mend.
    public static func open(
        _ configuration: RecordConfiguration, views: [any RecordView], progress: (Int64) throws -> Void = { _ in }
    ) throws -> Record {
        try open(configuration, views: views, progress: progress) { _ in try configuration.makeStore() }
    }

    /// The same over a store of another kind.
    static func open(
        _ configuration: RecordConfiguration, views: [any RecordView], progress: (Int64) throws -> Void = { _ in },
        makeStore: (FolderLayout) throws -> any RecordStore
    ) throws -> Record {
        let layout = configuration.layout
        let lock: FolderLock
        if configuration.database == nil, !configuration.createsWhereNone, !FolderLayout.exists(layout.record) {
            throw RecordError.noRecord(folder: layout.folder)
        }
        try FolderLayout.makeFolder(layout.folder)
        lock = try FolderLock(layout)
        do {
            let store = try makeStore(layout)
            do {
                return try Record(configuration, layout, lock, store: store, views: views, progress: progress)
            } catch {
                if store is any SharedRecordStore { try? store.close() }
                throw error
            }
        } catch {
            lock.release()
            throw error
        }
    }

    private init(
        _ configuration: RecordConfiguration, _ layout: FolderLayout, _ lock: FolderLock, store: any RecordStore,
        views: [any RecordView], progress: (Int64) throws -> Void
    ) throws {
        self.configuration = configuration
        self.layout = layout
        self.lock = lock
        self.store = store
        sharedMemory = try (store as? any SharedRecordStore).map { try SharedMemory($0, holder: SharedMemory.holder(layout)) }
        checkpoints = try CheckpointStore(layout.checkpoint)
        let state = try (store as? any SharedRecordStore)?.state()
        let end = try state?.end ?? store.end()
        origin = try RecordOrigin.resolve(configured: configuration.origin, store: store, end: end)
        signer = try RecordOrigin.signer(layout, origin: origin, end: end, signed: checkpoints.newest ?? state?.checkpoint)
        served = ServedCheckpoint(
            try LogKey.loadOrCreateMLDSA44(layout, name: signer.name) {
                guard end > 0 else { return }
                configuration.logger.warning(
                    "the log's ML-DSA-44 key is missing, and another is made: put the old one back, or tell whoever trusts it",
                    metadata: ["file": "\(layout.logMLDSA44Key)"])
            })
        if checkpoints.newest == nil {
            if end == 0 {
                // Before the first act, so that a record with entries always has a checkpoint to be held against.
                try checkpoints.store(
                    SignedCheckpoint(Checkpoint(origin: origin, size: 0, root: .emptyTree), signers: [signer]))
            } else {
                // A further process of a shared record begins with what the others have signed.
                guard let kept = state?.checkpoint else { throw RecordError.checkpointMissing(file: layout.checkpoint, size: end) }
                try checkpoints.store(kept)
            }
            try checkpoints.synchronize()
            try FolderLayout.synchronizeNames(layout.folder)
        }
        published = PublishedState()
        (self.views, committer) = try Record.openViews(
            configuration, layout, views, store: store, checkpoints: checkpoints, signer: signer, published: published,
            progress: progress)
        if end == 0 {
            let opened = RecordOpened(origin: origin, name: configuration.name)
            // Another process may open the same record at this moment; then this one follows.
            try committer.enterFirst(
                Command.ofRecord { context in context.nextIndex > 0 ? [] : [ActDraft(opened, office: "node", author: "node")] })
            _ = try RecordOrigin.resolve(configured: configuration.origin, first: store.entries(from: 0, limit: 1).first)
        }
        guard let checkpoint = published.checkpoint else {
            throw RecordError.checkpointMissing(file: layout.checkpoint, size: end)
        }
        firstCheckpoint = checkpoint
        do {
            try committer.purge()
        } catch {
            // A reader of another process stands in the way, such as a verification; it is tried again on the next erasure.
            configuration.logger.warning("erased payloads may still lie in a log file", metadata: ["reason": "\(error)"])
        }
        committer.start()
        housekeeper = Housekeeper(committer)
    }

    /// Opens the views and brings them up to date. A file of views that is damaged is lost to nobody: it is made anew.
    private static func openViews(
        _ configuration: RecordConfiguration, _ layout: FolderLayout, _ views: [any RecordView], store: any RecordStore,
        checkpoints: CheckpointStore, signer: Ed25519NoteSigner, published: PublishedState, progress: (Int64) throws -> Void
    ) throws -> (ViewHouse, Committer) {
        func open() throws -> (ViewHouse, Committer) {
            let house = try ViewHouse(path: layout.views, views: views, logger: configuration.logger)
            do {
                let committer = try Committer(
                    configuration: configuration, store: store, views: house, checkpoints: checkpoints, signer: signer,
                    published: published, progress: progress)
                return (house, committer)
            } catch {
                try? house.close()
                throw RecordError(sqlite: error, file: layout.views)
            }
        }
        do {
            return try open()
        } catch RecordError.damaged(file: layout.views, let reason) {
            configuration.logger.warning("the views are damaged and made anew", metadata: ["reason": "\(reason)"])
            for file in FolderLayout.files(of: layout.views) { try FolderLayout.remove(file) }
            return try open()
        }
    }

    /// Entries that are durable, signed and in the views.
    public var size: Int64 { published.size }

    /// Why acts cannot be entered now, if that is so: what the last attempt met. It is tried again by itself, twice a second.
    public var trouble: RecordError? { published.hold.trouble ?? published.trouble }

    /// Holds the signing of new checkpoints until it is known that this is the newest record. It is open unless somebody holds it.
    public var hold: SigningHold { published.hold }

    /// Group commits since the record was opened.
    public var batchCount: Int { published.batchCount }

    /// The newest checkpoint signed over them, with the log's Ed25519 line only: what costs nothing to look at.
    ///
    /// Give others ``servedCheckpoint()``.
    public var checkpoint: SignedCheckpoint { published.checkpoint ?? firstCheckpoint }

    /// The newest checkpoint with all lines that the log signs, Ed25519 and ML-DSA-44: for readers,
    /// proofs and witnesses; and with what witnesses have said of it by now.
    ///
    /// The same checkpoint always has the same bytes. The first to ask for one waits for its signature, about a millisecond.
    ///
    /// - Throws: `NoteError` where memory is short.
    public func servedCheckpoint() throws -> SignedCheckpoint { cosignatures.dressed(try served.signed(checkpoint)) }

    /// The log's Ed25519 key in its portable form, which its checkpoints verify against.
    public var verifierKey: VerifierKey { signer.verifierKey }

    /// The log's ML-DSA-44 key in its portable form: its lines are under checkpoints that are served.
    public var mlDSA44VerifierKey: VerifierKey { served.verifierKey }

    /// Enters what a command's rule decides on, together with what others enter at that moment (group commit).
    ///
    /// - Returns: the entries, which are durable, covered by ``checkpoint`` and in the views by then.
    /// - Throws: the rule's `Refusal`; ``RecordError``, which may leave open whether the acts were entered (then repeating the same
    ///   request identifier tells); `CancellationError` where the task was cancelled before the command's turn.
    public func enter(_ command: Command) async throws -> [Entry] {
        try await hold.settle()
        return try await committer.enter(command)
    }

    /// The entry at that place; `nil` past the end.
    public func entry(at index: Int64) throws -> Entry? {
        guard index >= 0, index < size else { return nil }
        return try entries(from: index, limit: 1).first
    }

    /// Up to `limit` entries from there on.
    public func entries(from index: Int64, limit: Int) throws -> [Entry] {
        let count = min(Int64(limit), size - index)
        guard index >= 0, count > 0 else { return [] }
        return try store.checkedEntries(from: index, limit: Int(count))
    }

    /// Past entries from there on, then new ones as they come; in order, none missed, none twice.
    public func tail(from index: Int64) -> EntryTail {
        EntryTail(record: self, start: max(0, index))
    }

    /// Waits until there is an entry at that place.
    ///
    /// - Throws: ``RecordError/closed``, `CancellationError`.
    public func waitForEntry(at index: Int64) async throws {
        try await published.wait(past: index)
    }

    /// Reads the views as they are now, in one snapshot.
    public func read<T: Sendable>(_ body: @escaping @Sendable (Database) throws -> T) async throws -> T {
        try await views.read(body)
    }

    /// The same, blocking the thread for the time of the queries.
    public func readSync<T>(_ body: (Database) throws -> T) throws -> T {
        try views.read(body)
    }

    /// Stops taking acts, enters those that wait, and lets go of the folder.
    public func close() throws {
        housekeeper.stop()
        committer.stop()
        sharedMemory?.giveUpAll()
        published.close()
        // Each is let go of, whatever happens with the others; what was acknowledged is on the disk in any case.
        defer { lock.release() }
        let outcomes = [
            Result { try checkpoints.synchronize() }, Result { try views.close() }, Result { try store.close() },
        ]
        for outcome in outcomes { try outcome.get() }
    }
}
