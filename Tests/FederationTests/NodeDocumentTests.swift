import Acts
import Crypto
import Foundation
import Ledger
import TestSupport
import Testing

@testable import Federation

@Suite("Documents and keys of nodes")
struct NodeDocumentTests {
    static let start = Moment(milliseconds: 1_800_000_000_000)

    static func after(days: Int64) -> Moment { Moment(milliseconds: start.milliseconds + days * 86_400_000) }

    static func ring(_ folder: TemporaryFolder, at now: Moment = start) throws -> NodeKeyring {
        try NodeKeyring(folder: folder.path, witnessName: KeyName("mfa.example.org/witness"), now: now)
    }

    static func document(_ ring: NodeKeyring, issued: Moment) throws -> NodeDocument {
        let log = try Ed25519NoteSigner(name: KeyName("mfa.example.org/record"), seed: [UInt8](repeating: 3, count: 32))
        return NodeDocument(
            node: try #require(NodeName("mfa.example.org")), issued: issued, title: ["en": "Ministry"], languages: ["en"],
            origin: "https://mfa.example.org", logKeys: [log.verifierKey], witnessKeys: ring.witness.map(\.verifierKey),
            keys: ring.keys.map { .init(publicKey: $0.publicKey, validity: $0.validity) },
            revocations: ring.revocations.map { .init(key: $0.key, at: $0.at, reason: $0.reason) },
            offices: [.init(id: "treaties", name: ["en": "Treaty section"], sealingKeys: [[UInt8](repeating: 7, count: 1_216)])])
    }

    static func signed(_ ring: NodeKeyring, issued: Moment) throws -> SignedNodeDocument {
        let revoked = Set(ring.revocations.map(\.key))
        return try SignedNodeDocument(
            document(ring, issued: issued),
            signedBy: ring.keys.filter { $0.validity.covers(issued) && !revoked.contains($0.publicKey.id) })
    }

    @Test("A document is read back as it was written")
    func roundTrip() throws {
        let folder = try TemporaryFolder.made()
        let signed = try Self.signed(Self.ring(folder), issued: Self.start)
        #expect(try SignedNodeDocument(json: JSONParser.parse(signed.json.canonicalBytes)).document == signed.document)
    }

    @Test("One changed member makes the signature wrong")
    func changed() throws {
        let folder = try TemporaryFolder.made()
        let json = try Self.signed(Self.ring(folder), issued: Self.start).json
        var object = try #require(json.object)
        var document = try #require(object["document"]?.object)
        document["origin"] = "https://elsewhere.example.org"
        object["document"] = .object(document)
        #expect(throws: MalformedAct.self) { try SignedNodeDocument(json: .object(object)) }
    }

    @Test("After a rollover, the old key vouches for the new, within the overlap and no longer")
    func rollover() throws {
        let folder = try TemporaryFolder.made()
        let ring = try Self.ring(folder)
        let first = try Self.document(ring, issued: Self.start)
        let old = try ring.current(at: Self.start).publicKey
        try ring.roll(at: Self.after(days: 1))
        #expect(try ring.current(at: Self.after(days: 1)).publicKey != old)
        let second = try Self.signed(ring, issued: Self.after(days: 1))
        #expect(second.signatures.count == 2)
        #expect(second.succeeds(first, at: Self.after(days: 2)))
        // The first document lets its key count for ever, but what the second says of it holds from the second on.
        #expect(second.document.key(old.id, at: Self.after(days: 30)) == old)
        #expect(second.document.key(old.id, at: Self.after(days: 32)) == nil)
        // Read again from the files, all is the same.
        let again = try Self.ring(folder, at: Self.after(days: 3))
        #expect(again.keys.map(\.publicKey) == ring.keys.map(\.publicKey))
        #expect(again.witness.map(\.verifierKey) == ring.witness.map(\.verifierKey))
    }

