/// A State or organization issued credentials to its delegation: who represents it at a conference (VCLT art. 7(2)(c); rules of
/// procedure of the General Assembly, rule 27). Issued on its own node, they are taken at the conference's node from its record.
public struct ConferenceCredentialsIssued: Payload, Hashable {
    public static let kind = ActKind(known: "conference.credentials-issued")

    /// Which office issued them.
    public enum Issuer: String, Hashable, Sendable, CaseIterable {
        case headOfState
        case headOfGovernment
        case foreignMinister
        /// The competent organ of an international organization (VCLT 1986 art. 7(3)).
        case organizationOrgan
    }

    public struct Member: Hashable, Sendable {
        public var name: String
        /// "Head of delegation", "Alternate", "Legal adviser".
        public var function: String

        public init(name: String, function: String) {
            self.name = name
            self.function = function
        }
    }

    /// Most members of one delegation.
    public static let mostMembers = 400

    public var actor: ActorCode
    /// The conference's symbol, as its secretariat writes it: `A/CONF.1`.
    public var conference: String
    /// The head of the delegation first.
    public var members: [Member]
    public var issuer: Issuer
    /// The issuing person, as the document is signed.
    public var issuedBy: String
    public var issuedOn: CalendarDate

    public init(
        actor: ActorCode, conference: String, members: [Member], issuer: Issuer, issuedBy: String, issuedOn: CalendarDate
    ) {
        self.actor = actor
        self.conference = conference
        self.members = members
        self.issuer = issuer
        self.issuedBy = issuedBy
        self.issuedOn = issuedOn
    }

    public init(json: JSON) throws(MalformedAct) {
        var reader = try ObjectReader(json, at: "payload")
        actor = try reader.actor("actor")
        conference = try reader.string("conference")
        let list = try reader.array("members")
        guard (1...Self.mostMembers).contains(list.count) else {
            throw MalformedAct(place: "payload.members", reason: "should name 1 to \(Self.mostMembers) persons")
        }
        var members: [Member] = []
        for (place, value) in list.enumerated() {
            var member = try ObjectReader(value, at: "payload.members[\(place)]")
            members.append(Member(name: try member.string("name"), function: try member.string("function")))
            try member.finish()
        }
        self.members = members
        issuer = try reader.word("issuer")
        issuedBy = try reader.string("issuedBy")
        issuedOn = try reader.date("issuedOn")
        try reader.finish()
    }

    public var json: JSON {
        [
            "actor": .string(actor.rawValue), "conference": .string(conference),
            "members": .array(members.map { ["name": .string($0.name), "function": .string($0.function)] }),
            "issuer": .string(issuer.rawValue), "issuedBy": .string(issuedBy), "issuedOn": .string(issuedOn.description),
        ]
    }
}
