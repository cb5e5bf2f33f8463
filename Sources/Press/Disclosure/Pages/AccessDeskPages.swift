import Acts
import Disclosure
import Hummingbird
import Record
import Web

/// The officers' side of requests for access: registering them and taking each step in its time.
struct AccessDeskPages: Sendable {
    let desk: DisclosureDesk
    let pages: DisclosurePages
    let form: AccessFormPages

    private var house: House { desk.house }

    func addRoutes(to router: Router<Visit>) {
        router.get("/press/access") { _, visit in try await list(nil, visit, refusal: nil) }
        router.post("/press/access") { request, visit in try await register(request, visit) }
        router.post("/press/access/{request}/step") { request, visit in try await step(request, visit) }
    }

    private func list(_ fields: Fields?, _ visit: Visit, refusal: Refusal?) async throws -> Response {
        let person = try house.access.requireSignedIn(visit.person)
        let offices = desk.offices(person)
        let today = house.now().date
        let files = try await house.record.read { try DisclosureQueries(database: $0).requests() }.filter { offices.contains($0.office) }
        func value(_ name: String) -> String { (try? fields?.text(name)) ?? "" }
        let rows = files.map { file -> [String: Any] in
            var row = pages.row(file, on: today, visit)
            row["request"] = house.formToken(visit)
            row["today"] = today.description
            row["mayAct"] = person.offices(as: .pressOfficer).contains(file.office)
            row["choices"] = AccessStepTaken.Step.allCases.map { ["value": $0.rawValue, "name": desk.text("step.\($0.rawValue)", visit)] }
            row["outcomes"] = AccessStepTaken.Outcome.allCases.map {
                ["value": $0.rawValue, "name": desk.text("outcome.\($0.rawValue)", visit)]
            }
            row["action"] = "/press/access/\(file.act.request)/step"
            return row
        }
        let waiting = try await form.waiting(for: person, visit)
        return try desk.page(
            "access", desk.text("requests.title", visit),
            waiting.merging([
                "standing": desk.text("requests.standing", ["count": .number(Int64(files.count))], visit), "requests": rows,
                "hasRequests": !rows.isEmpty, "mayRegister": person.holds(.pressOfficer),
                "offices": desk.choices(person, as: .pressOfficer, visit), "today": today.description, "subject": value("subject"),
                "contact": value("contact"),
                "laws": desk.law.regimes.regimes.values.sorted { $0.identifier < $1.identifier }.map {
                    ["value": $0.identifier, "name": $0.name(in: visit.language.tag), "selected": $0.identifier == value("regime")]
                        as [String: Any]
                },
            ]) { $1 }, visit, refusal: refusal)
    }

    private func register(_ request: Request, _ visit: Visit) async throws -> Response {
        let person = try house.access.require(visit.person, .pressOfficer)
        let form = try await house.form(from: request, visit)
        return try await desk.taking(request, visit) {
            let office = try desk.office(form.fields, person, as: .pressOfficer)
            guard let regime = desk.law.regimes.regimes[try form.fields.required("regime")] else { throw DisclosureCommands.unknownLaw }
            let received = try form.fields.requiredDate("received")
            let subject = try form.fields.required("subject")
            _ = try form.fields.filled("subject", longest: DisclosureCommands.longestTitle)
            let contact = try form.fields.filled("contact", longest: 500)
            let commands = DisclosureCommands(office: office, author: person.id, law: desk.law)
            let (access, request) = (house.access, form.request)
            let entries = try await house.record.enter(
                Command { context in
                    try access.requireStill(person, .pressOfficer, in: office, of: context.database)
                    let today = context.now.date
                    return try commands.register(
                        regime: regime, received: received, subject: subject, contact: contact,
                        number: try DisclosureQueries(database: context.database).next("req", in: today.year), today: today, form: request)
                })
            guard let act = try entries.first?.payload(as: AccessRequested.self) else { throw DisclosureCommands.unknown }
            return house.seeOther("/access-requests/\(act.request)")
        } orShow: {
            try await list(form.fields, visit, refusal: $0)
        }
    }

    private func step(_ request: Request, _ visit: Visit) async throws -> Response {
        let person = try house.access.require(visit.person, .pressOfficer)
        let identifier = try visit.parameter("request")
        let form = try await house.form(from: request, visit)
        return try await desk.taking(request, visit) {
            let step = AccessStepTaken(
                request: identifier, step: try form.fields.requiredChoice("step", of: AccessStepTaken.Step.self),
                on: try form.fields.requiredDate("on"), outcome: try form.fields.choice("outcome", of: AccessStepTaken.Outcome.self),
                citation: try form.fields.filled("citation", longest: 200))
            guard let file = try await house.record.read({ try DisclosureQueries(database: $0).request(identifier) }) else {
                throw DisclosureCommands.unknown
            }
            guard person.offices(as: .pressOfficer).contains(file.office) else { throw Access.refusal(of: .pressOfficer) }
            let commands = DisclosureCommands(office: file.office, author: person.id, law: desk.law)
            let (access, request) = (house.access, form.request)
            _ = try await house.record.enter(
                Command { context in
                    try access.requireStill(person, .pressOfficer, in: commands.office, of: context.database)
                    guard let now = try DisclosureQueries(database: context.database).request(identifier) else {
                        throw DisclosureCommands.unknown
                    }
                    return try commands.step(now, step, today: context.now.date, form: request)
                })
            return house.seeOther("/access-requests/\(identifier)")
        } orShow: {
            try await list(form.fields, visit, refusal: $0)
        }
    }
}
