import Crypto
import Foundation
import Testing

@testable import Acts

/// Keys of offices and persons.
struct KeyTests {
    private let message = Array("an act".utf8)

    @Test("Ed25519, P-256 and ML-DSA-65 verify what they signed and nothing else")
    func algorithms() throws {
        let ed = Curve25519.Signing.PrivateKey()
        let p256 = P256.Signing.PrivateKey()
        let mlDSA = try MLDSA65.PrivateKey()
        let signature = try p256.signature(for: message)
        let pairs: [(PublicKey?, [UInt8])] = [
            (PublicKey(algorithm: .ed25519, bytes: Array(ed.publicKey.rawRepresentation)), Array(try ed.signature(for: message))),
            (PublicKey(algorithm: .p256, bytes: Array(p256.publicKey.x963Representation)), Array(signature.derRepresentation)),
            (PublicKey(algorithm: .p256, bytes: Array(p256.publicKey.x963Representation)), Array(signature.rawRepresentation)),
            (PublicKey(algorithm: .mlDSA65, bytes: Array(mlDSA.publicKey.rawRepresentation)), Array(try mlDSA.signature(for: message))),
        ]
        for (key, signature) in pairs {
            let key = try #require(key)
            #expect(key.verifies(signature, over: message))
            #expect(!key.verifies(signature, over: message + [0]))
            var changed = signature
            changed[changed.count / 2] ^= 1
            #expect(!key.verifies(changed, over: message))
            #expect(!key.verifies([], over: message))
            #expect(try PublicKey(json: key.json, at: "key") == key)
        }
    }

    @Test("Bytes that are no key make none, and one key's name is not another's")
    func notAKey() throws {
        #expect(PublicKey(algorithm: .ed25519, bytes: [1, 2, 3]) == nil)
        #expect(PublicKey(algorithm: .p256, bytes: Array(repeating: 4, count: 65)) == nil)
        #expect(PublicKey(algorithm: .mlDSA65, bytes: Array(repeating: 0, count: 10)) == nil)
        let one = PublicKey(algorithm: .ed25519, bytes: Array(Curve25519.Signing.PrivateKey().publicKey.rawRepresentation))
        let other = PublicKey(algorithm: .ed25519, bytes: Array(Curve25519.Signing.PrivateKey().publicKey.rawRepresentation))
        #expect(one?.identifier != other?.identifier)
        #expect(one?.identifier.utf8.count == 22)
    }

    @Test("Base64 takes only what it would write")
    func base64() {
        #expect(Base64.decode("AAE=") == [0, 1])
        #expect(Base64.decode("AAE") == nil)
        #expect(Base64.decode("AAF=") == nil)
        #expect(Base64.decode("AA E=") == nil)
        #expect(Base64.decodeFromAddress("-_8") == [0xFB, 0xFF])
        #expect(Base64.decodeFromAddress("+/8") == nil)
        #expect(Base64.encodeForAddress([0xFB, 0xFF]) == "-_8")
    }
}
