import Acts
import Crypto
import Foundation

@testable import Web

/// Makes passkeys and answers for them as a browser and its authenticator would (WebAuthn Level 2), rightly or, where a test asks
/// for it, wrongly.
struct VirtualAuthenticator {
    enum Key {
        case p256(P256.Signing.PrivateKey)
        case ed25519(Curve25519.Signing.PrivateKey)
    }

    let key: Key
    let credential: [UInt8]
    var relyingParty = "localhost"
    var origin = "http://localhost"
    /// Present, verified.
    var flags: UInt8 = 0x05
    var crossOrigin = false

    init(_ key: Key = .p256(.init()), credential: [UInt8] = RandomIdentifier.bytes(16)) {
        self.key = key
        self.credential = credential
    }

    var coseKey: CBOR {
        switch key {
        case .p256(let key):
            let point = Array(key.publicKey.x963Representation)
            return .map([
                pair(1, CBOR(2)), pair(3, CBOR(-7)), pair(-1, CBOR(1)), pair(-2, .bytes(Array(point[1..<33]))),
                pair(-3, .bytes(Array(point[33..<65]))),
            ])
        case .ed25519(let key):
            return .map([
                pair(1, CBOR(1)), pair(3, CBOR(-8)), pair(-1, CBOR(6)), pair(-2, .bytes(Array(key.publicKey.rawRepresentation))),
            ])
        }
    }

    private func pair(_ key: Int64, _ value: CBOR) -> CBOR.Pair { CBOR.Pair(key: CBOR(key), value: value) }

    var publicKey: PublicKey? {
        switch key {
        case .p256(let key): PublicKey(algorithm: .p256, bytes: Array(key.publicKey.x963Representation))
        case .ed25519(let key): PublicKey(algorithm: .ed25519, bytes: Array(key.publicKey.rawRepresentation))
        }
    }

    func sign(_ message: [UInt8]) throws -> [UInt8] {
        switch key {
        case .p256(let key): Array(try key.signature(for: message).derRepresentation)
        case .ed25519(let key): Array(try key.signature(for: message))
        }
    }

    func clientData(_ type: String, _ challenge: [UInt8]) -> [UInt8] {
        var object: JSONObject = [
            "type": .string(type), "challenge": .string(Base64.encodeForAddress(challenge)), "origin": .string(origin),
        ]
        object["crossOrigin"] = .bool(crossOrigin)
        return JSON.object(object).canonicalBytes
    }

    func authenticatorData(withCredential: Bool) -> [UInt8] {
        var data = Array(SHA256.hash(data: Data(relyingParty.utf8)))
        data.append(withCredential ? flags | 0x40 : flags)
        data += [0, 0, 0, 0]
        if withCredential {
            data += Array(repeating: 0, count: 16)
            data += [UInt8(credential.count >> 8), UInt8(credential.count & 255)]
            data += credential + coseKey.encoded
        }
        return data
    }

    func attestationObject(selfSigned clientData: [UInt8]? = nil) throws -> [UInt8] {
        let data = authenticatorData(withCredential: true)
        var statement: [CBOR.Pair] = []
        if let clientData {
            let signature = try sign(data + Array(SHA256.hash(data: clientData)))
            statement = [
                CBOR.Pair(key: .text("alg"), value: CBOR(-7)), CBOR.Pair(key: .text("sig"), value: .bytes(signature)),
            ]
        }
        return CBOR.map([
            CBOR.Pair(key: .text("fmt"), value: .text(clientData == nil ? "none" : "packed")),
            CBOR.Pair(key: .text("attStmt"), value: .map(statement)), CBOR.Pair(key: .text("authData"), value: .bytes(data)),
        ]).encoded
    }

    func registration(_ challenge: [UInt8]) throws -> JSON {
        [
            "id": .string(Base64.encodeForAddress(credential)), "type": "public-key",
            "response": [
                "clientDataJSON": .string(Base64.encodeForAddress(clientData("webauthn.create", challenge))),
                "attestationObject": .string(Base64.encodeForAddress(try attestationObject())),
            ],
        ]
    }

    func assertion(_ challenge: [UInt8], type: String = "webauthn.get") throws -> (ActSignature.PasskeyAssertion, signature: [UInt8]) {
        let client = clientData(type, challenge)
        let data = authenticatorData(withCredential: false)
        let signature = try sign(data + Array(SHA256.hash(data: client)))
        return (ActSignature.PasskeyAssertion(authenticatorData: data, clientDataJSON: client), signature)
    }

    func answer(_ challenge: [UInt8], userHandle: String? = nil) throws -> JSON {
        let (assertion, signature) = try assertion(challenge)
        return [
            "id": .string(Base64.encodeForAddress(credential)), "type": "public-key",
            "response": [
                "clientDataJSON": .string(Base64.encodeForAddress(assertion.clientDataJSON)),
                "authenticatorData": .string(Base64.encodeForAddress(assertion.authenticatorData)),
                "signature": .string(Base64.encodeForAddress(signature)),
                "userHandle": userHandle.map { .string(Base64.encodeForAddress(Array($0.utf8))) } ?? .null,
            ],
        ]
    }
}

extension CBOR {
    /// As an authenticator writes it (CTAP 2.1, section 8).
    var encoded: [UInt8] {
        switch self {
        case .unsigned(let value): CBOR.head(0, value)
        case .negative(let value): CBOR.head(1, value)
        case .bytes(let bytes): CBOR.head(2, UInt64(bytes.count)) + bytes
        case .text(let text): CBOR.head(3, UInt64(text.utf8.count)) + Array(text.utf8)
        case .array(let values): CBOR.head(4, UInt64(values.count)) + values.flatMap(\.encoded)
        case .map(let pairs): CBOR.head(5, UInt64(pairs.count)) + pairs.flatMap { $0.key.encoded + $0.value.encoded }
        case .bool(let flag): [flag ? 0xF5 : 0xF4]
        case .null: [0xF6]
        }
    }

    private static func head(_ major: UInt8, _ value: UInt64) -> [UInt8] {
        func bytes(_ count: Int) -> [UInt8] { (0..<count).map { UInt8(truncatingIfNeeded: value >> (8 * UInt64(count - 1 - $0))) } }
        switch value {
        case 0..<24: return [major << 5 | UInt8(value)]
        case 24..<256: return [major << 5 | 24] + bytes(1)
        case 256..<65_536: return [major << 5 | 25] + bytes(2)
        case 65_536..<4_294_967_296: return [major << 5 | 26] + bytes(4)
        default: return [major << 5 | 27] + bytes(8)
        }
    }
}
