/// What somebody asks for the floor for.
public enum ConferenceFloorPurpose: String, Hashable, Sendable, CaseIterable {
    case statement
    /// The sponsor introduces a proposal, a rapporteur a report.
    case introduction
    case rightOfReply = "right-of-reply"
    /// In favour of a motion before the body.
    case forMotion = "for-motion"
    case againstMotion = "against-motion"
    /// Of the vote or position, before the decision.
    case explanationBefore = "explanation-before"
    case explanationAfter = "explanation-after"
}

/// A delegation asked for the floor.
public struct ConferenceFloorRequested: Payload, Hashable {
    public static let kind = ActKind(known: "conference.floor-requested")
    public var session: ConferenceSession
    /// Its name in the meeting.
    public var request: String
    public var actor: ActorCode
    public var purpose: ConferenceFloorPurpose
    public var item: String?
    /// The motion it speaks on.
    public var motion: String?
    /// The decision it explains its vote on.
    public var decision: String?
    /// Tag of the language it will speak in (BCP 47), for the interpreters; `nil` where it did not say.
    public var language: String?

    public init(
        session: ConferenceSession, request: String, actor: ActorCode, purpose: ConferenceFloorPurpose, item: String? = nil,
        motion: String? = nil, decision: String? = nil, language: String? = nil
    ) {
        self.session = session
        self.request = request
        self.actor = actor
        self.purpose = purpose
        self.item = item
        self.motion = motion
        self.decision = decision
        self.language = language
    }

    public init(json: JSON) throws(MalformedAct) {
        var reader = try ObjectReader(json, at: "payload")
        session = try ConferenceSession(from: &reader)
        request = try reader.string("request")
        actor = try reader.actor("actor")
        purpose = try reader.choice("purpose")
        item = try reader.optionalString("item")
        motion = try reader.optionalString("motion")
        decision = try reader.optionalString("decision")
        language = try reader.optionalString("language")
        try reader.finish()
    }

    public var json: JSON {
        var object = session.json
        object["request"] = .string(request)
        object["actor"] = .string(actor.rawValue)
        object["purpose"] = .string(purpose.rawValue)
        object["item"] = item.map(JSON.string)
        object["motion"] = motion.map(JSON.string)
        object["decision"] = decision.map(JSON.string)
        object["language"] = language.map(JSON.string)
        return .object(object)
    }
}

/// In which language somebody who asked for the floor will speak, or speaks: said by the delegation, or noted at the desk. A later act on
/// the same request replaces what was said before.
public struct ConferenceFloorLanguageSet: Payload, Hashable {
    public static let kind = ActKind(known: "conference.floor-language-set")
    public var session: ConferenceSession
    /// The request by which the floor was asked for.
    public var request: String
    /// The language's tag (BCP 47).
    public var language: String

    public init(session: ConferenceSession, request: String, language: String) {
        self.session = session
        self.request = request
        self.language = language
    }

    public init(json: JSON) throws(MalformedAct) {
        var reader = try ObjectReader(json, at: "payload")
        session = try ConferenceSession(from: &reader)
        request = try reader.string("request")
        language = try reader.string("language")
        try reader.finish()
    }

    public var json: JSON {
        var object = session.json
        object["request"] = .string(request)
        object["language"] = .string(language)
        return .object(object)
    }
}

/// The chair gave the floor.
public struct ConferenceFloorGiven: Payload, Hashable {
    public static let kind = ActKind(known: "conference.floor-given")
    public var session: ConferenceSession
    public var request: String
    public var actor: ActorCode
    /// How long, in seconds; `nil`: without limit.
    public var seconds: Int64?

    public init(
        session: ConferenceSession, request: String, actor: ActorCode, seconds: Int64? = nil
    ) {
        self.session = session
        self.request = request
        self.actor = actor
        self.seconds = seconds
    }

    public init(json: JSON) throws(MalformedAct) {
        var reader = try ObjectReader(json, at: "payload")
        session = try ConferenceSession(from: &reader)
        request = try reader.string("request")
        actor = try reader.actor("actor")
        seconds = try reader.optionalInteger("seconds")
        try reader.finish()
    }

    public var json: JSON {
        var object = session.json
        object["request"] = .string(request)
        object["actor"] = .string(actor.rawValue)
        object["seconds"] = seconds.map(JSON.integer)
        return .object(object)
    }
}

/// A speaker finished, was stopped, or no longer wishes to speak.
public struct ConferenceFloorEnded: Payload, Hashable {
    public static let kind = ActKind(known: "conference.floor-ended")
    public enum Reason: String, Hashable, Sendable, CaseIterable {
        case finished
        case timeExpired = "time-expired"
        /// The remarks were not relevant, or interrupted a vote (GA rule 68 / 109).
        case calledToOrder = "called-to-order"
        /// The request was taken back before the floor was given.
        case withdrawn
    }

    public var session: ConferenceSession
    public var request: String
    public var reason: Reason

    public init(
        session: ConferenceSession, request: String, reason: Reason
    ) {
        self.session = session
        self.request = request
        self.reason = reason
    }

    public init(json: JSON) throws(MalformedAct) {
        var reader = try ObjectReader(json, at: "payload")
        session = try ConferenceSession(from: &reader)
        request = try reader.string("request")
        reason = try reader.choice("reason")
        try reader.finish()
    }

    public var json: JSON {
        var object = session.json
        object["request"] = .string(request)
        object["reason"] = .string(reason.rawValue)
        return .object(object)
    }
}

/// The chair, with the consent of the body, closed the list of speakers, or opened it anew (GA rule 73 / 115).
public struct ConferenceSpeakersListClosed: Payload, Hashable {
    public static let kind = ActKind(known: "conference.speakers-list-closed")
    public var session: ConferenceSession
    public var item: String?
    public var isClosed: Bool

    public init(
        session: ConferenceSession, item: String? = nil, isClosed: Bool
    ) {
        self.session = session
        self.item = item
        self.isClosed = isClosed
    }

    public init(json: JSON) throws(MalformedAct) {
        var reader = try ObjectReader(json, at: "payload")
        session = try ConferenceSession(from: &reader)
        item = try reader.optionalString("item")
        isClosed = try reader.optionalBool("closed") ?? false
        try reader.finish()
    }

    public var json: JSON {
        var object = session.json
        object["closed"] = .bool(isClosed)
        object["item"] = item.map(JSON.string)
        return .object(object)
    }
}

/// A delegation explained its vote or position, in the room or in writing.
public struct ConferenceExplanationGiven: Payload, Hashable {
    public static let kind = ActKind(known: "conference.explanation-given")
    public var session: ConferenceSession
    public var decision: String
    public var actor: ActorCode
    /// Before the decision; otherwise after it.
    public var isBefore: Bool
    public var text: String?

    public init(
        session: ConferenceSession, decision: String, actor: ActorCode, isBefore: Bool, text: String? = nil
    ) {
        self.session = session
        self.decision = decision
        self.actor = actor
        self.isBefore = isBefore
        self.text = text
    }

    public init(json: JSON) throws(MalformedAct) {
        var reader = try ObjectReader(json, at: "payload")
        session = try ConferenceSession(from: &reader)
        decision = try reader.string("decision")
        actor = try reader.actor("actor")
        isBefore = try reader.optionalBool("before") ?? false
        text = try reader.optionalString("text")
        try reader.finish()
    }

    public var json: JSON {
        var object = session.json
        object["decision"] = .string(decision)
        object["actor"] = .string(actor.rawValue)
        object["before"] = .bool(isBefore)
        object["text"] = text.map(JSON.string)
        return .object(object)
    }
}
