import Acts
import Crypto
import Ledger
import TestSupport
import Testing

@testable import Disclosure

@Suite("Redaction that still verifies")
struct RedactionTests {
    static func document(_ random: inout SeededGenerator, parts count: Int) throws -> RedactableDocument {
        let parts = (0..<count).map { number in
            RedactableDocument.Part(
                path: "en/\(1000 + number)",
                text: "Paragraph \(number) " + String(repeating: "é", count: Int.random(in: 0...40, using: &random)))
        }
        return try RedactableDocument(parts: parts.shuffled(using: &random), random: &random)
    }

    static func release(
        _ document: RedactableDocument, withholding: [String], key: Curve25519.Signing.PrivateKey? = nil
    ) throws -> RedactedRelease {
        let commitment = RedactionCommitment(to: document, identifier: "DOC-1", issue: 1, on: try #require(CalendarDate("2026-05-01")))
        var signatures: [RedactedRelease.Signature] = []
        if let key {
            let publicKey = try #require(PublicKey(algorithm: .ed25519, bytes: Array(key.publicKey.rawRepresentation)))
            signatures.append(.init(key: publicKey, bytes: Array(try key.signature(for: commitment.message))))
        }
        return try RedactedRelease(
            of: document, commitment: commitment, signatures: signatures,
            withholding: Dictionary(uniqueKeysWithValues: withholding.map { ($0, ("uk-foia-2000", "s. 27")) }))
    }

    @Test("Any redaction verifies, by root and by signature, out of its file", arguments: 0..<120)
    func anyRedactionVerifies(seed: Int) throws {
        var random = SeededGenerator(seed: UInt64(seed))
        let document = try Self.document(&random, parts: Int.random(in: 1...30, using: &random))
        let hidden = document.leaves.map(\.part.path).filter { _ in Bool.random(using: &random) }
        let key = Curve25519.Signing.PrivateKey()
        let release = try RedactedRelease(file: try Self.release(document, withholding: hidden, key: key).json.canonicalBytes)
        try ReleaseVerification.checkRoot(release)
        try ReleaseVerification.checkSignatures(release)
        #expect(release.shown.map(\.part.path) == document.leaves.map(\.part.path).filter { !hidden.contains($0) })
        let text = release.json.canonicalText
        for leaf in document.leaves where hidden.contains(leaf.part.path) {
            #expect(!text.contains("\"\(leaf.part.text)\""))
            #expect(!text.contains(Base64.encode(leaf.salt)))
        }
    }

    @Test("Any change fails", arguments: 0..<300)
    func anyChangeFails(seed: Int) throws {
        var random = SeededGenerator(seed: UInt64(seed) &+ 10_000)
        let document = try Self.document(&random, parts: Int.random(in: 2...20, using: &random))
        let paths = document.leaves.map(\.part.path)
        let release = try Self.release(document, withholding: Array(paths.dropFirst().filter { _ in Bool.random(using: &random) }))
        var shown = release.shown
        var hidden = release.hidden
        var commitment = release.commitment
        let at = Int.random(in: 0..<shown.count, using: &random)
        let leaf = shown[at]
        switch seed % 7 {
        case 0: shown[at] = .init(part: .init(path: leaf.part.path, text: leaf.part.text + " "), salt: leaf.salt)
        case 1: shown[at] = .init(part: .init(path: leaf.part.path + "x", text: leaf.part.text), salt: leaf.salt)
        case 2:
            var salt = leaf.salt
            salt[Int.random(in: 0..<16, using: &random)] ^= 1
            shown[at] = .init(part: leaf.part, salt: salt)
        case 3:
            shown.remove(at: at)
            hidden = (hidden + [Hash.leaf([1, 2, 3])]).sorted()
        case 4:
            shown.append(.init(part: .init(path: "zz", text: "added"), salt: RedactableDocument.bytes(16, &random)))
            if hidden.isEmpty { return }
            hidden.removeLast()
        case 5:
            commitment = RedactionCommitment(
                document: commitment.document, issue: commitment.issue, issued: commitment.issued, size: commitment.size + 1,
                root: commitment.root)
        default: shown.append(leaf)
        }
        let changed = RedactedRelease(commitment: commitment, signatures: [], shown: shown, hidden: hidden, removals: [])
        #expect(throws: ReleaseVerification.Fault.self) { try ReleaseVerification.checkRoot(changed) }
    }

    @Test("A signature is over this commitment and no other, and by a key one trusts")
    func signatures() throws {
        var random = SeededGenerator(seed: 1)
        let document = try Self.document(&random, parts: 5)
        let key = Curve25519.Signing.PrivateKey()
        let release = try Self.release(document, withholding: [], key: key)
        let identifier = try #require(release.signatures.first).key.identifier
        try ReleaseVerification.checkSignatures(release, trusted: [identifier])
        #expect(throws: ReleaseVerification.Fault.unknownKey(identifier)) {
            try ReleaseVerification.checkSignatures(release, trusted: ["other"])
        }
        let other = RedactionCommitment(
            document: "DOC-2", issue: 1, issued: release.commitment.issued, size: release.commitment.size, root: release.commitment.root)
        let moved = RedactedRelease(
            commitment: other, signatures: release.signatures, shown: release.shown, hidden: release.hidden, removals: [])
        #expect(throws: ReleaseVerification.Fault.signature(key: identifier)) { try ReleaseVerification.checkSignatures(moved) }
        let unsigned = try Self.release(document, withholding: [])
        #expect(throws: ReleaseVerification.Fault.unsigned) { try ReleaseVerification.checkSignatures(unsigned) }
    }

