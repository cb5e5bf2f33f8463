import Acts
import Hummingbird
import Record
import Web

/// `/actors` and `/actors/{actor}`: States and organizations, and all that each has signed and is bound by.
extension TreatyPages {
    func actorList(_ request: Request, _ visit: Visit) async throws -> Response {
        let representation = try visit.representation(of: [.html, .json, .csv])
        let query = try visit.query.filled("q", longest: 200)
        var matched: [ActorCode: String] = [:]
        let found: [Actor]
        if let query {
            let matches = desk.actors.search(query, limit: 50)
            for match in matches { matched[match.actor.code] = match.name.text }
            found = matches.map(\.actor)
        } else {
            found = visit.language.sorted(desk.actors.actors) { $0.name(in: visit.language.tag) }
        }
        switch representation {
        case .json:
            return house.json([
                "total": .integer(Int64(found.count)),
                "actors": .array(
                    found.map { actor in
                        [
                            "code": .string(actor.code.rawValue), "kind": .string(actor.kind.rawValue),
                            "names": JSON(texts: Dictionary(uniqueKeysWithValues: ActorTable.languages.map { ($0, actor.name(in: $0)) })),
                            "href": .string("/actors/\(actor.code)"),
                        ]
                    }),
            ])
        case .csv:
            var table = CSVWriter(header: ["code", "name", "kind", "alpha-2", "m49"])
            for actor in found {
                table.write([
                    actor.code.rawValue, actor.name(in: visit.language.tag), actor.kind.rawValue, actor.alpha2 ?? "",
                    actor.m49.map { String($0) } ?? "",
                ])
            }
            return house.csv(table, named: "actors")
        default:
            let context: [String: Any] = [
                "summary": text("actors.summary", visit), "query": query ?? "",
                "count": text("actors.count", ["count": .number(Int64(found.count))], visit),
                "actors": found.map { actor -> [String: Any] in
                    let name = actor.name(in: visit.language.tag)
                    let other = matched[actor.code].flatMap { $0 == name ? nil : text("actors.matched", ["name": .text($0)], visit) }
                    return [
                        "code": actor.code.rawValue, "name": name, "matched": other ?? false,
                        "kind": actor.kind == .state ? false : text("kind.\(actor.kind.rawValue)", visit),
                    ]
                },
            ]
            return try house.page(
                visit,
                Page(
                    template: "treaties/actors", title: text("actors.title", visit), context: context, section: "/actors",
                    alternates: [.json, .csv]))
        }
    }

    /// What one actor did towards one treaty.
    private struct Taking {
        var standing: TreatyStanding
        var own: ParticipantStanding
    }

    func actor(_ request: Request, _ visit: Visit) async throws -> Response {
        let text = try visit.parameter("actor")
        guard let code = ActorCode(rawValue: text), let actor = desk.actors[code] else {
            throw Refusal(
                .notFound, code: "treaty.unknown-actor", "No actor has the code \(text).",
                mend: "Choose a State or organization from the list.",
                arguments: ["actor": text])
        }
        let representation = try visit.representation(of: [.html, .json, .csv])
        let today = house.now().date
        let asOf = try visit.query.date("asOf") ?? today
        let takings = try await house.record.read { database -> [Taking] in
            let queries = TreatyQueries(database: database)
            let numbers = Set(try queries.treaties(of: code))
            return try queries.treaties().filter { numbers.contains($0.opened.treaty) }.compactMap { listed in
                let standing =
                    asOf == today
                    ? try desk.standings.standing(of: listed, on: today, in: queries, rule: rule)
                    : try queries.standing(of: listed.opened.treaty, asOf: asOf, rule: rule)
                guard let standing, let own = try? standing.participation.get()[.actor(code)], own.state != .none else { return nil }
                return Taking(standing: standing, own: own)
            }
        }
        switch representation {
        case .html: return try actorPage(actor, takings, asOf: asOf, isToday: asOf == today, visit)
        case .json: return house.json(actorJSON(actor, takings, asOf: asOf))
        default:
            var table = CSVWriter(header: ["treaty", "title", "state", "signature", "consent", "consent-kind", "in-effect-from"])
            for taking in takings {
                let opened = taking.standing.listed.opened
                table.write([
                    opened.treaty, title(opened.titles, visit).text, taking.own.state.name, taking.own.signedOn?.description ?? "",
                    taking.own.consent?.act.date.description ?? "", taking.own.consent?.act.kind.rawValue ?? "",
                    taking.own.dateOfEffect?.description ?? "",
                ])
            }
            return house.csv(table, named: code.rawValue)
        }
    }

