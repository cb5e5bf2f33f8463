/// An entry of the record, as views and pages read it.
public struct Entry: Hashable, Sendable {
    /// What is left of an entry's payload.
    public enum Content: Hashable, Sendable {
        case present(SealedPayload)
        /// It was erased by a later entry; the leaf and its commitment stay.
        case erased
    }

    // Entries are handed from view to view and from task to task; so that a copy costs one reference, not a dozen.
    private final class Storage: Sendable {
        let index: Int64
        let leaf: [UInt8]
        let header: EntryHeader
        let content: Content

        init(index: Int64, leaf: [UInt8], header: EntryHeader, content: Content) {
            self.index = index
            self.leaf = leaf
            self.header = header
            self.content = content
        }
    }

    private let storage: Storage

    /// Its place in the record, from 0.
    public var index: Int64 { storage.index }
    /// The bytes that were hashed: the header in canonical JSON.
    public var leaf: [UInt8] { storage.leaf }
    public var header: EntryHeader { storage.header }
    public var content: Content { storage.content }

    public init(index: Int64, leaf: [UInt8], header: EntryHeader, content: Content) {
        storage = Storage(index: index, leaf: leaf, header: header, content: content)
    }

    public static func == (left: Entry, right: Entry) -> Bool {
        left.storage === right.storage
            || (left.index == right.index && left.leaf == right.leaf && left.header == right.header && left.content == right.content)
    }

    public func hash(into hasher: inout Hasher) {
        hasher.combine(index)
        hasher.combine(leaf)
    }

    public var kind: ActKind { header.statement.kind }
    public var statement: ActStatement { header.statement }

    /// The payload read as a kind's value; `nil` where it was erased.
    public func payload<Content: Payload>(as type: Content.Type = Content.self) throws(MalformedAct) -> Content? {
        guard case .present(let sealed) = content else { return nil }
        return try Content(json: try sealed.json())
    }
}
