import Acts
import Federation
import HTTPTypes
import Hummingbird
import Mail
import Record
import Web

/// `/hotline`: what waits for an answer, the lines, the calls and what happened when.
struct HotlinePages: Sendable {
    let desk: CorrespondenceDesk
    let house: House

    private var pages: CorrespondencePages { CorrespondencePages(desk: desk, house: house) }

    func addRoutes(to router: Router<Visit>) {
        router.get("/hotline") { _, visit in try await page(refusal: nil, visit) }
        router.post("/hotline/call") { request, visit in try await call(request, visit) }
        router.post("/hotline/lines") { request, visit in try await set(request, visit) }
        router.post("/hotline/{call}/acknowledge") { request, visit in try await answer(request, visit, ends: false) }
        router.post("/hotline/{call}/end") { request, visit in try await answer(request, visit, ends: true) }
    }

    private func text(_ key: String, _ arguments: [String: TextArgument] = [:], _ visit: Visit) -> String {
        pages.text("hotline.\(key)", arguments, visit)
    }

    private func text(_ key: String, _ visit: Visit) -> String { text(key, [:], visit) }

    private func page(refusal: Refusal?, _ visit: Visit) async throws -> Response {
        let person = try house.access.requireSignedIn(visit.person)
        let offices = Set(pages.offices(person))
        let node = desk.node
        let (all, allLines) = try await house.record.read { database in
            let queries = HotlineQueries(database: database)
            return (try queries.calls(), try queries.lines())
        }
        let calls = all.filter { !$0.offices(at: node).isDisjoint(with: offices) }
        let lines = allLines.filter { SealingParty($0.office).map { offices.contains($0.office) } ?? false }
        let now = house.now()
        if try visit.representation(of: [.html, .json]) == .json {
            return pages.json(["calls": .array(calls.map { resource($0, at: now) })])
        }
        let addressees = try await pages.addressees()
        func reason(_ call: HotlineCall) -> String {
            // Whoever the ladder reached answers in the called office's place and reads by its key.
            let keys = offices.contains(call.from.office) && call.from.node == node ? [call.from.office] : [call.to.office]
            guard let clear = try? desk.sealing.open(call.content, as: keys) else { return pages.text("sealed", visit) }
            return clear.isEmpty ? text("check", visit) : String(decoding: clear, as: UTF8.self)
        }
        func row(_ call: HotlineCall) -> [String: Any] {
            let state = call.state(at: now)
            var happened: [(at: Moment, text: String)] = [(call.called, text("happened.called", visit))]
            if let at = call.delivered { happened.append((at, text("happened.delivered", visit))) }
            for step in call.steps {
                happened.append(
                    (
                        step.at,
                        text("happened.\(step.means.rawValue)", ["to": .text(step.to)], visit) + (step.reply.map { " (\($0))" } ?? "")
                    ))
            }
            if let at = call.acknowledged {
                let by = call.acknowledgedBy.map { pages.name($0, addressees, visit) } ?? ""
                happened.append((at, text("happened.acknowledged", ["office": .text(by)], visit)))
            }
            if let at = call.ended { happened.append((at, text("happened.ended", visit))) }
            let events = happened.sorted { $0.at < $1.at }.map {
                ["at": visit.language.text($0.at), "datetime": $0.at.description, "text": $0.text]
            }
            return [
                "reason": reason(call), "from": pages.name(call.from, addressees, visit), "to": pages.name(call.to, addressees, visit),
                "state": text("state.\(state.rawValue)", visit), "stateName": state.rawValue,
                "check": call.isCheck, "class": state == .overdue ? "refused" : state == .waiting ? "awaiting" : "agreed",
                "due": text("due", ["moment": .moment(call.due)], visit), "events": events, "address": "/hotline/\(call.entry)",
                "request": house.formToken(visit), "second": house.formToken(visit),
                "mayAcknowledge": call.acknowledged == nil && call.ended == nil && !call.answering(at: node).isDisjoint(with: offices),
                "mayEnd": call.ended == nil, "record": "/record/acts/\(call.entry)",
            ]
        }
        let waiting = calls.filter { $0.acknowledged == nil && $0.ended == nil && !$0.answering(at: node).isDisjoint(with: offices) }
        let rest = calls.filter { call in !waiting.contains { $0.entry == call.entry } }
        let mine = person.offices(as: .correspondent)
        return try pages.page(
            "hotline", text("title", visit),
            [
                "standing": waiting.isEmpty ? text("quiet", visit) : text("standing", ["count": .number(Int64(waiting.count))], visit),
                "waiting": waiting.map(row),
                "hasWaiting": !waiting.isEmpty, "calls": rest.map(row), "hasCalls": !rest.isEmpty,
                "lines": lines.map { line in
                    [
                        "line": line.line, "request": house.formToken(visit),
                        "mayCall": SealingParty(line.office).map { mine.contains($0.office) } ?? false,
                        "peer": SealingParty(line.peer).map { pages.name($0, addressees, visit) } ?? line.peer,
                        "office": SealingParty(line.office).map { pages.name($0, addressees, visit) } ?? line.office,
                        "minutes": text("minutes", ["count": .number(line.minutes)], visit),
                        "lastCheck": lastCheck(of: line, among: all).map { call in
                            text(
                                "last-check",
                                [
                                    "moment": .moment(call.called),
                                    "state": .text(text("state.\(call.checkState(at: now).rawValue)", visit)),
                                ],
                                visit)
                        } ?? false,
                        "checks": line.checkHours.map { text("checks", ["count": .number($0)], visit) } ?? false,
                        "steps": line.ladder.map {
                            text("step.\($0.means.rawValue)", ["count": .number($0.after), "to": .text($0.to)], visit)
                        },
                    ] as [String: Any]
                }, "hasLines": !lines.isEmpty, "mayDraw": !mine.isEmpty, "request": house.formToken(visit),
                "offices": mine.map { ["value": $0, "name": pages.name(desk.sealing.party($0), addressees, visit)] as [String: Any] },
                "peers": (addressees.filter { $0.node != node } + addressees.filter { $0.node == node }).map {
                    ["value": $0.party.description, "name": pages.name($0.party, addressees, visit)] as [String: Any]
                },
                "refusal": refusal.map { house.notice(of: $0, visit) } ?? false,
            ], visit, status: refusal.map { .init(code: $0.kind.httpStatus) } ?? .ok)
    }

