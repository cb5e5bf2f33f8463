import Acts
import HTTPTypes
import Hummingbird
import Ledger
import NIOCore
import Record
import Web

/// `/conferences/new` and a conference's secretariat desk: convening, bodies, officers, delegations, groups, agendas, documents,
/// meetings. Every form enters one act.
struct SecretariatPages: Sendable {
    let house: House
    let procedures: ShippedProcedures

    /// Most bytes of a document's form with its file.
    static let mostBytes = 32 << 20

    private var pages: ConferencePages { ConferencePages(house: house, procedures: procedures) }

    func addRoutes(to router: Router<Visit>) {
        router.get("/conferences/new") { _, visit in try await convening(nil, visit) }
        router.post("/conferences/new") { request, visit in try await convene(request, visit) }
        router.get("/conferences/{conference}/secretariat") { _, visit in try await desk(nil, visit) }
        add("bodies", to: router) { form, conference, commands, _ in
            let fields = form.fields
            let act = ConferenceBodyEstablished(
                conference: conference.id, body: try fields.required("body"), form: try fields.choice("form") ?? .committee,
                name: try texts("name", fields), symbol: try fields.filled("symbol", longest: 40), parent: try fields.filled("parent"),
                members: try actors("members", fields))
            return try commands.establish(act, in: conference)
        }
        add("officers", to: router) { form, conference, commands, context in
            let fields = form.fields
            let person = try fields.filled("person", longest: 64)
            let act = ConferenceOfficerElected(
                conference: conference.id, body: try fields.required("body"), function: try fields.choice("function") ?? .chair,
                name: try fields.filled("name", longest: 200) ?? "", actor: try actor("actor", fields), person: person)
            let known = try person.map { try house.access.person($0, in: context.database) != nil } ?? false
            return try commands.elect(act, in: conference, knows: known)
        }
        add("groups", to: router) { form, conference, commands, _ in
            let fields = form.fields
            let act = ConferenceGroupFormed(
                conference: conference.id, group: try fields.required("group"), name: try texts("name", fields),
                members: try actors("members", fields), speaker: try actor("speaker", fields))
            return try commands.form(act, in: conference)
        }
        add("delegations", to: router) { form, conference, commands, context in
            let fields = form.fields
            guard let actor = try actor("actor", fields) else { throw Fields.missing("actor") }
            let act = ConferenceDelegationRegistered(
                conference: conference.id, actor: actor, standing: try fields.choice("standing") ?? .participant,
                office: try fields.filled("office", longest: 64), members: try members(fields))
            let offices = Dictionary(
                try house.access.offices(in: context.database).map { ($0.id, $0.actor) }, uniquingKeysWith: { first, _ in first })
            return try commands.register(act, in: conference, actorExists: try ActorTable.standard[actor] != nil, offices: offices)
        }
        add("credentials", to: router) { form, conference, commands, _ in
            let fields = form.fields
            let act = ConferenceCredentialsReported(
                conference: conference.id, document: try fields.required("document"), inOrder: try actors("inOrder", fields),
                provisional: try actors("provisional", fields), contested: try actors("contested", fields))
            return try commands.report(act, in: conference)
        }
        add("agendas", to: router) { form, conference, commands, _ in
            let fields = form.fields
            let act = ConferenceAgendaAdopted(
                conference: conference.id, body: try fields.required("body"), items: try items(fields),
                isProvisional: try fields.text("provisional") != nil)
            return try commands.adopt(act, in: conference)
        }
        add("meetings", to: router) { form, conference, commands, context in
            let fields = form.fields
            let body = try fields.required("body")
            let last = try ConferenceQueries(database: context.database).lastMeeting(conference.id, body)
            let change = try fields.choice("change", of: ConferenceMeetingChanged.Change.self) ?? .opened
            let act = ConferenceMeetingChanged(
                conference: conference.id, body: body,
                meeting: try fields.integer("meeting", in: 1...100_000)
                    ?? (change == .opened ? (last?.number ?? 0) + 1 : last?.number ?? 1),
                change: change, isPublic: change == .opened ? try fields.text("private") == nil : nil)
            return try commands.change(act, in: conference, last: last)
        }
        router.post("/conferences/{conference}/secretariat/documents") { request, visit in try await issue(request, visit) }
    }

    // MARK: Entering

    typealias Rule = @Sendable (Form, Conference, ConferenceCommands, RuleContext) throws -> [ActDraft]

    private func add(_ name: String, to router: Router<Visit>, rule: @escaping Rule) {
        router.post("/conferences/{conference}/secretariat/\(name)") { request, visit in
            let form = try await house.form(from: request, visit)
            return try await enter(form, request, visit, rule: rule)
        }
    }

