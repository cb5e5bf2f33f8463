import Acts
import HTTPTypes
import Hummingbird
import Ledger
import Record
import Web

/// `/conferences/{conference}/texts`: texts under negotiation. One address serves delegates, those who preside, and readers: what is
/// offered follows from who asks.
struct TextPages: Sendable {
    let house: House
    let procedures: ShippedProcedures
    let texts: TextStates
    let shelf: MarkupShelf
    /// Opens the positions of the visitor's own delegation; `nil`: none are kept here.
    var sealing: PaperSealing?

    var pages: ConferencePages { ConferencePages(house: house, procedures: procedures) }

    func addRoutes(to router: Router<Visit>) {
        let base = "/conferences/{conference}/texts"
        router.get(RouterPath(base)) { request, visit in try await list(request, nil, visit) }
        router.post(RouterPath(base)) { request, visit in try await table(request, visit) }
        router.get(RouterPath("\(base)/{text}")) { request, visit in try await reading(request, visit) }
        router.get(RouterPath("\(base)/{text}/amendments")) { request, visit in try await amendments(request, nil, visit) }
        router.get(RouterPath("\(base)/{text}/versions")) { request, visit in try await versions(request, visit) }
        router.get(RouterPath("\(base)/{text}/compare")) { request, visit in try await compare(request, visit) }
        router.get(RouterPath("\(base)/{text}/provisions/{provision}")) { request, visit in try await provision(request, visit) }
        for action in TextAction.allCases {
            router.post(RouterPath("\(base)/{text}/\(action.rawValue)")) { request, visit in try await act(action, request, visit) }
        }
    }

    // MARK: What the pages of texts share

    func text(_ key: String, _ arguments: [String: TextArgument] = [:], _ visit: Visit) -> String {
        house.text("conferences.texts.\(key)", arguments, visit)
    }

    func text(_ key: String, _ visit: Visit) -> String { text(key, [:], visit) }

    func address(_ text: OpenText) -> String { "/conferences/\(text.conference.id)/texts/\(text.head.text)" }

    /// What a template takes for a value that is there, or for one that is not.
    static func filled(_ text: String) -> Any { text.isEmpty ? false : text }

    /// A sponsor's name as people know it.
    func name(ofSponsor sponsor: String, in conference: Conference, _ visit: Visit) -> String {
        sponsor == TextCommands.chairsName && conference.group(sponsor) == nil
            ? text("chair", visit) : pages.name(ofParty: sponsor, in: conference, visit)
    }

    func names(_ sponsors: [String], in conference: Conference, _ visit: Visit) -> String {
        sponsors.map { name(ofSponsor: $0, in: conference, visit) }.joined(separator: visit.language == .arabic ? "، " : ", ")
    }

    /// A text, who looks at it, and what that makes of them there.
    struct Opened: Sendable {
        var text: OpenText
        var standing: RoomPages.Standing

        var mayAct: Bool { standing.chair != nil || standing.delegate != nil }

        /// The names the visitor's delegation may sign with.
        var own: [String] {
            standing.delegate?.delegation.map { TextCommands.parties(of: $0, in: text.conference) } ?? []
        }
    }

    /// - Throws: a refusal where there is no such text, or where it is not for this visitor.
    func open(_ visit: Visit) async throws -> Opened {
        let (conference, name) = (try visit.parameter("conference"), try visit.parameter("text"))
        let (access, texts, blobs) = (house.access, texts, blobs)
        let (text, person) = try await house.record.read { database in
            (
                try texts.text(conference, name, in: database, keeping: true, blobs: blobs),
                try visit.person.flatMap { try access.person($0.id, in: database) }
            )
        }
        let standing = Self.standing(of: person, in: text.conference, text.body)
        guard Self.mayRead(text.head, text.meeting, standing) else { throw RoomPages.closed }
        return Opened(text: text, standing: standing)
    }

    var blobs: TextStates.Blobs {
        let record = house.record
        return { try record.blob(sha256: $0) }
    }

    /// A text that is before no body is before all who take part.
    static func standing(of person: Person?, in conference: Conference, _ body: Conference.Body?) -> RoomPages.Standing {
        let body = body ?? Conference.Body(id: "", form: .plenary, name: [:], symbol: conference.symbol, parent: nil, members: [])
        return RoomPages.standing(of: person, in: conference, body)
    }

    /// What was tabled or proposed behind closed doors, and what is before a closed meeting now, is for those who sit in the body.
    static func mayRead(_ head: TextHead, _ meeting: ConferenceMeeting?, _ standing: RoomPages.Standing) -> Bool {
        if head.isRestricted, standing.chair == nil, standing.delegate == nil { return false }
        return RoomPages.mayEnter(standing, meeting)
    }

