/// A table of past participation was imported. The acts entered from it refer to this one; the table itself is a blob.
public struct TreatyPastImported: Payload, Hashable {
    public static let kind = ActKind(known: "treaty.past-imported")
    public var treaty: String
    /// SHA-256 of the table's bytes, 64 hexadecimal digits: the name of the blob.
    public var table: String
    /// The table's length in bytes.
    public var bytes: Int64
    /// What each column was taken for, by the names of docs/import.md.
    public var columns: [String]
    /// Where the rows come from that do not say so themselves, and how sure they are.
    public var source: String?
    public var confidence: String?
    /// How many rows the table has, how many of them gave acts, and how many were in the register already.
    public var rows: Int64
    public var accepted: Int64
    public var known: Int64
    /// The rows refused, with the code of the reason.
    public var refused: [Refused]

    public struct Refused: Hashable, Sendable {
        /// The line of the table.
        public var line: Int64
        public var code: String

        public init(line: Int64, code: String) {
            self.line = line
            self.code = code
        }
    }

    public init(
        treaty: String, table: String, bytes: Int64, columns: [String], source: String? = nil, confidence: String? = nil, rows: Int64,
        accepted: Int64, known: Int64, refused: [Refused]
    ) {
        self.treaty = treaty
        self.table = table
        self.bytes = bytes
        self.columns = columns
        self.source = source
        self.confidence = confidence
        self.rows = rows
        self.accepted = accepted
        self.known = known
        self.refused = refused
    }

    public init(json: JSON) throws(MalformedAct) {
        var reader = try ObjectReader(json, at: "payload")
        treaty = try reader.string("treaty")
        table = try reader.string("table")
        bytes = try reader.integer("bytes")
        columns = try reader.strings("columns")
        source = try reader.optionalString("source")
        confidence = try reader.optionalString("confidence")
        rows = try reader.integer("rows")
        accepted = try reader.integer("accepted")
        known = try reader.integer("known")
        refused = []
        for (index, value) in try reader.array("refused").enumerated() {
            var row = try ObjectReader(value, at: "payload.refused[\(index)]")
            refused.append(Refused(line: try row.integer("line"), code: try row.string("code")))
            try row.finish()
        }
        try reader.finish()
    }

    public var json: JSON {
        var object: JSONObject = [
            "treaty": .string(treaty), "table": .string(table), "bytes": .integer(bytes),
            "columns": .array(columns.map(JSON.string)), "rows": .integer(rows), "accepted": .integer(accepted), "known": .integer(known),
            "refused": .array(refused.map { ["line": .integer($0.line), "code": .string($0.code)] }),
        ]
        object["source"] = source.map(JSON.string)
        object["confidence"] = confidence.map(JSON.string)
        return .object(object)
    }
}
