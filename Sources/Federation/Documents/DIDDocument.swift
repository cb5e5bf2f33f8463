public import Acts

/// The node as `did:web`: its document for readers of W3C decentralized identifiers (DID Core 1.0; did:web method), served at
/// `/.well-known/did.json`.
public enum DIDDocument {
    public static func json(of document: NodeDocument, at now: Moment) -> JSON {
        let did = document.node.did
        let counted = document.keys.filter { document.key($0.publicKey.id, at: now) != nil }
        let references = JSON.array(counted.map { .string("\(did)#\($0.publicKey.id)") })
        return [
            "@context": ["https://www.w3.org/ns/did/v1", "https://w3id.org/security/multikey/v1"],
            "id": .string(did), "alsoKnownAs": [.string(document.origin)],
            "verificationMethod": .array(
                counted.map { key in
                    [
                        "id": .string("\(did)#\(key.publicKey.id)"), "type": "Multikey", "controller": .string(did),
                        // 0xed01: Ed25519 public key (multicodec).
                        "publicKeyMultibase": .string("z" + base58([0xed, 0x01] + key.publicKey.bytes)),
                    ]
                }),
            "assertionMethod": references, "authentication": references,
            "service": [
                [
                    "id": .string("\(did)#chancery"), "type": "ChanceryNode",
                    "serviceEndpoint": .string("\(document.origin)/.well-known/chancery"),
                ],
                [
                    "id": .string("\(did)#record"), "type": "TransparencyLog",
                    "serviceEndpoint": .string("\(document.origin)/record/checkpoint"),
                ],
            ],
        ]
    }

    private static let alphabet = Array("123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz")

    /// Base58 in Bitcoin's alphabet, as Multibase's `z` (W3C Controlled Identifiers 1.0, 2.4).
    static func base58(_ bytes: [UInt8]) -> String {
        var digits: [Int] = []
        for byte in bytes {
            var carry = Int(byte)
            for place in digits.indices {
                carry += digits[place] << 8
                digits[place] = carry % 58
                carry /= 58
            }
            while carry > 0 {
                digits.append(carry % 58)
                carry /= 58
            }
        }
        let zeros = bytes.prefix { $0 == 0 }.count
        return String(repeating: "1", count: zeros) + String(digits.reversed().map { alphabet[$0] })
    }
}
