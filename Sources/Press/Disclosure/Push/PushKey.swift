import Acts
import Crypto
import Foundation
import Synchronization

/// The key by which push services know the node (RFC 8292), `push.p256` in the folder of keys; made when it is first asked for.
///
/// Browsers bind their subscriptions to it: with another key every subscription is gone.
final class PushKey: Sendable {
    /// What is wrong with the key's file.
    struct Problem: Error, CustomStringConvertible {
        let description: String
    }

    private let folder: URL
    private let key = Mutex<P256.Signing.PrivateKey?>(nil)
    /// How long a token is good, in seconds; a day at most (RFC 8292, 2).
    private static let lifetime: Int64 = 12 * 3_600

    init(folder: URL) { self.folder = folder }

    /// A point of P-256 uncompressed, in base64url, as `applicationServerKey` has it.
    func publicKey() throws -> String { Acts.Base64.encodeForAddress(Array(try loaded().publicKey.x963Representation)) }

    /// The `Authorization` field for a push service (RFC 8292, 3).
    ///
    /// - Parameters:
    ///   - audience: the origin of the subscription's address.
    ///   - contact: where the service's operator reaches the node's: its own address.
    func authorization(for audience: String, contact: String, at now: Moment) throws -> String {
        let key = try loaded()
        func part(_ json: JSON) -> String { Acts.Base64.encodeForAddress(json.canonicalBytes) }
        let claims: JSON = [
            "aud": .string(audience), "exp": .integer(now.milliseconds / 1_000 + Self.lifetime), "sub": .string(contact),
        ]
        let signed = "\(part(["typ": "JWT", "alg": "ES256"])).\(part(claims))"
        let signature = try key.signature(for: Data(signed.utf8)).rawRepresentation
        let own = Acts.Base64.encodeForAddress(Array(key.publicKey.x963Representation))
        return "vapid t=\(signed).\(Acts.Base64.encodeForAddress(Array(signature))), k=\(own)"
    }

    private func loaded() throws -> P256.Signing.PrivateKey {
        try key.withLock { known in
            if let known { return known }
            let made = try stored()
            known = made
            return made
        }
    }

    private func stored() throws -> P256.Signing.PrivateKey {
        let url = folder.appending(path: "push.p256")
        if let text = try? String(contentsOf: url, encoding: .utf8) { return try read(text) }
        let manager = FileManager.default
        try manager.createDirectory(at: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        let text = Acts.Base64.encode(P256.Signing.PrivateKey().rawRepresentation) + "\n"
        let fresh = folder.appending(path: ".push.p256.\(UUID().uuidString)").path(percentEncoded: false)
        guard manager.createFile(atPath: fresh, contents: Data(text.utf8), attributes: [.posixPermissions: 0o600]) else {
            throw Problem(description: "\(url.path(percentEncoded: false)) cannot be written.")
        }
        defer { try? manager.removeItem(atPath: fresh) }
        // Another process may have been first: a link does not replace what is there.
        try? manager.linkItem(atPath: fresh, toPath: url.path(percentEncoded: false))
        return try read(try String(contentsOf: url, encoding: .utf8))
    }

    private func read(_ text: String) throws -> P256.Signing.PrivateKey {
        guard let bytes = Acts.Base64.decode(text.trimmed), let key = try? P256.Signing.PrivateKey(rawRepresentation: bytes) else {
            throw Problem(description: "push.p256 is not a key as this program writes it. Put the right file back.")
        }
        return key
    }
}
