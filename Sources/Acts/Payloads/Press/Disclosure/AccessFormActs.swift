/// The laws of access that an office answers under; only these can be chosen on the public form. None: the form is closed. A later act
/// replaces the earlier.
public struct AccessLawsSet: Payload, Hashable {
    public static let kind = ActKind(known: "press.access-laws-set")
    public var laws: [String]

    public init(laws: [String]) { self.laws = laws }

    public init(json: JSON) throws(MalformedAct) {
        var reader = try ObjectReader(json, at: "payload")
        laws = try reader.strings("laws")
        try reader.finish()
    }

    public var json: JSON { ["laws": .array(laws.map(JSON.string))] }
}

/// Somebody asked for documents by the public form. The words are the asker's own, so they are for the office alone, and erasable.
public struct AccessAsked: Payload, Hashable {
    public static let kind = ActKind(known: "press.access-asked")
    /// `ask-2026-1`.
    public var asked: String
    /// The law it is asked under, by its identifier.
    public var regime: String
    public var text: String

    public init(asked: String, regime: String, text: String) {
        self.asked = asked
        self.regime = regime
        self.text = text
    }

    public init(json: JSON) throws(MalformedAct) {
        var reader = try ObjectReader(json, at: "payload")
        asked = try reader.string("asked")
        regime = try reader.string("regime")
        text = try reader.string("text")
        try reader.finish()
    }

    public var json: JSON { ["asked": .string(asked), "regime": .string(regime), "text": .string(text)] }
}

/// What became of what was asked by the public form: a request with its clock, or a reason why it is none. For the office alone; whoever
/// asked reads it at the receipt's address.
public struct AccessAskedSettled: Payload, Hashable {
    public static let kind = ActKind(known: "press.access-asked-settled")
    public var asked: String
    /// The request it was registered as.
    public var request: String?
    /// Why it is no request, where it was not registered.
    public var reason: String?

    public init(asked: String, request: String?, reason: String?) {
        self.asked = asked
        self.request = request
        self.reason = reason
    }

    public init(json: JSON) throws(MalformedAct) {
        var reader = try ObjectReader(json, at: "payload")
        asked = try reader.string("asked")
        request = try reader.optionalString("request")
        reason = try reader.optionalString("reason")
        try reader.finish()
    }

    public var json: JSON {
        var object: JSONObject = ["asked": .string(asked)]
        object["request"] = request.map(JSON.string)
        object["reason"] = reason.map(JSON.string)
        return .object(object)
    }
}
