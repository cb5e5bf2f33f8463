import Acts
import HTTPTypes
import Hummingbird
import Record
import Web

/// `…/rooms/{body}/rules`: the rules of procedure a body works under, each with the rule it cites; and the motion to change them. What is
/// moved is a change of the set in force; when the body carries it, the new rules are in force with the announcement.
struct RulesPages: Sendable {
    let house: House
    let states: RoomStates
    let rate: DelegationRate

    private var pages: ConferencePages { ConferencePages(house: house, procedures: states.procedures) }

    func addRoutes(to router: Router<Visit>) {
        router.get("/conferences/{conference}/rooms/{body}/rules") { _, visit in try await show(visit, refusal: nil) }
        router.post("/conferences/{conference}/rooms/{body}/rules") { request, visit in try await move(request, visit) }
    }

    // MARK: Moving a change

    private func move(_ request: Request, _ visit: Visit) async throws -> Response {
        let person = try house.access.requireSignedIn(visit.person)
        try rate.admit(person, in: try visit.parameter("conference"), at: house.now())
        let form = try await house.form(from: request, visit)
        let (id, body) = (try visit.parameter("conference"), try visit.parameter("body"))
        let (access, states) = (house.access, states)
        do {
            _ = try await house.record.enter(
                Command { context in
                    guard let now = try access.person(person.id, in: context.database) else { throw Access.refusal(of: .delegate) }
                    let room = try states.room(id, body, in: context.database, keeping: false)
                    guard let delegate = RoomPages.standing(of: now, in: room.conference, room.body).delegate,
                        let own = delegate.delegation
                    else { throw ConferenceCommands.noDelegation }
                    let change = try Self.change(form.fields, room.engine.rules)
                    guard !change.isEmpty else { throw ConferenceCommands.rulesSame }
                    let act = ConferenceMotionMade(
                        session: room.state.session, motion: "m\(context.nextIndex)", actor: own, motionKind: .changeRules,
                        text: change.text)
                    return try RoomPages.drafts(of: [act], by: delegate, form: form.request, room, context)
                })
            return house.seeOther("/conferences/\(id)/rooms/\(body)")
        } catch let refusal as Refusal where refusal.kind != .unauthenticated && !visit.wantsProblems {
            house.logRefusal(refusal, request, visit)
            return try await show(visit, refusal: refusal)
        }
    }

    /// The usual values, or a whole set as JSON.
    private static func change(_ fields: Fields, _ rules: ProcedureSet) throws -> RulesChange {
        if let text = try fields.filled("set", longest: RulesChange.longest) {
            guard let json = try? JSONParser.parse(Array(text.utf8)), json.object != nil else {
                throw ProcedureEngine.malformed(rules.matter(rules.change)?.rule, "it is no object of JSON")
            }
            return RulesChange(from: rules.json, to: json)
        }
        var changed = rules
        if let minutes = try fields.integer("minutes", in: 0...600) { changed.speakers.seconds = minutes == 0 ? nil : minutes * 60 }
        if let times = try fields.integer("times", in: 0...100) { changed.speakers.times = times == 0 ? nil : times }
        if let days = try fields.integer("days", in: 0...365) { changed.proposals.daysCirculated = days }
        if let hours = try fields.integer("hours", in: 1...8_760) { changed.silence.hours = hours }
        changed.quorum.toOpen = try quorum("open", fields, rules.quorum.toOpen)
        changed.quorum.toDecide = try quorum("decide", fields, rules.quorum.toDecide)
        if let index = changed.matters.firstIndex(where: { $0.matter == rules.substance }) {
            if let majority = try fields.filled("majority", longest: 60) { changed.matters[index].majority = majority }
            if let consensus = try fields.choice("consensus", of: ProcedureSet.MatterRule.Consensus.self) {
                changed.matters[index].consensus = consensus
            }
        }
        return RulesChange(from: rules.json, to: changed.json)
    }

