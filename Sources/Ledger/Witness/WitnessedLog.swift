/// A log that a witness watches, and the keys it trusts for it.
public struct WitnessedLog: Sendable {
    /// The origin line of the log's checkpoints.
    public let origin: String

    /// The keys trusted for the log.
    public let verifiers: [any NoteVerifier]

    /// Takes an origin and its keys.
    public init(origin: String, verifiers: [any NoteVerifier]) {
        self.origin = origin
        self.verifiers = verifiers
    }
}

/// What a witness remembers of a log: the last checkpoint it cosigned.
public struct WitnessedState: Hashable, Sendable {
    /// The size.
    public let size: UInt64

    /// The root.
    public let root: Hash

    /// Takes a size and its root.
    public init(size: UInt64, root: Hash) {
        self.size = size
        self.root = root
    }

    /// What a witness that never cosigned a checkpoint of a log starts from.
    public static let never = WitnessedState(size: 0, root: .emptyTree)
}
