import Acts
import HTTPTypes
import Hummingbird
import Ledger
import NIOCore
import Record
import Web

/// `/conferences`: the list, a conference's own page, its documents and its delegations.
struct ConferencePages: Sendable {
    let house: House
    let procedures: ShippedProcedures

    func addRoutes(to router: Router<Visit>) {
        router.get("/conferences") { _, visit in try await list(visit) }
        router.get("/conferences/{conference}") { _, visit in try await overview(visit) }
        router.get("/conferences/{conference}/documents") { _, visit in try await documents(visit) }
        router.get("/conferences/{conference}/documents/{document}") { _, visit in try await document(visit) }
        router.get("/conferences/{conference}/delegations") { _, visit in try await delegations(visit) }
    }

    // MARK: What all pages of the desk share

    func text(_ key: String, _ arguments: [String: TextArgument] = [:], _ visit: Visit) -> String {
        house.text("conferences.\(key)", arguments, visit)
    }

    func text(_ key: String, _ visit: Visit) -> String { text(key, [:], visit) }

    func chosen(_ texts: [String: String], _ visit: Visit) -> String { Self.chosen(texts, visit.language) }

    static func chosen(_ texts: [String: String], _ language: Language) -> String {
        language.tag(among: texts).flatMap { texts[$0] } ?? ""
    }

    /// A State's or organization's name; its code where the table does not know it.
    func name(_ actor: ActorCode, _ visit: Visit) -> String {
        (try? ActorTable.standard)?[actor]?.name(in: visit.language.tag) ?? actor.rawValue
    }

    /// Who presides, or what else an officer does, and from where.
    func text(of officer: Conference.Officer, _ visit: Visit) -> String {
        let from = officer.actor.map { "(\(name($0, visit)))" } ?? ""
        return text("officer.\(officer.function.rawValue)", ["name": .text(officer.name), "from": .text(from)], visit)
    }

    /// The name of a delegation or a group, by which it is written in acts.
    func name(ofParty party: String, in conference: Conference, _ visit: Visit) -> String {
        if let group = conference.group(party) { return chosen(group.name, visit) }
        return ActorCode(rawValue: party).map { name($0, visit) } ?? party
    }

    func conference(_ visit: Visit) async throws -> Conference {
        let id = try visit.parameter("conference")
        guard let conference = try await house.record.read({ try ConferenceQueries(database: $0).conference(id) }) else {
            throw ConferenceCommands.unknown
        }
        return conference
    }

    func address(_ conference: Conference) -> String { "/conferences/\(conference.id)" }

    /// A document's place among its conference's: its symbol without the conference's, with `_` for each slash.
    func address(_ symbol: String, in conference: Conference) -> String {
        "\(address(conference))/documents/\(Self.part(symbol, of: conference))"
    }

    static func part(_ symbol: String, of conference: Conference) -> String {
        let own = symbol.hasPrefix("\(conference.symbol)/") ? String(symbol.dropFirst(conference.symbol.utf8.count + 1)) : symbol
        return own.replacing("/", with: "_")
    }

    static func symbol(_ part: String, of conference: Conference) -> String {
        "\(conference.symbol)/\(part.replacing("_", with: "/"))"
    }

    func page(
        _ template: String, _ title: String, _ context: [String: Any], of conference: Conference?, _ visit: Visit,
        alternates: [Representation] = [.json], status: HTTPResponse.Status = .ok, address: String? = nil
    ) throws -> Response {
        var page = Page(
            template: "conferences/\(template)", title: title, context: context, status: status, section: "/conferences",
            dossier: conference?.dossier, alternates: alternates)
        if let conference {
            page.trail = [Breadcrumb(text("title", visit), "/conferences")]
            if template != "conference" { page.trail.append(Breadcrumb(chosen(conference.title, visit), self.address(conference))) }
        } else if template != "list" {
            page.trail = [Breadcrumb(text("title", visit), "/conferences")]
        }
        page.address = address
        page.isCompressible = true
        return try house.page(visit, page)
    }

    // MARK: The list

    private func list(_ visit: Visit) async throws -> Response {
        let all = try await house.record.read { try ConferenceQueries(database: $0).all() }
        if try visit.representation(of: [.html, .json]) == .json {
            return house.json(["conferences": .array(all.map(Self.resource))])
        }
        let today = house.now().date
        return try page(
            "list", text("title", visit),
            [
                "standing": text("list.standing", ["count": .number(Int64(all.count))], visit),
                "mayConvene": visit.person?.holds(.conferenceOfficer) ?? false, "hasRows": !all.isEmpty,
                "rows": all.map { conference in
                    [
                        "address": address(conference), "title": visit.language.part(conference.title), "symbol": conference.symbol,
                        "place": conference.place, "dates": dates(conference, visit),
                        "state": text("state.\(Self.state(conference, on: today))", visit),
                        "chip": Self.state(conference, on: today) == "under-way" ? "agreed" : "",
                    ] as [String: Any]
                },
            ], of: nil, visit)
    }

