import Acts
import Crypto

/// The digest of a body, as a header field (RFC 9530): `sha-256=:…:`.
public enum ContentDigest {
    public static func field(of body: [UInt8]) -> String { "sha-256=:\(Base64.encode(SHA256.hash(data: body))):" }

    /// Whether the field holds a SHA-256 and it is the body's. Other algorithms beside it are passed over (RFC 9530, 2).
    public static func matches(_ field: String, _ body: [UInt8]) -> Bool {
        guard field.utf8.count <= 1_024 else { return false }
        let wanted = ContentDigest.field(of: body)
        let members = field.split(separator: ",").map { $0.drop { $0 == " " } }.filter { $0.hasPrefix("sha-256=") }
        guard let member = members.first, members.count == 1 else { return false }
        return member == wanted[...]
    }
}
