public import Acts
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
    }

    /// - Parameters:
    ///   - bytes: the file.
    ///   - keys: verifier keys of logs and witnesses that the reader trusts, in their portable form.
    ///   - policy: which logs and witnesses must have signed; `nil` asks for one signature of the log by any of `keys`.
    public static func verify(_ bytes: [UInt8], keys: [VerifierKey], policy: TrustPolicy?) throws(Failure) -> Finding {
        let file: ProofFile
        let carried: (leaf: [UInt8], sealed: SealedPayload?)
        let header: EntryHeader
        do {
            file = try ProofFile(parsing: bytes)
            carried = try entry(of: file)
            header = try EntryHeader(leaf: carried.leaf)
        } catch {
            throw Failure(kind: .malformed, description: "\(error)")
        }
        let signers: [String]
        do {
            if let policy {
                let verdict = try file.verify(leaf: Hash.leaf(carried.leaf), policy: policy)
                signers = verdict.logs.map { "\($0.name)" } + verdict.cosignatures.map { "\($0.name)" }
            } else {
                let verifiers = try keys.map { try $0.verifier() }
                signers = try file.verify(
                    leaf: Hash.leaf(carried.leaf), origin: file.checkpoint.checkpoint.origin, verifiers: verifiers
                ).map { "\($0.name)" }
            }
        } catch {
            throw Failure(kind: .disproved, description: "\(error)")
        }
        if let sealed = carried.sealed, sealed.commitment != header.statement.payloadCommitment {
            throw Failure(kind: .disproved, description: "the payload is not the one the entry committed to")
        }
        let payload: JSON?
        do {
            payload = try carried.sealed?.json()
        } catch {
            throw Failure(kind: .malformed, description: error.description)
        }
        return Finding(
            origin: "\(file.checkpoint.checkpoint.origin)", index: file.index, size: file.checkpoint.checkpoint.size, header: header,
            payload: payload, signers: signers)
    }

    /// The entry that the `extra` line carries.
    private static func entry(of file: ProofFile) throws(MalformedAct) -> (leaf: [UInt8], sealed: SealedPayload?) {
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
            guard let bytes = Base64.decode(text) else { throw MalformedAct(place: "extra.\(name)", reason: "should be base64") }
            return bytes
        }
        guard let leaf = try bytes("leaf") else { throw MalformedAct(place: "extra.leaf", reason: "is missing") }
        let payload = try bytes("payload")
        let salt = try bytes("salt")
        try reader.finish()
        switch (payload, salt) {
        case (let payload?, let salt?): return (leaf, SealedPayload(salt: salt, bytes: payload))
        case (nil, nil): return (leaf, nil)
        default: throw MalformedAct(place: "extra", reason: "has a payload without its salt, or a salt without its payload")
        }
    }
}
