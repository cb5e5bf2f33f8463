import Acts
import Record

/// Of a leaf what the list of followed acts is searched by.
struct FollowedLeaf: Hashable, Sendable {
    let kind: String
    let dossier: String?
    let received: Moment
    /// Whether it is marked public, as opposed to restricted, released or not.
    let isPublic: Bool
    /// SHA-256 of salt and payload, 32 bytes.
    let commitment: [UInt8]

    /// `nil` for a leaf that no reader of docs/protocol.md, section 1, could read.
    init?(_ leaf: [UInt8]) {
        if let quick = leaf.withUnsafeBytes({ Self.scan($0) }) {
            self = quick
            return
        }
        guard let header = try? EntryHeader(leaf: leaf) else { return nil }
        self.init(
            kind: header.statement.kind.description, dossier: header.statement.dossier, received: header.received,
            isPublic: header.statement.marking == .public, commitment: header.statement.payloadCommitment)
    }

    private init(kind: String, dossier: String?, received: Moment, isPublic: Bool, commitment: [UInt8]) {
        self.kind = kind
        self.dossier = dossier
        self.received = received
        self.isPublic = isPublic
        self.commitment = commitment
    }

    /// Reads the members of a leaf where they stand, without building the whole: most of the cost of following is here. Whatever is
    /// not as this program writes it gives `nil`, and is read in full.
    private static func scan(_ bytes: UnsafeRawBufferPointer) -> FollowedLeaf? {
        guard var leaf = LeafCursor(bytes) else { return nil }
        var kind: String?
        var dossier: String?
        var received: Moment?
        var isPublic = false
        var commitment: [UInt8]?
        while true {
            guard let name = leaf.string(), leaf.take(UInt8(ascii: ":")) else { return nil }
            switch name.count {
            case 4 where name.elementsEqual("kind".utf8):
                guard let text = plainText(&leaf) else { return nil }
                kind = text
            case 7 where name.elementsEqual("dossier".utf8):
                guard let text = plainText(&leaf) else { return nil }
                dossier = text
            case 7 where name.elementsEqual("marking".utf8):
                if leaf.next == UInt8(ascii: "\"") {
                    guard let value = leaf.string(), value.elementsEqual("public".utf8) else { return nil }
                    isPublic = true
                } else if !leaf.skipValue() {
                    return nil
                }
            case 7 where name.elementsEqual("payload".utf8):
                guard let text = plainText(&leaf), let value = Acts.Base64.decode(text), value.count == 32 else { return nil }
                commitment = value
            case 8 where name.elementsEqual("received".utf8):
                guard let text = plainText(&leaf), let moment = Moment(text) else { return nil }
                received = moment
            default:
                guard leaf.skipValue() else { return nil }
            }
            if leaf.take(UInt8(ascii: "}")) { break }
            guard leaf.take(UInt8(ascii: ",")) else { return nil }
        }
        guard leaf.next == nil, let kind, let received, let commitment else { return nil }
        return FollowedLeaf(kind: kind, dossier: dossier, received: received, isPublic: isPublic, commitment: commitment)
    }

    /// A string without escapes.
    private static func plainText(_ leaf: inout LeafCursor) -> String? {
        guard let value = leaf.string(), !value.contains(UInt8(ascii: "\\")) else { return nil }
        return String(validating: value, as: UTF8.self)
    }
}
