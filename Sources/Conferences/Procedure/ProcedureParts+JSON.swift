import Acts

extension ProcedureSet.SpeakerRules {
    init(json: JSON) throws(MalformedAct) {
        var reader = try ObjectReader(json, at: "rules.speakers")
        var precedence: [SeatRank] = []
        for word in try reader.strings("precedence") {
            guard let rank = SeatRank(rawValue: word) else {
                throw MalformedAct(place: "rules.speakers.precedence", reason: "'\(word)' is not one of the words this member takes")
            }
            precedence.append(rank)
        }
        self.precedence = precedence
        mostRequests = try reader.integer("mostRequests")
        seconds = try reader.optionalInteger("seconds")
        times = try reader.optionalInteger("times")
        rule = try reader.string("rule")
        precedenceRule = try reader.string("precedenceRule")
        listRule = try reader.string("listRule")
        observerRule = try reader.string("observerRule")
        try reader.finish()
    }

    var json: JSON {
        var object: JSONObject = [
            "precedence": .array(precedence.map { .string($0.rawValue) }), "mostRequests": .integer(mostRequests), "rule": .string(rule),
            "precedenceRule": .string(precedenceRule), "listRule": .string(listRule), "observerRule": .string(observerRule),
        ]
        object["seconds"] = seconds.map(JSON.integer)
        object["times"] = times.map(JSON.integer)
        return .object(object)
    }
}

extension ProcedureSet.ReplyRules {
    init(json: JSON) throws(MalformedAct) {
        var reader = try ObjectReader(json, at: "rules.reply")
        var seconds: [Int64] = []
        for value in try reader.array("seconds") {
            guard let number = value.integer, (1...86_400).contains(number) else {
                throw MalformedAct(place: "rules.reply.seconds", reason: "should be whole seconds within a day")
            }
            seconds.append(number)
        }
        self.seconds = seconds
        rule = try reader.string("rule")
        isAtEnd = try reader.optionalBool("atEnd") ?? false
        try reader.finish()
    }

    var json: JSON {
        ["seconds": .array(seconds.map(JSON.integer)), "rule": .string(rule), "atEnd": .bool(isAtEnd)]
    }
}

extension ProcedureSet.AppealRule {
    init(json: JSON) throws(MalformedAct) {
        var reader = try ObjectReader(json, at: "rules.appeal")
        matter = try reader.string("matter")
        rule = try reader.string("rule")
        try reader.finish()
    }

    var json: JSON {
        ["matter": .string(matter), "rule": .string(rule)]
    }
}

extension ProcedureSet.MatterRule {
    init(json: JSON, at place: String) throws(MalformedAct) {
        var reader = try ObjectReader(json, at: place)
        matter = try reader.string("matter")
        majority = try reader.string("majority")
        consensus = try reader.choice("consensus")
        rule = try reader.string("rule")
        try reader.finish()
    }

    var json: JSON {
        ["matter": .string(matter), "majority": .string(majority), "consensus": .string(consensus.rawValue), "rule": .string(rule)]
    }
}

extension ProcedureSet.ProposalRules {
    init(json: JSON) throws(MalformedAct) {
        var reader = try ObjectReader(json, at: "rules.proposals")
        daysCirculated = try reader.integer("daysCirculated")
        circulationRule = try reader.string("circulationRule")
        withdrawalRule = try reader.string("withdrawalRule")
        divisionRule = try reader.string("divisionRule")
        amendmentRule = try reader.string("amendmentRule")
        orderRule = try reader.string("orderRule")
        try reader.finish()
    }

    var json: JSON {
        [
            "daysCirculated": .integer(daysCirculated), "circulationRule": .string(circulationRule),
            "withdrawalRule": .string(withdrawalRule), "divisionRule": .string(divisionRule), "amendmentRule": .string(amendmentRule),
            "orderRule": .string(orderRule),
        ]
    }
}

extension ProcedureSet.VotingRules {
    init(json: JSON) throws(MalformedAct) {
        var reader = try ObjectReader(json, at: "rules.voting")
        method = try reader.choice("method")
        methodRule = try reader.string("methodRule")
        rollCallLanguage = try reader.string("rollCallLanguage")
        conductRule = try reader.string("conductRule")
        explanationRule = try reader.string("explanationRule")
        explanationSeconds = try reader.optionalInteger("explanationSeconds")
        sponsorExplainsWhenAmended = try reader.optionalBool("sponsorExplainsWhenAmended") ?? false
        secondVote = try reader.choice("secondVote")
        secondVoteHours = try reader.optionalInteger("secondVoteHours")
        tieRule = try reader.string("tieRule")
        abstentionRule = try reader.string("abstentionRule")
        weights = try Self.weights(reader.value("weights"))
        try reader.finish()
    }

    var json: JSON {
        var object: JSONObject = [
            "method": .string(method.rawValue), "methodRule": .string(methodRule), "rollCallLanguage": .string(rollCallLanguage),
            "conductRule": .string(conductRule), "explanationRule": .string(explanationRule),
            "sponsorExplainsWhenAmended": .bool(sponsorExplainsWhenAmended), "secondVote": .string(secondVote.rawValue),
            "tieRule": .string(tieRule), "abstentionRule": .string(abstentionRule),
        ]
        object["explanationSeconds"] = explanationSeconds.map(JSON.integer)
        object["secondVoteHours"] = secondVoteHours.map(JSON.integer)
        if !weights.isEmpty {
            object["weights"] = .object(
                JSONObject(weights.sorted { $0.key < $1.key }.map { ($0.key.rawValue, .integer($0.value)) }))
        }
        return .object(object)
    }

    /// An object of codes with numbers of votes, each 0 to 1,000,000.
    private static func weights(_ json: JSON?) throws(MalformedAct) -> [ActorCode: Int64] {
        guard let json, !json.isNull else { return [:] }
        guard let object = json.object, object.count <= 400 else {
            throw MalformedAct(place: "rules.voting.weights", reason: "should be an object of codes with numbers of votes")
        }
        var weights: [ActorCode: Int64] = [:]
        for member in object.members {
            guard let actor = ActorCode(rawValue: member.name), case .integer(let votes) = member.value, (0...1_000_000).contains(votes)
            else { throw MalformedAct(place: "rules.voting.weights.\(member.name)", reason: "should be a code with 0 to 1000000 votes") }
            weights[actor] = votes
        }
        return weights
    }
}

extension ProcedureSet.ElectionRules {
    init(json: JSON) throws(MalformedAct) {
        var reader = try ObjectReader(json, at: "rules.elections")
        rule = try reader.string("rule")
        isDispensedWithWhenUncontested = try reader.optionalBool("dispensed") ?? false
        uncontestedRule = try reader.string("uncontestedRule")
        majority = try reader.string("majority")
        oneRule = try reader.string("oneRule")
        manyRule = try reader.string("manyRule")
        restrictedRounds = try reader.integer("restrictedRounds")
        try reader.finish()
    }

    var json: JSON {
        [
            "rule": .string(rule), "dispensed": .bool(isDispensedWithWhenUncontested), "uncontestedRule": .string(uncontestedRule),
            "majority": .string(majority), "oneRule": .string(oneRule), "manyRule": .string(manyRule),
            "restrictedRounds": .integer(restrictedRounds),
        ]
    }
}

extension ProcedureSet.SilenceRules {
    init(json: JSON) throws(MalformedAct) {
        var reader = try ObjectReader(json, at: "rules.silence")
        hours = try reader.integer("hours")
        rule = try reader.string("rule")
        try reader.finish()
    }

    var json: JSON {
        ["hours": .integer(hours), "rule": .string(rule)]
    }
}
