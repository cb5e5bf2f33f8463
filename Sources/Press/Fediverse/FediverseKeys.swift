import Acts
import Crypto
import Fediverse
import Foundation
import Ledger
import Synchronization

/// The keys that offices sign with on the fediverse, in `fediverse/` of the folder of keys: one of RSA for requests, one of Ed25519 for proofs.
/// Made when an office is first asked for.
final class FediverseKeys: Sendable {
    struct Pair: Sendable {
        let request: RequestKey
        let proof: Curve25519.Signing.PrivateKey
    }

    /// What is wrong with a key's file.
    struct Problem: Error, CustomStringConvertible {
        let description: String
    }

    private let folder: URL
    private let pairs = Mutex<[String: Pair]>([:])

    init(folder: URL) { self.folder = folder.appending(path: "fediverse", directoryHint: .isDirectory) }

    /// - Parameters:
    ///   - name: the office's short name; `~node` for the node itself.
    ///   - actor: the actor's identifier.
    ///   - key: which pair; `nil`: the first, which is made where there is none.
    func pair(_ name: String, actor: String, key: String? = nil) throws -> Pair {
        let isFirst = key == nil
        let name = key.map { "\(name).\($0)" } ?? name
        return try pairs.withLock { pairs in
            if let pair = pairs[name] { return pair }
            guard !name.isEmpty, !name.hasPrefix("."), name.utf8.allSatisfy({ $0 > 0x20 && $0 != 0x2F && $0 < 0x7F }) else {
                throw Problem(description: "'\(name)' cannot name a file of keys.")
            }
            func make(_ file: String, _ content: () throws -> String) throws -> String {
                guard isFirst else {
                    throw Problem(
                        description: "\(file) is not in \(folder.path(percentEncoded: false)), though the record names it. Put it back.")
                }
                return try content()
            }
            let pem = try stored("\(name).rsa.pem") { try make("\(name).rsa.pem") { try RequestKey.makePEM() + "\n" } }
            let seed = try stored("\(name).ed25519") { try make("\(name).ed25519") { Self.newSeed() } }
            guard let bytes = Acts.Base64.decode(seed.trimmingCharacters(in: .whitespacesAndNewlines)),
                let proof = try? Curve25519.Signing.PrivateKey(rawRepresentation: bytes)
            else { throw Problem(description: "\(name).ed25519 is not a key as this program writes it. Put the right file back.") }
            let pair = Pair(request: try RequestKey(id: "\(actor)#main-key", pem: pem), proof: proof)
            pairs[name] = pair
            return pair
        }
    }

    private static func newSeed() -> String { Acts.Base64.encode(Curve25519.Signing.PrivateKey().rawRepresentation) + "\n" }

    /// Makes a further pair for an actor and stores it under its own name; it signs nothing until the record names it.
    func makePair(_ name: String, actor: String) throws -> (key: String, publicKey: String, multikey: String) {
        let request = try RequestKey(id: "\(actor)#main-key", pem: try RequestKey.makePEM())
        let key = String(Hexadecimal.encode(SHA256.hash(data: Array(request.publicPEM.utf8))).prefix(16))
        _ = try stored("\(name).\(key).rsa.pem") { request.privatePEM + "\n" }
        _ = try stored("\(name).\(key).ed25519") { Self.newSeed() }
        return (key, request.publicPEM, Multikey.text(of: try pair(name, actor: actor, key: key).proof.publicKey))
    }

    private func stored(_ name: String, _ make: () throws -> String) throws -> String {
        let url = folder.appending(path: name)
        if let text = try? String(contentsOf: url, encoding: .utf8) { return text }
        let manager = FileManager.default
        try manager.createDirectory(at: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        let text = try make()
        let fresh = folder.appending(path: ".\(name).new").path(percentEncoded: false)
        guard manager.createFile(atPath: fresh, contents: Data(text.utf8), attributes: [.posixPermissions: 0o600]) else {
            throw Problem(description: "\(url.path(percentEncoded: false)) cannot be written.")
        }
        try manager.moveItem(atPath: fresh, toPath: url.path(percentEncoded: false))
        return text
    }
}
