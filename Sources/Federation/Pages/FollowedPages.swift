import Acts
import HTTPTypes
import Hummingbird
import Ledger
import NIOCore
import Record
import Web

/// `/nodes/{node}/record`: another node's public acts as this one follows them, each with the proof that it stands in that node's record.
struct FollowedPages: Sendable {
    let house: House
    let runtime: FederationRuntime

    func addRoutes(to router: Router<Visit>) {
        let pages = self
        router.post("/nodes/{node}/follow") { request, visit in try await pages.change(request, visit, follows: true) }
        router.post("/nodes/{node}/unfollow") { request, visit in try await pages.change(request, visit, follows: false) }
        router.get("/nodes/{node}/record") { _, visit in try await pages.list(visit) }
        router.get("/nodes/{node}/record/{entry}.tlog-proof") { _, visit in try await pages.proof(visit) }
        router.get("/nodes/{node}/record/{entry}") { _, visit in try await pages.act(visit) }
    }

    /// The page of a followed record.
    static func address(of node: String) -> String { "\(NodePages.address(of: node))/record" }

    /// The page of an act in it.
    static func address(of node: String, _ entry: Int64) -> String { "\(address(of: node))/\(entry)" }

    private func text(_ key: String, _ arguments: [String: TextArgument] = [:], _ visit: Visit) -> String {
        house.text("federation.followed.\(key)", arguments, visit)
    }

    // MARK: Following and ceasing to

    private func change(_ request: Request, _ visit: Visit, follows: Bool) async throws -> Response {
        let author = try house.access.require(visit.person, .administrator)
        let form = try await house.form(from: request, visit)
        guard let name = NodeName(try visit.parameter("node")) else { throw FollowedPages.unknownNode }
        let access = house.access
        let office = author.appointments.first { $0.roles.contains(.administrator) }?.office ?? Identity.firstOffice
        _ = try await house.record.enter(
            Command { context in
                try access.requireStill(author, .administrator, in: context.database)
                let queries = FederationQueries(database: context.database)
                let isFollowed = try queries.followed()[name] != nil
                guard follows else {
                    let act = try FollowingRules.unfollow(name, isFollowed: isFollowed)
                    return [ActDraft(act, office: office, author: author.id, request: form.request)]
                }
                let act = try FollowingRules.follow(name, known: try queries.peer(name), isFollowed: isFollowed)
                return [ActDraft(act, office: office, author: author.id, request: form.request)]
            })
        if !follows { try await runtime.followed.forget(name) }
        runtime.taken.reset(name)
        runtime.board.hurry(name)
        return house.seeOther(NodePages.address(of: name.description))
    }

    // MARK: The record

    private static var unknownNode: Refusal {
        Refusal(
            .notFound, code: "node.unknown", "This node knows no node of that name.", mend: "Look at the list of nodes.",
            citation: "docs/federation.md, Peers")
    }

    private func followed(_ visit: Visit) async throws -> (peer: Peer, log: FollowedStore.Log) {
        guard let name = NodeName(try visit.parameter("node")), let peer = try await runtime.peers()[name] else {
            throw FollowedPages.unknownNode
        }
        guard try await runtime.followedNames().contains(name) else {
            throw Refusal(
                .notFound, code: "node.not-followed", "The record of \(name) is not followed.",
                mend: "Follow it first, on the page of the node.", citation: "docs/federation.md, Following",
                arguments: ["node": name.description])
        }
        let log = try await runtime.followed.log(of: name)
        return (peer, log ?? .init(id: 0, node: name, origin: peer.document.logOrigin, size: 0))
    }

