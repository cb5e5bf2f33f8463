public import Acts
import Federation
public import Ledger

/// Verifies a `.tlog-proof` file without a server, an account or a network.
///
/// The file's `extra` line carries the entry: base64 of `{"leaf": base64, "payload": base64, "salt": base64}`. Payload and salt
/// are absent where the act is not public.
public struct ProofVerification: Sendable {
    /// What the file says of the act, once it is verified.
    public struct Finding: Sendable {
        public let origin: String
        public let index: UInt64
        /// How many entries the checkpoint covers.
        public let size: UInt64
        public let header: EntryHeader
        /// The payload in canonical JSON; `nil` where the file does not carry it.
        public let payload: JSON?
        /// Names of the keys whose signatures hold.
        public let signers: [String]
        /// The act of another record that this one carries; `nil` where it carries none.
        public let carried: Carried?
    }

    /// Why it does not hold.
    public struct Failure: Error, Sendable, CustomStringConvertible {
        public enum Kind: Sendable {
            /// The file cannot be read.
            case malformed
            /// It can be read and does not prove what it says.
            case disproved
        }

        public let kind: Kind
        public let description: String

        public init(kind: Kind, description: String) {
            self.kind = kind
            self.description = description
        }
    }

    /// The act of another record that the act carries, with the proof of it there: what was received from another node, or handed on.
    public indirect enum Carried: Sendable {
        case verified(Finding)
        /// No key of that record was given, so that nothing was checked.
        case unchecked(origin: String)
    }

    /// - Parameters:
    ///   - bytes: the file.
    ///   - keys: verifier keys of logs and witnesses that the reader trusts, in their portable form.
    ///   - policy: which logs and witnesses must have signed; `nil` asks for one signature of the log by any of `keys`.
    public static func verify(_ bytes: [UInt8], keys: [VerifierKey], policy: TrustPolicy?) throws(Failure) -> Finding {
        let file: ProofFile
        let entry: CarriedEntry
        do {
            file = try ProofFile(parsing: bytes)
            entry = try CarriedEntry(extraOf: file)
        } catch {
            throw Failure(kind: .malformed, description: "\(error)")
        }
        return try verify(entry, file, keys: keys, policy: policy, depth: 0)
    }

    /// The proof files that a file holds: itself, or those of a bundle.
    public static func proofs(in bytes: [UInt8]) throws(Failure) -> [[UInt8]] {
        guard bytes.first == UInt8(ascii: "{") else { return [bytes] }
        do {
            return try ProofBundle(parsing: bytes).proofs
        } catch {
            throw Failure(kind: .malformed, description: "\(error)")
        }
    }

    /// How many acts may be carried one in another: a note, in the act that hands it on, in the act of its reception, and one to spare.
    private static let deepest = 4

    private static func verify(
        _ entry: CarriedEntry, _ file: ProofFile, keys: [VerifierKey], policy: TrustPolicy?, depth: Int
    ) throws(Failure) -> Finding {
        let origin = "\(file.checkpoint.checkpoint.origin)"
        let header: EntryHeader
        do {
            header = try EntryHeader(leaf: entry.leaf)
        } catch {
            throw Failure(kind: .malformed, description: "\(error)")
        }
        let signers: [String]
        do {
            if let policy {
                let verdict = try file.verify(leaf: Hash.leaf(entry.leaf), policy: policy)
                signers = verdict.logs.map { "\($0.name)" } + verdict.cosignatures.map { "\($0.name)" }
            } else {
                let verifiers = try keys.map { try $0.verifier() }
                signers = try file.verify(leaf: Hash.leaf(entry.leaf), origin: origin, verifiers: verifiers).map { "\($0.name)" }
            }
        } catch {
            throw Failure(kind: .disproved, description: "\(error)")
        }
        // A key counts for the log that bears its name: of several that were given, none vouches for another's log.
        guard policy != nil || signers.contains(origin) else {
            throw Failure(kind: .disproved, description: "none of the keys that signed it is the key of \(origin)")
        }
        if let sealed = entry.sealed, sealed.commitment != header.statement.payloadCommitment {
            throw Failure(kind: .disproved, description: "the payload is not the one the entry committed to")
        }
        let payload: JSON?
        let carried: Carried?
        do {
            payload = try entry.sealed?.json()
        } catch {
            throw Failure(kind: .malformed, description: error.description)
        }
        do {
            var proof: ProofFile?
            if let payload, let inner = try CarriedEntry(in: payload, of: header.statement.kind, proof: &proof), let proof {
                guard depth < deepest else { throw Failure(kind: .malformed, description: "it carries too many acts, one in another") }
                carried = try verify(inner, carriedBy: proof, keys: keys, policy: policy, depth: depth + 1)
            } else {
                carried = nil
            }
        } catch let failure as Failure {
            throw failure
        } catch {
            throw Failure(kind: .malformed, description: "\(error)")
        }
        return Finding(
            origin: origin, index: file.index, size: file.checkpoint.checkpoint.size, header: header, payload: payload, signers: signers,
            carried: carried)
    }

