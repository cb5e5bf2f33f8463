/// An entry of the record, as views and pages read it.
public struct Entry: Hashable, Sendable {
    /// What is left of an entry's payload.
    public enum Content: Hashable, Sendable {
        case present(SealedPayload)
        /// It was erased by a later entry; the leaf and its commitment stay.
        case erased
    }

    /// Its place in the record, from 0.
    public let index: Int64
    /// The bytes that were hashed: the header in canonical JSON.
    public let leaf: [UInt8]
    public let header: EntryHeader
    public let content: Content

    public init(index: Int64, leaf: [UInt8], header: EntryHeader, content: Content) {
        self.index = index
        self.leaf = leaf
        self.header = header
        self.content = content
    }

    public var kind: ActKind { header.statement.kind }
    public var statement: ActStatement { header.statement }

    /// The payload read as a kind's value; `nil` where it was erased.
    public func payload<Content: Payload>(as type: Content.Type = Content.self) throws(MalformedAct) -> Content? {
        guard case .present(let sealed) = content else { return nil }
        return try Content(json: try sealed.json())
    }
}
