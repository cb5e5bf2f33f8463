import Acts
import Crypto
import Foundation

/// A secret that signs a person in once: what is given out, and the hash that the record keeps of it.
enum SignInSecret {
    /// How long a link is good, in milliseconds.
    static let linkLifetime: Int64 = 3_600_000
    static let recoveryCodeCount = 10

    private static let alphabet = Array("0123456789ABCDEFGHJKMNPQRSTVWXYZ")

    /// A link's token: 256 random bits, base64 for addresses.
    static func makeLinkToken() -> String {
        Base64.encodeForAddress(RandomIdentifier.bytes(32))
    }

    /// A recovery code: 80 random bits as sixteen letters and digits without those that look alike, in four groups.
    static func makeRecoveryCode() -> String {
        let characters = RandomIdentifier.bytes(16).map { alphabet[Int($0) % alphabet.count] }
        return stride(from: 0, to: 16, by: 4).map { String(characters[$0..<($0 + 4)]) }.joined(separator: "-")
    }

    static func hash(linkToken: String) -> String {
        Base64.encode(Array(SHA256.hash(data: Data("link \(linkToken)".utf8))))
    }

    /// - Parameter recoveryCode: as a person may type it: in small letters, with or without hyphens, O for 0, I or L for 1.
    static func hash(recoveryCode: String) -> String {
        var code = ""
        for character in recoveryCode.uppercased() {
            switch character {
            case "O": code.append("0")
            case "I", "L": code.append("1")
            case "-", " ": break
            default: code.append(character)
            }
        }
        return Base64.encode(Array(SHA256.hash(data: Data("recovery \(code)".utf8))))
    }
}