    /// A language's own name where the pages speak it, else its tag.
    static func languageName(_ tag: String) -> String { Language(rawValue: tag)?.ownName ?? tag }

    static func state(_ conference: Conference, on day: CalendarDate) -> String {
        if day < conference.opens { return "convened" }
        if let closes = conference.closes, day > closes { return "closed" }
        return "under-way"
    }

    private func dates(_ conference: Conference, _ visit: Visit) -> String {
        guard let closes = conference.closes else { return text("dates.from", ["from": .date(conference.opens)], visit) }
        return text("dates.between", ["from": .date(conference.opens), "until": .date(closes)], visit)
    }

    static func resource(_ conference: Conference) -> JSON {
        var object: JSONObject = [
            "conference": .string(conference.id), "symbol": .string(conference.symbol), "title": JSON(texts: conference.title),
            "place": .string(conference.place), "opens": .string(conference.opens.description), "zone": .string(conference.zone),
            "procedure": .string(conference.procedure), "languages": .array(conference.languages.map(JSON.string)),
        ]
        object["closes"] = conference.closes.map { .string($0.description) }
        return .object(object)
    }

    // MARK: One conference

    private func overview(_ visit: Visit) async throws -> Response {
        let conference = try await conference(visit)
        let id = conference.id
        let (meetings, documents, items) = try await house.record.read { database in
            let queries = ConferenceQueries(database: database)
            var items: [String: [ConferenceQueries.Item]] = [:]
            for body in try queries.conference(id)?.bodies ?? [] { items[body.id] = try queries.items(id, body.id) }
            return (try queries.meetings(id), try queries.documents(id), items)
        }
        if try visit.representation(of: [.html, .json]) == .json {
            return house.json(whole(conference, meetings, documents, items))
        }
        let open = meetings.filter { $0.state != .adjourned }
        let participants = conference.delegations.filter { $0.standing == .participant }
        let today = house.now().date
        var context: [String: Any] = [
            "title": visit.language.part(conference.title), "symbol": conference.symbol, "self": address(conference),
            "standing": text(
                "standing.\(Self.state(conference, on: today))",
                [
                    "place": .text(conference.place), "from": .date(conference.opens),
                    "until": .date(conference.closes ?? conference.opens),
                    "count": .number(Int64(participants.count)),
                ], visit),
            "now": open.map { meeting -> [String: Any] in
                let body = conference.body(meeting.body)
                return [
                    "address": "\(address(conference))/rooms/\(meeting.body)",
                    "text": text(
                        meeting.state == .suspended ? "meeting.suspended" : "meeting.in-session",
                        [
                            "body": .text(body.map { chosen($0.name, visit) } ?? meeting.body), "number": .number(meeting.number),
                            "since": .moment(meeting.opened),
                        ], visit), "private": !meeting.isPublic,
                ]
            }, "hasNow": !open.isEmpty,
            "bodies": conference.bodies.map { body -> [String: Any] in
                let last = meetings.first { $0.body == body.id }
                return [
                    "name": visit.language.part(body.name), "form": text("form.\(body.form.rawValue)", visit),
                    "address": "\(address(conference))/rooms/\(body.id)",
                    "officers": body.officers.map { text(of: $0, visit) },
                    "meetings": text("meetings", ["count": .number(last?.number ?? 0)], visit),
                    "hasItems": !(items[body.id] ?? []).isEmpty,
                    "items": (items[body.id] ?? []).map {
                        ["number": $0.number, "title": visit.language.part($0.title), "provisional": $0.isProvisional] as [String: Any]
                    },
                ]
            }, "hasBodies": !conference.bodies.isEmpty,
            "documents": documents.prefix(8).map { row($0, in: conference, visit) }, "hasDocuments": !documents.isEmpty,
            "documentCount": text("documents.count", ["count": .number(Int64(documents.count))], visit),
            "delegationCount": text("delegations.count", ["count": .number(Int64(conference.delegations.count))], visit),
            "languages": conference.languages.map { Self.languageName($0) }.joined(separator: ", "),
            "zone": conference.zone,
            "procedure": procedures.set(conference.procedure).map { chosen($0.title, visit) } ?? conference.procedure,
            "maySecretariat": visit.person?.holds(.conferenceOfficer) ?? false,
        ]
        if let standing = try? PrivateStanding.of(visit.person, in: conference) {
            context["delegation"] = ["name": name(standing.actor, visit), "address": "\(address(conference))/digest"]
        }
        return try page("conference", chosen(conference.title, visit), context, of: conference, visit)
    }