    @Test("Salts are never used twice, within a document or from one issue of the same text to the next")
    func salts() throws {
        var random = SystemRandomNumberGenerator()
        let parts = (0..<500).map { RedactableDocument.Part(path: "p/\($0)", text: "the same text") }
        var seen: Set<[UInt8]> = []
        var hashes: Set<Hash> = []
        for _ in 0..<4 {
            let document = try RedactableDocument(parts: parts, random: &random)
            for leaf in document.leaves { #expect(seen.insert(leaf.salt).inserted) }
            for hash in document.hashes { #expect(hashes.insert(hash).inserted) }
        }
    }

    @Test("Number and length of what was removed are not told: neighbours are one mark, decoys fill up, hashes are as long as any")
    func whatIsNotTold() throws {
        var random = SeededGenerator(seed: 3)
        let document = try Self.document(&random, parts: 10)
        #expect(document.hashes.count % 8 == 0 || !document.decoys.isEmpty)
        let release = try Self.release(document, withholding: ["en/1003", "en/1004", "en/1005", "en/1008"])
        #expect(release.removals.map(\.after) == ["en/1002", "en/1007"])
        #expect(release.hidden == release.hidden.sorted())
        #expect(release.hidden.count > 4 || document.decoys.isEmpty)
        #expect(document.hashes == document.hashes.sorted())
    }

    @Test("A document kept sealed is read back whole, with the same root")
    func keptDocument() throws {
        var random = SeededGenerator(seed: 4)
        let document = try Self.document(&random, parts: 7)
        let read = try RedactableDocument(json: try JSONParser.parse(document.json.canonicalText))
        #expect(read == document)
        #expect(read.root == document.root)
    }

    @Test("Documents that cannot be issued are refused")
    func refused() throws {
        var random = SeededGenerator(seed: 5)
        #expect(throws: RedactableDocument.Fault.empty) { try RedactableDocument(parts: [], random: &random) }
        #expect(throws: RedactableDocument.Fault.repeatedPath("a")) {
            try RedactableDocument(parts: [.init(path: "a", text: "1"), .init(path: "a", text: "2")], random: &random)
        }
        #expect(throws: RedactableDocument.Fault.path("")) { try RedactableDocument(parts: [.init(path: "", text: "1")], random: &random) }
        let document = try Self.document(&random, parts: 2)
        #expect(throws: RedactableDocument.Fault.unknownPath("nowhere")) { try Self.release(document, withholding: ["nowhere"]) }
    }

    @Test("Whatever bytes come as a release are read or refused, never more", arguments: 0..<400)
    func fuzz(seed: Int) throws {
        var random = SeededGenerator(seed: UInt64(seed) &+ 77)
        let document = try Self.document(&random, parts: 4)
        var bytes = try Self.release(document, withholding: ["en/1001"], key: Curve25519.Signing.PrivateKey()).json.canonicalBytes
        for _ in 0..<Int.random(in: 1...6, using: &random) {
            let at = Int.random(in: 0..<bytes.count, using: &random)
            switch Int.random(in: 0...2, using: &random) {
            case 0: bytes[at] = UInt8.random(in: 0...255, using: &random)
            case 1: bytes.remove(at: at)
            default: bytes.insert(UInt8.random(in: 0x20...0x7E, using: &random), at: at)
            }
        }
        guard let release = try? RedactedRelease(file: bytes) else { return }
        let original = Set(document.leaves.map(\.part))
        if (try? ReleaseVerification.checkRoot(release)) != nil { for leaf in release.shown { #expect(original.contains(leaf.part)) } }
    }
}