    @Test("A running node learns of keys that another program made")
    func refreshing() throws {
        let folder = try TemporaryFolder.made()
        let running = try Self.ring(folder)
        let fresh = try Self.ring(folder).roll(at: Self.after(days: 1))
        #expect(try running.current(at: Self.after(days: 1)).publicKey != fresh)
        try running.refresh()
        #expect(try running.current(at: Self.after(days: 1)).publicKey == fresh)
    }

    @Test("A revoked key vouches for nothing, and a new one is there at once")
    func revocation() throws {
        let folder = try TemporaryFolder.made()
        let ring = try Self.ring(folder)
        let first = try Self.document(ring, issued: Self.start)
        let old = try ring.current(at: Self.start).publicKey
        try ring.revoke(old.id, reason: "the laptop was stolen\nin Geneva", at: Self.after(days: 1))
        let fresh = try ring.current(at: Self.after(days: 1)).publicKey
        #expect(fresh != old)
        #expect(try Self.ring(folder).revocations.map(\.reason) == ["the laptop was stolen in Geneva"])
        let second = try Self.signed(ring, issued: Self.after(days: 1))
        // Signed by the new key alone, which nobody vouches for: a person must accept it.
        #expect(!second.succeeds(first, at: Self.after(days: 1)))
        #expect(second.document.key(old.id, at: Self.after(days: 1)) == nil)
        #expect(throws: NodeKeyring.Problem.self) { try ring.revoke("0000", reason: "", at: Self.start) }
    }

    @Test("A thief of the old key cannot make a document that revokes nothing pass for an older or another log's")
    func succession() throws {
        let folder = try TemporaryFolder.made()
        let ring = try Self.ring(folder)
        let first = try Self.document(ring, issued: Self.after(days: 5))
        #expect(try !Self.signed(ring, issued: Self.after(days: 4)).succeeds(first, at: Self.after(days: 6)))
        #expect(try !Self.signed(ring, issued: Self.after(days: 5)).succeeds(first, at: Self.after(days: 6)))
        var other = try Self.document(ring, issued: Self.after(days: 6))
        other.logKeys = [try Ed25519NoteSigner(name: KeyName("other/record"), seed: [UInt8](repeating: 4, count: 32)).verifierKey]
        #expect(try !SignedNodeDocument(other, signedBy: ring.keys).succeeds(first, at: Self.after(days: 6)))
    }

    @Test("Files of keys are their owner's alone")
    func permissions() throws {
        let folder = try TemporaryFolder.made()
        _ = try Self.ring(folder)
        for name in ["node.keys", "witness.key", "witness-mldsa44.key"] {
            let attributes = try FileManager.default.attributesOfItem(atPath: "\(folder.path)/\(name)")
            #expect((attributes[.posixPermissions] as? Int) == 0o600, "\(name)")
        }
    }

    @Test(
        "Base58 as the did:web document writes keys",
        arguments: [([UInt8](), ""), ([0, 0, 1], "112"), (Array("Hello World!".utf8), "2NEpo7TZRRrLZSi2U")])
    func base58(bytes: [UInt8], text: String) {
        #expect(DIDDocument.base58(bytes) == text)
    }

    @Test("Two thousand garbled documents end in an answer")
    func fuzz() throws {
        let folder = try TemporaryFolder.made()
        let good = try Self.signed(Self.ring(folder), issued: Self.start).json.canonicalBytes
        var generator = SeededGenerator(seed: 21)
        for _ in 0..<2_000 {
            var bytes = good
            for _ in 0..<Int.random(in: 1...3, using: &generator) {
                let place = Int.random(in: 0..<bytes.count, using: &generator)
                bytes[place] = UInt8.random(in: 0x20...0x7E, using: &generator)
            }
            guard bytes != good, let json = try? JSONParser.parse(bytes) else { continue }
            // Nothing that was changed passes: either it is malformed, or its signature is wrong.
            #expect(throws: MalformedAct.self) { try SignedNodeDocument(json: json) }
        }
    }
}