    private func list(_ visit: Visit) async throws -> Response {
        let representation = try visit.representation(of: [.html, .json])
        let (peer, log) = try await followed(visit)
        let limit = Int(try visit.query.linkedInteger("limit", in: 1...500) ?? 50)
        var filter = FollowedStore.Filter(
            kind: try visit.query.filled("kind", longest: 200), dossier: try visit.query.filled("dossier", longest: 200),
            before: try visit.query.linkedInteger("before", in: 0...Int64.max), limit: limit + 1)
        let places = try await runtime.followed.acts(of: log, filter)
        filter.limit = limit
        let entries = try await runtime.followed.entries(Array(places.prefix(limit)), of: log)
        let next = places.count > limit ? places[limit - 1] : nil
        let nextAddress = next.map { address(peer.name, filter, before: $0) }
        if representation == .json {
            var object: JSONObject = [
                "node": .string(peer.name.description), "log": .string(log.origin), "size": .integer(log.size),
                "checkpoint": JSON(log.complete?.note.string), "acts": .array(entries.map { json($0, peer.name) }),
            ]
            object["next"] = nextAddress.map { .string("\($0)&format=json") }
            return house.json(.object(object))
        }
        let kinds = try await runtime.followed.kinds(of: log)
        let any = house.text("acts.any", visit)
        let title = peer.document.title(in: visit.language.tag)
        func option(_ value: String, _ label: String) -> [String: Any] {
            ["value": value, "label": label, "selected": value == (filter.kind ?? "")]
        }
        let context: [String: Any] = [
            "heading": text("title", ["node": .text(title)], visit), "summary": summary(peer, log, visit),
            "address": FollowedPages.address(of: peer.name.description),
            "kinds": [option("", any)] + kinds.map { option($0, ActKind($0).map { house.name(of: $0, visit.language) } ?? $0) },
            "dossier": filter.dossier ?? "", "hasActs": !entries.isEmpty,
            "acts": entries.map { entry -> [String: Any] in
                [
                    "entry": String(entry.index), "link": FollowedPages.address(of: peer.name.description, entry.index),
                    "sentence": description(entry, peer.name, visit).sentence, "erased": entry.content == .erased,
                    "received": visit.language.text(entry.header.received),
                    "effective": entry.statement.effective.map { visit.language.text($0) } ?? false,
                    "dossier": entry.statement.dossier ?? false,
                ]
            }, "next": nextAddress ?? false, "newest": filter.before == nil ? false : address(peer.name, filter, before: nil),
        ]
        return try page("federation/followed", text("title", ["node": .text(title)], visit), context, peer, visit, trail: [])
    }

    /// How far the record is followed, in a sentence.
    private func summary(_ peer: Peer, _ log: FollowedStore.Log, _ visit: Visit) -> String {
        let state = runtime.board.state(peer.name, .following)
        if let failure = state.lastFailure { return text("failed", ["size": .number(log.size), "reason": .text(failure)], visit) }
        guard let checkpoint = log.complete else { return text("begun", ["size": .number(log.size)], visit) }
        return text(
            "complete", ["size": .number(checkpoint.size), "count": .number(Int64(witnesses(checkpoint)))], visit)
    }

    /// By how many others the checkpoint was cosigned.
    private func witnesses(_ checkpoint: SignedCheckpoint) -> Int {
        Set(checkpoint.note.signatures.map(\.name.text)).subtracting([checkpoint.origin]).count
    }

    private func address(_ node: NodeName, _ filter: FollowedStore.Filter, before: Int64?) -> String {
        let pairs = [
            ("kind", filter.kind), ("dossier", filter.dossier), ("limit", String(filter.limit)), ("before", before.map(String.init)),
        ]
        return "\(FollowedPages.address(of: node.description))?"
            + pairs.compactMap { name, value in value.map { "\(name)=\(PercentCoding.encode($0))" } }.joined(separator: "&")
    }

    private func description(_ entry: Entry, _ node: NodeName, _ visit: Visit) -> ActDescription {
        house.description(ofForeign: entry, at: FollowedPages.address(of: node.description), visit.language)
    }

    private func page(
        _ template: String, _ title: String, _ context: [String: Any], _ peer: Peer, _ visit: Visit, trail: [Breadcrumb]
    ) throws -> Response {
        var response = try house.page(
            visit,
            Page(
                template: template, title: title, context: context,
                trail: [
                    Breadcrumb(house.text("federation.title", visit), "/nodes"),
                    Breadcrumb(peer.document.title(in: visit.language.tag), NodePages.address(of: peer.name.description)),
                ] + trail, section: "/nodes", alternates: [.json]))
        response.headers[.cacheControl] = visit.person == nil ? "no-cache" : "no-store"
        return response
    }

    // MARK: One act

    private func entry(_ visit: Visit) async throws -> (peer: Peer, log: FollowedStore.Log, entry: Entry) {
        let (peer, log) = try await followed(visit)
        let text = try visit.parameter("entry")
        guard let index = Int64(text), String(index) == text, index >= 0, index < 1 << 39,
            let entry = try await runtime.followed.entry(index, of: log)
        else {
            throw Refusal(
                .notFound, code: "node.no-entry", "Entry \(text.prefix(20)) of that record is not kept here.",
                mend: "Look for a smaller number.", arguments: ["entry": String(text.prefix(20))])
        }
        return (peer, log, entry)
    }

    private func json(_ entry: Entry, _ node: NodeName) -> JSON {
        let statement = entry.statement
        var object: JSONObject = [
            "entry": .integer(entry.index), "kind": .string(statement.kind.description), "office": .string(statement.office),
            "author": .string(statement.author), "received": .string(entry.header.received.description),
            "leaf": .string(Acts.Base64.encode(entry.leaf)), "leafHash": .string(Hash.leaf(entry.leaf).base64),
            "page": .string(FollowedPages.address(of: node.description, entry.index)),
            "proof": .string("\(FollowedPages.address(of: node.description, entry.index)).tlog-proof"),
            "taken": .null,
        ]
        object["dossier"] = statement.dossier.map(JSON.string)
        object["effective"] = statement.effective.map { .string($0.description) }
        object["notTaken"] = runtime.taken.refusal(of: node, entry.index).map(JSON.string)
        if case .present(let payload) = entry.content {
            object["payload"] = try? payload.json()
            object["salt"] = .string(Acts.Base64.encode(payload.salt))
        }
        return .object(object)
    }

