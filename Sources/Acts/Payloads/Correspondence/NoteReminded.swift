/// The day for the answer to a note is near or has passed, and no answer has come. Each node reminds its own offices.
public struct NoteReminded: Payload, Hashable {
    /// How near the day was.
    public enum Stage: String, Hashable, Sendable, CaseIterable {
        /// Within the three days before it.
        case soon
        case passed
    }

    public static let kind = ActKind(known: "note.reminded")
    /// The entry of the note in this record.
    public var entry: Int64
    /// The day for the answer.
    public var deadline: CalendarDate
    public var stage: Stage

    public init(entry: Int64, deadline: CalendarDate, stage: Stage) {
        self.entry = entry
        self.deadline = deadline
        self.stage = stage
    }

    public init(json: JSON) throws(MalformedAct) {
        var reader = try ObjectReader(json, at: "payload")
        entry = try reader.integer("entry")
        deadline = try reader.date("deadline")
        stage = try reader.choice("stage")
        try reader.finish()
    }

    public var json: JSON {
        ["entry": .integer(entry), "deadline": .string(deadline.description), "stage": .string(stage.rawValue)]
    }
}