    func row(_ document: ConferenceQueries.Document, in conference: Conference, _ visit: Visit) -> [String: Any] {
        [
            "symbol": document.symbol, "title": visit.language.part(document.title), "address": address(document.symbol, in: conference),
            "date": visit.language.text(document.received.date),
            "sponsors": document.sponsors.map { name(ofParty: $0, in: conference, visit) }.joined(separator: ", "),
        ]
    }

    private func whole(
        _ conference: Conference, _ meetings: [ConferenceMeeting], _ documents: [ConferenceQueries.Document],
        _ items: [String: [ConferenceQueries.Item]]
    ) -> JSON {
        guard case .object(var object) = Self.resource(conference) else { return .null }
        object["bodies"] = .array(
            conference.bodies.map { body in
                [
                    "body": .string(body.id), "form": .string(body.form.rawValue), "name": JSON(texts: body.name),
                    "symbol": .string(body.symbol),
                    "officers": .array(
                        body.officers.map { officer in
                            var object: JSONObject = ["function": .string(officer.function.rawValue), "name": .string(officer.name)]
                            object["actor"] = officer.actor.map { .string($0.rawValue) }
                            return .object(object)
                        }),
                    "agenda": .array((items[body.id] ?? []).map { ["number": .string($0.number), "title": JSON(texts: $0.title)] }),
                ]
            })
        object["meetings"] = .array(meetings.map(Self.resource))
        object["documents"] = .array(documents.map { Self.resource($0) })
        object["delegations"] = .array(conference.delegations.map(Self.resource))
        object["groups"] = .array(
            conference.groups.map {
                [
                    "group": .string($0.id), "name": JSON(texts: $0.name),
                    "members": .array($0.members.map { .string($0.rawValue) }),
                ]
            })
        return .object(object)
    }

    static func resource(_ meeting: ConferenceMeeting) -> JSON {
        var object: JSONObject = [
            "body": .string(meeting.body), "meeting": .integer(meeting.number), "state": .string(meeting.state.rawValue),
            "public": .bool(meeting.isPublic), "opened": .string(meeting.opened.description),
        ]
        object["closed"] = meeting.closed.map { .string($0.description) }
        object["item"] = meeting.item.map(JSON.string)
        object["document"] = meeting.document.map(JSON.string)
        object["provision"] = meeting.provision.map(JSON.string)
        return .object(object)
    }

    static func resource(_ document: ConferenceQueries.Document) -> JSON {
        var object: JSONObject = [
            "symbol": .string(document.symbol), "title": JSON(texts: document.title), "body": .string(document.body),
            "sponsors": .array(document.sponsors.map(JSON.string)), "files": JSON(texts: document.files),
            "entry": .integer(document.entry), "issued": .string(document.received.description),
        ]
        object["item"] = document.item.map(JSON.string)
        return .object(object)
    }

    static func resource(_ delegation: Conference.Delegation) -> JSON {
        var object: JSONObject = [
            "actor": .string(delegation.actor.rawValue), "standing": .string(delegation.standing.rawValue),
            "credentials": .string(delegation.credentials.rawValue),
            "members": .array(delegation.members.map { ["name": .string($0.name), "function": .string($0.function)] }),
        ]
        object["issued"] = delegation.issued.map(resource)
        return .object(object)
    }

    private static func resource(_ issued: Conference.IssuedCredentials) -> JSON {
        var object: JSONObject = [
            "entry": .integer(issued.entry), "by": .string(issued.by), "on": .string(issued.on.description),
        ]
        object["node"] = issued.node.map(JSON.string)
        object["place"] = issued.place.map(JSON.integer)
        return .object(object)
    }

    // MARK: Documents

    private func documents(_ visit: Visit) async throws -> Response {
        let conference = try await conference(visit)
        let documents = try await house.record.read { try ConferenceQueries(database: $0).documents(conference.id) }
        if try visit.representation(of: [.html, .json]) == .json {
            return house.json(["documents": .array(documents.map { Self.resource($0) })])
        }
        return try page(
            "documents", text("documents", visit),
            [
                "standing": text("documents.count", ["count": .number(Int64(documents.count))], visit),
                "rows": documents.map { row($0, in: conference, visit) }, "hasRows": !documents.isEmpty,
            ], of: conference, visit)
    }

