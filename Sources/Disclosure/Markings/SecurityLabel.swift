public import Acts

/// A marking under one policy, in STANAG 4774's shape: policy, classification, categories, and the dates that govern it.
///
/// A text that two authorities own has two labels, one for each policy; neither absorbs the other.
public struct SecurityLabel: Hashable, Sendable {
    /// When a label ends by itself.
    public enum Declassification: Hashable, Sendable {
        /// Open from that day.
        case on(CalendarDate)
        /// Open once that has happened, in words; an authority says that it has.
        case event(String)
        /// Only when the originator agrees.
        case originatorAgrees
    }

    /// The policy's identifier.
    public var policy: String
    /// The code of one of the policy's levels.
    public var classification: String
    /// Values by category code, sorted; a category without values is left out.
    public var categories: [String: [String]]
    /// Whose information it is: an actor's or an office's identifier. Only the originator, or who acts for it, may lower the label.
    public var originator: String
    public var created: CalendarDate
    /// The day on which somebody has to look at the label again.
    public var review: CalendarDate?
    /// How it ends. `nil`: by the policy's age, if the policy has one.
    public var declassification: Declassification?
    /// Other authorities whose information is in it. While there is one it never opens by date, age or event alone.
    public var foreignOriginators: [String]

    public init(
        policy: String, classification: String, categories: [String: [String]] = [:], originator: String, created: CalendarDate,
        review: CalendarDate? = nil, declassification: Declassification? = nil, foreignOriginators: [String] = []
    ) {
        self.policy = policy
        self.classification = classification
        self.categories = categories.mapValues { Set($0).sorted() }.filter { !$0.value.isEmpty }
        self.originator = originator
        self.created = created
        self.review = review
        self.declassification = declassification
        self.foreignOriginators = Set(foreignOriginators).subtracting([originator]).sorted()
    }

    /// Reads a label out of an act or a file.
    public init(json: JSON, at place: String = "label") throws(MalformedAct) {
        var reader = try ObjectReader(json, at: place)
        let policy = try reader.string("policy")
        let classification = try reader.string("classification")
        var categories: [String: [String]] = [:]
        if let value = reader.value("categories") {
            guard let object = value.object, object.count <= 64 else {
                throw MalformedAct(place: "\(place).categories", reason: "must be an object of lists, at most 64")
            }
            for member in object.members {
                guard let values = member.value.array, values.count <= 400, values.allSatisfy({ $0.string != nil }) else {
                    throw MalformedAct(place: "\(place).categories.\(member.name)", reason: "must be a list of at most 400 strings")
                }
                categories[member.name] = values.compactMap(\.string)
            }
        }
        let originator = try reader.string("originator")
        let created = try reader.date("created")
        let review = try reader.optionalDate("review")
        var declassification: Declassification?
        if let value = reader.value("declassification") {
            var part = try ObjectReader(value, at: "\(place).declassification")
            if let day = try part.optionalDate("on") {
                declassification = .on(day)
            } else if let event = try part.optionalString("event") {
                declassification = .event(event)
            } else if try part.optionalBool("originatorAgrees") == true {
                declassification = .originatorAgrees
            } else {
                throw MalformedAct(
                    place: "\(place).declassification", reason: "must be on a date, by an event, or when the originator agrees")
            }
            try part.finish()
        }
        let foreign = try reader.strings("foreignOriginators")
        try reader.finish()
        self.init(
            policy: policy, classification: classification, categories: categories, originator: originator, created: created,
            review: review, declassification: declassification, foreignOriginators: foreign)
    }

    /// As an act or a file holds it.
    public var json: JSON {
        var object: JSONObject = [
            "policy": .string(policy), "classification": .string(classification), "originator": .string(originator),
            "created": .string(created.description),
        ]
        if !categories.isEmpty {
            object["categories"] = .object(JSONObject(categories.map { ($0.key, .array($0.value.map(JSON.string))) }))
        }
        object["review"] = review.map { .string($0.description) }
        switch declassification {
        case .on(let day): object["declassification"] = ["on": .string(day.description)]
        case .event(let event): object["declassification"] = ["event": .string(event)]
        case .originatorAgrees: object["declassification"] = ["originatorAgrees": true]
        case nil: break
        }
        if !foreignOriginators.isEmpty { object["foreignOriginators"] = .array(foreignOriginators.map(JSON.string)) }
        return .object(object)
    }
}
