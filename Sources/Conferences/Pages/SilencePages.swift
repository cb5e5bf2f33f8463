import Acts
import HTTPTypes
import Hummingbird
import Record
import Web

/// `/conferences/{conference}/silences`: texts under silence. The chair and the secretariat begin one, put it off or take it back; a
/// delegation objects to the whole or to paragraphs by the deadline (General Assembly decision 74/544).
struct SilencePages: Sendable {
    let house: House
    let states: RoomStates

    private var pages: ConferencePages { ConferencePages(house: house, procedures: states.procedures) }

    /// What is done to a silence, by the last part of its address.
    enum Action: String, CaseIterable, Sendable {
        case begin
        case object
        case extend
        case withdraw
    }

    func addRoutes(to router: Router<Visit>) {
        router.get("/conferences/{conference}/silences") { _, visit in try await list(visit, refusal: nil) }
        for action in Action.allCases {
            router.post("/conferences/{conference}/silences/\(action.rawValue)") { request, visit in try await act(action, request, visit) }
        }
    }

    // MARK: Acting

    private func act(_ action: Action, _ request: Request, _ visit: Visit) async throws -> Response {
        let person = try house.access.requireSignedIn(visit.person)
        let form = try await house.form(from: request, visit)
        let id = try visit.parameter("conference")
        let (access, states) = (house.access, states)
        do {
            _ = try await house.record.enter(
                Command { context in
                    guard let now = try access.person(person.id, in: context.database) else { throw Access.refusal(of: .delegate) }
                    return try Self.drafts(action, form, now, id, states, context)
                })
            return house.seeOther("/conferences/\(id)/silences")
        } catch let refusal as Refusal where refusal.kind != .unauthenticated && !visit.wantsProblems {
            house.logRefusal(refusal, request, visit)
            return try await list(visit, refusal: refusal)
        }
    }

    private static func drafts(
        _ action: Action, _ form: Form, _ person: Person, _ id: String, _ states: RoomStates, _ context: RuleContext
    ) throws -> [ActDraft] {
        let fields = form.fields
        let queries = SilenceQueries(database: context.database)
        if action == .begin {
            let room = try states.room(id, try fields.required("body"), in: context.database, keeping: false)
            let actor = try chair(person, room)
            let act = try begun(fields, room, "s\(context.nextIndex)")
            try room.engine.admit(act, at: context.now)
            return [ConferenceCommands(office: actor.office, author: actor.person, form: form.request).draft(act, in: id)]
        }
        let name = try fields.required("name")
        guard let kept = try queries.silence(name, of: id) else { throw ProcedureFault.unknown.refusal(nil, ["name": name]) }
        let (silence, begun) = (kept.silence, kept.silence.begun)
        let room = try states.room(id, begun.body, in: context.database, keeping: false)
        let act: any Payload
        let actor: RoomActor
        switch action {
        case .begin: return []
        case .object:
            guard let delegate = RoomPages.standing(of: person, in: room.conference, room.body).delegate, let own = delegate.delegation
            else {
                throw ConferenceCommands.noDelegation
            }
            // Observers do not object, named or not.
            _ = try room.engine.participant(own, room.state)
            act = ConferenceSilenceBroken(
                conference: id, body: begun.body, silence: name, actor: begun.isSecret ? nil : own,
                paragraphs: words(try fields.filled("paragraphs", longest: 2_000)),
                reason: try fields.filled("text", longest: RoomForms.longest))
            // An unnamed objection is entered by the office that began the silence: the record does not say whose it is.
            actor = begun.isSecret ? RoomActor(office: kept.office, person: "node", delegation: nil) : delegate
        case .extend:
            act = ConferenceSilenceExtended(
                conference: id, body: begun.body, silence: name, deadline: try deadline(fields, zone: silence.zone), zone: silence.zone)
            actor = try chair(person, room)
        case .withdraw:
            act = ConferenceSilenceEnded(
                conference: id, body: begun.body, silence: name, outcome: .withdrawn, open: begun.paragraphs,
                rule: room.engine.rules.silence.rule)
            actor = try chair(person, room)
        }
        try room.engine.admit(act, to: silence, seats: room.state.seats, at: context.now)
        let commands = ConferenceCommands(office: actor.office, author: actor.person, form: form.request)
        var drafts = [commands.draft(act, in: id)]
        var after = silence
        after.apply(act)
        if let ended = after.ending(at: context.now, rules: room.engine.rules.silence) { drafts.append(commands.draft(ended, in: id)) }
        return drafts
    }

    private static func chair(_ person: Person, _ room: Room) throws(Refusal) -> RoomActor {
        guard let chair = RoomPages.standing(of: person, in: room.conference, room.body).chair else {
            throw ConferenceCommands.notPresiding
        }
        return chair
    }

    private static func begun(_ fields: Fields, _ room: Room, _ name: String) throws -> ConferenceSilenceBegun {
        let zone = try fields.filled("zone", longest: 64) ?? room.conference.zone
        _ = try fields.required("concerns")
        let paragraphs = words(try fields.filled("paragraphs", longest: 2_000)).removingRepeats
        return ConferenceSilenceBegun(
            conference: room.conference.id, body: room.body.id, silence: name, concerns: try fields.filled("concerns", longest: 200) ?? "",
            paragraphs: paragraphs, deadline: try deadline(fields, zone: zone), zone: zone, isSecret: try fields.text("secret") != nil,
            isPartial: try fields.text("partial") != nil && !paragraphs.isEmpty)
    }

