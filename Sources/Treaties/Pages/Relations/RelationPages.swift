import Acts
import Hummingbird
import Record
import Web

/// `/treaties/{treaty}/relations`: is A bound towards B, by which text, with which reservations; and all Parties towards all.
struct RelationPages: Sendable {
    let pages: TreatyPages

    private var house: House { pages.house }
    private var desk: TreatyDesk { pages.desk }

    func addRoutes(to router: Router<Visit>) {
        router.get("/treaties/{treaty}/relations") { request, visit in try await page(request, visit) }
    }

    /// What was asked.
    private struct Question {
        var asOf: CalendarDate
        var isToday: Bool
        var view: ReservationView
        var a: ActorCode?
        var b: ActorCode?
    }

    /// What is known of a treaty's relations on the day in question.
    private struct Found: Sendable {
        var opened: TreatyOpened
        var reading: LifeReading
    }

    private func page(_ request: Request, _ visit: Visit) async throws -> Response {
        let number = try pages.number(visit)
        let representation = try visit.representation(of: [.html, .json, .csv])
        let question = try question(visit)
        return try await house.cached(request, visit, dependsOn: .dossiers([TreatyCommands.dossier(of: number)])) {
            let found = try await found(number, question)
            switch representation {
            case .json: return house.json(json(found, question, visit))
            case .csv: return csv(found, question)
            default: return try page(found, question, visit)
            }
        }
    }

    private func question(_ visit: Visit) throws -> Question {
        let today = house.now().date
        let asOf = try visit.query.date("asOf")
        if let asOf, asOf > TreatyPages.lastDay {
            throw Refusal(
                .malformed, code: "request.date", "'\(asOf)' in the field 'asOf' is not a day of the calendar.",
                mend: "Write the year, the month and the day: 2026-01-17.", arguments: ["field": "asOf", "value": asOf.description])
        }
        return Question(
            asOf: asOf ?? today, isToday: asOf == nil || asOf == today,
            view: try visit.query.choice("view", of: ReservationView.self) ?? .depositary, a: try pages.actorCode(visit, "a"),
            b: try pages.actorCode(visit, "b"))
    }

    private func found(_ number: String, _ question: Question) async throws -> Found {
        let rule = pages.rule
        return try await house.record.read { database in
            guard let listed = try TreatyQueries(database: database).treaty(number) else { throw TreatyCommands.unknownTreaty(number) }
            do {
                guard let life = try LifeQueries(database: database, actors: rule.actors).life(of: number) else {
                    throw TreatyCommands.unknownTreaty(number)
                }
                return Found(opened: listed.opened, reading: try life.reading(on: question.asOf))
            } catch let problem as ClauseProblem {
                throw RelationPages.cannotCompute(number, "\(problem)")
            } catch let problem as MalformedAct {
                throw RelationPages.cannotCompute(number, "\(problem)")
            }
        }
    }

    private static func cannotCompute(_ number: String, _ reason: String) -> Refusal {
        Refusal(
            .unlawful, code: "treaty.relations-unknown", "Who is bound by \(number) cannot be computed: \(reason).",
            mend: "Mend the treaty's clause or its facts.", citation: "docs/clauses.md", arguments: ["treaty": number, "reason": reason])
    }

    private func relation(_ found: Found, _ question: Question) -> TreatyRelation? {
        guard let a = question.a, let b = question.b else { return nil }
        return found.reading.relation(of: .actor(a), towards: .actor(b), view: question.view)
    }

    // MARK: HTML

