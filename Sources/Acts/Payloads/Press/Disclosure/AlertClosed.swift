/// An alert is over: what was measured of the answer to it, each moment with the entry that proves it. Public or for the office alone,
/// as its marking has it.
public struct AlertClosed: Payload, Hashable {
    public static let kind = ActKind(known: "press.alert-closed")

    /// A step of the answer.
    public struct Point: Hashable, Sendable {
        /// `event`, `alert`, `draft`, `approved`, `published`, `delivered`.
        public var step: String
        public var at: Moment
        /// The act whose time it is; `nil`: it was told, such as when the event happened.
        public var entry: Int64?

        public init(step: String, at: Moment, entry: Int64?) {
            self.step = step
            self.at = at
            self.entry = entry
        }
    }

    public var alert: String
    /// What it was about, in words that everybody may read who may read the act; `nil`: it does not say.
    public var title: String?
    /// The statement that answered it, if one did.
    public var statement: String?
    /// In the order of the steps.
    public var points: [Point]

    public init(alert: String, title: String?, statement: String?, points: [Point]) {
        self.alert = alert
        self.title = title
        self.statement = statement
        self.points = points
    }

    public init(json: JSON) throws(MalformedAct) {
        var reader = try ObjectReader(json, at: "payload")
        alert = try reader.string("alert")
        title = try reader.optionalString("title")
        statement = try reader.optionalString("statement")
        points = []
        for (place, value) in try reader.array("points").enumerated() {
            var one = try ObjectReader(value, at: "payload.points[\(place)]")
            let step = try one.string("step")
            guard let at = Moment(try one.string("at")) else {
                throw MalformedAct(place: "payload.points[\(place)].at", reason: "should be a moment of RFC 3339")
            }
            points.append(Point(step: step, at: at, entry: try one.optionalInteger("entry")))
            try one.finish()
        }
        try reader.finish()
    }

    public var json: JSON {
        var object: JSONObject = [
            "alert": .string(alert),
            "points": .array(
                points.map { point in
                    var one: JSONObject = ["step": .string(point.step), "at": .string(point.at.description)]
                    one["entry"] = point.entry.map(JSON.integer)
                    return .object(one)
                }),
        ]
        object["title"] = title.map(JSON.string)
        object["statement"] = statement.map(JSON.string)
        return .object(object)
    }
}