    private func enter(_ form: Form, _ request: Request, _ visit: Visit, rule: @escaping Rule) async throws -> Response {
        let person = try house.access.require(visit.person, .conferenceOfficer)
        let id = try visit.parameter("conference")
        let access = house.access
        do {
            guard let office = person.offices(as: .conferenceOfficer).first else { throw Access.refusal(of: .conferenceOfficer) }
            let commands = ConferenceCommands(office: office, author: person.id, form: form.request)
            _ = try await house.record.enter(
                Command { context in
                    try access.requireStill(person, .conferenceOfficer, in: office, of: context.database)
                    guard let conference = try ConferenceQueries(database: context.database).conference(id) else {
                        throw ConferenceCommands.unknown
                    }
                    return try rule(form, conference, commands, context)
                })
            return house.seeOther("/conferences/\(id)/secretariat")
        } catch let refusal as Refusal where refusal.kind != .forbidden && !visit.wantsProblems {
            house.logRefusal(refusal, request, visit)
            return try await desk(refusal, visit)
        }
    }

    private func convene(_ request: Request, _ visit: Visit) async throws -> Response {
        let person = try house.access.require(visit.person, .conferenceOfficer)
        let form = try await house.form(from: request, visit)
        let access = house.access
        do {
            let fields = form.fields
            let opens = try fields.requiredDate("opens")
            guard let office = person.offices(as: .conferenceOfficer).first else { throw Access.refusal(of: .conferenceOfficer) }
            let act = ConferenceConvened(
                conference: try fields.required("conference"), symbol: try fields.required("symbol"), title: try texts("title", fields),
                place: try fields.required("place"), opens: opens, closes: try fields.date("closes"), zone: try fields.required("zone"),
                procedure: try fields.required("procedure"),
                languages: (try fields.filled("languages", longest: 100) ?? "").split(whereSeparator: { !$0.isLetter && $0 != "-" })
                    .map(String.init))
            let commands = ConferenceCommands(office: office, author: person.id, form: form.request)
            let procedures = Set(procedures.sets.map(\.name))
            _ = try await house.record.enter(
                Command { context in
                    try access.requireStill(person, .conferenceOfficer, in: office, of: context.database)
                    let existing = try ConferenceQueries(database: context.database).conference(act.conference)
                    return try commands.convene(act, existing: existing, procedures: procedures)
                })
            return house.seeOther("/conferences/\(act.conference)/secretariat")
        } catch let refusal as Refusal where refusal.kind != .forbidden && !visit.wantsProblems {
            house.logRefusal(refusal, request, visit)
            return try await convening(refusal, visit)
        }
    }

    /// A document may come with one file, in one language.
    private func issue(_ request: Request, _ visit: Visit) async throws -> Response {
        _ = try house.access.require(visit.person, .conferenceOfficer)
        let form = try await house.upload(from: request, upTo: Self.mostBytes, visit)
        var files: [String: String] = [:]
        if let file = form.file("file"), !file.bytes.isEmpty {
            files[try form.fields.filled("language", longest: 12) ?? "en"] = Hexadecimal.encode(try house.record.storeBlob(file.bytes))
        }
        let kept = files
        return try await enter(form, request, visit) { form, conference, commands, context in
            let fields = form.fields
            let act = ConferenceDocumentIssued(
                conference: conference.id, body: try fields.required("body"), symbol: try fields.required("symbol"),
                title: try texts("title", fields), item: try fields.filled("item", longest: 20),
                sponsors: try words("sponsors", fields), files: kept)
            return try commands.issue(
                act, in: conference, taken: try ConferenceQueries(database: context.database).symbols(conference.id))
        }
    }

    // MARK: Fields

    /// `NAME` is the text in English, `NAME-fr` in French, and so on.
    private func texts(_ name: String, _ fields: Fields) throws -> [String: String] {
        var texts: [String: String] = [:]
        for language in Language.allCases {
            if let text = try fields.filled(language == .english ? name : "\(name)-\(language.tag)", longest: ConferenceCommands.mostTitle)
            {
                texts[language.tag] = text
            }
        }
        return texts
    }

    private func words(_ name: String, _ fields: Fields) throws -> [String] {
        (try fields.filled(name, longest: 4_000) ?? "").split(whereSeparator: { $0.isWhitespace || $0 == "," }).map(String.init)
    }

    private func actors(_ name: String, _ fields: Fields) throws -> [ActorCode] {
        try words(name, fields).map { word in
            guard let code = ActorCode(rawValue: word.uppercased()) else { throw ConferenceCommands.unknownSponsor(word) }
            return code
        }
    }

    private func actor(_ name: String, _ fields: Fields) throws -> ActorCode? {
        guard let text = try fields.filled(name, longest: 200) else { return nil }
        guard let found = try ActorTable.standard.find(name: text)?.code else { throw ConferenceCommands.unknownSponsor(text) }
        return found
    }

