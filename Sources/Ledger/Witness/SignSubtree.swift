/// What a client sends a witness for a signature of a subtree: which one, and the proof that it is in a checkpoint which the
/// witness cosigned (C2SP tlog-witness, `sign-subtree`).
public struct SignSubtreeRequest: Hashable, Sendable {
    /// The subtree.
    public let subtree: Subtree

    /// The subtree consistency proof, 63 hashes at most.
    public let proof: [Hash]

    /// A checkpoint with the witness's own cosignature.
    public let checkpoint: SignedCheckpoint

    /// Puts a request together.
    ///
    /// - Throws: ``SignSubtreeRequestError/tooManyHashes``.
    public init(_ subtree: Subtree, proof: [Hash], checkpoint: SignedCheckpoint) throws(SignSubtreeRequestError) {
        guard proof.count <= SubtreeConsistencyProof.mostHashes else { throw .tooManyHashes }
        self.subtree = subtree
        self.proof = proof
        self.checkpoint = checkpoint
    }

    /// Reads a request body.
    ///
    /// - Throws: ``SignSubtreeRequestError`` when it is malformed.
    public init(parsing bytes: [UInt8]) throws(SignSubtreeRequestError) {
        guard bytes.count <= AddCheckpointRequest.longest else { throw .tooLong(bytes.count) }
        var lines = LineReader(bytes)
        guard let words = lines.next()?.withoutPrefix("subtree ")?.split(separator: 0x20, omittingEmptySubsequences: false),
            words.count == 2, let start = Decimal.decode(words[0]), let end = Decimal.decode(words[1]), start < end
        else { throw .badRange }
        guard let line = lines.next(), let root = SignSubtreeRequest.hash(line) else { throw .badHash(0) }
        guard let subtree = Subtree(leaves: start..<end, root: root) else { throw .badRange }
        var proof: [Hash] = []
        while true {
            guard let line = lines.next() else { throw .endsEarly }
            if line.isEmpty { break }
            guard proof.count < SubtreeConsistencyProof.mostHashes else { throw .tooManyHashes }
            guard let hash = SignSubtreeRequest.hash(line) else { throw .badHash(proof.count + 1) }
            proof.append(hash)
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
        self.subtree = subtree
        self.proof = proof
    }

    private static func hash(_ line: ArraySlice<UInt8>) -> Hash? {
        guard line.count == 44, let bytes = Base64.decode(line) else { return nil }
        return Hash(bytes)
    }

    /// The request body.
    public var bytes: [UInt8] {
        let text =
            "subtree \(subtree.leaves.lowerBound) \(subtree.leaves.upperBound)\n\(subtree.root.base64)\n"
            + proof.map { $0.base64 + "\n" }.joined() + "\n"
        return Array(text.utf8) + checkpoint.note.bytes
    }
}

/// Why bytes are no sign-subtree request, or parts make none.
public enum SignSubtreeRequestError: Error, Hashable, Sendable {
    /// More bytes than ``AddCheckpointRequest/longest``.
    case tooLong(Int)
    /// The `subtree` line is missing, or its numbers make no subtree.
    case badRange
    /// A line is no hash: 0 for the subtree's, from 1 for those of the proof.
    case badHash(Int)
    /// More than 63 hashes.
    case tooManyHashes
    /// The body ends before the blank line.
    case endsEarly
    /// The checkpoint is no signed note.
    case badNote(NoteError)
    /// The note is no checkpoint.
    case badCheckpoint(CheckpointError)
}

extension SignSubtreeRequestError: CustomStringConvertible {
    /// A sentence for the client's operator.
    public var description: String {
        switch self {
        case .tooLong(let count): "the request has \(count) bytes, more than \(AddCheckpointRequest.longest)"
        case .badRange: "the first line is not \"subtree\" and two numbers that bound a subtree"
        case .badHash(0): "the line after the first is not 32 bytes in padded base64"
        case .badHash(let line): "line \(line) of the proof is not 32 bytes in padded base64"
        case .tooManyHashes: "the proof has more than 63 hashes"
        case .endsEarly: "the request ends before its checkpoint"
        case .badNote(let error): "the checkpoint: \(error)"
        case .badCheckpoint(let error): "the checkpoint: \(error)"
        }
    }
}

/// What a witness answers to a sign-subtree request (C2SP tlog-witness).
public enum SignSubtreeOutcome: Hashable, Sendable {
    /// The subtree is in a checkpoint that the witness cosigned: sign it, with time 0. Status 200.
    case sign(Subtree, origin: String)
    /// The request is malformed. Status 400.
    case malformed(SignSubtreeRequestError)
    /// The subtree ends after the checkpoint does. Status 400.
    case pastTheEnd(size: UInt64)
    /// The witness does not watch this log. Status 404.
    case unknownOrigin(String)
    /// The checkpoint has no cosignature of the witness, or a wrong one. Status 403.
    case notCosigned(NoteError)
    /// The proof does not hold. Status 422.
    case badProof(ProofError)

