import Acts
import Dispatch
import Foundation
import GRDB
import GRDBSQLite
import Ledger
import Logging
import Synchronization

/// The one writer of a record: takes the waiting commands as a batch, and enters what their rules decide.
///
/// A batch goes in this order, and nobody is told yes before its end:
///
/// 1. open a transaction on the views;
/// 2. command by command, in the order they came: the rule reads the views as they are, its acts are checked and applied to all
///    views; a refusal undoes that command alone;
/// 3. append all acts and the tiles over them to the record in one durable transaction, on condition that it still ends where the
///    views began;
/// 4. sign the checkpoint and store it;
/// 5. commit the views, rows and cursors together; publish the new size; answer the callers.
///
/// If 3 fails, the views roll back and nobody was told yes. If the process ends between 3 and 5, the next start finds the record
/// ahead of checkpoint and views, and both catch up.
///
/// Where other processes append to the same store, a batch begins with this process's turn: it takes what the others have appended
/// since into tree and views, and only then runs its rules. Should somebody append out of turn all the same, step 3 fails, the
/// views roll back, and the batch is run again after what came before it. Between batches it follows the others as they append.
///
/// It runs on a thread of its own, since it waits for the disk: a thread of Swift's pool must not.
final class Committer: @unchecked Sendable {
    let configuration: RecordConfiguration
    let store: any RecordStore
    /// The same store, where other processes may append to it too.
    private let shared: (any SharedRecordStore)?
    /// Whether a following of what others have appended waits in the queue.
    private let isToFollow = Atomic<Bool>(false)
    let views: ViewHouse
    let checkpoints: CheckpointStore
    let signer: Ed25519NoteSigner
    let published: PublishedState
    private let queue: CommandQueue
    private let appends = BesideThread(name: "chancery.appends")
    private let answers = DispatchQueue(label: "chancery.answers", qos: .userInitiated)
    private let finished = DispatchSemaphore(value: 0)

    // Touched by the writer's thread only, once it runs.
    var tree = TiledTree()
    var lastReceived = Moment(milliseconds: .min)
    /// An append failed: the store must make sure of what it holds before anything is built on it.
    private var mustRecover = false
    /// Something failed between the append and the views' commit: where all three stand must be read again.
    private var mustSettle = false
    /// Something was erased that may still lie in the logs of store or views.
    private var mustPurge = true

    /// Reads where record, checkpoint and views stand, and brings them together.
    ///
    /// - Throws: ``RecordError`` where they disagree.
    init(
        configuration: RecordConfiguration, store: any RecordStore, views: ViewHouse, checkpoints: CheckpointStore,
        signer: Ed25519NoteSigner, published: PublishedState, progress: (Int64) throws -> Void
    ) throws {
        self.configuration = configuration
        self.store = store
        shared = store as? any SharedRecordStore
        self.views = views
        self.checkpoints = checkpoints
        self.signer = signer
        self.published = published
        queue = CommandQueue(limit: configuration.waitingLimit)
        try settle(progress: progress)
    }

    func start() {
        let thread = Thread { [self] in run() }
        thread.name = "chancery.record"
        thread.stackSize = 8 << 20
        thread.start()
        shared?.watch { [weak self] in self?.othersMayHaveAppended() }
    }

    /// Enters an act before the thread runs: a new record's first.
    func enterFirst(_ command: Command) throws {
        _ = try inTurn { try enter([command], eachInSavepoint: true).outcomes[0].get() }
    }

    func enter(_ command: Command) async throws -> [Entry] {
        try await queue.enter(command)
    }