    private func actorPage(_ actor: Actor, _ takings: [Taking], asOf: CalendarDate, isToday: Bool, _ visit: Visit) throws -> Response {
        let name = actor.name(in: visit.language.tag)
        let parties = takings.count { $0.own.state == .party || $0.own.state == .contracting }
        let signatories = takings.count { $0.own.state == .signatory }
        let context: [String: Any] = [
            "name": name, "formal": actor.formalName(in: visit.language.tag),
            "standing": takings.isEmpty
                ? text("actor.none", visit)
                : text(
                    "actor.standing",
                    [
                        "parties": .text(text("actor.parties", ["count": .number(Int64(parties))], visit)),
                        "signatories": .text(text("actor.signatories", ["count": .number(Int64(signatories))], visit)),
                    ], visit),
            "facts": actorFacts(actor, visit), "note": actor.note ?? false, "selfLink": "/actors/\(actor.code)",
            "followLink": visit.person == nil ? false : "/desk/digest?actor=\(actor.code)",
            "asOf": isToday ? "" : asOf.description, "hasRows": !takings.isEmpty,
            "rows": takings.map { taking -> [String: Any] in
                let opened = taking.standing.listed.opened
                var row = titleContext(opened.titles, visit)
                for (key, value) in standingCells(taking.own, lines: taking.standing.linesByID, visit) { row[key] = value }
                row["number"] = opened.treaty
                row["link"] = "/treaties/\(opened.treaty)"
                let (chip, words) = participationChip(taking.own.state, visit)
                row["chip"] = chip
                row["status"] = words
                return row
            },
        ]
        return try house.page(
            visit,
            Page(
                template: "treaties/actor", title: name, context: context, trail: [Breadcrumb(text("actors.title", visit), "/actors")],
                section: "/actors", alternates: [.json, .csv]))
    }

    private func participationChip(_ state: ParticipantStanding.State, _ visit: Visit) -> (chip: String, words: String) {
        switch state {
        case .party: ("in-force", text("participation.party", visit))
        case .contracting: ("awaiting", text("participation.contracting", visit))
        case .signatory: ("awaiting", text("participation.signatory", visit))
        case .ended: ("refused", text("participation.ended", visit))
        case .none: ("", text("participation.none", visit))
        }
    }

    private func actorFacts(_ actor: Actor, _ visit: Visit) -> [[String: Any]] {
        var facts: [[String: Any]] = []
        func add(_ key: String, markup: Markup) {
            facts.append(["label": text("actor.\(key)", visit), "value": markup])
        }
        func add(_ key: String, _ value: String?) {
            guard let value, !value.isEmpty else { return }
            add(key, markup: Markup(text: value))
        }
        func links(_ codes: [ActorCode]) -> Markup {
            codes.map { Markup.link(name($0, visit), to: "/actors/\($0)") }.joined(separator: Markup(" · "))
        }
        add(
            "code",
            ([actor.code.rawValue, actor.alpha2].compactMap { $0 } + [actor.m49.map { String($0) }].compactMap { $0 }).joined(
                separator: " · "))
        add("kind", text("kind.\(actor.kind.rawValue)", visit))
        let membership = desk.actors.group("un-members")?.memberships.first { $0.actor == actor.code }
        add("member", membership?.from.map { visit.language.text($0) })
        add("existed", actor.kind == .extinctState ? actor.validUntil.map { visit.language.text($0) } : nil)
        if !actor.predecessors.isEmpty { add("predecessors", markup: links(actor.predecessors.map(\.predecessor))) }
        if !actor.successors.isEmpty { add("successors", markup: links(actor.successors.map(\.successor))) }
        let groups = desk.actors.groups(of: actor.code, at: house.now().date).map { $0.name(in: visit.language.tag) }
        add("groups", groups.joined(separator: " · "))
        let former = actor.names.filter { $0.form == .short && $0.until != nil && $0.language == visit.language.tag }.map(\.text)
        add("formerly", former.joined(separator: " · "))
        return facts
    }

    private func actorJSON(_ actor: Actor, _ takings: [Taking], asOf: CalendarDate) -> JSON {
        var object: JSONObject = [
            "code": .string(actor.code.rawValue), "kind": .string(actor.kind.rawValue), "asOf": .string(asOf.description),
            "names": JSON(texts: Dictionary(uniqueKeysWithValues: ActorTable.languages.map { ($0, actor.name(in: $0)) })),
            "treaties": .array(
                takings.map { taking in
                    [
                        "treaty": .string(taking.standing.treaty), "state": .string(taking.own.state.name),
                        "signedOn": JSON(taking.own.signedOn?.description), "consentOn": JSON(taking.own.consent?.act.date.description),
                        "consentKind": JSON(taking.own.consent?.act.kind.rawValue),
                        "inEffectFrom": JSON(taking.own.dateOfEffect?.description),
                        "href": .string("/treaties/\(taking.standing.treaty)"),
                    ]
                }),
        ]
        object["alpha2"] = actor.alpha2.map(JSON.string)
        object["m49"] = actor.m49.map { .integer(Int64($0)) }
        return .object(object)
    }
}
