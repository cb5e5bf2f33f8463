public import Acts
import SwiftASN1

extension PublicKey {
    /// SubjectPublicKeyInfo in PEM (RFC 5480, 2; RFC 8410, 4), a line feed at its end: the form in which keys are handed to others.
    public var pem: String {
        get throws(SealError) {
            let algorithm: [ASN1ObjectIdentifier]
            switch self.algorithm {
            case .ed25519: algorithm = [SealIdentifiers.ed25519]
            case .p256: algorithm = [.AlgorithmIdentifier.idEcPublicKey, .NamedCurves.secp256r1]
            case .mlDSA65:
                throw SealError(.unsupported, "ML-DSA-65 keys have no PEM form here.", mend: "Show the key as JSON.")
            }
            do {
                let information = DERElement.sequence([
                    .sequence(try algorithm.map { try .identifier($0) }), .primitive(.bitString, [0] + bytes),
                ])
                return PEMDocument(type: "PUBLIC KEY", derBytes: information.bytes).pemString + "\n"
            } catch {
                throw SealError(.failed, "The key cannot be written: \(error).", mend: "Show the key as JSON.")
            }
        }
    }
}
