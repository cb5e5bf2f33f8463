/// A State objects to a proposed correction (VCLT art. 79(2)(b)). The header's `effective` is the day the objection was received.
public struct TreatyCorrectionObjected: Payload, Hashable {
    public static let kind = ActKind(known: "treaty.correction-objected")
    /// The entry of the proposal.
    public var proposal: Int64
    public var treaty: String
    public var actor: ActorCode
    public var date: CalendarDate
    public var grounds: String?

    public init(proposal: Int64, treaty: String, actor: ActorCode, date: CalendarDate, grounds: String? = nil) {
        self.proposal = proposal
        self.treaty = treaty
        self.actor = actor
        self.date = date
        self.grounds = grounds
    }

    public init(json: JSON) throws(MalformedAct) {
        var reader = try ObjectReader(json, at: "payload")
        proposal = try reader.integer("proposal")
        treaty = try reader.string("treaty")
        actor = try reader.actor("actor")
        date = try reader.date("date")
        grounds = try reader.optionalString("grounds")
        try reader.finish()
    }

    public var json: JSON {
        var object: JSONObject = [
            "proposal": .integer(proposal), "treaty": .string(treaty), "actor": .string(actor.rawValue),
            "date": .string(date.description),
        ]
        object["grounds"] = grounds.map(JSON.string)
        return .object(object)
    }
}
