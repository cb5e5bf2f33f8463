public import GRDB
public import Ledger

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

    /// The record of a node that is or was a peer, and the keys that its checkpoints are checked with; `nil`: this node does not know it.
    func log(of node: NodeName, in database: Database) throws -> KnownLog?
}

/// Another node's record, as this node has accepted it.
public struct KnownLog: Sendable {
    public let origin: String
    public let verifiers: [any NoteVerifier]

    public init(origin: String, verifiers: [any NoteVerifier]) {
        self.origin = origin
        self.verifiers = verifiers
    }
}

/// An address book without other nodes.
public struct EmptyAddressBook: AddressBook {
    public init() {}
    public func addressees(in database: Database) throws -> [Addressee] { [] }
    public func log(of node: NodeName, in database: Database) throws -> KnownLog? { nil }
}
