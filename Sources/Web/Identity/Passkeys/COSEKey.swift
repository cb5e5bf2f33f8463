import Acts

/// Reads a public key in COSE's form (RFC 9052, section 7; RFC 9053, section 7) into one of ours.
enum COSEKey {
    /// What passkeys are asked for, in order of preference (IANA COSE Algorithms): EdDSA and ES256.
    static let algorithms: [Int64] = [-8, -7]

    static func publicKey(_ key: CBOR) throws(PasskeyFailure) -> PublicKey {
        guard let type = key[1]?.integer, let algorithm = key[3]?.integer, let curve = key[-1]?.integer,
            let x = key[-2]?.bytes, x.count == 32
        else { throw .malformed("the public key lacks what it should have") }
        let parsed: PublicKey?
        switch (type, algorithm, curve) {
        case (2, -7, 1):
            guard let y = key[-3]?.bytes, y.count == 32 else { throw .malformed("the public key lacks its second coordinate") }
            parsed = PublicKey(algorithm: .p256, bytes: [0x04] + x + y)
        case (1, -8, 6):
            parsed = PublicKey(algorithm: .ed25519, bytes: x)
        default:
            throw .unsupportedAlgorithm
        }
        guard let parsed else { throw .malformed("the public key is not a point of its curve") }
        return parsed
    }
}
