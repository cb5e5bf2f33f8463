import Acts
import Federation

/// An act of another node as it stands inside the act of its reception, verified by then.
struct ReceivedJointAct: Sendable {
    /// What this desk reads of other nodes' records.
    static let kinds: Set<ActKind> = [JointProposed.kind, JointChangeProposed.kind, JointSigned.kind, JointStopped.kind]

    let node: NodeName
    /// Where it stands in the other record.
    let place: NoteReference
    let header: EntryHeader
    let payload: JSON

    /// `nil` for entries that are none, and where the payload does not keep what its leaf promises.
    init?(_ entry: Entry) {
        guard entry.kind.name == "exchange.received", case .present(let sealed) = entry.content, let json = try? sealed.json(),
            let node = json["node"]?.string.flatMap({ NodeName($0) }), let origin = json["origin"]?.string,
            let index = json["index"]?.integer, let leaf = json["leaf"]?.string.flatMap(Base64.decode),
            let bytes = json["payload"]?.string.flatMap(Base64.decode), let salt = json["salt"]?.string.flatMap(Base64.decode),
            let header = try? EntryHeader(leaf: leaf), Self.kinds.contains(header.statement.kind),
            let payload = try? JSONParser.parse(bytes),
            SealedPayload.commitment(salt: salt, bytes: bytes) == header.statement.payloadCommitment
        else { return nil }
        self.node = node
        place = NoteReference(origin: origin, index: index)
        self.header = header
        self.payload = payload
    }
}
