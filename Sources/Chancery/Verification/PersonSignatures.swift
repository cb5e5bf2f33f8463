public import Acts
public import Ledger

/// The signatures of persons on a verified act, checked with public keys that the reader brings.
public struct PersonSignatures: Sendable {
    public enum Verdict: String, Hashable, Sendable {
        /// It is that key's, over this act.
        case holds
        /// The reader brought no such key.
        case unknownKey = "unknown-key"
        case fails
    }

    public struct Signature: Hashable, Sendable {
        /// The key's identifier.
        public let key: String
        public let algorithm: KeyAlgorithm
        /// Whether an authenticator made it (WebAuthn Level 2).
        public let isPasskey: Bool
        public let verdict: Verdict
        /// Why it fails, in English.
        public let reason: String?
    }

    /// In the order they stand in.
    public let signatures: [Signature]

    public var allHold: Bool { signatures.allSatisfy { $0.verdict == .holds } }
    public var someFail: Bool { signatures.contains { $0.verdict == .fails } }

    public init(of header: EntryHeader, keys: [PublicKey]) {
        let known = Dictionary(keys.map { ($0.identifier, $0) }) { first, _ in first }
        signatures = header.signatures.map { signature in
            var verdict = Verdict.unknownKey
            var reason: String?
            if let key = known[signature.key] {
                do throws(SignatureFault) {
                    try header.statement.check([signature]) { $0 == signature.key ? key : nil }
                    verdict = .holds
                } catch .postQuantumAlone {
                    // By itself it is right; that it stands beside a classical one is a matter of the whole act.
                    verdict = header.signatures.contains { $0.algorithm != .mlDSA65 } ? .holds : .fails
                } catch {
                    verdict = .fails
                    reason = error.description
                }
            }
            return Signature(
                key: signature.key, algorithm: signature.algorithm, isPasskey: signature.passkey != nil, verdict: verdict, reason: reason)
        }
    }

    /// A person's public key from a file: the `.tlog-proof` of the act that enrolled it, verified as any other, or its JSON
    /// (docs/protocol.md, section 3).
    public static func key(
        fromFile bytes: [UInt8], keys: [VerifierKey], policy: TrustPolicy?
    ) throws(ProofVerification.Failure) -> PublicKey {
        if bytes.first == 0x7B {
            do {
                let json = try JSONParser.parse(bytes, limits: .init(bytes: 16 << 10, depth: 4))
                return try PublicKey(json: json["publicKey"] ?? json, at: "key")
            } catch {
                throw .init(kind: .malformed, description: "\(error)")
            }
        }
        let finding = try ProofVerification.verify(bytes, keys: keys, policy: policy)
        guard finding.header.statement.kind == KeyEnrolled.kind, let payload = finding.payload else {
            throw .init(kind: .malformed, description: "the file does not prove the enrolment of a key")
        }
        do {
            return try KeyEnrolled(json: payload).publicKey
        } catch {
            throw .init(kind: .malformed, description: error.description)
        }
    }
}
