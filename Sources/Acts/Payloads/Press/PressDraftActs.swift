/// One clearance that an office's statements need before they are released.
public struct PressClearance: Hashable, Sendable {
    /// `desk`, `legal`, `spokesperson`, or another short name.
    public var step: String
    /// The office whose approvers give it.
    public var office: String

    public init(step: String, office: String) {
        self.step = step
        self.office = office
    }
}

/// How an office speaks: who holds it, in which languages, and who clears what it says. A later act replaces the earlier.
public struct PressOfficeSet: Payload, Hashable {
    public static let kind = ActKind(known: "press.office-set")
    public var office: String
    /// Who holds the office now, with the title, by language tag: "A. Mensah, Minister for Foreign Affairs". Empty: not said.
    public var holder: [String: String]
    /// The tags of the languages every statement has; the first is the authoritative one unless a draft says otherwise.
    public var languages: [String]
    public var clearances: [PressClearance]

    public init(office: String, holder: [String: String] = [:], languages: [String], clearances: [PressClearance]) {
        self.office = office
        self.holder = holder
        self.languages = languages
        self.clearances = clearances
    }

    public init(json: JSON) throws(MalformedAct) {
        var reader = try ObjectReader(json, at: "payload")
        office = try reader.string("office")
        holder = try reader.texts("holder")
        languages = try reader.strings("languages")
        clearances = []
        for (index, value) in try reader.array("clearances").enumerated() {
            var reader = try ObjectReader(value, at: "payload.clearances[\(index)]")
            clearances.append(PressClearance(step: try reader.string("step"), office: try reader.string("office")))
            try reader.finish()
        }
        try reader.finish()
        guard !languages.isEmpty else { throw MalformedAct(place: "payload.languages", reason: "should name one language at least") }
    }

    public var json: JSON {
        [
            "office": .string(office), "holder": JSON(texts: holder), "languages": .array(languages.map(JSON.string)),
            "clearances": .array(clearances.map { ["step": .string($0.step), "office": .string($0.office)] }),
        ]
    }
}

/// A statement was drafted, or a draft was written anew. Confidential until its release, and for ever if there is none.
public struct StatementDrafted: Payload, Hashable {
    public static let kind = ActKind(known: "press.drafted")

    public enum Form: String, Hashable, Sendable, CaseIterable {
        case statement
        /// Cleared beforehand and kept, to be released at once when the event it is for happens.
        case holding
    }

    public var form: Form
    public var content: StatementContent
    /// The first entry of the draft that this one writes anew.
    public var revises: Int64?
    /// The identifier of the released statement that this one corrects.
    public var corrects: String?
    /// What the correction changes, by language tag, shown beside it for ever.
    public var correction: [String: String]

    public init(
        form: Form = .statement, content: StatementContent, revises: Int64? = nil, corrects: String? = nil,
        correction: [String: String] = [:]
    ) {
        self.form = form
        self.content = content
        self.revises = revises
        self.corrects = corrects
        self.correction = correction
    }

    public init(json: JSON) throws(MalformedAct) {
        var reader = try ObjectReader(json, at: "payload")
        form = try reader.choice("form")
        content = try StatementContent(json: try reader.required("content"), at: "payload.content")
        revises = try reader.optionalInteger("revises")
        corrects = try reader.optionalString("corrects")
        correction = try reader.value("correction") == nil ? [:] : reader.texts("correction")
        try reader.finish()
    }

    public var json: JSON {
        var object: JSONObject = ["form": .string(form.rawValue), "content": content.json]
        object["revises"] = revises.map(JSON.integer)
        object["corrects"] = corrects.map(JSON.string)
        if !correction.isEmpty { object["correction"] = JSON(texts: correction) }
        return .object(object)
    }
}

/// One of the clearances was given to exactly this version of a draft.
public struct StatementCleared: Payload, Hashable {
    public static let kind = ActKind(known: "press.cleared")
    /// The draft's first entry.
    public var draft: Int64
    /// The entry of the version that was read.
    public var version: Int64
    public var step: String

