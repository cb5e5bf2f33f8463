import Acts
import HTTPTypes
import Hummingbird
import Record
import Web

/// `/conferences/{conference}/programme`: the meetings to come. The secretariat, and who presides over a body, plan them.
struct ProgrammePages: Sendable {
    let house: House
    let states: RoomStates

    private var pages: ConferencePages { ConferencePages(house: house, procedures: states.procedures) }

    func addRoutes(to router: Router<Visit>) {
        router.get("/conferences/{conference}/programme") { _, visit in try await programme(visit, refusal: nil) }
        router.post("/conferences/{conference}/programme") { request, visit in try await plan(request, visit) }
    }

    private func text(_ key: String, _ arguments: [String: TextArgument] = [:], _ visit: Visit) -> String {
        pages.text("programme.\(key)", arguments, visit)
    }

    private func plan(_ request: Request, _ visit: Visit) async throws -> Response {
        let person = try house.access.requireSignedIn(visit.person)
        let form = try await house.form(from: request, visit)
        let id = try visit.parameter("conference")
        let access = house.access
        do {
            _ = try await house.record.enter(
                Command { context in
                    guard let now = try access.person(person.id, in: context.database) else { throw ConferenceCommands.notPresiding }
                    guard let conference = try ConferenceQueries(database: context.database).conference(id) else {
                        throw ConferenceCommands.unknown
                    }
                    let name = try form.fields.filled("plan", longest: 60)
                    let known = try name.map { name in
                        guard let plan = try NewsQueries(database: context.database).plan(name, of: id) else {
                            throw ConferenceCommands.unknownPlan
                        }
                        return plan
                    }
                    let act = try Self.act(form.fields, conference, known, name: "m\(context.nextIndex)")
                    guard let body = conference.body(act.body) else { throw ConferenceCommands.unknownBody(act.body) }
                    guard let chair = RoomPages.standing(of: now, in: conference, body).chair else {
                        throw ConferenceCommands.notPresiding
                    }
                    return try ConferenceCommands(office: chair.office, author: chair.person, form: form.request).plan(
                        act, in: conference, begins: known?.begins, now: context.now)
                })
            return house.seeOther("/conferences/\(id)/programme")
        } catch let refusal as Refusal where refusal.kind != .unauthenticated && !visit.wantsProblems {
            house.logRefusal(refusal, request, visit)
            return try await programme(visit, refusal: refusal)
        }
    }

    /// A plan that is there is called off; everything else is a new one.
    private static func act(
        _ fields: Fields, _ conference: Conference, _ known: PlannedMeeting?, name: String
    ) throws -> ConferenceMeetingPlanned {
        if let known {
            return ConferenceMeetingPlanned(
                conference: conference.id, body: known.body, plan: known.plan, begins: known.begins, place: known.place, about: known.about,
                isCancelled: true)
        }
        let day = try fields.requiredDate("day")
        let hour = try fields.required("hour")
        let parts = hour.split(separator: ":").map { Int($0) }
        guard parts.count == 2, let hours = parts[0], let minutes = parts[1] else {
            throw ProcedureFault.zone.refusal(nil, ["zone": String(hour.prefix(40))])
        }
        return ConferenceMeetingPlanned(
            conference: conference.id, body: try fields.required("body"), plan: name,
            begins: try Silence.deadline(on: day, hour: hours, minute: minutes, zone: conference.zone),
            place: try fields.filled("place", longest: 200) ?? conference.place,
            about: try fields.filled("about", longest: ConferenceCommands.mostTitle) ?? "")
    }

    private func programme(_ visit: Visit, refusal: Refusal?) async throws -> Response {
        let conference = try await pages.conference(visit)
        let (now, access) = (house.now(), house.access)
        let (plans, person) = try await house.record.read { database in
            (
                try NewsQueries(database: database).plans(of: conference.id, from: now),
                try visit.person.flatMap { try access.person($0.id, in: database) }
            )
        }
        if try visit.representation(of: [.html, .json]) == .json {
            return house.json([
                "meetings": .array(
                    plans.map { plan in
                        [
                            "plan": .string(plan.plan), "body": .string(plan.body), "begins": .string(plan.begins.description),
                            "place": .string(plan.place), "about": .string(plan.about), "cancelled": .bool(plan.isCancelled),
                        ]
                    })
            ])
        }
        let chaired = conference.bodies.filter { RoomPages.standing(of: person, in: conference, $0).chair != nil }
        let chairedNames = Set(chaired.map(\.id))
        let address = "\(pages.address(conference))/programme"
        var context: [String: Any] = [
            "self": address, "zone": conference.zone, "hasRows": !plans.isEmpty,
            "standing": text("standing", ["count": .number(Int64(plans.count { !$0.isCancelled }))], visit),
            "refusal": refusal.map { house.notice(of: $0, visit) } ?? false,
        ]
        context["rows"] = plans.map { plan -> [String: Any] in
            [
                "plan": plan.plan, "body": conference.body(plan.body).map { visit.language.part($0.name) } ?? Markup(text: plan.body),
                "room": "\(pages.address(conference))/rooms/\(plan.body)", "local": Silence.clock(plan.begins, zone: conference.zone),
                "instant": plan.begins.description, "place": plan.place, "about": plan.about, "isCancelled": plan.isCancelled,
                "cancel": !plan.isCancelled && chairedNames.contains(plan.body) ? ["token": house.formToken(visit)] : false,
            ]
        }
        if !chaired.isEmpty {
            context["new"] = [
                "token": house.formToken(visit), "place": conference.place,
                "bodies": chaired.map { ["value": $0.id, "name": pages.chosen($0.name, visit)] },
            ]
        }
        var page = Page(
            template: "conferences/programme", title: pages.text("programme.title", visit), context: context,
            status: refusal.map { .init(code: $0.kind.httpStatus) } ?? .ok,
            trail: [
                Breadcrumb(pages.text("title", visit), "/conferences"),
                Breadcrumb(pages.chosen(conference.title, visit), pages.address(conference)),
            ], section: "/conferences", dossier: conference.dossier, alternates: [.json])
        page.address = address
        page.isCompressible = true
        return try house.page(visit, page)
    }
}
