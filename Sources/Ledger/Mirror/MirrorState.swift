/// How far a mirror is with a log: what it promised to fetch, what it has, what it vouches for (C2SP tlog-mirror).
///
/// The pending checkpoints are all consistent with each other, and every entry kept is in the newest of them.
public struct MirrorState: Hashable, Sendable {
    /// How many past pending checkpoints an upload may still end at.
    public static let mostPending = 8

    /// How far below the first missing entry an upload may start: as many entries as one request brings.
    public static let mostOverlap = UInt64(AddEntriesRequest.mostPackages) * 256

    /// The pending checkpoints, the newest last, with the log's signatures; none before the first.
    public private(set) var pending: [SignedCheckpoint]

    /// The newest checkpoint of which the mirror has every entry and serves them; `nil` before the first.
    public private(set) var mirrored: SignedCheckpoint?

    /// The first entry that is missing.
    public private(set) var nextEntry: UInt64

    /// What a mirror starts from that never heard of a log.
    public static let empty = MirrorState(pending: [], mirrored: nil, nextEntry: 0)

    /// Takes up a state that was stored.
    public init(pending: [SignedCheckpoint], mirrored: SignedCheckpoint?, nextEntry: UInt64) {
        self.pending = Array(pending.suffix(MirrorState.mostPending))
        self.mirrored = mirrored
        self.nextEntry = nextEntry
    }

    /// What an add-checkpoint request is decided on, with ``AddCheckpointOutcome/decide(_:log:state:)``: a mirror takes these
    /// as a witness does, but must not cosign with its own key what it does not have yet.
    public var witnessed: WitnessedState {
        pending.last.map { WitnessedState(size: $0.checkpoint.size, root: $0.checkpoint.root) } ?? .never
    }

    /// Takes the checkpoint of ``AddCheckpointOutcome/cosign(_:_:)`` for the new pending one. Store the state before replying.
    public mutating func expect(_ checkpoint: SignedCheckpoint) {
        // The same size again is the same checkpoint, as the decision made sure; the newer signatures may be better ones.
        pending.removeAll { $0.checkpoint.size == checkpoint.checkpoint.size }
        pending.append(checkpoint)
        pending.removeFirst(max(0, pending.count - MirrorState.mostPending))
    }

    /// Notes that entries were stored, durably: those of a package that ``MirrorUpload`` took.
    public mutating func keep(_ entries: Range<UInt64>) {
        if entries.lowerBound <= nextEntry { nextEntry = max(nextEntry, entries.upperBound) }
    }

    /// The size of the checkpoint mirrored, 0 for none.
    public var mirroredSize: UInt64 { mirrored?.checkpoint.size ?? 0 }

    /// What a client is told whose upload cannot go on as it is.
    ///
    /// - Parameter end: where its upload ends, if that is fine.
    public func info(end: UInt64? = nil) -> MirrorInfo {
        MirrorInfo(size: end ?? pending.last?.checkpoint.size ?? 0, nextEntry: nextEntry)
    }

    /// The pending checkpoint of that size.
    func pending(ofSize size: UInt64) -> SignedCheckpoint? { pending.last { $0.checkpoint.size == size } }

    /// Vouches for a checkpoint all of whose entries are stored, unless a larger one is vouched for already.
    mutating func mirror(_ checkpoint: SignedCheckpoint) {
        if checkpoint.checkpoint.size >= mirroredSize { mirrored = checkpoint }
    }
}
