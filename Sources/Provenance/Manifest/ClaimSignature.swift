import Crypto
import Seals
import SwiftASN1
import X509

/// The signature over a claim: COSE_Sign1 with the claim beside it (RFC 9052, 4.2; C2PA 2.2, 13.2), ES256 or ES384 (RFC 9053, 2.1), the
/// certificates in the header `x5chain` (RFC 9360, 2).
enum ClaimSignature {
    private static let algorithmLabel = CBORValue.unsigned(1)
    private static let chainLabel = CBORValue.unsigned(33)

    /// What the signature is over (RFC 9052, 4.4).
    private static func structure(_ protected: [UInt8], _ claim: [UInt8]) -> [UInt8] {
        CBORValue.array([.text("Signature1"), .bytes(protected), .bytes([]), .bytes(claim)]).encoded
    }

    private static func protected(_ chain: [Certificate]) throws -> [UInt8] {
        let certificates = try chain.map { CBORValue.bytes(try $0.derBytes) }
        return CBORValue.map([
            .init(key: algorithmLabel, value: .negative(6)), .init(key: chainLabel, value: .array(certificates)),
        ]).encoded
    }

    /// - Parameter identity: on P-256; `nil` makes as many bytes without signing.
    static func box(over claim: [UInt8], chain: [Certificate], identity: SealIdentity?) throws -> JUMBFBox {
        let protected = try protected(chain)
        var signature = [UInt8](repeating: 0, count: 64)
        if let identity {
            guard P256.Signing.PublicKey(identity.certificate.publicKey) != nil else {
                throw SealError(
                    .unsupported, "Manifests are signed with ES256.", mend: "Have the certificate issued for a key on P-256.")
            }
            let der = try identity.sign(structure(protected, claim))
            signature = Array(try P256.Signing.ECDSASignature(derRepresentation: der).rawRepresentation)
        }
        // 18: COSE_Sign1 (RFC 9052, 2).
        return JUMBFBox(
            .signature, ProvenanceManifest.signature,
            cbor: .tagged(18, .array([.bytes(protected), .map([]), .null, .bytes(signature)])))
    }

    /// The certificates of a signature that holds over the claim, the signer's first; `nil` where it cannot be read or does not hold.
    static func chain(of box: [UInt8], over claim: [UInt8]) -> [Certificate]? {
        guard let read = CBORReader.whole(box) else { return nil }
        let value = if case .tagged(18, let inner) = read { inner } else { read }
        guard let parts = value.array, parts.count == 4, let protected = parts[0].bytes, let signature = parts[3].bytes,
            let header = CBORReader.whole(protected), let named = header[chainLabel] ?? parts[1][chainLabel]
        else { return nil }
        // One certificate may stand without an array.
        let encoded = named.bytes.map { [$0] } ?? (named.array ?? []).compactMap(\.bytes)
        guard (1...16).contains(encoded.count) else { return nil }
        let chain = encoded.compactMap { try? Certificate(derEncoded: $0) }
        guard chain.count == encoded.count, let signer = chain.first else { return nil }
        let message = structure(protected, claim)
        let holds =
            switch header[algorithmLabel] {
            case .negative(6)?: ES256.holds(signature, over: message, by: signer)
            case .negative(34)?: ES384.holds(signature, over: message, by: signer)
            default: false
            }
        return holds ? chain : nil
    }
}

private enum ES256 {
    static func holds(_ signature: [UInt8], over message: [UInt8], by signer: Certificate) -> Bool {
        guard let key = P256.Signing.PublicKey(signer.publicKey),
            let signature = try? P256.Signing.ECDSASignature(rawRepresentation: signature)
        else { return false }
        return key.isValidSignature(signature, for: message)
    }
}

private enum ES384 {
    static func holds(_ signature: [UInt8], over message: [UInt8], by signer: Certificate) -> Bool {
        guard let key = P384.Signing.PublicKey(signer.publicKey),
            let signature = try? P384.Signing.ECDSASignature(rawRepresentation: signature)
        else { return false }
        return key.isValidSignature(signature, for: message)
    }
}
