/// A body of a conference came into being, or its name changed.
public struct ConferenceBodyEstablished: Payload, Hashable {
    public static let kind = ActKind(known: "conference.body-established")

    /// How formal a body is. What is formal decides; what is not prepares.
    public enum Form: String, Hashable, Sendable, CaseIterable {
        case plenary
        case committee
        /// The credentials committee, which examines and reports (GA rules 27 to 29).
        case credentialsCommittee = "credentials-committee"
        /// The drafting committee, which brings the languages into line.
        case draftingCommittee = "drafting-committee"
        case contactGroup = "contact-group"
        case informalConsultations = "informal-consultations"
        case informalInformals = "informal-informals"

        /// Whether the body takes decisions under the rules of procedure.
        public var decides: Bool {
            switch self {
            case .plenary, .committee, .credentialsCommittee, .draftingCommittee: true
            case .contactGroup, .informalConsultations, .informalInformals: false
            }
        }
    }

    public var conference: String
    /// Its name in addresses: lowercase letters, digits and hyphens.
    public var body: String
    public var form: Form
    /// By language tag.
    public var name: [String: String]
    /// What its documents' symbols have after the conference's: `C.1`. `nil` for those of the conference itself.
    public var symbol: String?
    /// The body that established it.
    public var parent: String?
    /// Its members; empty: every delegation.
    public var members: [ActorCode]

    public init(
        conference: String, body: String, form: Form, name: [String: String], symbol: String? = nil, parent: String? = nil,
        members: [ActorCode] = []
    ) {
        self.conference = conference
        self.body = body
        self.form = form
        self.name = name
        self.symbol = symbol
        self.parent = parent
        self.members = members
    }

    public init(json: JSON) throws(MalformedAct) {
        var reader = try ObjectReader(json, at: "payload")
        conference = try reader.string("conference")
        body = try reader.string("body")
        form = try reader.choice("form")
        name = try reader.texts("name")
        symbol = try reader.optionalString("symbol")
        parent = try reader.optionalString("parent")
        members = try reader.actors("members")
        try reader.finish()
    }

    public var json: JSON {
        var object: JSONObject = [
            "conference": .string(conference), "body": .string(body), "form": .string(form.rawValue), "name": JSON(texts: name),
            "members": .array(members.map { .string($0.rawValue) }),
        ]
        object["symbol"] = symbol.map(JSON.string)
        object["parent"] = parent.map(JSON.string)
        return .object(object)
    }
}

/// A body has an officer: its chair, a vice-chair, its rapporteur. Without a person the function is vacant.
public struct ConferenceOfficerElected: Payload, Hashable {
    public static let kind = ActKind(known: "conference.officer-elected")

    public enum Function: String, Hashable, Sendable, CaseIterable {
        /// President of the plenary, chair of any other body: presides, rules, and applies what was agreed.
        case chair
        case viceChair = "vice-chair"
        case rapporteur
        /// Who facilitates a text that is being negotiated.
        case facilitator
    }

    public var conference: String
    public var body: String
    public var function: Function
    /// As the officer is shown. Empty: the function is vacant.
    public var name: String
    /// The delegation the officer comes from.
    public var actor: ActorCode?
    /// The person of this node who acts for the officer.
    public var person: String?

    public init(conference: String, body: String, function: Function, name: String, actor: ActorCode? = nil, person: String? = nil) {
        self.conference = conference
        self.body = body
        self.function = function
        self.name = name
        self.actor = actor
        self.person = person
    }

    public init(json: JSON) throws(MalformedAct) {
        var reader = try ObjectReader(json, at: "payload")
        conference = try reader.string("conference")
        body = try reader.string("body")
        function = try reader.choice("function")
        name = try reader.string("name")
        actor = reader.value("actor") == nil ? nil : try reader.actor("actor")
        person = try reader.optionalString("person")
        try reader.finish()
    }

    public var json: JSON {
        var object: JSONObject = [
            "conference": .string(conference), "body": .string(body), "function": .string(function.rawValue), "name": .string(name),
        ]
        object["actor"] = actor.map { .string($0.rawValue) }
        object["person"] = person.map(JSON.string)
        return .object(object)
    }
}

/// A group of delegations, which sponsors and speaks but never votes.
public struct ConferenceGroupFormed: Payload, Hashable {
    public static let kind = ActKind(known: "conference.group-formed")
    public var conference: String
    /// Its name in addresses and attributions: lowercase letters, digits and hyphens.
    public var group: String
    /// By language tag.
    public var name: [String: String]
    public var members: [ActorCode]
    /// Who speaks for it now.
    public var speaker: ActorCode?

    public init(conference: String, group: String, name: [String: String], members: [ActorCode], speaker: ActorCode? = nil) {
        self.conference = conference
        self.group = group
        self.name = name
        self.members = members
        self.speaker = speaker
    }

    public init(json: JSON) throws(MalformedAct) {
        var reader = try ObjectReader(json, at: "payload")
        conference = try reader.string("conference")
        group = try reader.string("group")
        name = try reader.texts("name")
        members = try reader.actors("members")
        speaker = reader.value("speaker") == nil ? nil : try reader.actor("speaker")
        try reader.finish()
    }

    public var json: JSON {
        var object: JSONObject = [
            "conference": .string(conference), "group": .string(group), "name": JSON(texts: name),
            "members": .array(members.map { .string($0.rawValue) }),
        ]
        object["speaker"] = speaker.map { .string($0.rawValue) }
        return .object(object)
    }
}
