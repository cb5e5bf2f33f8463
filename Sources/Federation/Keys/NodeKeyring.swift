public import Acts
import Crypto
import Foundation
public import Ledger
import Synchronization

/// A node's own keys for federation: those that sign messages, with their successors and what was revoked, and the witness's.
///
/// They lie in the keys folder, each file its owner's alone: `node.keys`, `witness.key` and
/// `witness-mldsa44.key`, and of a mirror `mirror.key` and `mirror-mldsa44.key`.
public final class NodeKeyring: Sendable {
    /// For how long a key goes on counting after its successor was made, so that peers learn of the new one in time.
    public static let overlap: Int64 = 30 * 24 * 3_600_000

    /// A key that must not be believed any more, from that instant on, whatever its validity says.
    public struct Revocation: Hashable, Sendable {
        public let key: String
        public let at: Moment
        public let reason: String
    }

    private struct Content: Sendable {
        var keys: [NodeKey]
        var revocations: [Revocation]
    }

    private let path: String
    private let content: Mutex<Content>
    /// When the file was last changed, as it was last read.
    private let read: Mutex<Date?>
    /// Cosign other nodes' checkpoints, each with a line of its own: Ed25519 and ML-DSA-44 (C2SP tlog-cosignature, types 04 and 06).
    public let witness: [any Cosigner]
    /// Cosign the copies of other nodes' logs, in the same way, under another name (C2SP tlog-mirror); none where there are no copies.
    public let mirror: [any Cosigner]

    /// What is wrong with a file of keys.
    public struct Problem: Error, Hashable, CustomStringConvertible {
        public let description: String
    }

    /// Reads the keys, or makes them where there are none.
    ///
    /// - Parameters:
    ///   - folder: the keys folder; made where there is none.
    ///   - witnessName: the name in the witness's signature lines (C2SP signed-note).
    ///   - mirrorName: the name in the mirror's; `nil` where the node is no mirror.
    ///   - now: from when a new key counts.
    public init(folder: String, witnessName: KeyName, mirrorName: KeyName? = nil, now: Moment) throws {
        do {
            try KeyFile.makeFolder(folder)
        } catch {
            throw Problem(description: "\(error.path) cannot be made: \(error.reason)")
        }
        path = folder + "/node.keys"
        var content: Content
        if let text = try? String(contentsOfFile: path, encoding: .utf8) {
            content = try NodeKeyring.parse(text, path: path)
        } else {
            content = Content(keys: [NodeKey(Curve25519.Signing.PrivateKey(), validity: KeyValidity(from: now))], revocations: [])
            try NodeKeyring.write(content, to: path)
        }
        self.content = Mutex(content)
        read = Mutex(NodeKeyring.changed(path))
        witness = try NodeKeyring.cosigners("witness", named: witnessName, in: folder)
        mirror = try mirrorName.map { try NodeKeyring.cosigners("mirror", named: $0, in: folder) } ?? []
    }

    /// The keys of the witness or of the mirror; made where there are none.
    private static func cosigners(_ role: String, named name: KeyName, in folder: String) throws -> [any Cosigner] {
        [
            try Ed25519Cosigner(
                name: name,
                seed: seed(in: "\(folder)/\(role).key", "\(role) key ed25519") { Array(Curve25519.Signing.PrivateKey().rawRepresentation) }),
            try MLDSA44Cosigner(
                name: name, seed: seed(in: "\(folder)/\(role)-mldsa44.key", "\(role) key mldsa44") { try MLDSA44PrivateKey().seed }),
        ]
    }

    /// The 32 secret bytes of a key; made where there are none.
    private static func seed(in path: String, _ kind: String, _ make: () throws -> [UInt8]) throws -> [UInt8] {
        let heading = "chancery \(kind)"
        guard let text = try? String(contentsOfFile: path, encoding: .utf8) else {
            let seed = try make()
            try write("\(heading)\n\(Acts.Base64.encode(seed))\n", to: path)
            return seed
        }
        let lines = text.split(separator: "\n")
        guard lines.count == 2, lines[0] == heading, let seed = Acts.Base64.decode(String(lines[1])), seed.count == 32 else {
            throw Problem(description: "\(path) is not a \(kind) as this program writes it. Put the right file back.")
        }
        return seed
    }

    private static let heading = "chancery node keys"

    private static func changed(_ path: String) -> Date? {
        (try? FileManager.default.attributesOfItem(atPath: path))?[.modificationDate] as? Date
    }