    /// A fraction as it is written, `1/3`; `>1/2` for more than it.
    private static func quorum(_ name: String, _ fields: Fields, _ old: Majority) throws -> Majority {
        guard let text = try fields.filled(name, longest: 20)?.filter({ !$0.isWhitespace }), !text.isEmpty else { return old }
        let parts = text.drop { $0 == ">" }.split(separator: "/").map { Int64($0) }
        guard parts.count == 2, let numerator = parts[0], let denominator = parts[1],
            let majority = Majority(
                name: old.name, numerator: numerator, denominator: denominator, isStrict: text.hasPrefix(">"), base: old.base)
        else { throw ProcedureEngine.malformed(nil, "'\(text)' is no fraction such as 1/3 or >1/2") }
        return majority
    }

    // MARK: The page

    private func show(_ visit: Visit, refusal: Refusal?) async throws -> Response {
        let (id, body) = (try visit.parameter("conference"), try visit.parameter("body"))
        let (states, access) = (states, house.access)
        let (room, person) = try await house.record.read { database in
            (
                try states.room(id, body, in: database, keeping: true),
                try visit.person.flatMap { try access.person($0.id, in: database) }
            )
        }
        let rules = room.engine.rules
        if try visit.representation(of: [.html, .json]) == .json { return house.json(rules.json) }
        let standing = RoomPages.standing(of: person, in: room.conference, room.body)
        let isParticipant = standing.delegate?.delegation.flatMap { room.state.seat($0) }?.rank.isObserver == false
        var values = RulesContext(pages: pages, rules: rules, visit: visit).values
        values["self"] = "/conferences/\(id)/rooms/\(body)/rules"
        values["body"] = visit.language.part(room.body.name)
        values["refusal"] = refusal.map { house.notice(of: $0, visit) } ?? false
        values["moved"] = moved(room, visit)
        if isParticipant { values["move"] = move(rules, visit) }
        var page = Page(
            template: "conferences/rules", title: pages.text("rules.title", visit), context: values,
            status: refusal.map { .init(code: $0.kind.httpStatus) } ?? .ok,
            trail: [
                Breadcrumb(pages.text("title", visit), "/conferences"),
                Breadcrumb(pages.chosen(room.conference.title, visit), pages.address(room.conference)),
                Breadcrumb(pages.chosen(room.body.name, visit), "/conferences/\(id)/rooms/\(body)"),
            ], section: "/conferences", dossier: room.conference.dossier, alternates: [.json])
        page.address = "/conferences/\(id)/rooms/\(body)/rules"
        page.isCompressible = true
        return try house.page(visit, page)
    }

    /// The changes that are before the body now, member by member.
    private func moved(_ room: Room, _ visit: Visit) -> [[String: Any]] {
        room.state.motions.filter { $0.kind == .changeRules && $0.fate == .pending }.compactMap { motion in
            motion.text.flatMap { RulesChange(text: $0) }.map { change in
                [
                    "name": pages.name(motion.actor, visit), "motion": motion.id,
                    "changes": change.changes(of: room.engine.rules).prefix(100).map { one in
                        ["place": one.place, "before": one.before?.canonicalText ?? "–", "after": one.after?.canonicalText ?? "–"]
                    },
                ]
            }
        }
    }

    private func move(_ rules: ProcedureSet, _ visit: Visit) -> [String: Any] {
        let substance = rules.matter(rules.substance)
        func fraction(_ quorum: Majority) -> String { "\(quorum.isStrict ? ">" : "")\(quorum.numerator)/\(quorum.denominator)" }
        return [
            "token": house.formToken(visit), "second": house.formToken(visit),
            "minutes": rules.speakers.seconds.map { String($0 / 60) } ?? "0", "times": rules.speakers.times.map { String($0) } ?? "0",
            "days": String(rules.proposals.daysCirculated), "hours": String(rules.silence.hours), "open": fraction(rules.quorum.toOpen),
            "decide": fraction(rules.quorum.toDecide),
            "majorities": rules.majorities.keys.sorted().map { name -> [String: Any] in
                ["value": name, "name": RulesContext.majority(name, pages, visit), "selected": name == substance?.majority]
            },
            "consensus": ProcedureSet.MatterRule.Consensus.allCases.map { one -> [String: Any] in
                [
                    "value": one.rawValue, "name": pages.text("rules.consensus.\(one.rawValue)", visit),
                    "selected": one == substance?.consensus,
                ]
            },
            "set": rules.json.canonicalText,
        ]
    }
}

