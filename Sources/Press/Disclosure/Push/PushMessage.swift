import Acts
import Crypto
import Foundation

/// A message to a browser, encrypted so that its push service cannot read it (RFC 8291, in the form of RFC 8188).
enum PushMessage {
    /// What is wrong with a browser's keys.
    struct Fault: Error, Hashable, Sendable, CustomStringConvertible {
        let description: String
    }

    /// Bytes that every push service takes, less what encryption adds (RFC 8030, 7.2: 4,096 in all).
    static let longest = 3_900
    private static let recordSize: UInt32 = 4_096

    /// - Parameters:
    ///   - words: at most ``longest`` bytes.
    ///   - key: the browser's public key, a point of P-256 uncompressed.
    ///   - secret: what browser and node share, 16 bytes.
    static func encrypted(_ words: [UInt8], to key: [UInt8], secret: [UInt8]) throws(Fault) -> [UInt8] {
        var generator = SystemRandomNumberGenerator()
        let salt = (0..<16).map { _ in UInt8.random(in: .min ... .max, using: &generator) }
        return try encrypted(words, to: key, secret: secret, salt: salt, own: P256.KeyAgreement.PrivateKey())
    }

    /// The same with what is otherwise made for each message: for the test vector.
    static func encrypted(
        _ words: [UInt8], to key: [UInt8], secret: [UInt8], salt: [UInt8], own: P256.KeyAgreement.PrivateKey
    ) throws(Fault) -> [UInt8] {
        guard words.count <= longest else { throw Fault(description: "the message is longer than \(longest) bytes") }
        guard key.count == 65, secret.count == 16, salt.count == 16 else {
            throw Fault(description: "the browser's keys have wrong lengths")
        }
        do {
            let browser = try P256.KeyAgreement.PublicKey(x963Representation: key)
            let point = Array(own.publicKey.x963Representation)
            // RFC 8291, 3.4: the input keying material binds both public keys and the shared secret.
            let agreed = try own.sharedSecretFromKeyAgreement(with: browser)
            let material = agreed.hkdfDerivedSymmetricKey(
                using: SHA256.self, salt: Data(secret), sharedInfo: Data("WebPush: info\u{0}".utf8) + Data(key) + Data(point),
                outputByteCount: 32)
            func derived(_ info: String, _ count: Int) -> SymmetricKey {
                HKDF<SHA256>.deriveKey(inputKeyMaterial: material, salt: Data(salt), info: Data(info.utf8), outputByteCount: count)
            }
            // RFC 8188, 2.2 and 2.3; one record, so its number changes nothing in the nonce.
            let content = derived("Content-Encoding: aes128gcm\u{0}", 16)
            let nonce = derived("Content-Encoding: nonce\u{0}", 12).withUnsafeBytes { Array($0) }
            // 2: the last record ends here (RFC 8188, 2).
            let box = try AES.GCM.seal(words + [2], using: content, nonce: AES.GCM.Nonce(data: nonce))
            let size = withUnsafeBytes(of: recordSize.bigEndian) { Array($0) }
            return salt + size + [UInt8(point.count)] + point + Array(box.ciphertext) + Array(box.tag)
        } catch { throw Fault(description: "the browser's key is not a point of P-256") }
    }
}
