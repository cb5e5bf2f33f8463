import Acts
import Fediverse
import Foundation
import HTTPTypes
import Hummingbird
import NIOCore
import Record
import Web

/// What other servers ask of this one: names, actors, Notes, collections, and the inboxes.
struct FediversePages: Sendable {
    let house: House
    let runtime: FediverseRuntime
    let law: DisclosureLaw

    var actors: FediverseActors { FediverseActors(house: house, runtime: runtime) }
    var origin: String { "\(house.configuration.origin)" }

    /// Notes of a page of an outbox.
    private static let pageLength = 20

    func addRoutes(to router: Router<Visit>) {
        router.get("/.well-known/webfinger") { _, visit in try await webfinger(visit) }
        router.get("/.well-known/nodeinfo") { _, _ in json(Discovery.nodeInfoLinks(origin: origin), as: "application/json") }
        router.get("/nodeinfo/{version}") { _, visit in try await nodeInfo(visit) }
        router.get("/fediverse/node") { _, _ in json(try actors.nodeActor().json) }
        router.get("/fediverse/quotes/{entry}") { _, visit in try await quote(visit) }
        router.get("/fediverse/actors/{office}") { request, visit in try await actor(request, visit) }
        router.get("/fediverse/actors/{office}/outbox") { _, visit in try await outbox(visit) }
        router.get("/fediverse/actors/{office}/followers") { _, visit in try await followers(visit) }
        router.get("/fediverse/actors/{office}/following") { _, visit in
            let actor = try await actors.actor(try visit.parameter("office"))
            let count = try await house.record.read {
                try FediverseQueries(database: $0).following(of: actor.username).count { $0.state == .accepted }
            }
            return json(.object(OutgoingActivity.collection(actor.following, count: count, first: nil)))
        }
        router.get("/notes/{statement}/{version}/{language}") { request, visit in try await note(request, visit) }
        let inbox = FediverseInbox(house: house, runtime: runtime, law: law)
        router.post("/fediverse/inbox") { request, visit in try await inbox.receive(request, visit) }
        router.post("/fediverse/node/inbox") { request, visit in try await inbox.receive(request, visit) }
        router.post("/fediverse/actors/{office}/inbox") { request, visit in
            _ = try await actors.actor(try visit.parameter("office"))
            return try await inbox.receive(request, visit)
        }
    }

    func json(_ value: JSON, as type: String = "\(ActivityStreams.mediaType); charset=utf-8", status: HTTPResponse.Status = .ok) -> Response
    {
        Response(
            status: status, headers: [.contentType: type, .vary: "Accept", .cacheControl: "max-age=60"],
            body: .init(byteBuffer: ByteBuffer(bytes: value.canonicalBytes)))
    }

    private func webfinger(_ visit: Visit) async throws -> Response {
        guard let resource = try visit.query.filled("resource", longest: 512) else { throw Fields.missing("resource") }
        guard let name = Discovery.username(in: resource, host: house.configuration.origin.authority, actors: "\(origin)/fediverse/actors/")
        else {
            if resource == "\(origin)/fediverse/node"
                || resource == "acct:\(house.configuration.origin.host)@\(house.configuration.origin.authority)"
            {
                return json(Discovery.descriptor(of: try actors.nodeActor()), as: "application/jrd+json")
            }
            throw FediverseActors.unknown
        }
        if name == house.configuration.origin.host {
            return json(Discovery.descriptor(of: try actors.nodeActor()), as: "application/jrd+json")
        }
        return json(Discovery.descriptor(of: try await actors.actor(name)), as: "application/jrd+json")
    }

    private func nodeInfo(_ visit: Visit) async throws -> Response {
        let version = try visit.parameter("version")
        guard Discovery.nodeInfoVersions.contains(version) else { throw FediverseActors.unknown }
        let posts = try await house.record.read { try FediverseQueries(database: $0).countStatements() }
        let name = house.configuration.name["en"] ?? house.configuration.origin.authority
        return json(
            Discovery.nodeInfo(
                version: version, software: "0.6.0", actors: try await actors.offices().count, posts: posts, name: name),
            as: "application/json; profile=\"http://nodeinfo.diaspora.software/ns/schema/\(version)#\"")
    }

    private func actor(_ request: Request, _ visit: Visit) async throws -> Response {
        let id = try visit.parameter("office")
        let actor = try await actors.actor(id)
        guard isForServers(request) else { return house.seeOther("/statements?office=\(id)") }
        return json(actor.json)
    }

    private func isForServers(_ request: Request) -> Bool {
        let accept = request.headers[.accept] ?? ""
        return !accept.lowercased().contains("text/html") || ActivityStreams.isAskedFor(in: accept)
    }