    /// Has the writer do something between two batches, alone with store and views.
    func exclusively<T: Sendable>(_ body: @escaping @Sendable (Committer) throws -> T) async throws -> T {
        try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<T, any Error>) in
            do {
                try queue.add { [self] in continuation.resume(with: Result { try body(self) }) }
            } catch {
                continuation.resume(throwing: error)
            }
        }
    }

    /// Takes in no more, does what waits, and stops the thread.
    func stop() {
        queue.close()
        finished.wait()
        answers.sync {}
    }

    private func run() {
        while true {
            switch queue.next(batchLimit: configuration.batchLimit) {
            case .batch(let turns): commit(turns)
            case .job(let job): job()
            case .stop:
                finished.signal()
                return
            }
        }
    }

    // MARK: One batch

    private typealias Outcome = Result<Range<Int>, any Error>

    private func commit(_ turns: [CommandQueue.Turn]) {
        if let error = published.hold.reasonAgainstSigning() {
            for turn in turns { turn.continuation.resume(throwing: error) }
            return
        }
        do {
            let (outcomes, entries) = try inTurn {
                published.trouble = nil
                return try enter(turns.map(\.command))
            }
            // Waking hundreds of tasks takes a while, and the next batch need not wait for it.
            answers.async {
                for (turn, outcome) in zip(turns, outcomes) {
                    turn.continuation.resume(with: outcome.map { Array(entries[$0]) })
                }
            }
        } catch {
            let error = RecordError(sqlite: error, file: views.path)
            published.trouble = error
            configuration.logger.error("a batch was not entered", metadata: ["reason": "\(error)", "commands": "\(turns.count)"])
            for turn in turns { turn.continuation.resume(throwing: error) }
        }
    }

    /// After a failure: finds out where everything stands. Throws as long as the cause lasts.
    func makeReady() throws {
        guard mustSettle else { return }
        if mustRecover { try store.recover() }
        mustRecover = false
        try settle()
        mustSettle = false
        configuration.logger.notice("the record can be written again", metadata: ["size": "\(published.size)"])
    }

    /// How often a batch is run again because somebody appended out of turn.
    private static let contestLimit = 16

    /// Does something when the record may be written, in this process's turn where there are others, and after what they appended.
    private func inTurn<T>(_ body: () throws -> T) throws -> T {
        guard let shared else {
            try makeReady()
            return try body()
        }
        var contests = 0
        while true {
            try makeReady()
            let state = try shared.beginTurn()
            defer { shared.endTurn() }
            do {
                try follow(state, in: shared)
                return try body()
            } catch RecordError.positionTaken where contests < Committer.contestLimit {
                contests += 1
            }
        }
    }

    private func enter(_ commands: [Command]) throws -> (outcomes: [Outcome], entries: [Entry]) {
        do {
            return try enter(commands, eachInSavepoint: false)
        } catch is RetryWithSavepoints {
            return try enter(commands, eachInSavepoint: true)
        }
    }

    /// A command failed after it had written.
    private struct RetryWithSavepoints: Error {}

    /// A rule that refuses has written nothing, so refusals need no savepoint; and a view never refuses. So a batch is first run
    /// without, which spares SQLite a copy of every page for every command. Should a command fail after it has written all the
    /// same, all is rolled back and the batch is run again with a savepoint around each: the outcome is the same either way.
    private func enter(_ commands: [Command], eachInSavepoint: Bool) throws -> (outcomes: [Outcome], entries: [Entry]) {
        try views.database.writeWithoutTransaction { database in
            try RawStatement(database, "BEGIN IMMEDIATE").run()
            do {
                var batch = try Batch(
                    position: Int64(tree.size), now: max(configuration.clock(), lastReceived),
                    payloadLimit: configuration.payloadLimit, capacity: commands.count, views: views, database: database)
                let outcomes = try decide(commands, in: &batch, database, eachInSavepoint: eachInSavepoint)
                guard !batch.entries.isEmpty else {
                    try RawStatement(database, "ROLLBACK").run()
                    return (outcomes, [])
                }
                try append(batch, database)
                finish(batch, database)
                return (outcomes, batch.entries)
            } catch {
                database.rollBackIfOpen()
                throw error
            }
        }
    }

    /// Step 2.
    private func decide(
        _ commands: [Command], in batch: inout Batch, _ database: Database, eachInSavepoint: Bool
    ) throws -> [Outcome] {
        var outcomes: [Outcome] = []
        outcomes.reserveCapacity(commands.count)
        for command in commands {
            let mark = batch.mark
            do {
                if eachInSavepoint { try RawStatement(database, "SAVEPOINT command").run() }
                try batch.take(command)
                if eachInSavepoint { try RawStatement(database, "RELEASE command").run() }
                outcomes.append(.success(mark.entries..<batch.entries.count))
            } catch {
                batch.takeBack(to: mark)
                if eachInSavepoint {
                    // Fails where SQLite has rolled everything back by itself, as on a full disk; then the batch fails.
                    try RawStatement(database, "ROLLBACK TO command").run()
                    try RawStatement(database, "RELEASE command").run()
                } else if batch.hasWritten {
                    throw RetryWithSavepoints()
                }
                outcomes.append(.failure(error))
            }
        }
        return outcomes
    }

    /// Steps 3 and 4: the record, then the checkpoint.
    private func append(_ batch: Batch, _ database: Database) throws {
        mustRecover = true
        mustSettle = true
        let (grown, signed): (TiledTree, SignedCheckpoint)
        do {
            (grown, signed) = try appendToStore(batch, database)
        } catch RecordError.positionTaken(let position, let end) where shared != nil {
            // Nothing was changed, and nothing is in doubt.
            mustRecover = false
            mustSettle = false
            throw RecordError.positionTaken(position: position, end: end)
        }
        // The record is durable from here on: whatever fails now, the acts are entered.
        mustRecover = false
        tree = grown
        if !batch.erased.isEmpty { mustPurge = true }
        try checkpoints.store(signed)
        try views.moveCursors(to: Int64(grown.size), root: grown.root, in: database)
    }

    /// What goes to the record with a batch's entries.
    private typealias Cover = (tiles: [Tile], checkpoint: SignedCheckpoint)

    private func write(_ entries: [Entry], at position: Int64, erasing erased: [Int64], covering cover: () throws -> Cover) throws {
        let entries = entries.map(StoredEntry.init)
        guard let shared else {
            return try store.append(entries, at: position, erasing: erased) { try cover().tiles }
        }
        try shared.append(entries, at: position, erasing: erased) {
            let cover = try cover()
            return (cover.tiles, cover.checkpoint)
        }
    }

    /// Step 3. While a large batch goes to the record on another thread, the tree over it is worked out, and the views' changed pages
    /// are written to their log, where nobody sees them before the commit; so that the commit has little left to write, and a
    /// rollback just leaves them behind.
    ///
    /// The checkpoint is signed before the append, so that a store shared by processes keeps it in the same transaction. Nobody
    /// else sees it before the entries are durable.
    private func appendToStore(_ batch: Batch, _ database: Database) throws -> (TiledTree, SignedCheckpoint) {
        let entries = batch.entries
        var grown = tree
        guard entries.count >= 32 else {
            let tiles = grown.append(Hash.leaves(entries.lazy.map(\.leaf)))
            let signed = try signed(grown)
            try write(entries, at: batch.position, erasing: batch.erased) { (tiles, signed) }
            return (grown, signed)
        }
        let connection = try database.openConnection()
        let cover = Mutex<Result<Cover, any Error>>(.failure(RecordError.closed))
        let coverIsThere = DispatchSemaphore(value: 0)
        let outcome = Mutex<Result<Void, any Error>?>(nil)
        let isDone = DispatchSemaphore(value: 0)
        appends.async { [self, position = batch.position, erased = batch.erased] in
            let result = Result {
                try write(entries, at: position, erasing: erased) {
                    coverIsThere.wait()
                    return try cover.withLock { $0 }.get()
                }
            }
            outcome.withLock { $0 = result }
            isDone.signal()
        }
        let changed = grown.append(Hash.leaves(entries.lazy.map(\.leaf)))
        let made = Result<Cover, any Error> { (changed, try signed(grown)) }
        cover.withLock { $0 = made }
        coverIsThere.signal()
        // What it reports, the commit would report as well.
        sqlite3_db_cacheflush(connection)
        isDone.wait()
        guard let outcome = outcome.withLock({ $0 }) else { throw RecordError.closed }
        try outcome.get()
        return (grown, try made.get().checkpoint)
    }

    /// Step 5. The acts are entered and covered; should the views not commit, they are behind, and catch up before the next batch.
    private func finish(_ batch: Batch, _ database: Database) {
        do {
            if !batch.heldByViews.isEmpty {
                try views.forgetErased(with: viewSource, in: database)
            }
            try RawStatement(database, "COMMIT").run()
            mustSettle = false
        } catch {
            configuration.logger.error("the views are behind the record", metadata: ["reason": "\(error)"])
            database.rollBackIfOpen()
        }
        lastReceived = batch.now
        published.countBatch()
        if let signed = checkpoints.newest { published.publish(signed) }
    }

    // MARK: Settling

    /// The record as it stands, for views to be brought up to it.
    var viewSource: ViewHouse.Source { .init(store: store, end: Int64(tree.size), root: tree.root) }

    /// Reads the store's end and holds it against the last signed checkpoint; signs anew where the record is ahead of it; brings
    /// the views up to date; publishes.
    private func settle(progress: (Int64) throws -> Void = { _ in }) throws {
        let state = try shared?.state()
        let end = try state?.end ?? store.end()
        try shared?.assure()
        let signed = checkpoints.newest
        tree = try RecordAnchor.tree(end: end, signed: signed, store: store)
        if let state { try Committer.check(tree, against: state) }
        if end > 0 {
            if signed?.size != end { try sign(tree) }
            if let shared, let signed = checkpoints.newest, state?.checkpoint?.size != end { try shared.keep(signed) }
            guard let last = try store.entries(from: end - 1, limit: 1).first else {
                throw RecordError.damagedEntry(index: end - 1, reason: "it is missing")
            }
            // Times never run backwards in the record, whatever the clock does.
            lastReceived = max(lastReceived, try Entry(index: end - 1, stored: last).header.received)
        }
        try views.catchUp(with: viewSource, progress: progress)
        if end > 0, let signed = checkpoints.newest { published.publish(signed) }
    }

    private func signed(_ tree: TiledTree) throws -> SignedCheckpoint {
        try SignedCheckpoint(Checkpoint(origin: signer.name.text, size: tree.size, root: tree.root), signers: [signer])
    }

    private func sign(_ tree: TiledTree) throws {
        try checkpoints.store(signed(tree))
    }

    // MARK: Following other processes

    /// Entries that are followed in one transaction at most; more are caught up with in pieces.
    private static let stride: Int64 = 4096

    /// Holds what this process has against what the processes have signed together.
    private static func check(_ tree: TiledTree, against state: SharedState) throws {
        guard let kept = state.checkpoint else { return }
        guard kept.size <= state.end else { throw RecordError.behindCheckpoint(size: state.end, signed: kept.size) }
        guard kept.size != Int64(tree.size) || kept.root == tree.root else {
            throw RecordError.differsFromCheckpoint(
                signed: kept.size,
                reason: "this process comes to root \(tree.root.base64), and \(kept.root.base64) was signed by another")
        }
    }

    /// Takes what other processes have appended into tree and views, signs the checkpoint that they signed too, and publishes.
    ///
    /// - Throws: ``RecordError`` where the store does not extend what this process has.
    private func follow(_ state: SharedState, in shared: any SharedRecordStore) throws {
        let size = Int64(tree.size)
        guard state.end != size else { return try Committer.check(tree, against: state) }
        guard state.end > size, size > 0, state.end - size <= Committer.stride else {
            mustSettle = true
            try settle()
            mustSettle = false
            return
        }
        try shared.assure()
        let stored = try store.entries(from: size, limit: Int(state.end - size))
        guard stored.count == Int(state.end - size) else {
            throw RecordError.damagedEntry(index: size + Int64(stored.count), reason: "it is missing")
        }
        let entries = try stored.enumerated().map { try Entry(index: size + Int64($0.offset), stored: $0.element) }
        // Made from the entries on this process's own tree, so that it extends what this process has signed.
        var grown = tree
        _ = grown.append(Hash.leaves(stored.lazy.map(\.leaf)))
        try Committer.check(grown, against: state)
        mustSettle = true
        guard try views.follow(entries, from: size, with: .init(store: store, end: state.end, root: grown.root)) else {
            try settle()
            mustSettle = false
            return
        }
        tree = grown
        if let last = entries.last { lastReceived = max(lastReceived, last.header.received) }
        try sign(grown)
        mustSettle = false
        if let signed = checkpoints.newest { published.publish(signed) }
        if entries.contains(where: { $0.kind == PayloadErased.kind }) {
            mustPurge = true
            do {
                try views.purge()
            } catch {
                configuration.logger.warning("erased payloads may still lie in the views' log", metadata: ["reason": "\(error)"])
            }
        }
    }

    /// Follows what others have appended as soon as the writer has nothing else to do; from any thread.
    private func othersMayHaveAppended() {
        guard !isToFollow.exchange(true, ordering: .acquiringAndReleasing) else { return }
        do {
            try queue.add { [self] in
                isToFollow.store(false, ordering: .releasing)
                followNow()
            }
        } catch {
            isToFollow.store(false, ordering: .releasing)
        }
    }

    private func followNow() {
        do {
            try makeReady()
            if let shared { try follow(shared.state(), in: shared) }
            published.trouble = nil
        } catch {
            published.trouble = RecordError(sqlite: error, file: views.path)
        }
    }

    // MARK: Housekeeping

    /// Tries to get over what keeps the record from being written, between two batches; from any thread.
    func tryAgain() {
        guard published.trouble != nil else { return }
        try? queue.add { [self] in followNow() }
    }

    /// Sees to it that nothing erased is left in the files of store and views, where there may be something.
    func purge() throws {
        guard mustPurge else { return }
        do {
            try makeReady()
            try store.purge()
            try views.purge()
        } catch {
            throw RecordError(sqlite: error, file: views.path)
        }
        mustPurge = false
    }
}
