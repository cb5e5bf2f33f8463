/// An act about to be entered: what a rule hands to the record. The record adds the place and the time.
public struct ActDraft: Hashable, Sendable {
    public var statement: ActStatement
    public var payload: SealedPayload
    public var signatures: [ActSignature]

    /// - Parameter payload: sealed beforehand where the person signed it or where many writers prepare acts at once.
    public init(
        kind: ActKind, payload: SealedPayload, dossier: String? = nil, office: String, author: String,
        effective: CalendarDate? = nil, marking: Marking = .public, references: [Reference] = [], request: String? = nil,
        signatures: [ActSignature] = []
    ) {
        statement = ActStatement(
            kind: kind, dossier: dossier, office: office, author: author, effective: effective, marking: marking,
            references: references, request: request, payloadCommitment: payload.commitment)
        self.payload = payload
        self.signatures = signatures
    }

    public init<Content: Payload>(
        _ payload: Content, dossier: String? = nil, office: String, author: String, effective: CalendarDate? = nil,
        marking: Marking = .public, references: [Reference] = [], request: String? = nil
    ) {
        self.init(
            kind: Content.kind, payload: SealedPayload(payload), dossier: dossier, office: office, author: author,
            effective: effective, marking: marking, references: references, request: request)
    }
}
