public import Acts
public import Ledger

/// What is signed when a redactable document is issued.
public struct RedactionCommitment: Hashable, Sendable {
    public static let format = "chancery-redactable/1"

    /// The document's identifier on its node.
    public let document: String
    /// Every issue has its own salts, and so its own root.
    public let issue: Int
    public let issued: CalendarDate
    /// Leaves of the tree, decoys included.
    public let size: Int
    public let root: Hash

    public init(document: String, issue: Int, issued: CalendarDate, size: Int, root: Hash) {
        self.document = document
        self.issue = issue
        self.issued = issued
        self.size = size
        self.root = root
    }

    /// The commitment to a document.
    public init(to document: RedactableDocument, identifier: String, issue: Int, on day: CalendarDate) {
        self.init(
            document: identifier, issue: issue, issued: day, size: document.leaves.count + document.decoys.count, root: document.root)
    }

    public var json: JSON {
        [
            "format": .string(Self.format), "document": .string(document), "issue": .integer(Int64(issue)),
            "issued": .string(issued.description), "size": .integer(Int64(size)), "root": .string(root.base64),
        ]
    }

    public init(json: JSON, at place: String = "commitment") throws(MalformedAct) {
        var reader = try ObjectReader(json, at: place)
        guard try reader.string("format") == Self.format else {
            throw MalformedAct(place: "\(place).format", reason: "must be \(Self.format)")
        }
        document = try reader.string("document")
        issue = Int(try reader.integer("issue"))
        issued = try reader.date("issued")
        size = Int(try reader.integer("size"))
        guard let root = Hash(base64: try reader.string("root")) else {
            throw MalformedAct(place: "\(place).root", reason: "must be a hash in base64")
        }
        self.root = root
        try reader.finish()
    }

    /// What is signed: the canonical JSON (RFC 8785), which begins with no other format's bytes since it names its own.
    public var message: [UInt8] { json.canonicalBytes }
}
