/// One end of a sealed message: an office of a node.
public struct SealingParty: Hashable, Sendable, Comparable, CustomStringConvertible {
    public let node: NodeName
    /// The office's short name: lowercase letters, digits and hyphens.
    public let office: String

    public init(node: NodeName, office: String) {
        self.node = node
        self.office = office
    }

    /// Reads `NODE/OFFICE`; `nil` unless the node is a node's name and the office 1 to 64 lowercase letters, digits and hyphens.
    public init?(_ text: String) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 2, let node = NodeName(String(parts[0])), (1...64).contains(parts[1].utf8.count),
            parts[1].utf8.allSatisfy({ (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || $0 == 0x2D })
        else { return nil }
        self.init(node: node, office: String(parts[1]))
    }

    /// `mfa.example.org/cabinet`.
    public var description: String { "\(node)/\(office)" }

    public static func < (left: SealingParty, right: SealingParty) -> Bool { left.description < right.description }
}
