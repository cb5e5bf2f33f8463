import Acts
import Crypto
import Foundation
import Testing

@testable import Fediverse

@Suite("Proofs of integrity")
struct IntegrityProofTests {
    static let document: JSONObject = [
        "@context": ["https://www.w3.org/ns/activitystreams", "https://w3id.org/security/data-integrity/v1"],
        "id": "https://server.example/activities/1", "type": "Create", "actor": "https://server.example/users/alice",
        "object": [
            "id": "https://server.example/objects/1", "type": "Note", "attributedTo": "https://server.example/users/alice",
            "content": "Hello world", "location": ["type": "Place", "longitude": .number(-71.184902), "latitude": .number(25.273962)],
        ],
    ]

    static func key() throws -> Curve25519.Signing.PrivateKey {
        let seed = try #require(Acts.Base64.decodeFromAddress("yW756hDF5BTEcXI6_53nLDX6W3D66X6IMuysfS4rjtY"))
        return try Curve25519.Signing.PrivateKey(rawRepresentation: seed)
    }

    /// The value that the FEP publishes is one of a signer without chance; others sign with chance, so it is verified rather than compared.
    @Test("The test vector of FEP-8b32 is believed, and no other document with its proof")
    func vector() throws {
        var proved = Self.document
        proved["proof"] = [
            "type": "DataIntegrityProof", "cryptosuite": "eddsa-jcs-2022",
            "verificationMethod": "https://server.example/users/alice#ed25519-key", "proofPurpose": "assertionMethod",
            "created": "2023-02-24T23:36:38Z",
            "proofValue": "zLaewdp4H9kqtwyrLatK4cjY5oRHwVcw4gibPSUDYDMhi4M49v8pcYk3ZB6D69dNpAPbUmY8ocuJ3m9KhKJEEg7z",
        ]
        let key = try Self.key().publicKey
        try IntegrityProof.verify(proved, with: key)
        proved["actor"] = "https://server.example/users/bob"
        #expect(throws: IntegrityProof.Failure.wrongSignature) { try IntegrityProof.verify(proved, with: key) }
    }

    @Test("What this node proves is believed; without a proof, or with another suite's, nothing is")
    func roundTrip() throws {
        let key = try Self.key()
        let moment = try #require(Moment("2026-11-26T12:00:00.000Z"))
        var proved = try IntegrityProof.prove(Self.document, with: key, method: "https://a/b#ed25519-key", created: moment)
        try IntegrityProof.verify(proved, with: key.publicKey)
        #expect(throws: IntegrityProof.Failure.missing) { try IntegrityProof.verify(Self.document, with: key.publicKey) }
        guard case .object(var proof)? = proved["proof"] else { return }
        proof["cryptosuite"] = "eddsa-rdfc-2022"
        proved["proof"] = .object(proof)
        #expect(throws: IntegrityProof.Failure.self) { try IntegrityProof.verify(proved, with: key.publicKey) }
    }

    @Test("Keys as FEP-521a writes them")
    func multikey() throws {
        let key = try Self.key().publicKey
        let text = Multikey.text(of: key)
        #expect(text.hasPrefix("z6Mk"))
        #expect(Multikey.key(text)?.rawRepresentation == key.rawRepresentation)
        #expect(Multikey.key("z6Mk0OIl") == nil)
        #expect(Multikey.key("") == nil)
    }

    /// draft-msporny-base58-03, 5.
    @Test(
        "Base 58",
        arguments: [
            ("Hello World!", "2NEpo7TZRRrLZSi2U"),
            ("The quick brown fox jumps over the lazy dog.", "USm3fpXnKG5EUBx2ndxBDMPVciP5hGey2Jh4NDv6gmeo1LkMeiKrLJUUBk6Z"),
        ])
    func base58(_ text: String, _ encoded: String) {
        #expect(Base58.encode(Array(text.utf8)) == encoded)
        #expect(Base58.decode(encoded) == Array(text.utf8))
        #expect(Base58.encode([0, 0, 0x28, 0x7F, 0xB4, 0xCD]) == "11233QC4")
    }
}
