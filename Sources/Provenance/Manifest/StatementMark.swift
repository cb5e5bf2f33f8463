public import Acts

/// Which statement a file belongs to, as its manifest says: the assertion `org.chancery.statement`.
public struct StatementMark: Hashable, Sendable {
    /// The assertion's label (C2PA 2.2, 6.2: an entity's own labels are named by its domain).
    public static let label = "org.chancery.statement"

    /// The origin of the record that the statement was released in.
    public var node: String
    /// Where the statement is read, in the version that is meant.
    public var address: String
    /// Where anybody asks whether it is genuine.
    public var check: String
    /// The statement's code.
    public var code: String
    public var version: Int64
    /// The language of the rendering; `nil`: it is in none, a photograph for example.
    public var language: String?
    /// The entry of the release in the record, and the hash of its leaf.
    public var entry: Int64
    public var leaf: [UInt8]
    public var released: Moment
    /// SHA-256 of the file as it was before the manifest was put into it.
    public var file: [UInt8]
    /// The release's `.tlog-proof`, so that the file proves by itself that the release stands in the record.
    public var proof: String?

    public init(
        node: String, address: String, check: String, code: String, version: Int64, language: String?, entry: Int64, leaf: [UInt8],
        released: Moment, file: [UInt8] = [], proof: String?
    ) {
        self.node = node
        self.address = address
        self.check = check
        self.code = code
        self.version = version
        self.language = language
        self.entry = entry
        self.leaf = leaf
        self.released = released
        self.file = file
        self.proof = proof
    }

    var value: CBORValue {
        .object([
            ("node", .text(node)), ("address", .text(address)), ("check", .text(check)), ("code", .text(code)),
            ("version", .integer(Int(version))), ("language", language.map { .text($0) }), ("entry", .integer(Int(entry))),
            ("leaf", .bytes(leaf)), ("released", .text(released.description)), ("file", .bytes(file)), ("proof", proof.map { .text($0) }),
        ])
    }

    init?(_ value: CBORValue) {
        guard let node = value["node"]?.text, let address = value["address"]?.text, let check = value["check"]?.text,
            let code = value["code"]?.text, let version = value["version"]?.integer, let entry = value["entry"]?.integer,
            let leaf = value["leaf"]?.bytes, let released = value["released"]?.text.flatMap({ Moment($0) }),
            let file = value["file"]?.bytes, leaf.count == 32, file.count == 32
        else { return nil }
        self.init(
            node: node, address: address, check: check, code: code, version: Int64(version), language: value["language"]?.text,
            entry: Int64(entry), leaf: leaf, released: released, file: file, proof: value["proof"]?.text)
    }
}
