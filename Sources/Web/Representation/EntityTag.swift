import Crypto
import Foundation

/// Entity tags (RFC 9110, 8.8.3): strong, from the bytes themselves.
enum EntityTag {
    static func of(_ bytes: some DataProtocol) -> String {
        "\"\(hexadecimal(SHA256.hash(data: bytes), bytes: 12))\""
    }

    static func hexadecimal(_ digest: SHA256.Digest, bytes: Int) -> String {
        digest.prefix(bytes).map { byte in
            let text = String(byte, radix: 16)
            return byte < 16 ? "0\(text)" : text
        }.joined()
    }

    /// Whether an `If-None-Match` header names the tag (RFC 9110, 13.1.2; weak comparison).
    static func matches(_ header: String?, _ tag: String) -> Bool {
        guard let header else { return false }
        if header.trimmingSpace() == "*" { return true }
        return header.split(separator: ",").contains { part in
            let candidate = part.trimmingSpace()
            return candidate == tag || candidate == "W/\(tag)"
        }
    }
}
