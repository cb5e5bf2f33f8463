/// Decides on an add-entries request, step by step and without storing anything itself (C2SP tlog-mirror, "Processing").
///
///     switch MirrorUpload.begin(header, state: state) {
///     case .refused(let outcome): // reply
///     case .ready(var upload):
///         // for every package that comes: take it, store its entries, state.keep(…); then
///         // upload.finish(&state), store the state, cosign and reply
///     }
///
/// Uploads may run side by side: what they bring is proven to be in pending checkpoints that are consistent with each other.
public struct MirrorUpload: Sendable {
    /// What begins an upload, or stands against it.
    public enum Beginning: Sendable {
        /// The packages may come.
        case ready(MirrorUpload)
        /// They may not.
        case refused(AddEntriesOutcome)
    }

    /// A package whose entries are proven to be in the log.
    public struct Proven: Hashable, Sendable {
        /// All of the package's entries.
        public let entries: Range<UInt64>
        /// Their leaf hashes, in order.
        public let leaves: [Hash]
    }

    /// What the client announced.
    public let header: AddEntriesHeader

    /// The pending checkpoint that the upload ends at.
    public let checkpoint: SignedCheckpoint

    /// The number of packages taken.
    public private(set) var taken: UInt64 = 0

    private var failure: AddEntriesOutcome?

    /// Looks at the header.
    ///
    /// - Parameter state: how far the mirror is with the log of the header's origin; `nil` when it does not mirror that log.
    public static func begin(_ header: AddEntriesHeader, state: MirrorState?) -> Beginning {
        guard let state else { return .refused(.unknownOrigin(header.origin)) }
        guard let checkpoint = state.pending(ofSize: header.entries.upperBound), header.entries.upperBound >= state.mirroredSize,
            checkpoint.checkpoint.isFrom(header.origin)
        else { return .refused(.conflict(state.info())) }
        // A small distance below is an overlap of two clients; a great one would be sent for nothing.
        let start = header.entries.lowerBound
        guard start <= state.nextEntry, state.nextEntry - start <= MirrorState.mostOverlap else {
            return .refused(.conflict(state.info(end: header.entries.upperBound)))
        }
        return .ready(MirrorUpload(header: header, checkpoint: checkpoint))
    }

    private init(header: AddEntriesHeader, checkpoint: SignedCheckpoint) {
        self.header = header
        self.checkpoint = checkpoint
    }

    /// The entries whose leaf hashes the next package needs besides its own: those of its bundle that came before. At most 255,
    /// and none but for the first package.
    public var needed: Range<UInt64> {
        header.subtree(ofPackage: taken).lowerBound..<header.entries(ofPackage: taken).lowerBound
    }

    /// Takes the next package, if it proves its entries.
    ///
    /// - Parameters:
    ///   - package: as it came.
    ///   - leavesBefore: the leaf hashes of ``needed``, from what the mirror has stored.
    /// - Returns: the entries to store; those that are stored already are the same.
    /// - Throws: ``AddEntriesOutcome``: a 422 for a wrong proof, a 400 for a package that is not the next one. No more packages are
    ///   taken then.
    public mutating func take(_ package: EntryPackage, leavesBefore: [Hash]) throws(AddEntriesOutcome) -> Proven {
        if let failure { throw failure }
        let entries = header.entries(ofPackage: taken)
        guard !entries.isEmpty, package.entries.count == entries.count, leavesBefore.count == needed.count else {
            throw fail(.malformed(.wrongCount(package: taken, expected: entries.count, found: package.entries.count)))
        }
        let leaves = Hash.leaves(package.entries)
        do {
            try SubtreeConsistencyProof(
                leaves: header.subtree(ofPackage: taken), size: header.entries.upperBound, hashes: package.proof
            ).verify(subtreeRoot: Hash.root(over: leavesBefore + leaves), root: checkpoint.checkpoint.root)
        } catch {
            throw fail(.badProof(package: taken, error))
        }
        taken += 1
        return Proven(entries: entries, leaves: leaves)
    }

    private mutating func fail(_ outcome: AddEntriesOutcome) -> AddEntriesOutcome {
        failure = outcome
        return outcome
    }

    /// Ends the upload, after the last package or where the body ends.
    ///
    /// - Parameter state: how far the mirror is by now, every package taken being stored and noted with
    ///   ``MirrorState/keep(_:)``. It vouches for the checkpoint afterwards where the outcome is
    ///   ``AddEntriesOutcome/mirrored(_:)``; hold other uploads of the same log off until it is stored.
    public func finish(_ state: inout MirrorState) -> AddEntriesOutcome {
        if let failure { return failure }
        guard taken == header.packageCount, state.nextEntry >= header.entries.upperBound else {
            return taken > 0 ? .partial(state.info(end: header.entries.upperBound)) : .malformed(.endsEarly)
        }
        guard header.entries.upperBound >= state.mirroredSize else { return .conflict(state.info()) }
        state.mirror(checkpoint)
        return .mirrored(checkpoint)
    }
}

/// What a mirror answers to an add-entries request (C2SP tlog-mirror).
public enum AddEntriesOutcome: Error, Hashable, Sendable {
    /// The mirror has every entry. Store the state, and only then cosign with the mirror's key and reply. Status 200.
    case mirrored(SignedCheckpoint)
    /// Some packages were taken and others are missing. Status 202.
    case partial(MirrorInfo)
    /// The request is malformed, or ends before its first package does. Status 400.
    case malformed(AddEntriesError)
    /// The mirror does not mirror this log. Status 404.
    case unknownOrigin(String)
    /// The upload ends at no pending checkpoint, or starts where it cannot. Status 409.
    case conflict(MirrorInfo)
    /// A package, by its place from 0, does not prove its entries. Status 422.
    case badProof(package: UInt64, ProofError)

    /// The HTTP status code.
    public var status: Int {
        switch self {
        case .mirrored: 200
        case .partial: 202
        case .malformed: 400
        case .unknownOrigin: 404
        case .conflict: 409
        case .badProof: 422
        }
    }

    /// The reply to send.
    ///
    /// - Parameter cosignatures: the mirror's own, made after ``mirrored(_:)`` was stored; looked at for that outcome only.
    public func reply(cosignatures: [NoteSignature] = []) -> WitnessReply {
        switch self {
        case .mirrored:
            WitnessReply(status: status, contentType: WitnessReply.text, body: cosignatures.map(\.line).joined())
        case .partial(let info), .conflict(let info):
            WitnessReply(status: status, contentType: MirrorInfo.contentType, body: info.text)
        default:
            WitnessReply(status: status, contentType: WitnessReply.text, body: reason + "\n")
        }
    }

    /// A sentence for the client's operator.
    public var reason: String {
        switch self {
        case .mirrored(let checkpoint): "mirrored up to size \(checkpoint.checkpoint.size)"
        case .partial(let info): "entries up to \(info.nextEntry) of \(info.size) are here"
        case .malformed(let error): error.description
        case .unknownOrigin(let origin): "the log \"\(origin)\" is not mirrored here"
        case .conflict(let info): "an upload should go from entry \(info.nextEntry) to size \(info.size)"
        case .badProof(let package, let error): "package \(package): \(error)"
        }
    }
}