    private static func verify(
        _ entry: CarriedEntry, carriedBy file: ProofFile, keys: [VerifierKey], policy: TrustPolicy?, depth: Int
    ) throws(Failure) -> Carried {
        let origin = "\(file.checkpoint.checkpoint.origin)"
        let known = policy.map { $0.logs.map { "\($0.key.name)" } } ?? keys.map { "\($0.name)" }
        guard known.contains(origin) else { return .unchecked(origin: origin) }
        do throws(Failure) {
            return .verified(try verify(entry, file, keys: keys, policy: policy, depth: depth))
        } catch {
            throw Failure(kind: error.kind, description: "the act of \(origin) that it carries: \(error.description)")
        }
    }
}

/// An entry as a proof file or another act carries it.
private struct CarriedEntry {
    let leaf: [UInt8]
    /// `nil` where the file does not carry the payload.
    let sealed: SealedPayload?

    /// The entry that the `extra` line carries.
    init(extraOf file: ProofFile) throws(MalformedAct) {
        guard let extra = file.extra else {
            throw MalformedAct(place: "extra", reason: "is missing; the file does not carry the entry it proves")
        }
        let json: JSON
        do {
            json = try JSONParser.parse(extra, limits: .init(bytes: ProofFile.longest, depth: 2))
        } catch {
            throw MalformedAct(place: "extra", reason: error.description)
        }
        var reader = try ObjectReader(json, at: "extra")
        func bytes(_ name: String) throws(MalformedAct) -> [UInt8]? {
            guard let text = try reader.optionalString(name) else { return nil }
            guard let bytes = Acts.Base64.decode(text) else { throw MalformedAct(place: "extra.\(name)", reason: "should be base64") }
            return bytes
        }
        guard let leaf = try bytes("leaf") else { throw MalformedAct(place: "extra.leaf", reason: "is missing") }
        let payload = try bytes("payload")
        let salt = try bytes("salt")
        try reader.finish()
        self.leaf = leaf
        switch (payload, salt) {
        case (let payload?, let salt?): sealed = SealedPayload(salt: salt, bytes: payload)
        case (nil, nil): sealed = nil
        default: throw MalformedAct(place: "extra", reason: "has a payload without its salt, or a salt without its payload")
        }
    }

    private init(leaf: [UInt8], sealed: SealedPayload) {
        self.leaf = leaf
        self.sealed = sealed
    }

    /// The act of another record that an act's payload carries, with its proof; `nil` for kinds that carry none.
    init?(in payload: JSON, of kind: ActKind, proof: inout ProofFile?) throws {
        let object: JSON
        let place: String
        switch kind {
        case ExchangeReceived.kind: (object, place) = (payload, "payload")
        case NoteForwarded.kind: (object, place) = (payload["original"] ?? .null, "payload.original")
        default: return nil
        }
        func bytes(_ name: String) throws(MalformedAct) -> [UInt8] {
            guard let bytes = object[name]?.string.flatMap({ Acts.Base64.decode($0) }) else {
                throw MalformedAct(place: "\(place).\(name)", reason: "should be base64")
            }
            return bytes
        }
        guard let text = object["proof"]?.string else { throw MalformedAct(place: "\(place).proof", reason: "is missing") }
        proof = try ProofFile(parsing: Array(text.utf8))
        self.init(leaf: try bytes("leaf"), sealed: SealedPayload(salt: try bytes("salt"), bytes: try bytes("payload")))
    }
}