    private func act(_ visit: Visit) async throws -> Response {
        let representation = try visit.representation(of: [.html, .json])
        let (peer, log, entry) = try await entry(visit)
        let taken = try await house.record.read { try FederationQueries(database: $0).received(log.origin, entry.index) }
        if representation == .json {
            var object = json(entry, peer.name).object ?? [:]
            object["taken"] = taken.map(JSON.integer) ?? .null
            return house.json(.object(object))
        }
        let statement = entry.statement
        let description = description(entry, peer.name, visit)
        func fact(_ key: String, _ value: Markup) -> ActDescription.Fact {
            ActDescription.Fact(house.text("act.fact.\(key)", visit), value)
        }
        let office = peer.document.offices.first { $0.id == statement.office }
        var facts = [
            ActDescription.Fact(
                house.text("federation.fact.node", visit),
                Markup.link(peer.document.title(in: visit.language.tag), to: NodePages.address(of: peer.name.description))),
            fact("office", Markup(text: office?.name[visit.language.tag] ?? office?.name["en"] ?? statement.office)),
            fact("kind", Markup(text: "\(house.name(of: statement.kind, visit.language)) (\(statement.kind.description))")),
            fact("received", Markup(text: visit.language.text(entry.header.received))),
        ]
        if let effective = statement.effective { facts.append(fact("effective", Markup(text: visit.language.text(effective)))) }
        if let dossier = statement.dossier { facts.append(fact("dossier", Markup(text: dossier))) }
        if let taken {
            facts.append(ActDescription.Fact(text("taken", visit), Markup.link(String(taken), to: "/record/acts/\(taken)")))
        }
        let isProved = log.complete.map { entry.index < $0.size } ?? false
        var payload: [String: Any]?
        if case .present(let sealed) = entry.content {
            payload = ["text": String(decoding: sealed.bytes, as: UTF8.self), "salt": Acts.Base64.encode(sealed.salt)]
        }
        let heading = text("act", ["entry": .text(String(entry.index)), "node": .text(peer.document.title(in: visit.language.tag))], visit)
        let context: [String: Any] = [
            "over": heading, "sentence": description.sentence, "erased": payload == nil,
            "facts": (facts + description.facts).map { ["name": $0.name, "value": $0.value] },
            "refused": runtime.taken.refusal(of: peer.name, entry.index) ?? false,
            "proof": isProved ? "\(FollowedPages.address(of: peer.name.description, entry.index)).tlog-proof" : false,
            "proved": log.complete.map {
                text(
                    "proved", ["size": .number($0.size), "log": .text(log.origin), "count": .number(Int64(witnesses($0)))], visit)
            } ?? "",
            "original": "\(peer.document.origin)/record/acts/\(entry.index)",
            "leaf": String(decoding: entry.leaf, as: UTF8.self), "leafHash": Hash.leaf(entry.leaf).base64,
            "commitment": Acts.Base64.encode(statement.payloadCommitment), "payload": payload ?? false,
        ]
        return try page(
            "federation/followed-act", heading, context, peer, visit,
            trail: [
                Breadcrumb(
                    text("title", ["node": .text(peer.document.title(in: visit.language.tag))], visit),
                    FollowedPages.address(of: peer.name.description))
            ])
    }

    private func text(_ key: String, _ visit: Visit) -> String { text(key, [:], visit) }

    private func proof(_ visit: Visit) async throws -> Response {
        let (peer, log, entry) = try await entry(visit)
        let extra = EntryProof.extra(of: entry, includesPayload: true)
        guard let proof = try await runtime.followed.proof(of: entry, in: log, extra: extra) else {
            throw Refusal(
                .conflict, code: "node.not-proved-yet", "The record of \(peer.name) is still being followed up to entry \(entry.index).",
                mend: "Ask again in a moment.", citation: "docs/federation.md, Following",
                arguments: ["node": peer.name.description, "entry": String(entry.index)])
        }
        let name = "\(peer.name.description.replacing(":", with: "-"))-\(entry.index).tlog-proof"
        return Response(
            status: .ok,
            headers: [
                .contentType: "text/plain; charset=utf-8", .cacheControl: "no-cache",
                .contentDisposition: "attachment; filename=\"\(name)\"",
            ], body: ResponseBody(byteBuffer: ByteBuffer(bytes: proof.bytes)))
    }
}
