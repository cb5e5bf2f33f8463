/// An error was found in an authenticated text and its correction is proposed to the States concerned (VCLT art. 79), or an error in a
/// certified copy is made known (VCLT art. 79(5)).
public struct TreatyCorrectionProposed: Payload, Hashable {
    public static let kind = ActKind(known: "treaty.correction-proposed")

    public enum Scope: String, Hashable, Sendable, CaseIterable {
        /// An error in the text itself (79(1) and (2)).
        case text
        /// A lack of concordance between authentic texts (79(3)).
        case concordance
        /// An error in a certified copy only (79(5)): a procès-verbal specifies it, and nobody need be asked.
        case certifiedCopy = "certified-copy"
    }

    /// One place of one language's text.
    public struct Change: Hashable, Sendable {
        /// A BCP 47 tag.
        public var language: String
        /// Such as "Article 12, paragraph 3".
        public var place: String
        public var reads: String
        public var shouldRead: String

        public init(language: String, place: String, reads: String, shouldRead: String) {
            self.language = language
            self.place = place
            self.reads = reads
            self.shouldRead = shouldRead
        }
    }

    public var treaty: String
    public var scope: Scope
    public var changes: [Change]
    /// Who pointed the error out; `nil`: the depositary itself.
    public var proposedBy: ActorCode?
    /// The last day for objections; `nil` for an error in a certified copy.
    public var objectionsUntil: CalendarDate?
    public var note: String?

    public init(
        treaty: String, scope: Scope, changes: [Change], proposedBy: ActorCode? = nil, objectionsUntil: CalendarDate? = nil,
        note: String? = nil
    ) {
        self.treaty = treaty
        self.scope = scope
        self.changes = changes
        self.proposedBy = proposedBy
        self.objectionsUntil = objectionsUntil
        self.note = note
    }

    public init(json: JSON) throws(MalformedAct) {
        var reader = try ObjectReader(json, at: "payload")
        treaty = try reader.string("treaty")
        scope = try reader.word("scope")
        var changes: [Change] = []
        for (index, value) in try reader.array("changes").enumerated() {
            var inner = try ObjectReader(value, at: "payload.changes[\(index)]")
            changes.append(
                Change(
                    language: try inner.string("language"), place: try inner.string("place"), reads: try inner.string("reads"),
                    shouldRead: try inner.string("shouldRead")))
            try inner.finish()
        }
        self.changes = changes
        proposedBy = reader.value("proposedBy") == nil ? nil : try reader.actor("proposedBy")
        objectionsUntil = try reader.optionalDate("objectionsUntil")
        note = try reader.optionalString("note")
        try reader.finish()
    }

    public var json: JSON {
        var object: JSONObject = [
            "treaty": .string(treaty), "scope": .string(scope.rawValue),
            "changes": .array(
                changes.map {
                    [
                        "language": .string($0.language), "place": .string($0.place), "reads": .string($0.reads),
                        "shouldRead": .string($0.shouldRead),
                    ]
                }),
        ]
        object["proposedBy"] = proposedBy.map { .string($0.rawValue) }
        object["objectionsUntil"] = objectionsUntil.map { .string($0.description) }
        object["note"] = note.map(JSON.string)
        return .object(object)
    }
}
