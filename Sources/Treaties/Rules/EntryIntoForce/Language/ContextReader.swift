public import Acts

extension ClauseContext {
    /// Reads the classes, tables and other treaties that come with a clause; `docs/clauses.md` is the reference of their form.
    ///
    /// - Parameters:
    ///   - place: Where they stand, for errors: `cases[3]`.
    ///   - names: Who is meant by a name.
    /// - Throws: `MalformedAct` with the place and what is wrong there.
    public static func read(
        classes: JSON? = nil, metrics: JSON? = nil, treaties: JSON? = nil, adoption: CalendarDate? = nil, opening: CalendarDate? = nil,
        at place: String = "", names: @escaping (String) -> ParticipantID = { ParticipantID($0) }
    ) throws(MalformedAct) -> ClauseContext {
        var context = ClauseContext(adoption: adoption, opening: opening)
        let reader = ContextReader(names: names)
        func member(_ json: JSON, _ name: String) -> ClauseMembers.Member {
            ClauseMembers.Member(value: json, place: place.isEmpty ? name : "\(place).\(name)")
        }
        if let classes { context.classes = try reader.classes(member(classes, "classes")) }
        if let metrics { context.metrics = try reader.metrics(member(metrics, "metrics")) }
        if let treaties { context.treaties = try reader.treaties(member(treaties, "treaties")) }
        return context
    }
}

/// Reads the facts beside a clause.
struct ContextReader {
    let names: (String) -> ParticipantID

    /// The named things of an object, or of an array whose elements carry their name.
    private func named(_ member: ClauseMembers.Member, nameMembers: [String]) throws(MalformedAct) -> [(
        name: String, value: ClauseMembers.Member
    )] {
        var result: [(name: String, value: ClauseMembers.Member)] = []
        switch member.value {
        case .object(let object):
            for part in object.members {
                result.append((part.name, ClauseMembers.Member(value: part.value, place: "\(member.place).\(part.name)")))
            }
        case .array:
            for element in try member.array() {
                guard case .object(let object) = element.value else {
                    throw element.wrong("should be an object, not \(element.value.kindName)")
                }
                guard let name = nameMembers.lazy.compactMap({ object[$0]?.string }).first else {
                    throw MalformedAct(place: "\(element.place).\(nameMembers[0])", reason: "is missing")
                }
                result.append((name, element))
            }
        default: throw member.wrong("should be an object, not \(member.value.kindName)")
        }
        return result
    }

    // MARK: Classes

    func classes(_ member: ClauseMembers.Member) throws(MalformedAct) -> [String: DatedClass] {
        var classes: [String: DatedClass] = [:]
        for (name, value) in try named(member, nameMembers: ["name", "class"]) {
            guard classes.updateValue(try datedClass(value), forKey: name) == nil else { throw value.wrong("'\(name)' is given twice") }
        }
        return classes
    }

    private func datedClass(_ member: ClauseMembers.Member) throws(MalformedAct) -> DatedClass {
        if case .array(let values) = member.value {
            // Lists of several days, each in use until the next.
            if let first = values.first, first["members"] != nil { return DatedClass(try snapshots(member)) }
            return DatedClass(try memberships(member))
        }
        var members = try ClauseMembers(member)
        for name in ["name", "class", "source", "note"] { _ = try members.take(name) }
        // The day a list that does not change was drawn up.
        _ = try members.take("date", "asOf")?.date()
        var dated = DatedClass([])
        let listed = try members.take("members")
        if let listed { dated.memberships = try memberships(listed) }
        if let size = try members.take("size") { dated.size = try size.whole(1...1_000_000) }
        if listed == nil, dated.size == nil { throw MalformedAct(place: members.path("members"), reason: "is missing") }
        try members.finish("a class's list")
        return dated
    }

