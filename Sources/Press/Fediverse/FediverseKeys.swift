import Acts
import Crypto
import Fediverse
import Foundation
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
    func pair(_ name: String, actor: String) throws -> Pair {
        try pairs.withLock { pairs in
            if let pair = pairs[name] { return pair }
            guard !name.isEmpty, !name.hasPrefix("."), name.utf8.allSatisfy({ $0 > 0x20 && $0 != 0x2F && $0 < 0x7F }) else {
                throw Problem(description: "'\(name)' cannot name a file of keys.")
            }
            let pem = try stored("\(name).rsa.pem") { try RequestKey.makePEM() + "\n" }
            let seed = try stored("\(name).ed25519") { Acts.Base64.encode(Curve25519.Signing.PrivateKey().rawRepresentation) + "\n" }
            guard let bytes = Acts.Base64.decode(seed.trimmingCharacters(in: .whitespacesAndNewlines)),
                let proof = try? Curve25519.Signing.PrivateKey(rawRepresentation: bytes)
            else { throw Problem(description: "\(name).ed25519 is not a key as this program writes it. Put the right file back.") }
            let pair = Pair(request: try RequestKey(id: "\(actor)#main-key", pem: pem), proof: proof)
            pairs[name] = pair
            return pair
        }
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
