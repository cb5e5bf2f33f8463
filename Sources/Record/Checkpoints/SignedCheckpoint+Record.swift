public import Ledger

extension SignedCheckpoint {
    /// The log's name.
    public var origin: String { checkpoint.origin }
    /// Entries covered.
    public var size: Int64 { Int64(checkpoint.size) }
    /// The root over them.
    public var root: Hash { checkpoint.root }
    /// The signed note, as it is served.
    public var text: String { note.string }
}
