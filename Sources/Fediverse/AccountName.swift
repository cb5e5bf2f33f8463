/// An account as people write it: `@name@host`, or `name@host`.
public struct AccountName: Hashable, Sendable {
    /// As the account's own server has it; case is kept.
    public let name: String
    /// The server's authority in lower case, with its port where there is one.
    public let host: String

    /// `nil` where there is not one name at one host: a name of up to 200 visible characters of ASCII, without those that part an address.
    public init?(_ text: String) {
        let parts = text.split(separator: "@").map(String.init)
        guard parts.count == 2, (1...200).contains(parts[0].utf8.count),
            parts[0].unicodeScalars.allSatisfy({ $0.value > 0x20 && $0.value < 0x7F && !"&#?/%\"<>\\".unicodeScalars.contains($0) }),
            let origin = Origin("https://\(parts[1])"), origin.authority == parts[1].lowercased()
        else { return nil }
        name = parts[0]
        host = origin.authority
    }

    /// What WebFinger is asked for (RFC 7565): `acct:name@host`.
    public var resource: String { "acct:\(name)@\(host)" }
}