    private func snapshots(_ member: ClauseMembers.Member) throws(MalformedAct) -> [DatedClass.Membership] {
        var lists: [(from: CalendarDate, members: [ParticipantID])] = []
        for element in try member.array() {
            var members = try ClauseMembers(element)
            guard let day = try members.take("date", "asOf", "from") else {
                throw MalformedAct(place: members.path("date"), reason: "is missing")
            }
            guard let listed = try members.take("members") else { throw MalformedAct(place: members.path("members"), reason: "is missing") }
            let date = try day.date()
            if let last = lists.last, date <= last.from { throw day.wrong("is not after \(last.from); lists go by date") }
            lists.append((date, try memberships(listed).map(\.member)))
            try members.finish("a class's list")
        }
        return lists.enumerated().flatMap { index, list in
            let until = index + 1 < lists.count ? lists[index + 1].from.adding(days: -1) : nil
            // The first list is all that is known of the days before it.
            return list.members.map { DatedClass.Membership($0, from: index == 0 ? nil : list.from, until: until) }
        }
    }

    private func memberships(_ member: ClauseMembers.Member) throws(MalformedAct) -> [DatedClass.Membership] {
        var memberships: [DatedClass.Membership] = []
        for element in try member.array() {
            if case .string = element.value {
                memberships.append(DatedClass.Membership(names(try element.string())))
                continue
            }
            var members = try ClauseMembers(element)
            guard let actor = try members.take("actor", "member", "name") else {
                throw MalformedAct(place: members.path("actor"), reason: "is missing")
            }
            let from = try members.take("from")
            let until = try members.take("until")
            let membership = DatedClass.Membership(names(try actor.string()), from: try from?.date(), until: try until?.date())
            if let first = membership.from, let last = membership.until, last < first, let until { throw until.wrong("is before 'from'") }
            try members.finish("a membership")
            memberships.append(membership)
        }
        return memberships
    }

    // MARK: Tables

    func metrics(_ member: ClauseMembers.Member) throws(MalformedAct) -> [String: Metric] {
        var metrics: [String: Metric] = [:]
        for (name, value) in try named(member, nameMembers: ["metric", "name"]) {
            guard metrics.updateValue(try metric(value), forKey: name) == nil else { throw value.wrong("'\(name)' is given twice") }
        }
        return metrics
    }

    private func metric(_ member: ClauseMembers.Member) throws(MalformedAct) -> Metric {
        if case .array(let values) = member.value {
            if let first = values.first, first["values"] != nil { return Metric(editions: try editions(of: member, unit: nil)) }
            return Metric(editions: try editions(member, total: nil, from: nil))
        }
        var members = try ClauseMembers(member)
        // A bare list of values, by participant.
        guard members.has("values", "editions") else { return Metric(editions: try editions(member, total: nil, from: nil)) }
        var metric = Metric(editions: [])
        _ = try members.take("name", "metric")
        for name in ["note", "source"] { _ = try members.take(name) }
        metric.unit = try members.take("unit")?.string()
        metric.publisher = try members.take("publisher")?.string()
        if let editions = try members.take("editions") {
            metric.editions = try self.editions(of: editions, unit: metric.unit)
            guard !metric.editions.isEmpty else { throw editions.wrong("is empty") }
        } else {
            metric.editions = try edition(&members, unit: metric.unit)
            // A frozen table applies throughout, whatever day it bears.
            if !metric.editions.isEmpty { metric.editions[0].from = nil }
        }
        try members.finish("a table")
        return metric
    }

    /// A table published several times.
    private func editions(of member: ClauseMembers.Member, unit: String?) throws(MalformedAct) -> [Metric.Edition] {
        var editions: [Metric.Edition] = []
        for (index, element) in try member.array().enumerated() {
            var members = try ClauseMembers(element)
            var next = try edition(&members, unit: unit)
            // The first is all that is known of the days before it.
            if index == 0, !next.isEmpty { next[0].from = nil }
            editions += next
            try members.finish("an edition")
        }
        guard editions.count <= 400 else { throw member.wrong("has more than 400 editions") }
        return editions
    }

