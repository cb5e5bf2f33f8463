public import Acts
public import GRDB
public import Ledger

/// An act of another node's record that may be entered here.
public struct ForeignAct: Sendable {
    /// As it stands in the other record, proved to stand there.
    public var entry: Entry
    /// That record's log.
    public var origin: String
    /// The State or organization for which the office acts that did it, by its node's document.
    public var actor: String?

    public init(entry: Entry, origin: String, actor: String?) {
        self.entry = entry
        self.origin = origin
        self.actor = actor
    }
}

/// What the operator says about federation.
public struct FederationSettings: Sendable {
    /// This node's own name.
    public var node: NodeName
    /// Where the node's own keys for federation lie; it may be outside the data folder.
    public var keysFolder: String
    /// The data folder, for the witness's own small store.
    public var dataFolder: String
    /// Whether nodes at private and loopback addresses, and without TLS, may be talked to: for tests, and for networks that are
    /// closed altogether.
    public var allowsPrivateAddresses: Bool
    /// Whose cosignatures make a checkpoint of this node witnessed (C2SP tlog-policy); `nil`: more than half of its peers'.
    public var policy: TrustPolicy?
    /// How often peers' documents are read anew and their views of other logs are compared.
    public var refresh: Duration

    /// Whose logs this node mirrors; `nil`: those of all its peers. Empty: none.
    public var mirrors: Set<NodeName>? = []
    /// Where the copies lie; `nil`: in `mirrors/` of the data folder, where the node is one process. Several processes that share a record
    /// mirror only where this names a folder that all of them have, on one machine.
    public var mirrorFolder: String?
    /// Whether acts may be entered after a start at which too few witnesses answered. What one of them proves counts all the same.
    public var acceptsUnwitnessedStart = false
    /// The public keys to which content for an office of this node is sealed, the newest first.
    public var sealingKeys: @Sendable (_ office: String) -> [[UInt8]] = { _ in [] }
    /// Which kinds of acts from other nodes a desk of this node reads.
    public var takes: @Sendable (ActKind) -> Bool = { _ in false }
    /// In which dossier of this node an act of another node is received, by its kind, so that open pages of that dossier hear of it.
    public var dossier: @Sendable (ActKind) -> String? = { _ in nil }

    /// Whose cosignatures the checkpoint of a followed record needs beside its own log's signature (C2SP tlog-policy); `nil`: nobody's.
    public var followPolicy: TrustPolicy?
    /// Which kinds of public acts of followed records this node enters in its own, with their proofs.
    public var takesFollowed: [ActKind] = []
    /// Whether an act of another node's record may be entered here: asked of the desk that knows its kind, which refuses by throwing a
    /// `Refusal`.
    public var examines: @Sendable (_ act: ForeignAct, _ views: Database, _ today: CalendarDate) throws -> Void = { _, _, _ in }

    public init(
        node: NodeName, keysFolder: String, dataFolder: String, allowsPrivateAddresses: Bool = false, policy: TrustPolicy? = nil,
        refresh: Duration = .seconds(600)
    ) {
        self.node = node
        self.keysFolder = keysFolder
        self.dataFolder = dataFolder
        self.allowsPrivateAddresses = allowsPrivateAddresses
        self.policy = policy
        self.refresh = refresh
    }
}