    private func document(_ visit: Visit) async throws -> Response {
        let conference = try await conference(visit)
        let symbol = Self.symbol(try visit.parameter("document"), of: conference)
        let (found, others) = try await house.record.read { database in
            let queries = ConferenceQueries(database: database)
            return (try queries.document(conference.id, symbol), try queries.documents(conference.id))
        }
        guard let document = found else { throw ConferenceCommands.notASymbol(symbol) }
        if let language = try visit.query.filled("file", longest: 12) { return try file(document, language) }
        if try visit.representation(of: [.html, .json]) == .json { return house.json(Self.resource(document)) }
        let root = DocumentSymbol(symbol)?.root
        let family = others.filter { $0.symbol != symbol && DocumentSymbol($0.symbol)?.root == root }
        return try page(
            "document", document.symbol,
            [
                "symbol": document.symbol, "title": visit.language.part(document.title),
                "issued": text("document.issued", ["date": .date(document.received.date)], visit),
                "sponsors": document.sponsors.map { name(ofParty: $0, in: conference, visit) }.joined(separator: ", "),
                "hasSponsors": !document.sponsors.isEmpty,
                "files": document.files.keys.sorted().map {
                    ["name": Self.languageName($0), "address": "\(address(symbol, in: conference))?file=\($0)"]
                }, "hasFiles": !document.files.isEmpty, "record": "/record/acts/\(document.entry)",
                "family": family.map { row($0, in: conference, visit) }, "hasFamily": !family.isEmpty,
            ], of: conference, visit)
    }

    private func file(_ document: ConferenceQueries.Document, _ language: String) throws -> Response {
        guard let hash = document.files[language].flatMap({ Hexadecimal.decode($0.utf8) }), hash.count == 32,
            let bytes = try house.record.blob(sha256: hash)
        else {
            throw Refusal(
                .notFound, code: "conferences.no-file", "The document has no file in this language.",
                mend: "Choose one of the languages on the document's page.")
        }
        return Response(
            status: .ok,
            headers: [
                .contentType: bytes.starts(with: Array("%PDF-".utf8)) ? "application/pdf" : "application/octet-stream",
                .contentDisposition: "attachment; filename=\"\(document.symbol.replacing("/", with: "_"))-\(language)\"",
            ], body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes)))
    }

    // MARK: Delegations

    private func delegations(_ visit: Visit) async throws -> Response {
        let conference = try await conference(visit)
        let waiting = try await house.record.read { try ConferenceQueries(database: $0).credentialsWaiting(conference) }
        if try visit.representation(of: [.html, .json]) == .json {
            return house.json([
                "delegations": .array(conference.delegations.map(Self.resource)), "waiting": .array(waiting.map(Self.resource)),
            ])
        }
        func rows(_ standing: Conference.Standing) -> [[String: Any]] {
            visit.language.sorted(conference.delegations.filter { $0.standing == standing }) { name($0.actor, visit) }
                .map { row($0, in: conference, visit) }
        }
        let participants = rows(.participant)
        let observers = rows(.observer)
        return try page(
            "delegations", text("delegations", visit),
            [
                "standing": text("delegations.count", ["count": .number(Int64(conference.delegations.count))], visit),
                "participants": participants, "hasParticipants": !participants.isEmpty, "observers": observers,
                "hasObservers": !observers.isEmpty, "hasWaiting": !waiting.isEmpty,
                "mayRegister": visit.person?.holds(.conferenceOfficer) ?? false, "secretariat": "\(address(conference))/secretariat",
                "waiting": visit.language.sorted(waiting) { name($0.actor, visit) }.map { credentials -> [String: Any] in
                    [
                        "name": name(credentials.actor, visit), "issued": issued(credentials.issued, visit),
                        "members": credentials.members.map { ["name": $0.name, "function": $0.function] },
                    ]
                },
            ], of: conference, visit)
    }

    private static func resource(_ waiting: Conference.WaitingCredentials) -> JSON {
        [
            "actor": .string(waiting.actor.rawValue), "issued": resource(waiting.issued),
            "members": .array(waiting.members.map { ["name": .string($0.name), "function": .string($0.function)] }),
        ]
    }

    /// Who issued credentials, when and where, with the way to their act.
    private func issued(_ issued: Conference.IssuedCredentials, _ visit: Visit) -> [String: Any] {
        let facts: [String: TextArgument] = ["by": .text(issued.by), "date": .date(issued.on), "node": .text(issued.node ?? "")]
        return [
            "address": "/record/acts/\(issued.entry)",
            "text": text(issued.node == nil ? "credentials.here" : "credentials.from", facts, visit),
        ]
    }

    private func row(_ delegation: Conference.Delegation, in conference: Conference, _ visit: Visit) -> [String: Any] {
        let groups = conference.groups.filter { $0.members.contains(delegation.actor) }.map { chosen($0.name, visit) }
        let members: [[String: Any]] = delegation.members.map { ["name": $0.name, "function": $0.function] }
        var row: [String: Any] = [
            "name": name(delegation.actor, visit), "credentials": text("credentials.\(delegation.credentials.rawValue)", visit),
            "members": members, "groups": groups.joined(separator: ", "),
        ]
        switch delegation.credentials {
        case .inOrder: row["chip"] = "agreed"
        case .contested: row["chip"] = "refused"
        case .awaited, .provisional, .received: row["chip"] = "awaiting"
        }
        row["issued"] = delegation.issued.map { issued($0, visit) }
        return row
    }
}