    /// The newest communication check that the line's office made on it.
    private func lastCheck(of line: HotlineSet, among calls: [HotlineCall]) -> HotlineCall? {
        calls.first { $0.isCheck && $0.from.description == line.office && $0.to.description == line.peer }
    }

    private func resource(_ call: HotlineCall, at now: Moment) -> JSON {
        var object: JSONObject = [
            "entry": .integer(call.entry), "from": .string(call.from.description), "to": .string(call.to.description),
            "called": .string(call.called.description), "minutes": .integer(call.minutes), "due": .string(call.due.description),
            "check": .bool(call.isCheck),
            "state": .string(call.state(at: now).rawValue),
            "steps": .array(
                call.steps.map { step in
                    var object: JSONObject = [
                        "means": .string(step.means.rawValue), "to": .string(step.to), "at": .string(step.at.description),
                    ]
                    object["reply"] = step.reply.map(JSON.string)
                    return .object(object)
                }),
        ]
        object["delivered"] = call.delivered.map { .string($0.description) }
        object["acknowledged"] = call.acknowledged.map { .string($0.description) }
        object["acknowledgedBy"] = call.acknowledgedBy.map { .string($0.description) }
        object["ended"] = call.ended.map { .string($0.description) }
        return .object(object)
    }

    private func call(_ request: Request, _ visit: Visit) async throws -> Response {
        let person = try house.access.require(visit.person, .correspondent)
        let form = try await house.form(from: request, visit)
        do {
            let name = try form.fields.required("line")
            let isCheck = try form.fields.text("check") != nil
            let reason = isCheck ? "" : try form.fields.required("reason")
            _ = try form.fields.filled("reason", longest: 4_000)
            let lines = try await house.record.read { try HotlineQueries(database: $0).lines() }
            guard let line = lines.first(where: { $0.line == name }), let office = SealingParty(line.office)?.office,
                let peer = SealingParty(line.peer), person.offices(as: .correspondent).contains(office)
            else { throw CorrespondenceCommands.unknown }
            let sealed = try desk.sealing.seal(
                Array(reason.utf8), purpose: LetterSealing.call, from: office, to: [peer], of: try await pages.addressees())
            let rule = HotlineRule(node: desk.node, office: office, author: person.id)
            let access = house.access
            _ = try await house.record.enter(
                Command { context in
                    try access.requireStill(person, .correspondent, in: office, of: context.database)
                    return try rule.call(to: peer, minutes: line.minutes, isCheck: isCheck, content: sealed.json, form: form.request)
                })
            return house.seeOther("/hotline")
        } catch let refusal as Refusal where refusal.kind != .forbidden {
            house.logRefusal(refusal, request, visit)
            return try await page(refusal: refusal, visit)
        }
    }