    private func page(_ found: Found, _ question: Question, _ visit: Visit) throws -> Response {
        let opened = found.opened
        let link = "/treaties/\(opened.treaty)"
        let words = RelationWords(pages: pages, visit: visit)
        var context = pages.titleContext(opened.titles, visit)
        context["selfLink"] = "\(link)/relations"
        context["asOf"] = question.isToday ? "" : question.asOf.description
        if !question.isToday { context["asOfNotice"] = pages.text("asOf.notice", ["date": .date(question.asOf)], visit) }
        let parties = found.reading.participation.standings.filter { $0.state != .none }.map(\.participant)
        context["choicesA"] = choices(parties, selected: question.a, visit)
        context["choicesB"] = choices(parties, selected: question.b, visit)
        context["views"] = ReservationView.allCases.map {
            pages.option($0.rawValue, pages.text("relations.view.\($0.rawValue)", visit), selected: $0 == question.view)
        }
        context["answer"] = false
        context["row"] = false
        context["matrix"] = false
        if question.a != nil, question.b != nil {
            context["answer"] = words.answer(relation(found, question), in: found.reading, question.a, question.b)
        } else if let a = question.a {
            context["row"] = words.row(of: a, in: found.reading, view: question.view, link: "\(link)/relations", asOf: question.asOf)
        }
        let overview = RelationOverview(reading: found.reading, view: question.view)
        context["standing"] = words.standing(overview, on: question.asOf)
        if question.a == nil, overview.count > 1 {
            context["matrix"] = words.matrix(overview, link: "\(link)/relations", asOf: question.isToday ? nil : question.asOf)
        }
        return try house.page(
            visit,
            Page(
                template: "treaties/relations/relations", title: pages.text("relations.title", visit), context: context,
                trail: [
                    Breadcrumb(pages.text("register.title", visit), "/treaties"), Breadcrumb(opened.short ?? opened.treaty, link),
                ],
                section: "/treaties", dossier: TreatyCommands.dossier(of: opened.treaty), alternates: [.json, .csv]))
    }

    private func choices(_ parties: [Participant], selected: ActorCode?, _ visit: Visit) -> [[String: Any]] {
        var codes: Set<ActorCode> = []
        for party in parties { if case .actor(let code) = party.id { codes.insert(code) } }
        if let selected { codes.insert(selected) }
        return visit.language.sorted(Array(codes)) { pages.name($0, visit) }
            .map { pages.option($0.rawValue, pages.name($0, visit), selected: $0 == selected) }
    }

    // MARK: Data

    private func json(_ found: Found, _ question: Question, _ visit: Visit) -> JSON {
        var object: JSONObject = [
            "treaty": .string(found.opened.treaty), "asOf": .string(question.asOf.description), "view": .string(question.view.rawValue),
        ]
        if let a = question.a, let b = question.b {
            object["a"] = .string(a.rawValue)
            object["b"] = .string(b.rawValue)
            if let relation = relation(found, question) {
                let words = LegalWords(catalogue: house.catalogue, language: visit.language, actors: desk.actors)
                object["relation"] = relation.json
                object["reasons"] = .array(
                    found.reading.reasons(for: relation).map { step in
                        [
                            "code": .string(step.code.rawValue), "rule": .string(step.citation),
                            "text": .string(words.sentence(step) + "."),
                        ]
                    })
            } else {
                object["relation"] = .null
            }
            return .object(object)
        }
        object["relations"] = .array(relations(found, question).map(\.json))
        return .object(object)
    }

    private func relations(_ found: Found, _ question: Question) -> [TreatyRelation] {
        let all = found.reading.matrix(view: question.view)
        guard let a = question.a else { return Array(all) }
        return all.filter { $0.first.id == .actor(a) || $0.second.id == .actor(a) }
    }

    private func csv(_ found: Found, _ question: Question) -> Response {
        var table = CSVWriter(header: ["a", "b", "state", "since", "until", "amendments", "modified", "excluded"])
        let relations =
            question.a != nil && question.b != nil ? [relation(found, question)].compactMap { $0 } : relations(found, question)
        for relation in relations {
            table.write([
                relation.first.id.description, relation.second.id.description, relation.state.rawValue, relation.since?.description ?? "",
                relation.until?.description ?? "", relation.amendments.joined(separator: " "), relation.modified.joined(separator: " "),
                relation.excluded.joined(separator: " "),
            ])
        }
        return house.csv(table, named: "\(found.opened.treaty)-relations")
    }
}

extension TreatyRelation {
    /// As data; what is empty is left out.
    var json: JSON {
        var object: JSONObject = [
            "a": .string(first.id.description), "b": .string(second.id.description), "state": .string(state.rawValue),
        ]
        object["since"] = since.map { .string($0.description) }
        object["until"] = until.map { .string($0.description) }
        if !amendments.isEmpty { object["amendments"] = .array(amendments.map(JSON.string)) }
        if !modified.isEmpty { object["modified"] = .array(modified.map(JSON.string)) }
        if !excluded.isEmpty { object["excluded"] = .array(excluded.map(JSON.string)) }
        if !reservations.isEmpty {
            object["reservations"] = .array(
                reservations.map { reservation in
                    [
                        "id": .string(reservation.id), "author": .string(reservation.author.id.description),
                        "provisions": .array(reservation.provisions.map(JSON.string)), "effect": .string(reservation.effect.code),
                    ]
                })
        }
        return .object(object)
    }
}
