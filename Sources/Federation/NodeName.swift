/// What another node is called everywhere: the authority its pages are reached at, such as `mfa.example.org` or `localhost:8082`.
///
/// It names the node in markings (`node:mfa.example.org` in an audience), in acts, and as `did:web`.
public struct NodeName: Hashable, Sendable, LosslessStringConvertible, Comparable {
    /// Host in lowercase, with `:PORT` where it is not the scheme's own.
    public let description: String

    /// `nil` unless it is a host name or address of at most 253 ASCII bytes with an optional port.
    public init?(_ text: String) {
        let text = text.lowercased()
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard (1...2).contains(parts.count), let host = parts.first, (1...253).contains(host.utf8.count),
            host.utf8.allSatisfy({ (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || $0 == 0x2E || $0 == 0x2D }),
            host.split(separator: ".", omittingEmptySubsequences: false).allSatisfy({
                (1...63).contains($0.utf8.count) && $0.first != "-" && $0.last != "-"
            })
        else { return nil }
        if parts.count == 2 {
            guard let port = UInt16(parts[1]), port > 0, String(port) == parts[1] else { return nil }
        }
        description = text
    }

    /// The host without the port.
    public var host: String { String(description.prefix { $0 != ":" }) }

    /// `did:web:mfa.example.org`, the port's colon percent-encoded (did:web method, 3.2).
    public var did: String { "did:web:" + description.replacing(":", with: "%3A") }

    /// How an audience names it.
    public var audienceMember: String { NodeName.audiencePrefix + description }

    /// How an audience names one of its offices.
    public func audienceMember(office: String) -> String { "\(audienceMember)/\(office)" }

    static let audiencePrefix = "node:"

    /// The node that a member of an audience names, whole or by one of its offices; `nil` for this node's offices and for groups.
    public init?(audienceMember text: String) {
        guard text.hasPrefix(NodeName.audiencePrefix) else { return nil }
        self.init(String(text.dropFirst(NodeName.audiencePrefix.count).prefix { $0 != "/" }))
    }

    /// The office that a member of an audience names after its node; `nil` where it names the node as a whole.
    public static func office(ofAudienceMember text: String) -> String? {
        guard text.hasPrefix(audiencePrefix), let slash = text.firstIndex(of: "/") else { return nil }
        return String(text[text.index(after: slash)...])
    }

    public static func < (left: NodeName, right: NodeName) -> Bool { left.description < right.description }
}