    /// Reads the keys again where another program, such as `chancery node roll-key`, has changed their file.
    public func refresh() throws {
        let changed = NodeKeyring.changed(path)
        guard changed != nil, changed != read.withLock({ $0 }) else { return }
        let fresh = try NodeKeyring.parse(String(contentsOfFile: path, encoding: .utf8), path: path)
        content.withLock { $0 = fresh }
        read.withLock { $0 = changed }
    }

    /// All keys that were ever made and not yet forgotten, oldest first.
    public var keys: [NodeKey] { content.withLock { $0.keys } }

    public var revocations: [Revocation] { content.withLock { $0.revocations } }

    /// The key to sign with: the newest that counts and is not revoked.
    public func current(at now: Moment) throws -> NodeKey {
        let found = content.withLock { content in
            content.keys.last { key in
                key.validity.covers(now) && !content.revocations.contains { $0.key == key.publicKey.id }
            }
        }
        guard let found else {
            throw Problem(description: "No key of this node counts now. Make a new one with 'chancery node roll-key'.")
        }
        return found
    }

    /// Makes a new key, and lets those before it count for ``overlap`` longer at the most.
    @discardableResult
    public func roll(at now: Moment) throws -> NodePublicKey {
        try content.withLock { content in
            var changed = content
            let end = Moment(milliseconds: now.milliseconds + NodeKeyring.overlap)
            for place in changed.keys.indices {
                changed.keys[place].validity.until = min(changed.keys[place].validity.until ?? end, end)
            }
            let key = NodeKey(Curve25519.Signing.PrivateKey(), validity: KeyValidity(from: now))
            changed.keys.append(key)
            try NodeKeyring.write(changed, to: path)
            content = changed
            return key.publicKey
        }
    }

    /// Revokes a key at once; makes a new one where none would be left.
    public func revoke(_ id: String, reason: String, at now: Moment) throws {
        guard keys.contains(where: { $0.publicKey.id == id }) else {
            throw Problem(description: "This node has no key '\(id)'. 'chancery node keys' lists them.")
        }
        let reason = reason.split(whereSeparator: \.isNewline).joined(separator: " ")
        let isLast = try content.withLock { content in
            var changed = content
            changed.revocations.removeAll { $0.key == id }
            changed.revocations.append(Revocation(key: id, at: now, reason: reason))
            try NodeKeyring.write(changed, to: path)
            content = changed
            return !content.keys.contains { key in
                key.validity.covers(now) && !changed.revocations.contains { $0.key == key.publicKey.id }
            }
        }
        if isLast { try roll(at: now) }
    }

    private static func parse(_ text: String, path: String) throws -> Content {
        let problem = Problem(description: "\(path) is not a file of node keys as this program writes it. Put the right file back.")
        var lines = text.split(separator: "\n")[...]
        guard lines.popFirst().map({ $0 == heading }) == true else { throw problem }
        var content = Content(keys: [], revocations: [])
        for line in lines {
            let words = line.split(separator: " ", maxSplits: 3).map(String.init)
            switch words.first {
            case "key" where words.count >= 3:
                guard let seed = Acts.Base64.decode(words[1]), let key = try? Curve25519.Signing.PrivateKey(rawRepresentation: seed),
                    let from = Moment(words[2])
                else { throw problem }
                var until: Moment?
                if words.count == 4 {
                    guard let end = Moment(words[3]) else { throw problem }
                    until = end
                }
                content.keys.append(NodeKey(key, validity: KeyValidity(from: from, until: until)))
            case "revoked" where words.count == 4:
                guard let at = Moment(words[2]) else { throw problem }
                content.revocations.append(Revocation(key: words[1], at: at, reason: words[3]))
            default: throw problem
            }
        }
        guard !content.keys.isEmpty else { throw problem }
        return content
    }

    private static func write(_ content: Content, to path: String) throws {
        var text = heading + "\n"
        for key in content.keys {
            text += "key \(Acts.Base64.encode(key.seed)) \(key.validity.from)"
            if let until = key.validity.until { text += " \(until)" }
            text += "\n"
        }
        for revocation in content.revocations { text += "revoked \(revocation.key) \(revocation.at) \(revocation.reason)\n" }
        try write(text, to: path)
    }

    private static func write(_ text: String, to path: String) throws {
        do {
            try KeyFile.write(text, to: path)
        } catch {
            throw Problem(description: "\(error.path) cannot be written: \(error.reason)")
        }
    }
}
