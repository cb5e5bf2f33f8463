import Acts
import Ledger
import Outbound

/// Follows one peer's record: fetches what is new (C2SP tlog-tiles, docs/protocol.md section 4), proves it to continue what is kept and
/// to lead to the root that the log signed, and keeps it.
///
/// The hashes over whole bundles come first: they and what is kept must give the checkpoint's root before a single entry is asked for.
/// Each bundle is then held against its hash, so nothing is kept, not for a moment, that the checkpoint does not cover, and
/// following can be stopped and resumed at any bundle.
struct RecordFollower: Sendable {
    /// The most entries of a record that is followed. The hashes over its bundles, 32 bytes for each 256 entries, lie in memory at once.
    static let most: Int64 = 1 << 28
    /// How many bundles are kept in one transaction.
    static let batch = 64
    /// How many bundles are asked for at once.
    static let atOnce = 6

    let node: NodeName
    /// Every address of the node begins so.
    let address: String
    /// The log's name.
    let origin: String
    /// The log's keys.
    let verifiers: [any NoteVerifier]
    /// The log's keys in their portable form.
    let keys: [VerifierKey]
    /// Who else must have signed a checkpoint before it is believed; `nil`: nobody.
    var policy: TrustPolicy?
    let client: NodeClient
    let store: FollowedStore

    /// What came of it.
    struct Outcome: Sendable {
        let log: FollowedStore.Log
        /// Entries that were new.
        let fetched: Int64
    }

    /// Two checkpoints of the log that no one record can have.
    struct Contradiction: Error {
        let known: SignedCheckpoint
        let found: SignedCheckpoint
        let failure: FollowingFailure
    }

    /// Takes what is new up to the checkpoint that the peer serves now.
    ///
    /// - Parameter progress: called with the number of entries kept after each batch.
    /// - Throws: ``FollowingFailure``; ``Contradiction`` where the log signed two histories; what the client throws.
    func follow(progress: @Sendable (Int64) -> Void = { _ in }) async throws -> Outcome {
        let checkpoint = try await self.checkpoint()
        var log = try await store.begin(node, origin: origin)
        guard checkpoint.checkpoint.size <= UInt64(RecordFollower.most) else {
            throw FollowingFailure.tooLarge(shown: checkpoint.checkpoint.size, limit: RecordFollower.most)
        }
        let size = Int64(checkpoint.checkpoint.size)
        if size <= log.size {
            try await look(back: checkpoint, size, log)
            // The same size once more, perhaps with more cosignatures.
            if size == log.size, log.complete?.note.bytes != checkpoint.note.bytes {
                try await store.complete(checkpoint, of: log)
                log.complete = checkpoint
            }
            return Outcome(log: log, fetched: 0)
        }
        // A batch may be kept while the whole is not: then the checkpoint that was followed is what may not shrink.
        if let covering = log.covering, checkpoint.checkpoint.size < covering.checkpoint.size {
            throw FollowingFailure.shrunk(shown: size, known: Int64(covering.checkpoint.size))
        }
        let before = log.size
        let earlier = log.covering
        var tree = try await store.tree(of: log)
        let plan: Plan
        do {
            plan = try await self.plan(tree, to: checkpoint)
        } catch FollowingFailure.wrongRoot(let size) where before > 0 {
            // Either its tiles are wrong, or they are right and the record is another than the one that was kept.
            guard try await leadsToRoot(checkpoint), let known = log.covering else { throw FollowingFailure.wrongRoot(size: size) }
            throw Contradiction(known: known, found: checkpoint, failure: .otherHistory(shown: size, known: before))
        }
        try await fetch(plan, checkpoint, &tree, &log, progress)
        guard tree.root == checkpoint.checkpoint.root else { throw FollowingFailure.wrongRoot(size: size) }
        // A checkpoint that was followed in part only is proved or contradicted now that the rest is here.
        if let earlier, Int64(earlier.checkpoint.size) > before {
            let root = try await store.root(of: Int64(earlier.checkpoint.size), in: log)
            guard root == earlier.checkpoint.root else {
                throw Contradiction(
                    known: earlier, found: checkpoint,
                    failure: .otherHistory(shown: size, known: Int64(earlier.checkpoint.size)))
            }
        }
        try await store.complete(checkpoint, of: log)
        log.complete = checkpoint
        log.covering = checkpoint
        return Outcome(log: log, fetched: size - before)
    }

    // MARK: The checkpoint

    private func checkpoint() async throws -> SignedCheckpoint {
        let bytes = try await get("checkpoint", accepting: "text/plain", upTo: 64 << 10)
        do {
            let checkpoint = try SignedCheckpoint(parsing: bytes)
            try checkpoint.verified(origin: origin, by: verifiers)
            guard let policy else { return checkpoint }
            do {
                try policy.evaluate(checkpoint, knownLogs: keys)
            } catch {
                throw FollowingFailure.notWitnessed(reason: "\(error)")
            }
            return checkpoint
        } catch let failure as FollowingFailure {
            throw failure
        } catch {
            throw FollowingFailure.badCheckpoint(reason: "\(error)")
        }
    }