    /// Lines of `MINUTES office NAME` and `MINUTES mail ADDRESS [LANGUAGE]`.
    private func ladder(_ text: String) throws -> [HotlineStep] {
        try text.split(whereSeparator: \.isNewline).map { line in
            let words = line.split(whereSeparator: \.isWhitespace).map(String.init)
            guard (3...4).contains(words.count), let after = Int64(words[0]), let means = HotlineStep.Means(rawValue: words[1]) else {
                throw Refusal(
                    .malformed, code: "correspondence.line-step", "The step '\(line.prefix(80))' is not one.",
                    mend: "Write the minutes, 'office' or 'mail', and whom: 5 office duty.", arguments: ["to": String(line.prefix(80))])
            }
            return HotlineStep(after: after, means: means, to: words[2], language: words.count == 4 ? words[3] : nil)
        }
    }

    private func set(_ request: Request, _ visit: Visit) async throws -> Response {
        let person = try house.access.require(visit.person, .correspondent)
        let form = try await house.form(from: request, visit)
        do {
            let office = try form.fields.required("office")
            guard person.offices(as: .correspondent).contains(office) else { throw Access.refusal(of: .correspondent) }
            let addressees = try await pages.addressees()
            let peer = try form.fields.required("peer")
            guard addressees.contains(where: { $0.party.description == peer }) else { throw CorrespondenceCommands.unknownOffice(peer) }
            let line = HotlineSet(
                line: try form.fields.required("line"), office: desk.sealing.party(office).description, peer: peer,
                minutes: try form.fields.integer("minutes", in: 1...1_440) ?? 10,
                ladder: try ladder(try form.fields.filled("ladder", longest: 2_000) ?? ""),
                checkHours: try form.fields.integer("checkHours", in: 1...8_760))
            let own = Set(addressees.filter { $0.node == desk.node }.map(\.office))
            let rule = HotlineRule(node: desk.node, office: office, author: person.id)
            let (access, languages) = (house.access, Set(house.catalogue.languages.map(\.tag)))
            _ = try await house.record.enter(
                Command { context in
                    try access.requireStill(person, .correspondent, in: office, of: context.database)
                    let known = try HotlineQueries(database: context.database).lines().first { $0.line == line.line }
                    return try rule.set(
                        line, replacing: known, offices: own, languages: languages, isAddress: { MailAddress($0) != nil },
                        form: form.request)
                })
            return house.seeOther("/hotline")
        } catch let refusal as Refusal where refusal.kind != .forbidden {
            house.logRefusal(refusal, request, visit)
            return try await page(refusal: refusal, visit)
        }
    }

    private func answer(_ request: Request, _ visit: Visit, ends: Bool) async throws -> Response {
        let person = try house.access.requireSignedIn(visit.person)
        let entry = try pages.number("call", visit)
        let form = try await house.form(from: request, visit)
        guard let call = try await house.record.read({ try HotlineQueries(database: $0).call(entry) }),
            let office = pages.offices(person).first(where: (ends ? call.offices(at: desk.node) : call.answering(at: desk.node)).contains)
        else { throw CorrespondenceCommands.unknown }
        let rule = HotlineRule(node: desk.node, office: office, author: person.id)
        let access = house.access
        _ = try await house.record.enter(
            Command { context in
                try access.requireStill(person, in: context.database)
                guard let call = try HotlineQueries(database: context.database).call(entry) else { throw CorrespondenceCommands.unknown }
                return ends ? try rule.end(call, form: form.request) : try rule.acknowledge(call, form: form.request)
            })
        return house.seeOther("/hotline")
    }
}
