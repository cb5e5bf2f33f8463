import Acts
import Crypto
import Foundation

/// Seals what the processes of one node keep together beside the record, so that whoever reads the database cannot: AES-256-GCM with a key
/// worked out from the node's own secret (`web.key`).
public struct KeyBox: Sendable {
    private let key: SymmetricKey
    private let purpose: String

    init(key: SymmetricKey, purpose: String) {
        self.key = key
        self.purpose = purpose
    }

    /// Nonce, ciphertext and tag; the purpose and the name are bound to it.
    public func seal(_ bytes: [UInt8], as name: String) throws -> [UInt8] {
        guard let combined = try AES.GCM.seal(bytes, using: key, authenticating: bound(name)).combined else {
            throw Refusal(
                .unavailable, code: "node.failure", "What was to be sealed could not be.", mend: "Try again; the node's log says more.")
        }
        return Array(combined)
    }

    /// `nil` where it was sealed by another node, for another purpose or name, or is nothing sealed.
    public func open(_ sealed: [UInt8], as name: String) -> [UInt8]? {
        guard let box = try? AES.GCM.SealedBox(combined: sealed),
            let bytes = try? AES.GCM.open(box, using: key, authenticating: bound(name))
        else { return nil }
        return Array(bytes)
    }

    private func bound(_ name: String) -> Data { Data("\(purpose)\n\(name)".utf8) }
}

extension House {
    /// A box for one purpose, which every process of the node can open.
    public func keyBox(for purpose: String) -> KeyBox { KeyBox(key: keys.box, purpose: purpose) }
}