    private func edition(_ members: inout ClauseMembers, unit: String?) throws(MalformedAct) -> [Metric.Edition] {
        let from = try members.take("from", "date", "asOf")?.date()
        // The day the values describe is kept where it is a day; publishers also write "1973" or "2015-12-31, re-verified".
        let reference = try members.take("referenceDate", "reference")
        var total = try members.take("total")?.decimal()
        if let total, total <= .zero { throw MalformedAct(place: members.path("total"), reason: "should be above zero") }
        // Values in percent are shares of the whole already.
        if total == nil, let unit, ["percent", "per cent", "%"].contains(unit.lowercased()) { total = 100 }
        guard let values = try members.take("values") else { throw MalformedAct(place: members.path("values"), reason: "is missing") }
        var editions = try editions(values, total: total, from: from)
        let day = reference?.value.string.flatMap { CalendarDate($0) }
        for index in editions.indices { editions[index].referenceDate = day }
        return editions
    }

    /// Values as an object by participant, or as a list with dates, which makes as many editions as there are changes.
    private func editions(_ member: ClauseMembers.Member, total: ExactDecimal?, from: CalendarDate?) throws(MalformedAct) -> [Metric
        .Edition]
    {
        var entries: [(id: ParticipantID, value: ExactDecimal, from: CalendarDate?, until: CalendarDate?)] = []
        if case .object(let object) = member.value {
            for part in object.members {
                let value = ClauseMembers.Member(value: part.value, place: "\(member.place).\(part.name)")
                entries.append((names(part.name), try amount(value), nil, nil))
            }
        } else {
            for element in try member.array() {
                var members = try ClauseMembers(element)
                guard let actor = try members.take("actor") else { throw MalformedAct(place: members.path("actor"), reason: "is missing") }
                guard let value = try members.take("value", "share", "percent") else {
                    throw MalformedAct(place: members.path("value"), reason: "is missing")
                }
                let from = try members.take("from")?.date()
                let until = try members.take("until")?.date()
                entries.append((names(try actor.string()), try amount(value), from, until))
                try members.finish("a value")
            }
        }
        guard entries.count <= 20_000 else { throw member.wrong("has more than 20000 values") }
        // The days on which some value changes.
        let changes = Set(entries.compactMap(\.from) + entries.compactMap { $0.until?.adding(days: 1) }).sorted()
        guard changes.count <= 400 else { throw member.wrong("changes on more than 400 days") }
        return ([from] + changes.map { Optional($0) }).map { day in
            let values = entries.filter { entry in
                guard let day else { return entry.from == nil }
                return entry.from.map { $0 <= day } ?? true && entry.until.map { day <= $0 } ?? true
            }
            // Of two values for one participant the one that began last applies.
            let ordered = values.sorted { ($0.from?.dayNumber ?? .min) < ($1.from?.dayNumber ?? .min) }
            return Metric.Edition(from: day, values: Dictionary(ordered.map { ($0.id, $0.value) }) { _, last in last }, total: total)
        }
    }

    private func amount(_ member: ClauseMembers.Member) throws(MalformedAct) -> ExactDecimal {
        let value = try member.decimal()
        guard value >= .zero else { throw member.wrong("is below zero") }
        return value
    }

    // MARK: Other treaties

    func treaties(_ member: ClauseMembers.Member) throws(MalformedAct) -> [String: ClauseContext.Force] {
        var treaties: [String: ClauseContext.Force] = [:]
        for (name, value) in try named(member, nameMembers: ["treaty", "name"]) {
            var force = ClauseContext.Force(from: nil)
            switch value.value {
            case .null: break
            case .string: force.from = try value.date()
            default:
                var members = try ClauseMembers(value)
                _ = try members.take("treaty", "name")
                guard let from = try members.takeNullable(["entryIntoForce"]) else {
                    throw MalformedAct(place: members.path("entryIntoForce"), reason: "is missing; write null where it is not in force")
                }
                if !from.value.isNull { force.from = try from.date() }
                if let until = try members.take("until") { force.until = try until.date() }
                try members.finish("a treaty")
            }
            guard treaties.updateValue(force, forKey: name) == nil else { throw value.wrong("'\(name)' is given twice") }
        }
        return treaties
    }
}
