import Acts
import Federation
import Synchronization

/// An act of another node as it stands inside the act of its reception, verified by then: leaf, payload and salt.
struct ExchangedAct: Sendable {
    /// What this desk reads of other nodes' records.
    static let kinds: Set<ActKind> = [
        NoteSent.kind, NoteAcknowledged.kind, NoteForwarded.kind, HotlineCalled.kind, HotlineAcknowledged.kind, HotlineEnded.kind,
    ]

    static let received = "exchange.received"
    static let delivered = "exchange.delivered"
    static let refused = "exchange.refused"

    let node: NodeName
    /// The origin of the record it is in.
    let origin: String
    /// Its entry there.
    let index: Int64
    let header: EntryHeader
    let payload: JSON

    /// `nil` for entries that are none, and where the payload does not keep what its leaf promises.
    init?(_ entry: Entry) {
        guard entry.kind.name == Self.received, case .present(let sealed) = entry.content else { return nil }
        let commitment = entry.statement.payloadCommitment
        if let last = Self.last.withLock({ $0 }), last.commitment == commitment {
            self = last.act
            return
        }
        guard let json = try? sealed.json() else { return nil }
        self.init(json: json)
        let act = self
        Self.last.withLock { $0 = (commitment, act) }
    }

    /// What was read last: the desk's views read the same entry one after the other.
    private static let last = Mutex<(commitment: [UInt8], act: ExchangedAct)?>(nil)

    init?(json: JSON) {
        guard let node = json["node"]?.string.flatMap({ NodeName($0) }), let origin = json["origin"]?.string,
            let index = json["index"]?.integer, let leaf = json["leaf"]?.string.flatMap(Base64.decode),
            let payload = json["payload"]?.string.flatMap(Base64.decode), let salt = json["salt"]?.string.flatMap(Base64.decode),
            let header = try? EntryHeader(leaf: leaf), let content = try? JSONParser.parse(payload),
            SealedPayload.commitment(salt: salt, bytes: payload) == header.statement.payloadCommitment
        else { return nil }
        self.node = node
        self.origin = origin
        self.index = index
        self.header = header
        self.payload = content
    }
}
