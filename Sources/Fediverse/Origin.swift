import Acts

/// Who may speak for what (FEP-fe34): scheme, host and port of an identifier. Hosts compare without regard to case, ports count.
public struct Origin: Hashable, Sendable, CustomStringConvertible {
    public let scheme: String
    /// Host in small letters, with its port where one is written.
    public let authority: String

    public var description: String { "\(scheme)://\(authority)" }
    /// Without the port: what blocks name.
    public var host: String {
        guard let colon = authority.lastIndex(of: ":"), !authority.hasSuffix("]") else { return authority }
        return String(authority[..<colon])
    }

    /// `nil` unless the identifier is an address of the web, without a user's name, of at most 2,048 bytes.
    public init?(_ identifier: String) {
        guard identifier.utf8.count <= 2_048, identifier.unicodeScalars.allSatisfy({ $0.value > 0x20 && $0.value != 0x7F && $0 != "\\" })
        else { return nil }
        let lowered = identifier.lowercased()
        let rest: Substring
        if lowered.hasPrefix("https://") {
            (scheme, rest) = ("https", lowered.dropFirst(8))
        } else if lowered.hasPrefix("http://") {
            (scheme, rest) = ("http", lowered.dropFirst(7))
        } else {
            return nil
        }
        var authority = String(rest.prefix { $0 != "/" && $0 != "?" && $0 != "#" })
        guard !authority.isEmpty, !authority.contains("@") else { return nil }
        if authority.hasSuffix(scheme == "https" ? ":443" : ":80") { authority = String(authority.dropLast(scheme == "https" ? 4 : 3)) }
        self.authority = authority
    }

    public static func sameOrigin(_ left: String, _ right: String) -> Bool {
        guard let left = Origin(left), let right = Origin(right) else { return false }
        return left == right
    }
}
