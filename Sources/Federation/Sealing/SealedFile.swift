import Crypto
import Foundation

/// A file under a key of its own, which travels in a sealed message while the ciphertext travels as a blob.
public struct SealedFile: Sendable {
    /// 32 secret bytes.
    public let key: [UInt8]
    /// 12 bytes of nonce, the encrypted file, 16 bytes of tag.
    public let ciphertext: [UInt8]

    /// Encrypts a file under a fresh key (AES-256-GCM).
    public static func seal(_ bytes: [UInt8]) throws(SealingError) -> SealedFile {
        let key = SymmetricKey(size: .bits256)
        guard let box = try? AES.GCM.seal(bytes, using: key).combined else { throw .doesNotOpen }
        return SealedFile(key: key.withUnsafeBytes { [UInt8]($0) }, ciphertext: [UInt8](box))
    }

    /// - Throws: ``SealingError/doesNotOpen`` where key and ciphertext do not belong together.
    public static func open(_ ciphertext: [UInt8], key: [UInt8]) throws(SealingError) -> [UInt8] {
        guard key.count == 32, let box = try? AES.GCM.SealedBox(combined: ciphertext),
            let clear = try? AES.GCM.open(box, using: SymmetricKey(data: key))
        else { throw .doesNotOpen }
        return [UInt8](clear)
    }
}
