/// An office came into being, or its name changed: a depositary section, a permanent mission, a press office.
public struct OfficeEstablished: Payload, Hashable {
    public static let kind = ActKind(known: "office.established")
    /// Lowercase letters, digits and hyphens: `depositary`.
    public var office: String
    /// By language tag.
    public var name: [String: String]
    /// The State or organization it acts for; `nil` for the secretariat's own.
    public var actor: ActorCode?

    public init(office: String, name: [String: String], actor: ActorCode? = nil) {
        self.office = office
        self.name = name
        self.actor = actor
    }

    public init(json: JSON) throws(MalformedAct) {
        var reader = try ObjectReader(json, at: "payload")
        office = try reader.string("office")
        name = try reader.texts("name")
        actor = reader.value("actor") == nil ? nil : try reader.actor("actor")
        try reader.finish()
    }

    public var json: JSON {
        var object: JSONObject = ["office": .string(office), "name": JSON(texts: name)]
        object["actor"] = actor.map { .string($0.rawValue) }
        return .object(object)
    }
}

/// What a person may do for an office.
public enum Role: String, Hashable, Sendable, CaseIterable {
    /// Enters acts of the depositary: opens treaties, records signatures and instruments, corrects, confirms.
    case depositaryOfficer = "depositary-officer"
    /// Invites people and gives and withdraws roles.
    case administrator
    /// Drafts the office's notes, acknowledges and hands on what comes, and calls on the hotline.
    case correspondent
    /// Approves and sends the notes that others of the office drafted.
    case approver
    /// Serves a conference: convenes it, registers delegations, issues documents, opens meetings for whoever presides.
    case conferenceOfficer = "conference-officer"
    /// Speaks, moves, proposes and votes at conferences for the office's State or organization.
    case delegate
    /// Instructs the office's delegates from capital: writes positions and reads the delegation's papers, and does not act in the room.
    case capital
    /// Drafts the office's statements to the public; what others drafted is released by a person with the role of approver.
    case pressOfficer = "press-officer"
    /// Reads what is marked for the office.
    case reader
}

/// A person was entered, with the roles held in an office. A later act on the same person and office replaces the roles.
public struct PersonAppointed: Payload, Hashable {
    public static let kind = ActKind(known: "office.person-appointed")
    /// A stable identifier without meaning: 16 random bytes, base64 for addresses.
    public var person: String
    /// As the person is shown.
    public var name: String
    public var office: String
    /// Empty: the appointment ends.
    public var roles: [Role]

    public init(person: String, name: String, office: String, roles: [Role]) {
        self.person = person
        self.name = name
        self.office = office
        self.roles = roles
    }

    public init(json: JSON) throws(MalformedAct) {
        var reader = try ObjectReader(json, at: "payload")
        person = try reader.string("person")
        name = try reader.string("name")
        office = try reader.string("office")
        var roles: [Role] = []
        for text in try reader.strings("roles") {
            guard let role = Role(rawValue: text) else {
                throw MalformedAct(place: "payload.roles", reason: "'\(text)' is not a known role")
            }
            roles.append(role)
        }
        self.roles = roles
        try reader.finish()
    }

    public var json: JSON {
        [
            "person": .string(person), "name": .string(name), "office": .string(office),
            "roles": .array(roles.map { .string($0.rawValue) }),
        ]
    }
}

/// A person or office got a public key: a passkey, a key file, a token.
public struct KeyEnrolled: Payload, Hashable {
    public static let kind = ActKind(known: "office.key-enrolled")
    /// Whose key it is: a person's identifier, or an office's for the office's own key.
    public var holder: String
    public var publicKey: PublicKey
    /// An ML-DSA-65 key that signs beside it; both signatures must then verify.
    public var besides: PublicKey?
    /// What the holder calls it: "Security key in the safe".
    public var label: String
    /// For a passkey: the credential identifier the authenticator gave (WebAuthn Level 2, 4).
    public var credential: [UInt8]?

    public init(holder: String, publicKey: PublicKey, besides: PublicKey? = nil, label: String, credential: [UInt8]? = nil) {
        self.holder = holder
        self.publicKey = publicKey
        self.besides = besides
        self.label = label
        self.credential = credential
    }

