/// Somebody asked for documents. Public: the law, the day and what was asked in the office's own words; never who asked.
public struct AccessRequested: Payload, Hashable {
    public static let kind = ActKind(known: "press.access-requested")
    /// `req-2026-1`.
    public var request: String
    /// The law it is decided under, by its identifier.
    public var regime: String
    public var received: CalendarDate
    public var subject: String

    public init(request: String, regime: String, received: CalendarDate, subject: String) {
        self.request = request
        self.regime = regime
        self.received = received
        self.subject = subject
    }

    public init(json: JSON) throws(MalformedAct) {
        var reader = try ObjectReader(json, at: "payload")
        request = try reader.string("request")
        regime = try reader.string("regime")
        received = try reader.date("received")
        subject = try reader.string("subject")
        try reader.finish()
    }

    public var json: JSON {
        [
            "request": .string(request), "regime": .string(regime), "received": .string(received.description),
            "subject": .string(subject),
        ]
    }
}

/// Who asked, and how to answer: for the office alone, and erasable.
public struct AccessRequester: Payload, Hashable {
    public static let kind = ActKind(known: "press.access-requester")
    public var request: String
    public var contact: String

    public init(request: String, contact: String) {
        self.request = request
        self.contact = contact
    }

    public init(json: JSON) throws(MalformedAct) {
        var reader = try ObjectReader(json, at: "payload")
        request = try reader.string("request")
        contact = try reader.string("contact")
        try reader.finish()
    }

    public var json: JSON { ["request": .string(request), "contact": .string(contact)] }
}

/// Something happened to a request for access, on a day that the law's clock counts.
public struct AccessStepTaken: Payload, Hashable {
    public static let kind = ActKind(known: "press.access-step")

    public enum Step: String, Hashable, Sendable, CaseIterable {
        case registered
        case clarificationAsked = "clarification-asked"
        case clarificationGiven = "clarification-given"
        case extended, answered, appealed
        case appealExtended = "appeal-extended"
        case appealAnswered = "appeal-answered"
    }

    public enum Outcome: String, Hashable, Sendable, CaseIterable {
        case granted
        case partly
        case refused
        case notHeld = "not-held"
    }

    public var request: String
    public var step: Step
    public var on: CalendarDate
    /// With an answer only.
    public var outcome: Outcome?
    /// The provision cited, where something was withheld or the time extended.
    public var citation: String?

    public init(request: String, step: Step, on day: CalendarDate, outcome: Outcome? = nil, citation: String? = nil) {
        self.request = request
        self.step = step
        self.on = day
        self.outcome = outcome
        self.citation = citation
    }

    public init(json: JSON) throws(MalformedAct) {
        var reader = try ObjectReader(json, at: "payload")
        request = try reader.string("request")
        step = try reader.choice("step")
        on = try reader.date("on")
        outcome = try reader.optionalChoice("outcome")
        citation = try reader.optionalString("citation")
        try reader.finish()
    }

    public var json: JSON {
        var object: JSONObject = ["request": .string(request), "step": .string(step.rawValue), "on": .string(on.description)]
        object["outcome"] = outcome.map { .string($0.rawValue) }
        object["citation"] = citation.map(JSON.string)
        return .object(object)
    }
}