    /// The version that is asked for; the newest where none is.
    func version(_ name: String, of text: OpenText, _ visit: Visit) throws -> NegotiatedVersion? {
        guard let number = try visit.query.integer(name, in: 1...Int64(Negotiation.mostVersions)) else { return nil }
        return try text.negotiation.version(number)
    }

    func page(
        _ template: String, _ title: String, _ context: [String: Any], of text: OpenText, _ visit: Visit,
        alternates: [Representation] = [.json], refusal: Refusal? = nil, address: String? = nil
    ) throws -> Response {
        var values = context
        values["self"] = self.address(text)
        values["textTitle"] = visit.language.part(text.head.title)
        values["textSymbol"] = text.head.document ?? false
        values["refusal"] = refusal.map { house.notice(of: $0, visit) } ?? false
        values["lang"] = text.head.language
        values["dir"] = "auto"
        var page = Page(
            template: "conferences/texts/\(template)", title: title, context: values,
            status: refusal.map { .init(code: $0.kind.httpStatus) } ?? .ok,
            trail: [
                Breadcrumb(pages.text("title", visit), "/conferences"),
                Breadcrumb(pages.chosen(text.conference.title, visit), pages.address(text.conference)),
                Breadcrumb(self.text("title", visit), "\(pages.address(text.conference))/texts"),
            ], section: "/conferences", dossier: text.conference.dossier, alternates: alternates)
        page.about = ConferenceDesk.part(ofText: text.head.text)
        if template != "text" { page.trail.append(Breadcrumb(pages.chosen(text.head.title, visit), self.address(text))) }
        page.address = address
        page.isCompressible = true
        return try house.page(visit, page)
    }

    // MARK: The list

    func list(_ request: Request, _ refusal: Refusal?, _ visit: Visit) async throws -> Response {
        let id = try visit.parameter("conference")
        let access = house.access
        let (found, heads, meetings, person) = try await house.record.read { database in
            let queries = ConferenceQueries(database: database)
            let conference = try queries.conference(id)
            var meetings: [String: ConferenceMeeting] = [:]
            for body in conference?.bodies ?? [] { meetings[body.id] = try queries.lastMeeting(id, body.id) }
            return (
                conference, try TextQueries(database: database).heads(id), meetings,
                try visit.person.flatMap { try access.person($0.id, in: database) }
            )
        }
        guard let conference = found else { throw ConferenceCommands.unknown }
        let shown = heads.filter { head in
            let body = head.body.flatMap { conference.body($0) } ?? conference.bodies.first { $0.form == .plenary }
            return Self.mayRead(head, body.flatMap { meetings[$0.id] }, Self.standing(of: person, in: conference, body))
        }
        if try visit.representation(of: [.html, .json]) == .json {
            return house.json(["texts": .array(shown.map { TextResource.head($0) })])
        }
        var values: [String: Any] = [
            "self": "\(pages.address(conference))/texts", "conference": visit.language.part(conference.title),
            "standing": text("standing", ["count": .number(Int64(shown.count))], visit), "hasRows": !shown.isEmpty,
            "refusal": refusal.map { house.notice(of: $0, visit) } ?? false,
            "rows": shown.map { head -> [String: Any] in
                [
                    "address": "\(pages.address(conference))/texts/\(head.text)", "title": visit.language.part(head.title),
                    "form": text("form.\(head.form.rawValue)", visit), "symbol": head.document ?? false,
                    "version": text("version", ["number": .number(head.version)], visit), "changed": visit.language.text(head.changed),
                    "sponsors": Self.filled(names(head.sponsors, in: conference, visit)), "restricted": head.isRestricted,
                ]
            },
        ]
        let bodies = conference.bodies.filter { body in
            let standing = Self.standing(of: person, in: conference, body)
            return standing.chair != nil || standing.delegate != nil
        }
        if !bodies.isEmpty {
            let own = person.map { person in
                bodies.flatMap { body in
                    Self.standing(of: person, in: conference, body).delegate?.delegation.map {
                        TextCommands.parties(of: $0, in: conference)
                    } ?? []
                }
            }
            values["table"] = [
                "token": house.formToken(visit), "bodies": bodies.map { ["value": $0.id, "name": pages.chosen($0.name, visit)] },
                "forms": ConferenceTextTabled.Form.allCases.map { ["value": $0.rawValue, "name": text("form.\($0.rawValue)", visit)] },
                "language": conference.languages.first ?? "en", "sponsors": own?.first ?? "",
            ]
        }
        return try pages.page(
            "texts/list", text("title", visit), values, of: conference, visit,
            status: refusal.map { .init(code: $0.kind.httpStatus) } ?? .ok, address: "\(pages.address(conference))/texts")
    }
}