    public init(json: JSON) throws(MalformedAct) {
        var reader = try ObjectReader(json, at: "payload")
        holder = try reader.string("holder")
        publicKey = try PublicKey(json: try reader.required("publicKey"), at: "payload.publicKey")
        if let value = reader.value("besides") { besides = try PublicKey(json: value, at: "payload.besides") }
        label = try reader.string("label")
        if let text = try reader.optionalString("credential") {
            guard let bytes = Base64.decode(text) else {
                throw MalformedAct(place: "payload.credential", reason: "should be base64")
            }
            credential = bytes
        }
        try reader.finish()
    }

    public var json: JSON {
        var object: JSONObject = ["holder": .string(holder), "publicKey": publicKey.json, "label": .string(label)]
        object["besides"] = besides?.json
        object["credential"] = credential.map { .string(Base64.encode($0)) }
        return .object(object)
    }
}

/// A key is no longer to be trusted, from this entry on.
public struct KeyRevoked: Payload, Hashable {
    public static let kind = ActKind(known: "office.key-revoked")
    /// `PublicKey.identifier`.
    public var key: String
    public var reason: String

    public init(key: String, reason: String) {
        self.key = key
        self.reason = reason
    }

    public init(json: JSON) throws(MalformedAct) {
        var reader = try ObjectReader(json, at: "payload")
        key = try reader.string("key")
        reason = try reader.string("reason")
        try reader.finish()
    }

    public var json: JSON { ["key": .string(key), "reason": .string(reason)] }
}

/// Secrets by which a person may sign in once each: a first-run link or recovery codes. The record holds only their hashes.
public struct SignInSecretsIssued: Payload, Hashable {
    public static let kind = ActKind(known: "office.sign-in-secrets-issued")

    public enum Purpose: String, Hashable, Sendable {
        /// A link shown once, good for one hour.
        case link
        /// A set of codes; a new set replaces the old.
        case recovery
    }

    public var person: String
    public var purpose: Purpose
    /// SHA-256 of each secret, base64. A secret has at least 80 random bits, so that its hash tells nothing.
    public var hashes: [String]
    /// When they cease to be good; `nil`: when replaced.
    public var expires: Moment?

    public init(person: String, purpose: Purpose, hashes: [String], expires: Moment? = nil) {
        self.person = person
        self.purpose = purpose
        self.hashes = hashes
        self.expires = expires
    }

    public init(json: JSON) throws(MalformedAct) {
        var reader = try ObjectReader(json, at: "payload")
        person = try reader.string("person")
        let text = try reader.string("purpose")
        guard let purpose = Purpose(rawValue: text) else {
            throw MalformedAct(place: "payload.purpose", reason: "'\(text)' is not a known purpose")
        }
        self.purpose = purpose
        hashes = try reader.strings("hashes")
        if let text = try reader.optionalString("expires") {
            guard let moment = Moment(text) else {
                throw MalformedAct(place: "payload.expires", reason: "'\(text)' is not a time in UTC with milliseconds")
            }
            expires = moment
        }
        try reader.finish()
    }

    public var json: JSON {
        var object: JSONObject = [
            "person": .string(person), "purpose": .string(purpose.rawValue), "hashes": .array(hashes.map(JSON.string)),
        ]
        object["expires"] = expires.map { .string($0.description) }
        return .object(object)
    }
}

/// A sign-in secret was used and is good no more.
public struct SignInSecretUsed: Payload, Hashable {
    public static let kind = ActKind(known: "office.sign-in-secret-used")
    public var hash: String

    public init(hash: String) {
        self.hash = hash
    }

    public init(json: JSON) throws(MalformedAct) {
        var reader = try ObjectReader(json, at: "payload")
        hash = try reader.string("hash")
        try reader.finish()
    }

    public var json: JSON { ["hash": .string(hash)] }
}

/// A person left every device: sessions begun before this entry are over.
public struct SessionsEnded: Payload, Hashable {
    public static let kind = ActKind(known: "office.sessions-ended")
    public var person: String

    public init(person: String) {
        self.person = person
    }

    public init(json: JSON) throws(MalformedAct) {
        var reader = try ObjectReader(json, at: "payload")
        person = try reader.string("person")
        try reader.finish()
    }

    public var json: JSON { ["person": .string(person)] }
}