    /// A checkpoint of no more entries than are kept: it must be of the very record that is kept.
    private func look(back found: SignedCheckpoint, _ size: Int64, _ log: FollowedStore.Log) async throws {
        let root = try await store.root(of: size, in: log)
        guard root == found.checkpoint.root else {
            guard let known = log.covering else { throw FollowingFailure.wrongRoot(size: size) }
            throw Contradiction(known: known, found: found, failure: .otherHistory(shown: size, known: log.size))
        }
        guard size >= Int64(log.covering?.checkpoint.size ?? 0) else {
            throw FollowingFailure.shrunk(shown: size, known: Int64(log.covering?.checkpoint.size ?? 0))
        }
    }

    // MARK: The plan

    /// What is to be fetched, proved to lead to the checkpoint's root.
    private struct Plan: Sendable {
        /// The first bundle that is not kept whole.
        let first: Int64
        /// The hash over each full bundle from ``first`` on.
        let hashes: [Hash]
        /// The bundle after them, where the record ends within one.
        let last: (coordinate: EntryBundleCoordinate, bytes: [UInt8], bundle: EntryBundle, hashes: [Hash])?
    }

    private func plan(_ tree: TiledTree, to checkpoint: SignedCheckpoint) async throws -> Plan {
        let size = checkpoint.checkpoint.size
        let first = tree.size / 256
        let hashes = try await bundleHashes(from: first, to: size / 256)
        let last = try await lastBundle(of: size)
        // A tree over whole bundles is a tree too: its leaves are their hashes (RFC 6962, 2.1).
        var bundles = try TreeFrontier(size: first, edge: Array(tree.frontier.edge.prefix(first.nonzeroBitCount)))
        bundles.append(hashes)
        var rest = TreeFrontier()
        rest.append(last?.hashes ?? [])
        let whole = try TreeFrontier(size: size, edge: bundles.edge + rest.edge)
        guard whole.root == checkpoint.checkpoint.root else { throw FollowingFailure.wrongRoot(size: Int64(size)) }
        return Plan(first: Int64(first), hashes: hashes, last: last)
    }

    /// The hashes over full bundles: tiles of level 1.
    private func bundleHashes(from first: UInt64, to end: UInt64) async throws -> [Hash] {
        guard first < end else { return [] }
        var hashes: [Hash] = []
        hashes.reserveCapacity(Int(end - first))
        for index in (first / 256)...((end - 1) / 256) {
            let width = Int(min(256, end - index * 256))
            guard let coordinate = TileCoordinate(level: 1, index: index, width: width) else { continue }
            let bytes = try await get(coordinate.path, upTo: 256 * Hash.byteCount)
            guard let tile = Tile(coordinate, bytes: bytes) else { throw FollowingFailure.badTile(path: coordinate.path) }
            hashes += tile.hashes.dropFirst(Int(max(first, index * 256) - index * 256))
        }
        return hashes
    }

    private func lastBundle(
        of size: UInt64
    ) async throws -> (coordinate: EntryBundleCoordinate, bytes: [UInt8], bundle: EntryBundle, hashes: [Hash])? {
        guard size % 256 > 0, let coordinate = EntryBundleCoordinate(index: size / 256, width: Int(size % 256)) else { return nil }
        let bytes = try await get(coordinate.path, upTo: FollowedBundle.longest)
        let bundle = try FollowedBundle.leaves(of: bytes, at: coordinate)
        return (coordinate, bytes, bundle, bundle.leaves)
    }

    /// Whether the tiles that the peer serves lead to its checkpoint's root, whatever was kept of it before.
    private func leadsToRoot(_ checkpoint: SignedCheckpoint) async throws -> Bool {
        do {
            _ = try await plan(TiledTree(), to: checkpoint)
            return true
        } catch FollowingFailure.wrongRoot {
            return false
        }
    }

    // MARK: The entries

    /// What a step of fetching ends with.
    private enum Step: Sendable {
        case fetched(FollowedBundle)
        case kept(Int64)
    }

    /// Fetches and checks bundles, several at once, while those before them are written.
    private func fetch(
        _ plan: Plan, _ checkpoint: SignedCheckpoint, _ tree: inout TiledTree, _ log: inout FollowedStore.Log,
        _ progress: @Sendable (Int64) -> Void
    ) async throws {
        let count = plan.hashes.count + (plan.last == nil ? 0 : 1)
        try await withThrowingTaskGroup(of: Step.self) { group in
            var next = 0
            var inFlight = 0
            var waiting: [Int64: FollowedBundle] = [:]
            var ready: [FollowedBundle] = []
            var done = 0
            var isKeeping = false
            while done < count || !ready.isEmpty || isKeeping {
                // No more are asked for than fit beside what waits to be written.
                while inFlight < RecordFollower.atOnce, next < count, next - done + ready.count < 2 * RecordFollower.batch {
                    let place = next
                    group.addTask { .fetched(try await self.bundle(place, of: plan)) }
                    next += 1
                    inFlight += 1
                }
                if !isKeeping, ready.count >= RecordFollower.batch || (done == count && !ready.isEmpty) {
                    let tiles = try append(ready, checkpoint, &tree, log)
                    let (bundles, size, current) = (ready, Int64(tree.size), log)
                    group.addTask {
                        try await store.keep(bundles, tiles: tiles, size: size, of: current, covering: checkpoint)
                        return .kept(size)
                    }
                    ready = []
                    isKeeping = true
                }
                guard let step = try await group.next() else { break }
                switch step {
                case .kept(let size):
                    isKeeping = false
                    log.size = size
                    log.covering = checkpoint
                    progress(size)
                case .fetched(let bundle):
                    inFlight -= 1
                    waiting[bundle.index] = bundle
                    while let bundle = waiting.removeValue(forKey: plan.first + Int64(done)) {
                        ready.append(bundle)
                        done += 1
                    }
                }
            }
        }
    }

