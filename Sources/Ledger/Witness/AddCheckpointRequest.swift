/// What a log sends a witness: a new checkpoint, and the proof that it extends the last one cosigned (C2SP tlog-witness).
public struct AddCheckpointRequest: Hashable, Sendable {
    /// The most hashes a request may carry.
    public static let mostHashes = 63

    /// The longest request body read, in bytes: the longest note and the lines before it.
    public static let longest = SignedNote.longest + 4_096

    /// The size of the checkpoint that the witness cosigned last, as the log believes; 0 for none.
    public let oldSize: UInt64

    /// The consistency proof from that size to the new one.
    public let proof: [Hash]

    /// The new checkpoint.
    public let checkpoint: SignedCheckpoint

    /// Puts a request together.
    ///
    /// Send only the log's own signature lines (``SignedNote/keepingSignatures(where:)``): some witnesses take no more than
    /// 16 KiB.
    ///
    /// - Throws: ``AddCheckpointRequestError`` for more than 63 hashes or a size past 2^63 - 1.
    public init(oldSize: UInt64, proof: [Hash], checkpoint: SignedCheckpoint) throws(AddCheckpointRequestError) {
        guard oldSize <= Decimal.largest else { throw .badOldSize }
        guard proof.count <= AddCheckpointRequest.mostHashes else { throw .tooManyHashes }
        self.oldSize = oldSize
        self.proof = proof
        self.checkpoint = checkpoint
    }

    /// Reads a request body.
    ///
    /// - Throws: ``AddCheckpointRequestError`` when it is malformed.
    public init(parsing bytes: [UInt8]) throws(AddCheckpointRequestError) {
        guard bytes.count <= AddCheckpointRequest.longest else { throw .tooLong(bytes.count) }
        var lines = LineReader(bytes)
        guard let digits = lines.next()?.withoutPrefix("old "), let oldSize = Decimal.decode(digits) else { throw .badOldSize }
        var proof: [Hash] = []
        while true {
            guard let line = lines.next() else { throw .endsEarly }
            if line.isEmpty { break }
            guard proof.count < AddCheckpointRequest.mostHashes else { throw .tooManyHashes }
            guard line.count == 44, let bytes = Base64.decode(line), let hash = Hash(bytes) else {
                throw .badHash(proof.count + 1)
            }
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
        self.oldSize = oldSize
        self.proof = proof
    }

    /// The request body.
    public var bytes: [UInt8] {
        let text = "old \(oldSize)\n" + proof.map { $0.base64 + "\n" }.joined() + "\n"
        return Array(text.utf8) + checkpoint.note.bytes
    }
}

/// Why bytes are no add-checkpoint request, or parts make none.
public enum AddCheckpointRequestError: Error, Hashable, Sendable {
    /// More bytes than ``AddCheckpointRequest/longest``.
    case tooLong(Int)
    /// The `old` line is missing or its number malformed.
    case badOldSize
    /// A line of the proof, counted from 1, is no hash.
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

extension AddCheckpointRequestError: CustomStringConvertible {
    /// A sentence for an operator's log.
    public var description: String {
        switch self {
        case .tooLong(let count): "the request has \(count) bytes, more than \(AddCheckpointRequest.longest)"
        case .badOldSize: "the first line is not \"old\" and a decimal number of at most 2^63 - 1 without leading zeros"
        case .badHash(let line): "line \(line) of the consistency proof is not 32 bytes in padded base64"
        case .tooManyHashes: "the consistency proof has more than 63 hashes"
        case .endsEarly: "the request ends before its checkpoint"
        case .badNote(let error): "the checkpoint: \(error)"
        case .badCheckpoint(let error): "the checkpoint: \(error)"
        }
    }
}