    public init(draft: Int64, version: Int64, step: String) {
        self.draft = draft
        self.version = version
        self.step = step
    }

    public init(json: JSON) throws(MalformedAct) {
        var reader = try ObjectReader(json, at: "payload")
        draft = try reader.integer("draft")
        version = try reader.integer("version")
        step = try reader.string("step")
        try reader.finish()
    }

    public var json: JSON { ["draft": .integer(draft), "version": .integer(version), "step": .string(step)] }
}

/// A draft was given back to whoever wrote it.
public struct StatementReturned: Payload, Hashable {
    public static let kind = ActKind(known: "press.returned")
    public var draft: Int64
    public var version: Int64
    public var reason: String

    public init(draft: Int64, version: Int64, reason: String) {
        self.draft = draft
        self.version = version
        self.reason = reason
    }

    public init(json: JSON) throws(MalformedAct) {
        var reader = try ObjectReader(json, at: "payload")
        draft = try reader.integer("draft")
        version = try reader.integer("version")
        reason = try reader.string("reason")
        try reader.finish()
    }

    public var json: JSON { ["draft": .integer(draft), "version": .integer(version), "reason": .string(reason)] }
}

/// A person who wrote none of it approves that a draft be released, in exactly this version.
public struct StatementApproved: Payload, Hashable {
    public static let kind = ActKind(known: "press.approved")
    public var draft: Int64
    public var version: Int64

    public init(draft: Int64, version: Int64) {
        self.draft = draft
        self.version = version
    }

    public init(json: JSON) throws(MalformedAct) {
        var reader = try ObjectReader(json, at: "payload")
        draft = try reader.integer("draft")
        version = try reader.integer("version")
        try reader.finish()
    }

    public var json: JSON { ["draft": .integer(draft), "version": .integer(version)] }
}

/// A statement stands ready under embargo: what will be released, to the byte, with its salt, and when.
public struct StatementScheduled: Payload, Hashable {
    public static let kind = ActKind(known: "press.scheduled")
    public var draft: Int64
    public var version: Int64
    /// When the node releases it by itself; `nil`: when a person does.
    public var at: Moment?
    /// The payload of the act of release.
    public var released: JSON
    /// The salt of that act's commitment, 32 bytes: the commitment is fixed now.
    public var salt: [UInt8]

    public init(draft: Int64, version: Int64, at: Moment?, released: JSON, salt: [UInt8]) {
        self.draft = draft
        self.version = version
        self.at = at
        self.released = released
        self.salt = salt
    }

    public init(json: JSON) throws(MalformedAct) {
        var reader = try ObjectReader(json, at: "payload")
        draft = try reader.integer("draft")
        version = try reader.integer("version")
        at = nil
        if let text = try reader.optionalString("at") {
            guard let moment = Moment(text) else { throw MalformedAct(place: "payload.at", reason: "should be a moment of RFC 3339") }
            at = moment
        }
        released = try reader.required("released")
        guard let salt = Base64.decode(try reader.string("salt")), salt.count == SealedPayload.saltLength else {
            throw MalformedAct(place: "payload.salt", reason: "should be 32 bytes in base64")
        }
        self.salt = salt
        try reader.finish()
    }

    public var json: JSON {
        var object: JSONObject = [
            "draft": .integer(draft), "version": .integer(version), "released": released, "salt": .string(Base64.encode(salt)),
        ]
        object["at"] = at.map { .string($0.description) }
        return .object(object)
    }
}

/// The kill switch: what stood ready is not released.
public struct StatementStopped: Payload, Hashable {
    public static let kind = ActKind(known: "press.stopped")
    public var draft: Int64
    public var reason: String

    public init(draft: Int64, reason: String) {
        self.draft = draft
        self.reason = reason
    }

    public init(json: JSON) throws(MalformedAct) {
        var reader = try ObjectReader(json, at: "payload")
        draft = try reader.integer("draft")
        reason = try reader.string("reason")
        try reader.finish()
    }

    public var json: JSON { ["draft": .integer(draft), "reason": .string(reason)] }
}
