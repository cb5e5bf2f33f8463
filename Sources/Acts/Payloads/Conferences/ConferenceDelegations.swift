/// Who sits for a State or an organization at a conference. A later act on the same delegation replaces the earlier one.
public struct ConferenceDelegationRegistered: Payload, Hashable {
    public static let kind = ActKind(known: "conference.delegation-registered")

    public enum Standing: String, Hashable, Sendable, CaseIterable {
        /// Takes part in decisions.
        case participant
        /// Speaks last, moves nothing, votes nothing.
        case observer
    }

    public struct Member: Hashable, Sendable {
        public var name: String
        /// "Head of delegation", "Alternate", "Legal adviser".
        public var function: String
        /// The person of this node, for who signs in here.
        public var person: String?

        public init(name: String, function: String, person: String? = nil) {
            self.name = name
            self.function = function
            self.person = person
        }
    }

    public var conference: String
    public var actor: ActorCode
    public var standing: Standing
    /// The office of this node whose people act for the delegation.
    public var office: String?
    /// The head of the delegation first.
    public var members: [Member]

    /// Most members of one delegation.
    public static let mostMembers = 400

    public init(conference: String, actor: ActorCode, standing: Standing, office: String? = nil, members: [Member]) {
        self.conference = conference
        self.actor = actor
        self.standing = standing
        self.office = office
        self.members = members
    }

    public init(json: JSON) throws(MalformedAct) {
        var reader = try ObjectReader(json, at: "payload")
        conference = try reader.string("conference")
        actor = try reader.actor("actor")
        standing = try reader.choice("standing")
        office = try reader.optionalString("office")
        var members: [Member] = []
        for (place, value) in try reader.array("members").enumerated() {
            guard place < Self.mostMembers else {
                throw MalformedAct(place: "payload.members", reason: "has more than \(Self.mostMembers) members")
            }
            var member = try ObjectReader(value, at: "payload.members[\(place)]")
            members.append(
                Member(
                    name: try member.string("name"), function: try member.string("function"), person: try member.optionalString("person")))
            try member.finish()
        }
        self.members = members
        try reader.finish()
    }

    public var json: JSON {
        var object: JSONObject = [
            "conference": .string(conference), "actor": .string(actor.rawValue), "standing": .string(standing.rawValue),
            "members": .array(
                members.map { member in
                    var object: JSONObject = ["name": .string(member.name), "function": .string(member.function)]
                    object["person"] = member.person.map(JSON.string)
                    return .object(object)
                }),
        ]
        object["office"] = office.map(JSON.string)
        return .object(object)
    }
}

/// The credentials committee reported: whose credentials are in due form, and whose are still awaited (GA rules 27 and 28).
public struct ConferenceCredentialsReported: Payload, Hashable {
    public static let kind = ActKind(known: "conference.credentials-reported")
    public var conference: String
    /// The symbol of the report.
    public var document: String
    /// Credentials in due form, signed by the Head of State or Government or the Minister for Foreign Affairs.
    public var inOrder: [ActorCode]
    /// Provisional information only: a copy, a note of the mission.
    public var provisional: [ActorCode]
    /// Objected to in the committee, with what it recommends in the report.
    public var contested: [ActorCode]

    public init(conference: String, document: String, inOrder: [ActorCode], provisional: [ActorCode], contested: [ActorCode] = []) {
        self.conference = conference
        self.document = document
        self.inOrder = inOrder
        self.provisional = provisional
        self.contested = contested
    }

    public init(json: JSON) throws(MalformedAct) {
        var reader = try ObjectReader(json, at: "payload")
        conference = try reader.string("conference")
        document = try reader.string("document")
        inOrder = try reader.actors("inOrder")
        provisional = try reader.actors("provisional")
        contested = try reader.actors("contested")
        try reader.finish()
    }

    public var json: JSON {
        func codes(_ actors: [ActorCode]) -> JSON { .array(actors.map { .string($0.rawValue) }) }
        return [
            "conference": .string(conference), "document": .string(document), "inOrder": codes(inOrder),
            "provisional": codes(provisional), "contested": codes(contested),
        ]
    }
}
