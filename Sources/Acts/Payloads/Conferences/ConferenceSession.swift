/// Where an act of the room belongs: a conference, one of its bodies, and that body's meeting.
public struct ConferenceSession: Hashable, Sendable {
    public var conference: String
    public var body: String
    /// Within the body, from 1.
    public var meeting: Int64

    public init(conference: String, body: String, meeting: Int64) {
        self.conference = conference
        self.body = body
        self.meeting = meeting
    }

    /// The three members stand in the payload itself, beside its own.
    init(from reader: inout ObjectReader) throws(MalformedAct) {
        conference = try reader.string("conference")
        body = try reader.string("body")
        meeting = try reader.integer("meeting")
    }

    var json: JSONObject { ["conference": .string(conference), "body": .string(body), "meeting": .integer(meeting)] }
}

extension ObjectReader {
    mutating func moment(_ name: String) throws(MalformedAct) -> Moment {
        _ = try string(name)
        guard let moment = try optionalMoment(name) else { throw MalformedAct(place: "\(place).\(name)", reason: "is missing") }
        return moment
    }

    mutating func optionalMoment(_ name: String) throws(MalformedAct) -> Moment? {
        guard let text = try optionalString(name) else { return nil }
        guard let moment = Moment(text) else {
            throw MalformedAct(place: "\(place).\(name)", reason: "'\(text)' is not an instant; write YYYY-MM-DDThh:mm:ss.sssZ")
        }
        return moment
    }

    mutating func optionalActor(_ name: String) throws(MalformedAct) -> ActorCode? {
        guard let text = try optionalString(name) else { return nil }
        guard let code = ActorCode(rawValue: text) else {
            throw MalformedAct(place: "\(place).\(name)", reason: "'\(text)' is not of the form of an actor's code")
        }
        return code
    }
}
