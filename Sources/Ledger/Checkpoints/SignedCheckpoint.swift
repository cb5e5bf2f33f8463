/// A checkpoint and the note that carries it.
///
/// Parsing makes it well-formed; ``verified(origin:by:)`` makes it believable.
public struct SignedCheckpoint: Hashable, Sendable {
    /// The note, signatures included.
    public private(set) var note: SignedNote

    /// What the note says.
    public let checkpoint: Checkpoint

    /// Takes a note whose text is a checkpoint.
    ///
    /// - Throws: ``CheckpointError`` when it is not.
    public init(_ note: SignedNote) throws(CheckpointError) {
        checkpoint = try Checkpoint(parsing: note.textBytes)
        self.note = note
    }

    /// Reads a served checkpoint.
    ///
    /// - Throws: ``NoteError`` or ``CheckpointError``.
    public init(parsing bytes: [UInt8]) throws {
        try self.init(SignedNote(parsing: bytes))
    }

    /// Makes and signs a checkpoint.
    ///
    /// - Throws: ``NoteError``, or what a signer throws.
    public init(_ checkpoint: Checkpoint, signers: [any NoteSigner]) throws {
        note = try checkpoint.signed(by: signers)
        self.checkpoint = checkpoint
    }

    /// Adds a signature made before, a cosignature for instance, unless the same line is there already.
    ///
    /// - Throws: ``NoteError`` when a limit is passed.
    public mutating func add(_ signature: NoteSignature) throws(NoteError) {
        try note.add(signature)
    }

    /// Checks origin and signatures.
    ///
    /// - Parameters:
    ///   - origin: the log that was asked.
    ///   - verifiers: the keys trusted for it; witnesses' may be among them.
    /// - Returns: the signatures by these keys, all right, at least one.
    /// - Throws: ``CheckpointError/otherOrigin(expected:found:)`` or ``NoteError``.
    @discardableResult
    public func verified(origin: String, by verifiers: [any NoteVerifier]) throws -> [NoteSignature] {
        guard checkpoint.isFrom(origin) else {
            throw CheckpointError.otherOrigin(expected: origin, found: checkpoint.origin)
        }
        return try note.verified(by: verifiers)
    }
}
