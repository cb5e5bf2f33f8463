public import Acts

extension ProcedureSet {
    /// Reads a set and checks that it is whole: every majority and matter that is named is there, every motion once.
    public init(json: JSON) throws(MalformedAct) {
        var reader = try ObjectReader(json, at: "rules")
        name = try reader.string("procedure")
        title = try reader.texts("title")
        basis = try reader.string("basis")
        quorum = try QuorumRules(json: try reader.required("quorum"))
        speakers = try SpeakerRules(json: try reader.required("speakers"))
        reply = try ReplyRules(json: try reader.required("reply"))
        var motions: [MotionRule] = []
        for (index, value) in try reader.array("motions").enumerated() {
            motions.append(try MotionRule(json: value, at: "rules.motions[\(index)]"))
        }
        self.motions = motions
        appeal = try AppealRule(json: try reader.required("appeal"))
        var majorities: [String: Majority] = [:]
        for (index, value) in try reader.array("majorities").enumerated() {
            let majority = try Majority(json: value, at: "rules.majorities[\(index)]")
            majorities[majority.name] = majority
        }
        self.majorities = majorities
        var matters: [MatterRule] = []
        for (index, value) in try reader.array("matters").enumerated() {
            matters.append(try MatterRule(json: value, at: "rules.matters[\(index)]"))
        }
        self.matters = matters
        substance = try reader.string("substance")
        procedure = try reader.string("procedureMatter")
        proposals = try ProposalRules(json: try reader.required("proposals"))
        voting = try VotingRules(json: try reader.required("voting"))
        elections = try ElectionRules(json: try reader.required("elections"))
        silence = try SilenceRules(json: try reader.required("silence"))
        change = try reader.string("change")
        try reader.finish()
        try check()
    }

    private func check() throws(MalformedAct) {
        guard title["en"]?.isEmpty == false else { throw MalformedAct(place: "rules.title.en", reason: "is missing") }
        for matter in matters where majorities[matter.majority] == nil {
            throw MalformedAct(
                place: "rules.matters", reason: "'\(matter.matter)' needs the majority '\(matter.majority)', which is not there")
        }
        guard Set(matters.map(\.matter)).count == matters.count else {
            throw MalformedAct(place: "rules.matters", reason: "names a matter twice")
        }
        guard Set(motions.map(\.kind)).count == motions.count else {
            throw MalformedAct(place: "rules.motions", reason: "has rules for a motion twice")
        }
        for (place, name) in [
            ("substance", substance), ("procedureMatter", procedure), ("change", change), ("appeal.matter", appeal.matter),
        ] + motions.compactMap({ rule in rule.matter.map { ("motions", $0) } }) where matter(name) == nil {
            throw MalformedAct(place: "rules.\(place)", reason: "'\(name)' is none of the matters")
        }
        guard majorities[elections.majority] != nil else {
            throw MalformedAct(place: "rules.elections.majority", reason: "'\(elections.majority)' is none of the majorities")
        }
    }

    public var json: JSON {
        [
            "procedure": .string(name), "title": JSON(texts: title), "basis": .string(basis), "quorum": quorum.json,
            "speakers": speakers.json, "reply": reply.json, "motions": .array(motions.map(\.json)), "appeal": appeal.json,
            "majorities": .array(majorities.values.sorted { $0.name < $1.name }.map(\.json)), "matters": .array(matters.map(\.json)),
            "substance": .string(substance), "procedureMatter": .string(procedure), "proposals": proposals.json, "voting": voting.json,
            "elections": elections.json, "silence": silence.json, "change": .string(change),
        ]
    }
}

extension Majority {
    init(json: JSON, at place: String) throws(MalformedAct) {
        var reader = try ObjectReader(json, at: place)
        let name = try reader.optionalString("majority") ?? "quorum"
        let numerator = try reader.integer("numerator")
        let denominator = try reader.integer("denominator")
        let isStrict = try reader.optionalBool("more") ?? false
        let base: Base = try reader.optionalChoice("of") ?? .voting
        _ = reader.value("rule")
        try reader.finish()
        guard let majority = Majority(name: name, numerator: numerator, denominator: denominator, isStrict: isStrict, base: base) else {
            throw MalformedAct(place: place, reason: "should be a fraction above 0 and at most 1")
        }
        self = majority
    }

    var json: JSON {
        [
            "majority": .string(name), "numerator": .integer(numerator), "denominator": .integer(denominator), "more": .bool(isStrict),
            "of": .string(base.rawValue),
        ]
    }
}

extension ProcedureSet.QuorumRules {
    init(json: JSON) throws(MalformedAct) {
        var reader = try ObjectReader(json, at: "rules.quorum")
        let open = try reader.required("open")
        let decide = try reader.required("decide")
        toOpen = try Majority(json: open, at: "rules.quorum.open")
        toDecide = try Majority(json: decide, at: "rules.quorum.decide")
        guard let openRule = open["rule"]?.string, let decideRule = decide["rule"]?.string else {
            throw MalformedAct(place: "rules.quorum", reason: "should say in 'rule' what it rests on")
        }
        toOpenRule = openRule
        toDecideRule = decideRule
        try reader.finish()
    }

    var json: JSON {
        func one(_ quorum: Majority, _ rule: String) -> JSON {
            [
                "numerator": .integer(quorum.numerator), "denominator": .integer(quorum.denominator), "more": .bool(quorum.isStrict),
                "of": .string(quorum.base.rawValue), "rule": .string(rule),
            ]
        }
        return ["open": one(toOpen, toOpenRule), "decide": one(toDecide, toDecideRule)]
    }
}

extension ProcedureSet.MotionRule {
    init(json: JSON, at place: String) throws(MalformedAct) {
        var reader = try ObjectReader(json, at: place)
        kind = try reader.choice("motion")
        rank = try reader.optionalInteger("rank")
        inFavour = try reader.optionalInteger("for") ?? 0
        against = try reader.optionalInteger("against") ?? 0
        decider = try reader.choice("decides")
        matter = try reader.optionalString("matter")
        rule = try reader.string("rule")
        try reader.finish()
    }

    var json: JSON {
        var object: JSONObject = [
            "motion": .string(kind.rawValue), "for": .integer(inFavour), "against": .integer(against), "decides": .string(decider.rawValue),
            "rule": .string(rule),
        ]
        object["rank"] = rank.map(JSON.integer)
        object["matter"] = matter.map(JSON.string)
        return .object(object)
    }
}