    /// Decides on a request. Nothing need be remembered: the witness's own cosignature tells what it has seen.
    ///
    /// - Parameters:
    ///   - request: what the client sent.
    ///   - log: the log of the checkpoint's origin, nil when the witness does not watch it.
    ///   - own: the witness's keys. A mirror's keys and a witness's must not be mixed here (C2SP tlog-mirror).
    public static func decide(
        _ request: SignSubtreeRequest, log: WitnessedLog?, own: [any NoteVerifier]
    ) -> SignSubtreeOutcome {
        let checkpoint = request.checkpoint.checkpoint
        guard let log, checkpoint.isFrom(log.origin) else { return .unknownOrigin(checkpoint.origin) }
        do {
            try request.checkpoint.note.verified(by: own)
        } catch {
            return .notCosigned(error)
        }
        let leaves = request.subtree.leaves
        guard leaves.upperBound <= checkpoint.size else { return .pastTheEnd(size: checkpoint.size) }
        do {
            try SubtreeConsistencyProof(leaves: leaves, size: checkpoint.size, hashes: request.proof)
                .verify(subtreeRoot: request.subtree.root, root: checkpoint.root)
        } catch {
            return .badProof(error)
        }
        return .sign(request.subtree, origin: checkpoint.origin)
    }

    /// The HTTP status code.
    public var status: Int {
        switch self {
        case .sign: 200
        case .malformed, .pastTheEnd: 400
        case .notCosigned: 403
        case .unknownOrigin: 404
        case .badProof: 422
        }
    }

    /// The reply to send.
    ///
    /// - Parameter cosigners: the witness's ML-DSA-44 keys, the only ones that sign subtrees.
    /// - Throws: ``NoteError``.
    public func reply(cosigners: [MLDSA44Cosigner]) throws(NoteError) -> WitnessReply {
        guard case .sign(let subtree, let origin) = self else {
            return WitnessReply(status: status, contentType: WitnessReply.text, body: reason + "\n")
        }
        var lines = ""
        for cosigner in cosigners { lines += try cosigner.cosign(subtree, of: origin).line }
        return WitnessReply(status: status, contentType: WitnessReply.text, body: lines)
    }

    /// A sentence for the client's operator.
    public var reason: String {
        switch self {
        case .sign(let subtree, _): "signed for leaves \(subtree.leaves.lowerBound) to \(subtree.leaves.upperBound)"
        case .malformed(let error): error.description
        case .pastTheEnd(let size): "the subtree ends after the checkpoint, which has size \(size)"
        case .unknownOrigin(let origin): "the log \"\(origin)\" is not watched here"
        case .notCosigned(let error): "this witness has not cosigned the checkpoint: \(error)"
        case .badProof(let error): error.description
        }
    }
}