/// A set of rules as a page shows it: each rule in words, with its number.
struct RulesContext {
    let pages: ConferencePages
    let rules: ProcedureSet
    let visit: Visit

    private func text(_ key: String, _ arguments: [String: TextArgument] = [:]) -> String {
        pages.text("rules.\(key)", arguments, visit)
    }

    /// A majority's name, in words where the catalogue has them.
    static func majority(_ name: String, _ pages: ConferencePages, _ visit: Visit) -> String {
        named("majority", name, pages, visit)
    }

    /// What a body's rules name in their own way, in words where the catalogue has them.
    private static func named(_ family: String, _ name: String, _ pages: ConferencePages, _ visit: Visit) -> String {
        let key = "\(family).\(name)"
        return pages.house.catalogue.has("conferences.\(key)") ? pages.text(key, visit) : name
    }

    var values: [String: Any] {
        [
            "name": pages.chosen(rules.title, visit), "basis": rules.basis, "general": general,
            "matters": rules.matters.map { matter in
                [
                    "name": Self.named("word.matter", matter.matter, pages, visit),
                    "majority": Self.majority(matter.majority, pages, visit),
                    "consensus": text("consensus.\(matter.consensus.rawValue)"), "rule": matter.rule,
                ]
            },
            "motions": rules.motions.map { motion in
                [
                    "name": pages.text("room.motion.\(motion.kind.rawValue)", visit), "rank": motion.rank.map { String($0) } ?? "–",
                    "decider": text("decider.\(motion.decider.rawValue)"), "speakers": "\(motion.inFavour) / \(motion.against)",
                    "rule": motion.rule,
                ]
            },
            "weights": rules.voting.weights.sorted { $0.key < $1.key }.map {
                ["name": pages.name($0.key, visit), "votes": String($0.value)]
            },
            "hasWeights": !rules.voting.weights.isEmpty,
        ]
    }

    private var general: [[String: Any]] {
        func fraction(_ quorum: Majority) -> String { "\(quorum.isStrict ? ">" : "")\(quorum.numerator)/\(quorum.denominator)" }
        func row(_ name: String, _ value: String, _ rule: String) -> [String: Any] {
            ["name": text(name), "value": value, "rule": rule]
        }
        func minutes(_ seconds: Int64?) -> String {
            seconds.map { pages.text("room.limit", ["count": .number(($0 + 59) / 60)], visit) } ?? text("unlimited")
        }
        var rows = [
            row("open", fraction(rules.quorum.toOpen), rules.quorum.toOpenRule),
            row("decide", fraction(rules.quorum.toDecide), rules.quorum.toDecideRule),
            row("time", minutes(rules.speakers.seconds), rules.motion(.limitSpeakers)?.rule ?? rules.speakers.rule),
            row("times", rules.speakers.times.map { String($0) } ?? text("unlimited"), rules.speakers.rule),
            row("reply", rules.reply.seconds.map { minutes($0) }.joined(separator: "; "), rules.reply.rule),
        ]
        rows += [
            row("days", String(rules.proposals.daysCirculated), rules.proposals.circulationRule),
            row("method", pages.text("room.method.\(rules.voting.method.rawValue)", visit), rules.voting.methodRule),
            row("tie", text("second.\(rules.voting.secondVote.rawValue)"), rules.voting.tieRule),
            row("elections", Self.majority(rules.elections.majority, pages, visit), rules.elections.rule),
            row("hours", String(rules.silence.hours), rules.silence.rule),
            row("change", Self.majority(rules.matter(rules.change)?.majority ?? "", pages, visit), rules.matter(rules.change)?.rule ?? ""),
        ]
        return rows
    }
}

extension ConferenceCommands {
    static var rulesSame: Refusal {
        Refusal(
            .conflict, code: "conferences.rules-same", "These are the rules in force.", mend: "Change a value, then move it.")
    }
}
