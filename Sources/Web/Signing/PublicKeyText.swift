import Acts
import Foundation

/// A public key as people paste it: PEM (RFC 7468, SubjectPublicKeyInfo of RFC 5480 and RFC 8410), or the JSON of docs/protocol.md.
enum PublicKeyText {
    static let longest = 8_192

    private static let prefixes: [(algorithm: KeyAlgorithm, bytes: [UInt8], length: Int)] = [
        // SEQUENCE { SEQUENCE { 1.3.101.112 } BIT STRING }
        (.ed25519, [0x30, 0x2A, 0x30, 0x05, 0x06, 0x03, 0x2B, 0x65, 0x70, 0x03, 0x21, 0x00], 32),
        // SEQUENCE { SEQUENCE { 1.2.840.10045.2.1, 1.2.840.10045.3.1.7 } BIT STRING }
        (
            .p256,
            [
                0x30, 0x59, 0x30, 0x13, 0x06, 0x07, 0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x02, 0x01, 0x06, 0x08, 0x2A, 0x86, 0x48, 0xCE, 0x3D,
                0x03, 0x01, 0x07, 0x03, 0x42, 0x00,
            ], 65
        ),
    ]

    static func parse(_ text: String) throws(Refusal) -> PublicKey {
        if text.hasPrefix("{") {
            guard let json = try? JSONParser.parse(text), let key = try? PublicKey(json: json["publicKey"] ?? json, at: "key") else {
                throw malformed
            }
            return try allowed(key)
        }
        let lines = text.split(whereSeparator: \.isNewline).map { $0.trimmingCharacters(in: .whitespaces) }
        guard let begin = lines.firstIndex(of: "-----BEGIN PUBLIC KEY-----"), let end = lines.firstIndex(of: "-----END PUBLIC KEY-----"),
            begin < end, let der = Base64.decode(lines[(begin + 1)..<end].joined())
        else { throw malformed }
        for prefix in prefixes where der.starts(with: prefix.bytes) && der.count == prefix.bytes.count + prefix.length {
            guard let key = PublicKey(algorithm: prefix.algorithm, bytes: Array(der.dropFirst(prefix.bytes.count))) else { break }
            return key
        }
        throw malformed
    }

    private static func allowed(_ key: PublicKey) throws(Refusal) -> PublicKey {
        guard key.algorithm != .mlDSA65 else {
            throw Refusal(
                .unlawful, code: "signing.key-alone", "An ML-DSA-65 key stands beside a classical one, never alone.",
                mend: "Enrol an Ed25519 or P-256 key.", citation: "docs/protocol.md, 3")
        }
        return key
    }

    private static var malformed: Refusal {
        Refusal(
            .malformed, code: "signing.key-form", "This is not a public key that this node reads.",
            mend: "Paste what `chancery key show` prints: an Ed25519 or P-256 public key in PEM.", citation: "RFC 8410, RFC 5480")
    }
}
