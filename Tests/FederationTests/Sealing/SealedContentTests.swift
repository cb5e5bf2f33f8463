import Acts
import Foundation
import Testing

@testable import Federation

/// Sealing by HPKE with X-Wing: what opens, what must not, and what the reader refuses.
@Suite("Sealed content")
struct SealedContentTests {
    static let ministry = SealingParty("mfa.example.org/cabinet")!
    static let mission = SealingParty("mission.example.net/political")!
    static let other = SealingParty("other.example.net/political")!
    static let clear = Array("The Ministry presents its compliments".utf8)

    @Test("What is sealed to a key is opened by it, by each recipient alone, and by nobody else")
    func opens() throws {
        let (first, second, stranger) = (try SealingKey(), try SealingKey(), try SealingKey())
        let sealed = try SealedContent.seal(
            Self.clear, purpose: "note", from: Self.ministry, to: [(Self.mission, first.publicKey), (Self.other, second.publicKey)])
        #expect(try sealed.open(with: [first]) == Self.clear)
        #expect(try sealed.open(with: [stranger, second]) == Self.clear)
        #expect(throws: SealingError.notForThisKey) { try sealed.open(with: [stranger]) }
        let text = sealed.json.canonicalText
        #expect(!text.contains("compliments") && !text.contains(Base64.encode(Self.clear).prefix(30)))
        #expect(try SealedContent(json: JSONParser.parse(text)) == sealed)
    }

    /// RFC 9180, 5.1: `info` is bound into the keys; AES-GCM (NIST SP 800-38D) authenticates ciphertext and associated data.
    @Test("A changed byte or a changed name opens nothing", arguments: ["ciphertext", "encapsulated", "wrapped"])
    func changedBytes(_ member: String) throws {
        let key = try SealingKey()
        let sealed = try SealedContent.seal(Self.clear, purpose: "note", from: Self.ministry, to: [(Self.mission, key.publicKey)])
        func changed(_ object: JSON, _ name: String, _ change: (JSON) -> JSON) -> JSON {
            guard case .object(var members) = object, let old = members[name] else { return object }
            members[name] = change(old)
            return .object(members)
        }
        func flip(_ value: JSON) -> JSON {
            var bytes = Base64.decode(value.string ?? "") ?? []
            bytes[bytes.count / 2] ^= 1
            return .string(Base64.encode(bytes))
        }
        let json =
            member == "ciphertext"
            ? changed(sealed.json, member, flip)
            : changed(sealed.json, "seals") { .array(($0.array ?? []).map { changed($0, member, flip) }) }
        #expect(throws: SealingError.doesNotOpen) { try SealedContent(json: json).open(with: [key]) }
        for (name, value) in [("purpose", "call"), ("sender", "other.example.net/cabinet")] as [(String, String)] {
            let renamed = changed(sealed.json, name) { _ in .string(value) }
            #expect(throws: SealingError.doesNotOpen) { try SealedContent(json: renamed).open(with: [key]) }
        }
        for name in ["sealer", "recipient"] {
            let renamed = changed(sealed.json, "seals") { .array(($0.array ?? []).map { changed($0, name) { _ in "x.example/y" } }) }
            #expect(throws: SealingError.doesNotOpen) { try SealedContent(json: renamed).open(with: [key]) }
        }
    }

    @Test("Forwarded, it opens for the next office, its ciphertext untouched; and only who can open it can forward it")
    func forwards() throws {
        let (mine, theirs) = (try SealingKey(), try SealingKey())
        let sealed = try SealedContent.seal(Self.clear, purpose: "note", from: Self.ministry, to: [(Self.mission, mine.publicKey)])
        let forwarded = try sealed.forwarded(by: Self.mission, with: [mine], to: [(Self.other, theirs.publicKey)])
        #expect(forwarded.ciphertext == sealed.ciphertext)
        #expect(try forwarded.open(with: [theirs]) == Self.clear)
        #expect(throws: SealingError.notForThisKey) { try forwarded.open(with: [mine]) }
        #expect(throws: SealingError.notForThisKey) {
            try sealed.forwarded(by: Self.other, with: [theirs], to: [(Self.other, theirs.publicKey)])
        }
    }

    @Test("The reader takes any bytes without harm, and nothing it takes is longer than its bounds")
    func fuzz() throws {
        let key = try SealingKey()
        let text = Array(
            try SealedContent.seal(Self.clear, purpose: "note", from: Self.ministry, to: [(Self.mission, key.publicKey)]).json
                .canonicalBytes)
        var generator = SystemRandomNumberGenerator()
        for _ in 0..<2_000 {
            var bytes = text
            for _ in 0..<Int.random(in: 1...4, using: &generator) {
                switch Int.random(in: 0..<3, using: &generator) {
                case 0: bytes[Int.random(in: bytes.indices, using: &generator)] = UInt8.random(in: 0...255, using: &generator)
                case 1: bytes.removeSubrange(Int.random(in: bytes.indices, using: &generator)..<bytes.count)
                default:
                    bytes.insert(UInt8.random(in: 0x20...0x7E, using: &generator), at: Int.random(in: 0..<bytes.count, using: &generator))
                }
                if bytes.isEmpty { bytes = [0x7B] }
            }
            guard let json = try? JSONParser.parse(bytes), let read = try? SealedContent(json: json) else { continue }
            #expect(read.seals.count <= SealedContent.mostSeals && read.ciphertext.count <= SealedContent.mostBytes + 28)
            if bytes != text, read.json.canonicalBytes != text {
                #expect((try? read.open(with: [key])) == nil || read.ciphertext.count >= 28)
            }
        }
    }

    @Test("A keyring makes a key when asked, keeps it in a file for its owner alone, and opens old messages after a new key")
    func keyring() throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "chancery-keys-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        let ring = OfficeKeyring(folder: folder)
        let first = try ring.publicKey(of: "cabinet")
        let sealed = try SealedContent.seal(Self.clear, purpose: "note", from: Self.ministry, to: [(Self.mission, first)])
        let second = try ring.rollOver("cabinet")
        #expect(first != second)
        let again = OfficeKeyring(folder: folder)
        #expect(try again.publicKey(of: "cabinet") == second)
        #expect(try sealed.open(with: again.keys(of: "cabinet")) == Self.clear)
        let path = folder.appending(path: "sealing/cabinet.key").path(percentEncoded: false)
        let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
        #expect(mode == 0o600)
        #expect(throws: SealingError.self) { try ring.keys(of: "../cabinet") }
    }
}
