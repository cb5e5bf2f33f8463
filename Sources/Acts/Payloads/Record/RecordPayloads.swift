/// The first entry of every record: which node this is.
public struct RecordOpened: Payload, Hashable {
    public static let kind = ActKind(known: "record.opened")
    /// The log's origin (C2SP tlog-checkpoint): a name without scheme, such as `treaties.example.org/record`.
    public var origin: String
    /// The node's name for people, by language tag.
    public var name: [String: String]

    public init(origin: String, name: [String: String]) {
        self.origin = origin
        self.name = name
    }

    public init(json: JSON) throws(MalformedAct) {
        var reader = try ObjectReader(json, at: "payload")
        origin = try reader.string("origin")
        name = try reader.texts("name")
        try reader.finish()
    }

    public var json: JSON { ["origin": .string(origin), "name": JSON(texts: name)] }
}

/// The payload of an earlier entry was erased: its leaf and commitment stay, so that the log still verifies.
public struct PayloadErased: Payload, Hashable {
    public static let kind = ActKind(known: "record.payload-erased")
    /// The entry whose payload is gone.
    public var entry: Int64
    /// The ground: a law, a declassification rule, a court's order.
    public var ground: String

    public init(entry: Int64, ground: String) {
        self.entry = entry
        self.ground = ground
    }

    public init(json: JSON) throws(MalformedAct) {
        var reader = try ObjectReader(json, at: "payload")
        entry = try reader.integer("entry")
        ground = try reader.string("ground")
        try reader.finish()
    }

    public var json: JSON { ["entry": .integer(entry), "ground": .string(ground)] }
}

/// A remark entered in the record, for people to read.
public struct Remark: Payload, Hashable {
    public static let kind = ActKind(known: "record.remark")
    public var text: String

    public init(text: String) {
        self.text = text
    }

    public init(json: JSON) throws(MalformedAct) {
        var reader = try ObjectReader(json, at: "payload")
        text = try reader.string("text")
        try reader.finish()
    }

    public var json: JSON { ["text": .string(text)] }
}
