public import GRDB

/// An office that can be written to, with the keys that messages to it are sealed to.
public struct Addressee: Hashable, Sendable {
    public let node: NodeName
    /// By language tag.
    public let nodeTitle: [String: String]
    public let office: String
    /// By language tag.
    public let officeName: [String: String]
    /// Newest first; empty where the node has published none.
    public let keys: [SealingPublicKey]

    public init(
        node: NodeName, nodeTitle: [String: String], office: String, officeName: [String: String], keys: [SealingPublicKey]
    ) {
        self.node = node
        self.nodeTitle = nodeTitle
        self.office = office
        self.officeName = officeName
        self.keys = keys
    }

    public var party: SealingParty { SealingParty(node: node, office: office) }
}

/// Knows who can be written to on other nodes.
public protocol AddressBook: Sendable {
    /// Offices of the nodes this one has accepted as its peers.
    func addressees(in database: Database) throws -> [Addressee]
}

/// An address book without other nodes.
public struct EmptyAddressBook: AddressBook {
    public init() {}
    public func addressees(in database: Database) throws -> [Addressee] { [] }
}