    /// Adds checked bundles to the tree.
    ///
    /// - Returns: the tiles that they fill or widen.
    private func append(
        _ bundles: [FollowedBundle], _ checkpoint: SignedCheckpoint, _ tree: inout TiledTree, _ log: FollowedStore.Log
    ) throws -> [Tile] {
        var hashes: [Hash] = []
        hashes.reserveCapacity(bundles.count * 256)
        for bundle in bundles {
            let start = UInt64(bundle.index) * 256
            // The first bundle may have been kept in part; then its beginning must be what was kept.
            let known = start < tree.size ? Int(tree.size - start) : 0
            if known > 0 {
                var frontier = try TreeFrontier(
                    size: start, edge: Array(tree.frontier.edge.prefix((start / 256).nonzeroBitCount)))
                frontier.append(Array(bundle.hashes.prefix(known)))
                guard frontier.root == tree.root else {
                    let failure = FollowingFailure.otherHistory(
                        shown: Int64(checkpoint.checkpoint.size), known: Int64(tree.size))
                    guard let covering = log.covering else { throw failure }
                    throw Contradiction(known: covering, found: checkpoint, failure: failure)
                }
            }
            hashes += bundle.hashes.dropFirst(known)
        }
        return tree.append(hashes)
    }

    /// One bundle, its entries held against their hash and its payloads against their entries.
    private func bundle(_ place: Int, of plan: Plan) async throws -> FollowedBundle {
        let coordinate: EntryBundleCoordinate
        let bytes: [UInt8]
        let entries: EntryBundle
        let hashes: [Hash]
        if place < plan.hashes.count {
            guard let full = EntryBundleCoordinate(index: UInt64(plan.first) + UInt64(place)) else {
                throw FollowingFailure.badTile(path: "tile/1")
            }
            coordinate = full
            bytes = try await get(full.path, upTo: FollowedBundle.longest)
            entries = try FollowedBundle.leaves(of: bytes, at: full)
            hashes = entries.leaves
            guard Hash.root(over: hashes) == plan.hashes[place] else { throw FollowingFailure.otherEntries(path: full.path) }
        } else if let last = plan.last {
            (coordinate, bytes, entries, hashes) = last
        } else {
            throw FollowingFailure.badTile(path: "tile/1")
        }
        let path = FollowedBundle.payloadPath(coordinate)
        let served = try await get(path, upTo: FollowedBundle.longestPayloads)
        var contents: [PayloadBundle.Content]
        do throws(MalformedAct) {
            contents = try PayloadBundle(parsing: served).contents
        } catch {
            throw FollowingFailure.badBundle(path: path, reason: "\(error)")
        }
        guard contents.count == coordinate.width else {
            throw FollowingFailure.badBundle(path: path, reason: "it is of \(contents.count) entries, not \(coordinate.width)")
        }
        var payloads = served
        if contents.contains(.elsewhere) {
            for offset in contents.indices where contents[offset] == .elsewhere {
                contents[offset] = try await payload(of: Int64(coordinate.entries.lowerBound) + Int64(offset))
            }
            payloads = FollowedBundle.bytes(of: contents)
        }
        return try FollowedBundle(coordinate, leaves: bytes, entries: entries, hashes: hashes, contents: contents, payloads: payloads)
    }

    /// A payload too long for its bundle, from the act's own address.
    private func payload(of entry: Int64) async throws -> PayloadBundle.Content {
        let longest = 4 << 20
        let bytes = try await get("acts/\(entry)?format=json", accepting: "application/json", upTo: longest)
        guard let json = try? JSONParser.parse(bytes, limits: .init(bytes: longest, depth: 64)), let payload = json["payload"] else {
            return .absent
        }
        guard let salt = json["salt"]?.string.flatMap(Acts.Base64.decode) else { throw FollowingFailure.otherPayload(entry: entry) }
        return .present(SealedPayload(salt: salt, bytes: payload.canonicalBytes))
    }

    private func get(_ path: String, accepting type: String = "application/octet-stream", upTo longest: Int) async throws -> [UInt8] {
        let answer = try await client.get("\(address)/record/\(path)", accepting: type, upTo: longest)
        guard answer.status == 200 else { throw FollowingFailure.answered(path: path, status: answer.status) }
        return answer.body
    }
}
