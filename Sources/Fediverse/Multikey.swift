public import Crypto

/// A public key of Ed25519 as `assertionMethod` names it (FEP-521a; W3C Controlled Identifiers, 2.2.2): `z6Mk…`.
public enum Multikey {
    /// The code of Ed25519 public keys among multicodecs, as a varint.
    private static let prefix: [UInt8] = [0xED, 0x01]

    public static func text(of key: Curve25519.Signing.PublicKey) -> String {
        "z" + Base58.encode(prefix + Array(key.rawRepresentation))
    }

    /// `nil` where the text is no such key.
    public static func key(_ text: String) -> Curve25519.Signing.PublicKey? {
        guard text.hasPrefix("z"), text.utf8.count <= 64, let bytes = Base58.decode(String(text.dropFirst())), bytes.count == 34,
            Array(bytes.prefix(2)) == prefix
        else { return nil }
        return try? Curve25519.Signing.PublicKey(rawRepresentation: bytes.dropFirst(2))
    }
}

/// Base 58 with Bitcoin's alphabet (draft-msporny-base58).
public enum Base58 {
    private static let alphabet = Array("123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz".utf8)
    /// Longest text that is read: reading takes time by the square of it.
    static let longest = 256

    public static func encode(_ bytes: [UInt8]) -> String {
        var digits: [UInt8] = []
        for byte in bytes.drop(while: { $0 == 0 }) {
            var carry = Int(byte)
            for place in digits.indices {
                carry += Int(digits[place]) << 8
                digits[place] = UInt8(carry % 58)
                carry /= 58
            }
            while carry > 0 {
                digits.append(UInt8(carry % 58))
                carry /= 58
            }
        }
        let zeros = bytes.prefix { $0 == 0 }.map { _ in alphabet[0] }
        return String(decoding: zeros + digits.reversed().map { alphabet[Int($0)] }, as: UTF8.self)
    }

    public static func decode(_ text: String) -> [UInt8]? {
        guard text.utf8.count <= longest else { return nil }
        var bytes: [UInt8] = []
        for character in text.utf8.drop(while: { $0 == alphabet[0] }) {
            guard let digit = alphabet.firstIndex(of: character) else { return nil }
            var carry = digit
            for place in bytes.indices {
                carry += Int(bytes[place]) * 58
                bytes[place] = UInt8(carry & 255)
                carry >>= 8
            }
            while carry > 0 {
                bytes.append(UInt8(carry & 255))
                carry >>= 8
            }
        }
        return text.utf8.prefix { $0 == alphabet[0] }.map { _ in 0 } + bytes.reversed()
    }
}
