/// On what ground a treaty ends or is suspended (VCLT part V, section 3).
public enum EndingGround: String, Hashable, Sendable, CaseIterable {
    /// By a provision of the treaty (arts. 54(a), 57(a)).
    case provision
    /// By consent of all the Parties (arts. 54(b), 57(b)).
    case consentOfAll
    /// Suspension between certain Parties only (art. 58).
    case certainParties
    /// A later treaty (art. 59).
    case laterTreaty
    /// Material breach (art. 60).
    case breach
    /// Supervening impossibility of performance (art. 61).
    case impossibility
    /// Fundamental change of circumstances (art. 62).
    case changeOfCircumstances
    /// Severance of diplomatic or consular relations indispensable for the treaty (art. 63).
    case relationsSevered
    /// A new peremptory norm (art. 64).
    case peremptoryNorm

    /// The article.
    public func citation(ending: Bool) -> String {
        switch self {
        case .provision: ending ? "VCLT art. 54(a)" : "VCLT art. 57(a)"
        case .consentOfAll: ending ? "VCLT art. 54(b)" : "VCLT art. 57(b)"
        case .certainParties: "VCLT art. 58"
        case .laterTreaty: "VCLT art. 59"
        case .breach: "VCLT art. 60"
        case .impossibility: "VCLT art. 61"
        case .changeOfCircumstances: "VCLT art. 62"
        case .relationsSevered: "VCLT art. 63"
        case .peremptoryNorm: "VCLT art. 64"
        }
    }

    /// Whether a treaty can end on this ground at all: art. 58 knows suspension only.
    public var canEnd: Bool { self != .certainParties }
    /// Whether it can be suspended on this ground: a treaty in conflict with a peremptory norm is void and ends (art. 64).
    public var canSuspend: Bool { self != .peremptoryNorm }
}

/// The operation of a treaty is suspended, for all or for some.
public struct TreatySuspended: Payload, Hashable {
    public static let kind = ActKind(known: "treaty.suspended")
    public var treaty: String
    /// Whose obligations are suspended; empty: everybody's.
    public var actors: [ActorCode]
    /// Towards whom; empty: everybody.
    public var towards: [ActorCode]
    /// Provisions suspended, by `wId`; empty: the whole treaty.
    public var provisions: [String]
    public var from: CalendarDate
    /// The last day; `nil`: until further notice.
    public var until: CalendarDate?
    public var ground: EndingGround
    public var note: String?

    public init(
        treaty: String, actors: [ActorCode] = [], towards: [ActorCode] = [], provisions: [String] = [], from: CalendarDate,
        until: CalendarDate? = nil, ground: EndingGround, note: String? = nil
    ) {
        self.treaty = treaty
        self.actors = actors
        self.towards = towards
        self.provisions = provisions
        self.from = from
        self.until = until
        self.ground = ground
        self.note = note
    }

    public init(json: JSON) throws(MalformedAct) {
        var reader = try ObjectReader(json, at: "payload")
        treaty = try reader.string("treaty")
        actors = try reader.actors("actors")
        towards = try reader.actors("towards")
        provisions = try reader.strings("provisions")
        from = try reader.date("from")
        until = try reader.optionalDate("until")
        ground = try reader.word("ground")
        note = try reader.optionalString("note")
        try reader.finish()
    }

    public var json: JSON {
        var object: JSONObject = [
            "treaty": .string(treaty), "from": .string(from.description), "ground": .string(ground.rawValue),
        ]
        if !actors.isEmpty { object["actors"] = .array(actors.map { .string($0.rawValue) }) }
        if !towards.isEmpty { object["towards"] = .array(towards.map { .string($0.rawValue) }) }
        if !provisions.isEmpty { object["provisions"] = .array(provisions.map(JSON.string)) }
        object["until"] = until.map { .string($0.description) }
        object["note"] = note.map(JSON.string)
        return .object(object)
    }
}

/// A treaty is terminated, for all or for some.
public struct TreatyTerminated: Payload, Hashable {
    public static let kind = ActKind(known: "treaty.terminated")
    public var treaty: String
    /// For whom; empty: for all.
    public var actors: [ActorCode]
    /// The day from which it no longer binds.
    public var from: CalendarDate
    public var ground: EndingGround
    public var note: String?

    public init(treaty: String, actors: [ActorCode] = [], from: CalendarDate, ground: EndingGround, note: String? = nil) {
        self.treaty = treaty
        self.actors = actors
        self.from = from
        self.ground = ground
        self.note = note
    }

    public init(json: JSON) throws(MalformedAct) {
        var reader = try ObjectReader(json, at: "payload")
        treaty = try reader.string("treaty")
        actors = try reader.actors("actors")
        from = try reader.date("from")
        ground = try reader.word("ground")
        note = try reader.optionalString("note")
        try reader.finish()
    }

    public var json: JSON {
        var object: JSONObject = ["treaty": .string(treaty), "from": .string(from.description), "ground": .string(ground.rawValue)]
        if !actors.isEmpty { object["actors"] = .array(actors.map { .string($0.rawValue) }) }
        object["note"] = note.map(JSON.string)
        return .object(object)
    }
}