    /// A day and an hour of the clock in the zone.
    private static func deadline(_ fields: Fields, zone: String) throws -> Moment {
        let day = try fields.requiredDate("day")
        let parts = try fields.required("hour").split(separator: ":").map { Int($0) }
        guard parts.count == 2, let hour = parts[0], let minute = parts[1] else {
            throw ProcedureFault.zone.refusal(nil, ["zone": try fields.required("hour")])
        }
        return try Silence.deadline(on: day, hour: hour, minute: minute, zone: zone)
    }

    private static func words(_ text: String?) -> [String] {
        (text ?? "").split(whereSeparator: { $0.isWhitespace || $0 == "," }).prefix(200).map(String.init)
    }

    // MARK: The page

    private func list(_ visit: Visit, refusal: Refusal?) async throws -> Response {
        let id = try visit.parameter("conference")
        let access = house.access
        let (conference, silences, person) = try await house.record.read { database in
            (
                try ConferenceQueries(database: database).conference(id), try SilenceQueries(database: database).silences(of: id),
                try visit.person.flatMap { try access.person($0.id, in: database) }
            )
        }
        guard let conference else { throw ConferenceCommands.unknown }
        if try visit.representation(of: [.html, .json]) == .json {
            return house.json(["silences": .array(silences.map { Self.json($0.silence) })])
        }
        let chaired = conference.bodies.filter { RoomPages.standing(of: person, in: conference, $0).chair != nil }
        var values: [String: Any] = [
            "self": "\(pages.address(conference))/silences", "hasRows": !silences.isEmpty, "zone": conference.zone,
            "refusal": refusal.map { house.notice(of: $0, visit) } ?? false,
            "standing": pages.text(
                "silences.standing", ["count": .number(Int64(silences.count { $0.silence.ended == nil }))], visit),
            "rows": silences.map { row($0.silence, conference, person, visit) },
        ]
        if !chaired.isEmpty {
            values["begin"] = [
                "token": house.formToken(visit), "zone": conference.zone,
                "bodies": chaired.map { ["value": $0.id, "name": pages.chosen($0.name, visit)] },
            ]
        }
        return try house.page(
            visit,
            Page(
                template: "conferences/silences", title: pages.text("silences", visit), context: values,
                status: refusal.map { .init(code: $0.kind.httpStatus) } ?? .ok,
                trail: [
                    Breadcrumb(pages.text("title", visit), "/conferences"),
                    Breadcrumb(pages.chosen(conference.title, visit), pages.address(conference)),
                ], section: "/conferences", dossier: conference.dossier, alternates: [.json]))
    }

    private func row(_ silence: Silence, _ conference: Conference, _ person: Person?, _ visit: Visit) -> [String: Any] {
        let begun = silence.begun
        let standing = conference.body(begun.body).map { RoomPages.standing(of: person, in: conference, $0) }
        let outcome = silence.ended?.outcome.rawValue ?? "running"
        let isRunning = silence.ended == nil
        let mayObject = isRunning && standing?.delegate != nil
        let isChaired = isRunning && standing?.chair != nil
        return [
            "id": begun.silence, "concerns": begun.concerns,
            "body": conference.body(begun.body).map { visit.language.part($0.name) } ?? Markup(),
            "state": pages.text("silences.state.\(outcome)", visit),
            "chip": outcome == "adopted" ? "agreed" : outcome == "broken" || outcome == "withdrawn" ? "refused" : "awaiting",
            "deadline": visit.language.text(silence.deadline), "instant": silence.deadline.description,
            "local": Self.local(silence.deadline, silence.zone),
            "paragraphs": begun.paragraphs.joined(separator: ", "), "hasParagraphs": !begun.paragraphs.isEmpty,
            "isSecret": begun.isSecret, "isPartial": begun.isPartial,
            "rule": TextPages.filled(silence.ended?.rule ?? ""),
            "open": TextPages.filled(silence.ended.map { $0.open.joined(separator: ", ") } ?? ""),
            "objections": silence.objections.map { objection -> [String: Any] in
                [
                    "name": objection.actor.map { pages.name($0, visit) } ?? pages.text("silences.unnamed", visit),
                    "paragraphs": TextPages.filled(objection.paragraphs.joined(separator: ", ")),
                    "text": TextPages.filled(objection.reason ?? ""),
                ]
            }, "hasObjections": !silence.objections.isEmpty,
            "object": mayObject ? ["token": house.formToken(visit)] : false,
            "chair": isChaired ? ["extend": house.formToken(visit), "withdraw": house.formToken(visit)] : false,
        ]
    }

    /// The deadline as the clocks of its zone show it.
    private static func local(_ deadline: Moment, _ zone: String) -> String { Silence.clock(deadline, zone: zone) }

    private static func json(_ silence: Silence) -> JSON {
        let begun = silence.begun
        var object: JSONObject = [
            "silence": .string(begun.silence), "body": .string(begun.body), "concerns": .string(begun.concerns),
            "deadline": .string(silence.deadline.description), "zone": .string(silence.zone), "secret": .bool(begun.isSecret),
            "partial": .bool(begun.isPartial), "paragraphs": .array(begun.paragraphs.map(JSON.string)),
            "objections": .array(
                silence.objections.map { objection in
                    var one: JSONObject = ["paragraphs": .array(objection.paragraphs.map(JSON.string))]
                    one["actor"] = objection.actor.map { .string($0.rawValue) }
                    one["reason"] = objection.reason.map(JSON.string)
                    return .object(one)
                }),
            "state": .string(silence.ended?.outcome.rawValue ?? "running"),
        ]
        object["open"] = silence.ended.map { .array($0.open.map(JSON.string)) }
        object["rule"] = silence.ended.map { .string($0.rule) }
        return .object(object)
    }
}
