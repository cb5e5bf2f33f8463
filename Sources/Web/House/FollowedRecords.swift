public import Acts

/// A public act of a record that this node follows, as its desks read it.
public struct FollowedAct: Sendable {
    /// The node whose record it is in: `mfa.example.org`.
    public let node: String
    /// That node's name for people, by language tag.
    public let title: [String: String]
    /// The log's name.
    public let origin: String
    /// The act as it stands there; its index is the place in that record.
    public let entry: Entry
    /// The page of it at this node.
    public let address: String

    public init(node: String, title: [String: String], origin: String, entry: Entry, address: String) {
        self.node = node
        self.title = title
        self.origin = origin
        self.entry = entry
        self.address = address
    }

    /// The node's name in a language, or in English, or its authority.
    public func title(in language: Language) -> String { title[language.tag] ?? title["en"] ?? node }
}

/// A followed record that has acts of a dossier.
public struct FollowedHolder: Sendable {
    public let node: String
    /// That node's name for people, by language tag.
    public let title: [String: String]
    /// The page of these acts at this node.
    public let address: String

    public init(node: String, title: [String: String], address: String) {
        self.node = node
        self.title = title
        self.address = address
    }

    /// The node's name in a language, or in English, or its authority.
    public func title(in language: Language) -> String { title[language.tag] ?? title["en"] ?? node }
}

/// What this node knows of other nodes' records, for the desks: public acts, each proved against a checkpoint of its own log.
public protocol FollowedRecords: Sendable {
    /// Acts of a dossier in every followed record, oldest first in each.
    ///
    /// - Parameters:
    ///   - kinds: names and versions, such as `treaty.participation@1`; empty: every kind.
    ///   - limit: the most acts of one record.
    func acts(ofDossier dossier: String, kinds: Set<ActKind>, limit: Int) async throws -> [FollowedAct]

    /// The followed records that have acts of a dossier.
    func holders(ofDossier dossier: String) async throws -> [FollowedHolder]

    /// Counts up whenever something of another node's record came in.
    var version: Int64 { get }

    /// Acts of a kind in every followed record, oldest first in each.
    func acts(ofKind kind: ActKind, limit: Int) async throws -> [FollowedAct]
}
