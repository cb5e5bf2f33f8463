/// A `.tlog-proof` file: that an entry is in a log, checkable without asking anyone (C2SP tlog-proof).
///
/// It holds the entry's index, its inclusion proof and the signed checkpoint it leads to. It does not hold the entry: the
/// reader brings that.
public struct ProofFile: Hashable, Sendable {
    /// The first line of the format.
    public static let header = "c2sp.org/tlog-proof@v1"

    /// The ending of a file's name, with its dot.
    public static let fileExtension = ".tlog-proof"

    /// The longest file read, in bytes: the longest note, sixty-three hashes, and as much extra data as fits in the rest.
    public static let longest = 2 * SignedNote.longest

    /// Further data, with a meaning of the application's own. NOT authenticated: whoever passes the file on can change it.
    public let extra: [UInt8]?

    /// The index of the entry, from 0.
    public let index: UInt64

    /// The inclusion proof, from the leaf's sibling up to the root's child.
    public let hashes: [Hash]

    /// The checkpoint that the proof leads to, byte for byte as the log served it, with cosignatures if any.
    public private(set) var checkpoint: SignedCheckpoint

    /// Puts a file together.
    ///
    /// - Throws: ``ProofFileError`` when the proof is for another size than the checkpoint's.
    public init(_ proof: InclusionProof, checkpoint: SignedCheckpoint, extra: [UInt8]? = nil) throws(ProofFileError) {
        guard proof.size == checkpoint.checkpoint.size else {
            throw .otherSize(proof: proof.size, checkpoint: checkpoint.checkpoint.size)
        }
        guard proof.hashes.count <= 63 else { throw .tooManyHashes }
        self.extra = extra
        index = proof.index
        hashes = proof.hashes
        self.checkpoint = checkpoint
    }

    /// Reads a file.
    ///
    /// - Throws: ``ProofFileError`` when it is not well-formed. A file that parses is not yet a proof: see
    ///   ``verify(leaf:origin:verifiers:)`` and ``verify(leaf:policy:)``.
    public init(parsing bytes: [UInt8]) throws(ProofFileError) {
        guard bytes.count <= ProofFile.longest else { throw .tooLong(bytes.count) }
        var lines = LineReader(bytes)
        guard lines.next()?.elementsEqual(ProofFile.header.utf8) == true else { throw .badHeader }
        var line = lines.next()
        var extra: [UInt8]?
        if let text = line?.withoutPrefix("extra ") {
            guard let data = Base64.decode(text) else { throw .badExtra }
            extra = data
            line = lines.next()
        }
        guard let digits = line?.withoutPrefix("index "), let index = Decimal.decode(digits) else { throw .badIndex }
        var hashes: [Hash] = []
        while true {
            guard let line = lines.next() else { throw .endsEarly }
            if line.isEmpty { break }
            guard hashes.count < 63 else { throw .tooManyHashes }
            guard line.count == 44, let bytes = Base64.decode(line), let hash = Hash(bytes) else {
                throw .badHash(hashes.count + 1)
            }
            hashes.append(hash)
        }
        do {
            checkpoint = try SignedCheckpoint(parsing: Array(lines.rest))
        } catch let error as NoteError {
            throw .badNote(error)
        } catch let error as CheckpointError {
            throw .badCheckpoint(error)
        } catch {
            throw .endsEarly
        }
        self.extra = extra
        self.index = index
        self.hashes = hashes
    }

    /// The file.
    public var bytes: [UInt8] { Array(head.utf8) + checkpoint.note.bytes }

    /// The file up to its checkpoint: with the note's text after it, the whole. Many proofs that lead to one checkpoint are written so
    /// without writing the note anew for each.
    public var head: String {
        var text = ProofFile.header + "\n"
        if let extra { text += "extra \(Base64.encode(extra))\n" }
        text += "index \(index)\n"
        for hash in hashes { text += hash.base64 + "\n" }
        return text + "\n"
    }

    /// The inclusion proof.
    public var inclusion: InclusionProof {
        InclusionProof(index: index, size: checkpoint.checkpoint.size, hashes: hashes)
    }

    /// Adds a cosignature of the checkpoint.
    ///
    /// - Throws: ``NoteError`` when a limit is passed.
    public mutating func add(_ signature: NoteSignature) throws(NoteError) {
        try checkpoint.add(signature)
    }

    /// Checks the proof for a log whose keys are known.
    ///
    /// - Parameters:
    ///   - leaf: the hash of the entry the reader holds, `Hash.leaf`.
    ///   - origin: the log it must be in.
    ///   - verifiers: the keys trusted for that log.
    /// - Returns: the signatures by these keys, all right, at least one.
    /// - Throws: ``CheckpointError``, ``NoteError`` or ``ProofError``: the reason the proof does not hold.
    @discardableResult
    public func verify(leaf: Hash, origin: String, verifiers: [any NoteVerifier]) throws -> [NoteSignature] {
        let signatures = try checkpoint.verified(origin: origin, by: verifiers)
        try inclusion.verify(leaf: leaf, root: checkpoint.checkpoint.root)
        return signatures
    }

    /// Checks the proof under a policy of trusted logs and witnesses.
    ///
    /// - Parameters:
    ///   - leaf: the hash of the entry the reader holds, `Hash.leaf`.
    ///   - policy: which logs are trusted and which witnesses must have cosigned.
    /// - Returns: who signed.
    /// - Throws: ``PolicyRefusal``, ``NoteError`` or ``ProofError``: the reason the proof does not hold.
    @discardableResult
    public func verify(leaf: Hash, policy: TrustPolicy) throws -> PolicyVerdict {
        let verdict = try policy.evaluate(checkpoint)
        try inclusion.verify(leaf: leaf, root: checkpoint.checkpoint.root)
        return verdict
    }
}

/// Why bytes are no `.tlog-proof` file, or parts make none.
public enum ProofFileError: Error, Hashable, Sendable {
    /// More bytes than ``ProofFile/longest``.
    case tooLong(Int)
    /// The first line is not ``ProofFile/header``.
    case badHeader
    /// The `extra` line is no canonical base64.
    case badExtra
    /// The `index` line is missing or its number malformed.
    case badIndex
    /// A line of the proof, counted from 1, is no hash.
    case badHash(Int)
    /// No tree has an inclusion proof of more than 63 hashes.
    case tooManyHashes
    /// The file ends before the blank line.
    case endsEarly
    /// The checkpoint is no signed note.
    case badNote(NoteError)
    /// The note is no checkpoint.
    case badCheckpoint(CheckpointError)
    /// The proof is for another tree than the checkpoint's.
    case otherSize(proof: UInt64, checkpoint: UInt64)
}

extension ProofFileError: CustomStringConvertible {
    /// A sentence for a reader of the proof.
    public var description: String {
        switch self {
        case .tooLong(let count): "the proof file has \(count) bytes, more than \(ProofFile.longest)"
        case .badHeader: "the first line is not \"\(ProofFile.header)\""
        case .badExtra: "the extra line is not padded base64"
        case .badIndex: "the index line is missing or malformed"
        case .badHash(let line): "line \(line) of the inclusion proof is not 32 bytes in padded base64"
        case .tooManyHashes: "the inclusion proof has more than 63 hashes"
        case .endsEarly: "the proof file ends before its checkpoint"
        case .badNote(let error): "the checkpoint: \(error)"
        case .badCheckpoint(let error): "the checkpoint: \(error)"
        case .otherSize(let proof, let checkpoint): "the proof is for \(proof) entries and the checkpoint for \(checkpoint)"
        }
    }
}