    private func outbox(_ visit: Visit) async throws -> Response {
        let id = try visit.parameter("office")
        let actor = try await actors.actor(id)
        let before = try visit.query.linkedInteger("before", in: 0...Int64.max)
        let isPage = try visit.query.filled("page", longest: 8) != nil || before != nil
        let origin = origin
        let (items, count, last) = try await house.record.read { database -> ([JSON], Int, Int64?) in
            let queries = PressQueries(database: database)
            let all = try queries.statements(of: id, before: before, limit: Self.pageLength)
            let count = try queries.officesHeard().first { $0.office == id }?.count ?? 0
            guard isPage else { return ([], count, nil) }
            var items: [JSON] = []
            for statement in all where statement.withdrawal == nil {
                let versions = try queries.versions(of: statement.act.statement)
                guard let notes = StatementNotes(statement.act.version, of: versions, origin: origin) else { continue }
                items += notes.all.map { .object(OutgoingActivity.create($0)) }
            }
            return (items, count, all.count == Self.pageLength ? all.last?.entry : nil)
        }
        guard isPage else { return json(.object(OutgoingActivity.collection(actor.outbox, count: count, first: "\(actor.outbox)?page=1"))) }
        let own = before.map { "\(actor.outbox)?before=\($0)" } ?? "\(actor.outbox)?page=1"
        return json(
            .object(OutgoingActivity.page(own, of: actor.outbox, items: items, next: last.map { "\(actor.outbox)?before=\($0)" })))
    }

    /// How many, never who: whoever follows a ministry may be asked why.
    private func followers(_ visit: Visit) async throws -> Response {
        let id = try visit.parameter("office")
        let actor = try await actors.actor(id)
        let count = try await house.record.read { try FediverseQueries(database: $0).followers(of: id) }
        return json(.object(OutgoingActivity.collection(actor.followers, count: count, first: nil)))
    }

    private func note(_ request: Request, _ visit: Visit) async throws -> Response {
        let statement = try visit.parameter("statement").lowercased()
        let language = try visit.parameter("language")
        guard let version = Int64(try visit.parameter("version")), version > 0 else { throw PressCommands.noStatement }
        let versions = try await house.record.read { try PressQueries(database: $0).versions(of: statement) }
        guard let notes = StatementNotes(version, of: versions, origin: origin), let note = notes.note(language) else {
            throw PressCommands.noStatement
        }
        guard isForServers(request) else { return house.seeOther("/statements/\(statement)?text=\(language)&version=\(version)") }
        if let withdrawal = notes.statement.withdrawal {
            return json(.object(OutgoingActivity.tombstone(note.id, deleted: withdrawal.at)), status: .gone)
        }
        let (office, now) = (notes.statement.act.office, runtime.now())
        let (heard, ring) = try await house.record.read { database in
            let queries = FediverseQueries(database: database)
            return (
                try queries.countReactions(to: statement, version: version, language: language), try queries.keys(of: office, at: now)
            )
        }
        // Counts, never names.
        var document = note.document
        for (name, form) in [("likes", "like"), ("shares", "boost"), ("replies", "reply")] {
            document[name] = ["type": "Collection", "totalItems": .integer(Int64(heard[form] ?? 0))]
        }
        return json(.object(try actors.proved(document, office: office, ring, at: note.updated ?? note.published)))
    }

    /// That a post may quote a statement (FEP-044f), while that stands.
    private func quote(_ visit: Visit) async throws -> Response {
        guard let entry = Int64(try visit.parameter("entry")), entry >= 0 else { throw PressCommands.noStatement }
        let found = try await house.record.read { database -> (post: String, statement: PublicStatement, language: String)? in
            guard let quote = try FediverseQueries(database: database).quote(at: entry),
                let statement = try PressQueries(database: database).statement(quote.statement, version: quote.version)
            else { return nil }
            return (quote.post, statement, quote.language)
        }
        guard let found else { throw PressCommands.noStatement }
        let act = found.statement.act
        return json(
            .object(
                OutgoingActivity.quoteAuthorization(
                    id: "\(origin)/fediverse/quotes/\(entry)", actor: StatementNotes.actor(act.office, origin: origin), quote: found.post,
                    of: StatementNotes.id(act.statement, act.version, found.language, origin: origin))))
    }
}

/// A statement's own address gives servers its Note.
struct StatementNoteRendering: StatementRendering {
    var mediaType: String? { ActivityStreams.mediaType }

    func isWanted(by accept: String?) -> Bool { accept.map(ActivityStreams.isAskedFor) ?? false }

    func response(for statement: PublicStatement, _ request: Request, _ visit: Visit) async throws -> Response {
        let language = statement.language(wished: try visit.query.filled("text", longest: 16) ?? statement.act.content.authoritative)
        let address = "/notes/\(statement.act.statement)/\(statement.act.version)/\(language)"
        return Response(status: .found, headers: [.location: address, .vary: "Accept"])
    }
}