    /// One member to a line: the name, a comma, the function.
    private func members(_ fields: Fields) throws -> [ConferenceDelegationRegistered.Member] {
        (try fields.filled("members", longest: 20_000) ?? "").split(whereSeparator: \.isNewline).map {
            line -> ConferenceDelegationRegistered.Member in
            let parts = line.split(separator: ",", maxSplits: 1).map { $0.drop(while: \.isWhitespace) }
            return .init(name: String(parts.first ?? ""), function: parts.count > 1 ? String(parts[1]) : "")
        }
    }

    /// One item to a line: the number, a space, the title.
    private func items(_ fields: Fields) throws -> [ConferenceAgendaAdopted.Item] {
        let lines = (try fields.filled("items", longest: 40_000) ?? "").split(whereSeparator: \.isNewline)
        return lines.map { line -> ConferenceAgendaAdopted.Item in
            let mark = line.firstIndex(where: \.isWhitespace) ?? line.endIndex
            var number = line[..<mark]
            if number.last == "." { number.removeLast() }
            let title = line[mark...].drop(while: \.isWhitespace)
            return ConferenceAgendaAdopted.Item(number: String(number), title: ["en": String(title)])
        }
    }

    // MARK: Pages

    private func convening(_ refusal: Refusal?, _ visit: Visit) async throws -> Response {
        _ = try house.access.require(visit.person, .conferenceOfficer)
        return try pages.page(
            "new", pages.text("convene", visit),
            [
                "request": house.formToken(visit),
                "procedures": procedures.sets.map { ["value": $0.name, "name": pages.chosen($0.title, visit)] },
                "refusal": refusal.map { house.notice(of: $0, visit) } ?? false,
            ], of: nil, visit, alternates: [], status: refusal.map { .init(code: $0.kind.httpStatus) } ?? .ok)
    }

    private func desk(_ refusal: Refusal?, _ visit: Visit) async throws -> Response {
        _ = try house.access.require(visit.person, .conferenceOfficer)
        let conference = try await pages.conference(visit)
        let access = house.access
        let (meetings, symbols, offices) = try await house.record.read { database in
            let queries = ConferenceQueries(database: database)
            return (try queries.meetings(conference.id), try queries.symbols(conference.id), try access.offices(in: database))
        }
        func token() -> String { house.formToken(visit) }
        let last = { (body: String) in meetings.first { $0.body == body } }
        let numbers = symbols.compactMap { DocumentSymbol($0) }.filter { $0.series == .limited && $0.root.hasPrefix(conference.symbol) }
        let next = DocumentSymbol(of: conference.symbol, .limited, (numbers.compactMap(\.number).max() ?? 0) + 1)
        let bodies: [[String: Any]] = conference.bodies.map { body in
            let meeting = last(body.id)
            let state = meeting?.state.rawValue ?? "none"
            return [
                "value": body.id, "name": pages.chosen(body.name, visit), "request": token(), "meeting": meeting?.number ?? 0,
                "state": pages.text("secretariat.meeting.\(state)", ["number": .number(meeting?.number ?? 0)], visit),
                "mayOpen": meeting == nil || meeting?.state == .adjourned, "maySuspend": meeting?.state == .open,
                "mayResume": meeting?.state == .suspended, "mayAdjourn": meeting != nil && meeting?.state != .adjourned,
                "room": "/conferences/\(conference.id)/rooms/\(body.id)",
            ]
        }
        func options(_ values: [(String, String)]) -> [[String: Any]] { values.map { ["value": $0.0, "name": $0.1] } }
        var context: [String: Any] = [
            "title": visit.language.part(conference.title), "self": "/conferences/\(conference.id)/secretariat",
            "bodies": bodies, "hasBodies": !bodies.isEmpty, "next": next?.description ?? "",
            "refusal": refusal.map { house.notice(of: $0, visit) } ?? false,
        ]
        var tokens: [String: String] = [:]
        for name in ["body", "officer", "delegation", "group", "agenda", "document", "credentials"] { tokens[name] = token() }
        context["requests"] = tokens
        context["forms"] = options(Conference.Form.allCases.map { ($0.rawValue, pages.text("form.\($0.rawValue)", visit)) })
        context["functions"] = options(Conference.Function.allCases.map { ($0.rawValue, pages.text("function.\($0.rawValue)", visit)) })
        context["delegations"] = options(conference.delegations.map { ($0.actor.rawValue, pages.name($0.actor, visit)) })
        context["offices"] = options(offices.filter { $0.actor != nil }.map { ($0.id, $0.name(in: visit.language)) })
        return try pages.page(
            "secretariat", pages.text("secretariat", visit), context, of: conference, visit, alternates: [],
            status: refusal.map { .init(code: $0.kind.httpStatus) } ?? .ok,
            address: "/conferences/\(conference.id)/secretariat")
    }
}
