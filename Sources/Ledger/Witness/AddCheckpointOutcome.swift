/// What a witness answers to an add-checkpoint request (C2SP tlog-witness).
public enum AddCheckpointOutcome: Hashable, Sendable {
    /// Everything holds. Store the new state, and only then cosign and reply; look-up, decision and storing must not be
    /// interleaved with another request for the same log, or a slower one rolls the state back. Status 200.
    case cosign(SignedCheckpoint, WitnessedState)
    /// The request is malformed. Status 400.
    case malformed(AddCheckpointRequestError)
    /// The old size is larger than the checkpoint's. Status 400.
    case oldSizeTooLarge(oldSize: UInt64, size: UInt64)
    /// The witness does not watch this log. Status 404.
    case unknownOrigin(String)
    /// No trusted key signed, or a trusted key's signature is wrong. Status 403.
    case notTrusted(NoteError)
    /// The last checkpoint cosigned has another size than the log believes; the body tells it. Status 409.
    case otherOldSize(lastCosigned: UInt64)
    /// The consistency proof does not hold. Signed by the log as it is, the request may be evidence against it. Status 422.
    case badProof(ProofError)
    /// The size is that of the last checkpoint cosigned, and the root is not: the log forked. Status 422.
    case otherRoot(lastCosigned: Hash, found: Hash)
    /// A tree without leaves has one root only, and this is not it. Status 422.
    case badEmptyTree(found: Hash)
}

extension AddCheckpointOutcome {
    /// Decides on a request, without reading or changing anything.
    ///
    /// - Parameters:
    ///   - request: what the log sent.
    ///   - log: the log of the checkpoint's origin, nil when the witness does not watch it.
    ///   - state: the last checkpoint the witness cosigned for it, ``WitnessedState/never`` if none.
    /// - Returns: the outcome, the first that applies in the order of the specification.
    public static func decide(
        _ request: AddCheckpointRequest, log: WitnessedLog?, state: WitnessedState
    ) -> AddCheckpointOutcome {
        refusal(of: request, log: log) ?? decide(trusted: request, state: state)
    }

    /// What stands against a request whatever the witness remembers: an unknown log, a signature that does not count, sizes that make
    /// no sense. It is the first half of ``decide(_:log:state:)``, and need not wait for anything.
    ///
    /// - Returns: `nil` where nothing does.
    public static func refusal(of request: AddCheckpointRequest, log: WitnessedLog?) -> AddCheckpointOutcome? {
        let checkpoint = request.checkpoint.checkpoint
        guard let log, checkpoint.isFrom(log.origin) else { return .unknownOrigin(checkpoint.origin) }
        do {
            try request.checkpoint.note.verified(by: log.verifiers)
        } catch {
            return .notTrusted(error)
        }
        guard request.oldSize <= checkpoint.size else {
            return .oldSizeTooLarge(oldSize: request.oldSize, size: checkpoint.size)
        }
        return nil
    }

    /// Decides on a request that ``refusal(of:log:)`` has found nothing against: the second half of ``decide(_:log:state:)``.
    public static func decide(trusted request: AddCheckpointRequest, state: WitnessedState) -> AddCheckpointOutcome {
        let checkpoint = request.checkpoint.checkpoint
        guard request.oldSize == state.size else { return .otherOldSize(lastCosigned: state.size) }
        if checkpoint.size == 0, checkpoint.root != .emptyTree { return .badEmptyTree(found: checkpoint.root) }
        if checkpoint.size == state.size, checkpoint.root != state.root {
            return .otherRoot(lastCosigned: state.root, found: checkpoint.root)
        }
        do {
            try ConsistencyProof(older: request.oldSize, newer: checkpoint.size, hashes: request.proof)
                .verify(olderRoot: state.root, newerRoot: checkpoint.root)
        } catch {
            return .badProof(error)
        }
        return .cosign(request.checkpoint, WitnessedState(size: checkpoint.size, root: checkpoint.root))
    }

    /// Reads a request body and decides on it.
    ///
    /// - Parameters:
    ///   - body: what the log sent.
    ///   - watched: finds a log by its origin, and what the witness remembers of it; nil when it does not watch it.
    public static func decide(
        body: [UInt8], watched: (String) throws -> (log: WitnessedLog, state: WitnessedState)?
    ) rethrows -> AddCheckpointOutcome {
        let request: AddCheckpointRequest
        do throws(AddCheckpointRequestError) {
            request = try AddCheckpointRequest(parsing: body)
        } catch {
            return .malformed(error)
        }
        let known = try watched(request.checkpoint.checkpoint.origin)
        return decide(request, log: known?.log, state: known?.state ?? .never)
    }

    /// The HTTP status code.
    public var status: Int {
        switch self {
        case .cosign: 200
        case .malformed, .oldSizeTooLarge: 400
        case .notTrusted: 403
        case .unknownOrigin: 404
        case .otherOldSize: 409
        case .badProof, .otherRoot, .badEmptyTree: 422
        }
    }

    /// The reply to send.
    ///
    /// - Parameter cosignatures: the witness's own, made after ``cosign(_:_:)`` was stored; looked at for that outcome only.
    public func reply(cosignatures: [NoteSignature] = []) -> WitnessReply {
        switch self {
        case .cosign:
            WitnessReply(status: status, contentType: WitnessReply.text, body: cosignatures.map(\.line).joined())
        case .otherOldSize(let lastCosigned):
            WitnessReply(status: status, contentType: WitnessReply.size, body: "\(lastCosigned)\n")
        default:
            WitnessReply(status: status, contentType: WitnessReply.text, body: reason + "\n")
        }
    }

    /// A sentence for the log's operator.
    public var reason: String {
        switch self {
        case .cosign(_, let state): "cosigned at size \(state.size)"
        case .malformed(let error): error.description
        case .oldSizeTooLarge(let oldSize, let size): "the old size \(oldSize) is larger than the checkpoint's, \(size)"
        case .unknownOrigin(let origin): "the log \"\(origin)\" is not watched here"
        case .notTrusted(let error): error.description
        case .otherOldSize(let lastCosigned): "the last checkpoint cosigned has size \(lastCosigned)"
        case .badProof(let error): error.description
        case .otherRoot(let lastCosigned, let found):
            "the checkpoint has root \(found.base64), the one cosigned at the same size \(lastCosigned.base64)"
        case .badEmptyTree(let found): "a tree without leaves cannot have root \(found.base64)"
        }
    }
}

/// An HTTP reply of a witness.
public struct WitnessReply: Hashable, Sendable {
    /// Signature lines and reasons are plain text.
    public static let text = "text/plain; charset=utf-8"

    /// The content type of a 409's size.
    public static let size = "text/x.tlog.size"

    /// The status code.
    public let status: Int

    /// The content type.
    public let contentType: String

    /// The body.
    public let body: String

    /// Takes the parts of a reply.
    public init(status: Int, contentType: String, body: String) {
        self.status = status
        self.contentType = contentType
        self.body = body
    }
}
