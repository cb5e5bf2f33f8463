/// A scheme, host and port (RFC 6454): `https://treaties.example.org`, `http://localhost:8080`.
public struct WebOrigin: Hashable, Sendable, LosslessStringConvertible {
    /// `http` or `https`.
    public let scheme: String
    /// Lowercase, without a port; an IPv6 address stands in brackets.
    public let host: String
    /// `nil`: the scheme's own.
    public let port: Int?

    /// `nil` unless it is a scheme, a host and perhaps a port, and no more.
    public init?(_ description: String) {
        let text = description.lowercased()
        guard let mark = text.firstRange(of: "://") else { return nil }
        scheme = String(text[..<mark.lowerBound])
        guard scheme == "http" || scheme == "https" else { return nil }
        var authority = text[mark.upperBound...]
        var number: Int?
        if let colon = authority.lastIndex(of: ":"), !authority[colon...].contains("]") {
            guard let value = Int(authority[authority.index(after: colon)...]), (1...65_535).contains(value) else { return nil }
            number = value
            authority = authority[..<colon]
        }
        guard !authority.isEmpty,
            authority.utf8.allSatisfy({
                (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || [0x2D, 0x2E, 0x3A, 0x5B, 0x5D].contains($0)
            })
        else { return nil }
        host = String(authority)
        port = number == (scheme == "https" ? 443 : 80) ? nil : number
    }

    public var description: String { "\(scheme)://\(authority)" }

    /// Host and port as they stand in a `Host` header.
    public var authority: String { port.map { "\(host):\($0)" } ?? host }

    public var isSecure: Bool { scheme == "https" }

    /// Whether it is this very machine, where browsers let plain HTTP pass as secure.
    public var isLoopback: Bool { host == "localhost" || host.hasSuffix(".localhost") || host == "127.0.0.1" || host == "[::1]" }
}
