/// A legal period ended, or an act took effect, because its day came. The node enters it once, by itself.
public struct TreatyDeadlinePassed: Payload, Hashable {
    public static let kind = ActKind(known: "treaty.deadline-passed")
    public var treaty: String
    /// The deadline's own name, the same whatever day it is moved to: `XXI-10/enters-into-force-for/417`.
    public var deadline: String
    /// What kind of deadline: `reservation-accepted`, `enters-into-force-for`, …
    public var period: String
    /// The last day of the period, or the day of effect.
    public var day: CalendarDate
    /// For whom it happened, or who could have acted; empty for all.
    public var actors: [ActorCode]
    /// What it belongs to: an entry of the record, or an amendment's name; `nil` for the treaty itself.
    public var subject: String?
    /// The rule it rests on.
    public var rule: String

    public init(treaty: String, deadline: String, period: String, day: CalendarDate, actors: [ActorCode], subject: String?, rule: String) {
        self.treaty = treaty
        self.deadline = deadline
        self.period = period
        self.day = day
        self.actors = actors
        self.subject = subject
        self.rule = rule
    }

    public init(json: JSON) throws(MalformedAct) {
        var reader = try ObjectReader(json, at: "payload")
        treaty = try reader.string("treaty")
        deadline = try reader.string("deadline")
        period = try reader.string("period")
        day = try reader.date("day")
        actors = []
        for text in try reader.strings("actors") {
            guard let actor = ActorCode(rawValue: text) else {
                throw MalformedAct(place: "payload.actors", reason: "'\(text)' is not an actor's code")
            }
            actors.append(actor)
        }
        subject = try reader.optionalString("subject")
        rule = try reader.string("rule")
        try reader.finish()
    }

    public var json: JSON {
        var object: JSONObject = [
            "treaty": .string(treaty), "deadline": .string(deadline), "period": .string(period), "day": .string(day.description),
            "actors": .array(actors.map { .string($0.rawValue) }), "rule": .string(rule),
        ]
        object["subject"] = subject.map(JSON.string)
        return .object(object)
    }
}
