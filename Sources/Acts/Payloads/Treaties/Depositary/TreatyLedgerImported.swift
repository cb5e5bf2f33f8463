/// Another depositary's list of participation, as it stood on a day: where a treaty has several depositaries, each keeps a ledger.
public struct TreatyLedgerImported: Payload, Hashable {
    public static let kind = ActKind(known: "treaty.ledger-imported")

    public struct Line: Hashable, Sendable {
        public var actor: ActorCode
        public var action: ParticipationKind
        public var date: CalendarDate

        public init(_ actor: ActorCode, _ action: ParticipationKind, on date: CalendarDate) {
            self.actor = actor
            self.action = action
            self.date = date
        }
    }

    public var treaty: String
    /// Whose ledger it is.
    public var depositary: ActorCode
    /// The day it stood so.
    public var asOf: CalendarDate
    public var lines: [Line]
    /// SHA-256 of the file it was read from, 32 bytes, kept as a blob.
    public var document: [UInt8]
    public var source: String?

    public init(
        treaty: String, depositary: ActorCode, asOf: CalendarDate, lines: [Line], document: [UInt8], source: String? = nil
    ) {
        self.treaty = treaty
        self.depositary = depositary
        self.asOf = asOf
        self.lines = lines
        self.document = document
        self.source = source
    }

    public init(json: JSON) throws(MalformedAct) {
        var reader = try ObjectReader(json, at: "payload")
        treaty = try reader.string("treaty")
        depositary = try reader.actor("depositary")
        asOf = try reader.date("asOf")
        var lines: [Line] = []
        for (index, value) in try reader.array("lines").enumerated() {
            var inner = try ObjectReader(value, at: "payload.lines[\(index)]")
            lines.append(Line(try inner.actor("actor"), try inner.word("action"), on: try inner.date("date")))
            try inner.finish()
        }
        self.lines = lines
        guard let digest = try reader.optionalDigest("document") else {
            throw MalformedAct(place: "payload.document", reason: "is missing")
        }
        document = digest
        source = try reader.optionalString("source")
        try reader.finish()
    }

    public var json: JSON {
        var object: JSONObject = [
            "treaty": .string(treaty), "depositary": .string(depositary.rawValue), "asOf": .string(asOf.description),
            "lines": .array(
                lines.map {
                    [
                        "actor": .string($0.actor.rawValue), "action": .string($0.action.rawValue),
                        "date": .string($0.date.description),
                    ]
                }),
            "document": .string(Base64.encode(document)),
        ]
        object["source"] = source.map(JSON.string)
        return .object(object)
    }
}
