import Foundation
import Testing

@testable import Conferences

@Suite("Keys of secret ballots")
struct BallotKeysTests {
    private func keys() -> BallotKeyFolder {
        BallotKeyFolder(FileManager.default.temporaryDirectory.appending(path: "ballots-\(UUID().uuidString)"))
    }

    private func files(_ keys: BallotKeyFolder) -> [String] {
        (try? FileManager.default.contentsOfDirectory(atPath: keys.folder.path(percentEncoded: false))) ?? []
    }

    @Test("A key is kept for its owner alone, is found by its public half, and is gone when it is destroyed")
    func kept() throws {
        let keys = keys()
        defer { try? FileManager.default.removeItem(at: keys.folder) }
        let key = try keys.make()
        let name = try #require(files(keys).first)
        let path = keys.folder.appending(path: name).path(percentEncoded: false)
        let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
        #expect(mode == 0o600)
        #expect(keys.key(key.published)?.published == key.published)
        keys.destroy(key.published)
        #expect(files(keys).isEmpty)
        #expect(keys.key(key.published) == nil)
    }

    @Test("What no ballot needs is swept away; what is young, or needed, stays")
    func swept() throws {
        let keys = keys()
        defer { try? FileManager.default.removeItem(at: keys.folder) }
        let (needed, forgotten) = (try keys.make(), try keys.make())
        #expect(keys.sweep(needed: [needed.published], before: Date(timeIntervalSinceNow: -60)) == 0)
        #expect(keys.sweep(needed: [needed.published], before: Date(timeIntervalSinceNow: 60)) == 1)
        #expect(keys.key(needed.published) != nil)
        #expect(keys.key(forgotten.published) == nil)
    }

    @Test("A file that is no key is no key")
    func malformed() throws {
        let keys = keys()
        defer { try? FileManager.default.removeItem(at: keys.folder) }
        let key = try keys.make()
        let name = try #require(files(keys).first)
        try Data("nothing".utf8).write(to: keys.folder.appending(path: name))
        #expect(keys.key(key.published) == nil)
    }
}
