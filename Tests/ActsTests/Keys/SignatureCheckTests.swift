import Crypto
import Foundation
import Testing

@testable import Acts

/// The signatures of persons over their acts.
@Suite("An act's signatures")
struct SignatureCheckTests {
    private let ed25519 = Curve25519.Signing.PrivateKey()
    private let p256 = P256.Signing.PrivateKey()
    private let mlDSA: MLDSA65.PrivateKey
    private let statement = ActStatement(
        kind: Remark.kind, office: "depositary", author: "p", payloadCommitment: [UInt8](repeating: 1, count: 32))
    private let keys: [String: PublicKey]
    private let names: (ed25519: String, p256: String, mlDSA: String)

    init() throws {
        mlDSA = try MLDSA65.PrivateKey()
        let all = [
            PublicKey(algorithm: .ed25519, bytes: Array(ed25519.publicKey.rawRepresentation)),
            PublicKey(algorithm: .p256, bytes: Array(p256.publicKey.x963Representation)),
            PublicKey(algorithm: .mlDSA65, bytes: Array(mlDSA.publicKey.rawRepresentation)),
        ].compactMap(\.self)
        try #require(all.count == 3)
        names = (all[0].identifier, all[1].identifier, all[2].identifier)
        keys = Dictionary(uniqueKeysWithValues: all.map { ($0.identifier, $0) })
    }

    private func classical(_ message: [UInt8]? = nil) throws -> ActSignature {
        ActSignature(
            key: names.ed25519, algorithm: .ed25519, signature: Array(try ed25519.signature(for: message ?? statement.digest)))
    }

    private func postQuantum() throws -> ActSignature {
        ActSignature(key: names.mlDSA, algorithm: .mlDSA65, signature: Array(try mlDSA.signature(for: statement.digest)))
    }

    private func passkey(challenge: [UInt8], type: String = "webauthn.get") throws -> ActSignature {
        let client = Array(
            #"{"type":"\#(type)","challenge":"\#(Base64.encodeForAddress(challenge))","origin":"https://a.example"}"#.utf8)
        let data = [UInt8](repeating: 5, count: 37)
        let signature = try p256.signature(for: data + Array(SHA256.hash(data: client)))
        return ActSignature(
            key: names.p256, algorithm: .p256, signature: Array(signature.derRepresentation),
            passkey: .init(authenticatorData: data, clientDataJSON: client))
    }

    private func fault(_ signatures: [ActSignature], of statement: ActStatement? = nil) -> SignatureFault? {
        do {
            try (statement ?? self.statement).check(signatures) { keys[$0] }
            return nil
        } catch {
            return error
        }
    }

    @Test("A classical key, a passkey, and ML-DSA-65 beside either hold; so do all together")
    func good() throws {
        let passkey = try passkey(challenge: statement.digest)
        #expect(fault([try classical()]) == nil)
        #expect(fault([passkey]) == nil)
        #expect(fault([try classical(), try postQuantum()]) == nil)
        #expect(fault([try postQuantum(), passkey]) == nil)
        #expect(fault([try classical(), passkey, try postQuantum()]) == nil)
    }

    @Test("One that is wrong, repeated, of an unknown key, over another act, or post-quantum alone voids the act")
    func bad() throws {
        #expect(fault([]) == .unsigned)
        #expect(fault([try postQuantum()]) == .postQuantumAlone)
        #expect(fault([try classical(), try classical()]) == .repeatedKey(names.ed25519))
        var signature = try classical()
        signature.key = "nobody"
        #expect(fault([signature]) == .unknownKey("nobody"))
        signature = try classical()
        signature.algorithm = .p256
        #expect(fault([signature]) == .otherAlgorithm(key: names.ed25519))
        #expect(fault([try classical(Array("another act".utf8))]) == .wrong(key: names.ed25519))
        var wrong = try postQuantum()
        wrong.signature[100] ^= 1
        #expect(fault([try classical(), wrong]) == .wrong(key: names.mlDSA))
        var other = statement
        other.office = "press"
        #expect(fault([try classical()], of: other) == .wrong(key: names.ed25519))
    }

    @Test("A passkey's signature is over this act's digest and no other challenge, and says that it is one")
    func passkeys() throws {
        #expect(fault([try passkey(challenge: [1, 2, 3])]) == .otherChallenge(key: names.p256))
        #expect(fault([try passkey(challenge: statement.digest, type: "webauthn.create")]) == .otherChallenge(key: names.p256))
        var signature = try passkey(challenge: statement.digest)
        signature.passkey?.authenticatorData[3] ^= 1
        #expect(fault([signature]) == .wrong(key: names.p256))
        signature = try passkey(challenge: statement.digest)
        signature.passkey?.clientDataJSON = Array("{}".utf8)
        #expect(fault([signature]) == .otherChallenge(key: names.p256))
        // Without what the authenticator added, it is no signature over the digest.
        signature = try passkey(challenge: statement.digest)
        signature.passkey = nil
        #expect(fault([signature]) == .wrong(key: names.p256))
    }

    @Test("Ed25519 as RFC 8032 gives it (section 7.1, tests 1 to 3)")
    func ed25519Vectors() throws {
        func bytes(_ text: String) -> [UInt8] {
            stride(from: 0, to: text.utf8.count, by: 2).compactMap { offset in
                let start = text.index(text.startIndex, offsetBy: offset)
                return UInt8(text[start..<text.index(start, offsetBy: 2)], radix: 16)
            }
        }
        let vectors = [
            (
                "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a", "",
                "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b"
            ),
            (
                "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c", "72",
                "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"
            ),
            (
                "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025", "af82",
                "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a"
            ),
        ]
        for (key, message, signature) in vectors {
            let key = try #require(PublicKey(algorithm: .ed25519, bytes: bytes(key)))
            #expect(key.verifies(bytes(signature), over: bytes(message)))
            #expect(!key.verifies(bytes(signature), over: bytes(message) + [0]))
        }
    }
}
