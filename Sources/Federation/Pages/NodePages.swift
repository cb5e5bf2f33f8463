import Acts
import Crypto
import Foundation
import HTTPTypes
import Hummingbird
import Ledger
import Record
import Synchronization
import Web

/// How the node introduces itself, and `/nodes`: whom it knows, who witnesses it, and what was found.
struct NodePages: Sendable {
    let house: House
    let runtime: FederationRuntime

    func addRoutes(to router: Router<Visit>) {
        let pages = self
        router.get("/.well-known/chancery") { _, _ in try await pages.document() }
        router.get("/.well-known/did.json") { _, _ in try await pages.did() }
        router.get("/nodes") { _, visit in try await pages.list(visit, refusal: nil, asked: nil) }
        router.post("/nodes/ask") { request, visit in try await pages.ask(request, visit) }
        router.post("/nodes/accept") { request, visit in try await pages.accept(request, visit) }
        router.get("/nodes/{node}") { _, visit in try await pages.node(visit) }
        router.post("/nodes/{node}/end") { request, visit in try await pages.end(request, visit) }
    }

    /// The page of a node; its colon is written out, since paths here have one spelling.
    static func address(of node: String) -> String { "/nodes/\(node.replacing(":", with: "%3A"))" }

    private func text(_ key: String, _ arguments: [String: TextArgument] = [:], _ visit: Visit) -> String {
        house.text("federation.\(key)", arguments, visit)
    }

    private func text(_ key: String, _ visit: Visit) -> String { text(key, [:], visit) }

    // MARK: For programs

    private func document() async throws -> Response {
        var response = house.json(try await runtime.document(house).json)
        response.headers[.cacheControl] = "public, max-age=60"
        response.headers[.accessControlAllowOrigin] = "*"
        return response
    }

    private func did() async throws -> Response {
        var response = house.json(DIDDocument.json(of: try await runtime.document(house).document, at: runtime.now()))
        response.headers[.accessControlAllowOrigin] = "*"
        return response
    }

    // MARK: The list

    private struct Standing {
        let peers: [Peer]
        let counts: [NodeName: FederationQueries.Counts]
        let splitViews: [FederationQueries.SplitView]
    }

    private func standing() async throws -> Standing {
        try await house.record.read { database in
            let queries = FederationQueries(database: database)
            let peers = try queries.peers()
            var counts: [NodeName: FederationQueries.Counts] = [:]
            for peer in peers { counts[peer.name] = try queries.counts(for: peer.name) }
            return Standing(peers: peers, counts: counts, splitViews: try queries.splitViews())
        }
    }

    private func list(_ visit: Visit, refusal: Refusal?, asked: SignedNodeDocument?, address: String = "") async throws -> Response {
        let representation = refusal == nil && asked == nil ? try visit.representation(of: [.html, .json]) : .html
        let standing = try await standing()
        if representation == .json { return house.json(json(standing)) }
        let own = try await runtime.document(house).document
        let size = house.record.size
        let active = standing.peers.filter { $0.ended == nil }
        let witnessed = house.record.cosignatures.witnessed
        var context: [String: Any] = [
            "standing": witnessing(witnessed, of: size, among: active, visit), "node": own.node.description, "did": own.node.did,
            "key": own.keys.last?.publicKey.id ?? "", "log": own.logOrigin, "logKeys": own.logKeys.map(NodePages.key),
            "witnessKeys": own.witnessKeys.map(NodePages.key),
            "hasPeers": !standing.peers.isEmpty, "isElsewhere": !runtime.isInCharge.load(ordering: .relaxed),
            "hold": house.record.hold.trouble.map { error in
                [
                    "words": house.text("refusal.\(error.refusal.code)", visit),
                    "mend": house.text("refusal.\(error.refusal.code).mend", visit), "reason": "\(error)",
                ]
            } ?? false as Any,
            "peers": standing.peers.map { peer in row(peer, in: standing, size, visit) },
            "splitViews": standing.splitViews.map { view in
                [
                    "words": text("split.words", ["log": .text(view.origin), "when": .moment(view.received)], visit),
                    "link": "/record/acts/\(view.entry)",
                ]
            }, "hasSplitViews": !standing.splitViews.isEmpty,
            "mayAccept": visit.person?.holds(.administrator) ?? false, "request": house.formToken(visit), "address": address,
            "refusal": refusal.map { house.notice(of: $0, visit) } ?? false,
        ]
        context["asked"] = asked.map { card($0.document, visit) } ?? false
        if let asked {
            context["digest"] = NodePages.digest(asked)
            context["origin"] = asked.document.origin
        }
        var page = Page(
            template: "federation/nodes", title: text("title", visit), context: context, section: "/nodes", alternates: [.json])
        page.address = "/nodes"
        if let refusal { page.status = .init(code: refusal.kind.httpStatus) }
        var response = try house.page(visit, page)
        response.headers[.cacheControl] = visit.person == nil ? "no-cache" : "no-store"
        return response
    }

    private func json(_ standing: Standing) -> JSON {
        let witnessed = house.record.cosignatures.witnessed
        return [
            "node": .string(runtime.settings.node.description), "log": .string(house.record.origin), "size": .integer(house.record.size),
            "hold": house.record.hold.trouble.map { .string($0.description) } ?? .null,
            "witnessed": witnessed.map { ["size": .integer($0.size), "checkpoint": .string($0.note.string)] } ?? .null,
            "peers": .array(standing.peers.map { json($0, standing.counts[$0.name] ?? .init()) }),
            "splitViews": .array(
                standing.splitViews.map {
                    [
                        "entry": .integer($0.entry), "log": .string($0.origin), "received": .string($0.received.description),
                        "known": .string($0.known), "found": .string($0.found), "reason": .string($0.reason),
                    ]
                }),
        ]
    }

    private func json(_ peer: Peer, _ counts: FederationQueries.Counts) -> JSON {
        let state = runtime.board.state(peer.name, .witnessing)
        let delivery = runtime.board.state(peer.name, .delivery)
        var object: JSONObject = [
            "node": .string(peer.name.description), "title": JSON(texts: peer.document.title), "log": .string(peer.document.logOrigin),
            "entry": .integer(peer.entry), "since": .string(peer.since.description), "ended": JSON(peer.ended?.description),
            "waiting": .integer(counts.waiting), "delivered": .integer(counts.delivered), "refused": .integer(counts.refused),
            "received": .integer(counts.received),
        ]
        object["cosignedSize"] = state.size.map(JSON.integer)
        object["cosignedAt"] = state.lastSuccess.map { .string($0.description) }
        object["latencyMilliseconds"] = state.latency.map { .integer(Int64($0 / .milliseconds(1))) }
        let mirroring = runtime.board.state(peer.name, .mirroring)
        object["mirroredSize"] = mirroring.size.map(JSON.integer)
        object["mirrorFailure"] = mirroring.lastFailure.map(JSON.string)
        object["witnessFailure"] = state.lastFailure.map(JSON.string)
        object["deliveryFailure"] = delivery.lastFailure.map(JSON.string)
        return .object(object)
    }

    /// Where the record stands with its witnesses, in a sentence.
    private func witnessing(_ witnessed: SignedCheckpoint?, of size: Int64, among peers: [Peer], _ visit: Visit) -> String {
        guard !peers.isEmpty else { return text("standing.alone", visit) }
        guard let witnessed else { return text("standing.unwitnessed", ["count": .number(Int64(peers.count))], visit) }
        let names = Set(witnessed.note.signatures.map(\.name.text)).subtracting([witnessed.origin]).count
        guard witnessed.size < size else {
            return text("standing.all", ["count": .number(Int64(names)), "size": .number(size)], visit)
        }
        return text(
            "standing.behind", ["count": .number(Int64(names)), "witnessed": .number(witnessed.size), "size": .number(size)], visit)
    }

    private func row(_ peer: Peer, in standing: Standing, _ size: Int64, _ visit: Visit) -> [String: Any] {
        let counts = standing.counts[peer.name] ?? .init()
        let split = standing.splitViews.first { $0.origin == peer.document.logOrigin }
        let state = runtime.board.state(peer.name, .witnessing)
        let delivery = runtime.board.state(peer.name, .delivery)
        let document = runtime.board.state(peer.name, .document)
        var witness = text("witness.never", visit)
        var chip = "awaiting"
        if peer.ended != nil {
            witness = text("peer.ended", ["date": .moment(peer.ended ?? peer.since)], visit)
            chip = "expired"
        } else if let cosigned = state.size, let when = state.lastSuccess {
            witness = text(
                cosigned == size ? "witness.current" : "witness.older",
                [
                    "size": .number(cosigned), "when": .moment(when),
                    "latency": .number(state.latency.map { Int64($0 / .milliseconds(1)) } ?? 0),
                ], visit)
            chip = state.lastFailure == nil ? "verified" : "awaiting"
        }
        if peer.ended == nil, state.lastFailure != nil, state.size == nil { chip = "broken" }
        var lines: [String] = []
        if let size = runtime.board.state(peer.name, .mirroring).size, peer.ended == nil {
            lines.append(text("mirror.holds", ["size": .number(size)], visit))
        }
        if counts.waiting > 0 { lines.append(text("exchange.waiting", ["count": .number(counts.waiting)], visit)) }
        if counts.delivered > 0 { lines.append(text("exchange.delivered", ["count": .number(counts.delivered)], visit)) }
        if counts.received > 0 { lines.append(text("exchange.received", ["count": .number(counts.received)], visit)) }
        if counts.refused > 0 { lines.append(text("exchange.refused", ["count": .number(counts.refused)], visit)) }
        let failures =
            peer.ended == nil
            ? [
                state.lastFailure, delivery.lastFailure, document.lastFailure, runtime.board.state(peer.name, .mirroring).lastFailure,
            ].compactMap(\.self) : []
        return [
            "name": peer.document.title(in: visit.language.tag), "node": peer.name.description,
            "link": NodePages.address(of: peer.name.description), "witness": witness, "chip": chip,
            "status": text("chip.\(chip)", visit), "exchange": lines.joined(separator: house.text("list.separator", visit)),
            "failures": failures.map { ["text": $0] }, "hasFailures": !failures.isEmpty,
            "split": split.map { "/record/acts/\($0.entry)" } ?? false as Any,
        ]
    }

    /// What a document says, for a person to judge.
    private func card(_ document: NodeDocument, _ visit: Visit) -> [String: Any] {
        let now = runtime.now()
        return [
            "name": document.title(in: visit.language.tag), "node": document.node.description, "did": document.node.did,
            "address": document.origin, "log": document.logOrigin, "issued": visit.language.text(document.issued),
            "logKeys": document.logKeys.map(NodePages.key),
            "witnessKeys": document.witnessKeys.map(NodePages.key),
            "keys": document.keys.map { key in
                let counts = document.key(key.publicKey.id, at: now) != nil
                return [
                    "id": key.publicKey.id, "chip": counts ? "verified" : "expired",
                    "status": text(counts ? "key.counts" : "key.not", visit),
                ]
            },
            "offices": document.offices.map { office in
                [
                    "id": office.id, "name": office.name[visit.language.tag] ?? office.name["en"] ?? office.id,
                    "sealed": text(office.sealingKeys.isEmpty ? "office.open" : "office.sealed", visit),
                ]
            }, "isAlone": false, "hasOffices": !document.offices.isEmpty,
        ]
    }

    /// A key as it is shown: whole where it fits on a line, else by its name and identifier, the rest on demand.
    private static func key(_ key: VerifierKey) -> [String: Any] {
        let whole = key.description
        let isLong = whole.utf8.count > 160
        return ["start": isLong ? "\(whole.prefix(120))…" : whole, "key": whole, "isLong": isLong]
    }

    private static func digest(_ signed: SignedNodeDocument) -> String {
        Hexadecimal.encode(SHA256.hash(data: signed.json.canonicalBytes))
    }

    // MARK: Acts

    /// Asks a node for its document and shows it, so that a person can compare its keys before accepting it.
    private func ask(_ request: Request, _ visit: Visit) async throws -> Response {
        try house.access.require(visit.person, .administrator)
        let form = try await house.form(from: request, visit)
        let given = try form.fields.required("address").trimmingCharacters(in: .whitespaces)
        do {
            let origin = try NodePages.origin(given)
            let signed = try await runtime.fetchDocument(at: origin)
            return try await list(visit, refusal: nil, asked: signed, address: given)
        } catch let refusal as Refusal {
            house.logRefusal(refusal, request, visit)
            return try await list(visit, refusal: refusal, asked: nil, address: given)
        }
    }

    private static func origin(_ text: String) throws(Refusal) -> WebOrigin {
        let full = text.contains("://") ? text : "https://\(text)"
        let bare = full.hasSuffix("/") ? String(full.dropLast()) : full
        guard let origin = WebOrigin(bare), NodeName(origin.authority) != nil else {
            throw Refusal(
                .malformed, code: "node.address", "'\(text.prefix(200))' is not the address of a node.",
                mend: "Write it as https://mfa.example.org.", citation: "docs/federation.md, Peers",
                arguments: ["reason": "'\(text.prefix(200))' is not the address of a node."])
        }
        return origin
    }

    /// Accepts the very document that was shown.
    private func accept(_ request: Request, _ visit: Visit) async throws -> Response {
        let author = try house.access.require(visit.person, .administrator)
        let form = try await house.form(from: request, visit)
        let given = try form.fields.required("origin")
        do {
            let origin = try NodePages.origin(given)
            let signed = try await runtime.fetchDocument(at: origin)
            guard try NodePages.digest(signed) == form.fields.required("digest"), let name = NodeName(origin.authority) else {
                throw Refusal(
                    .conflict, code: "node.changed", "The node has published another document since it was shown.",
                    mend: "Ask for it again and compare its keys.", citation: "docs/federation.md, Peers")
            }
            let access = house.access
            let own = runtime.settings.node
            let ownLog = house.record.origin
            let office = author.appointments.first { $0.roles.contains(.administrator) }?.office ?? Identity.firstOffice
            _ = try await house.record.enter(
                Command { context in
                    try access.requireStill(author, .administrator, in: context.database)
                    let known = try FederationQueries(database: context.database).peer(name)
                    let act = try PeerRules.accept(signed, of: name, own: own, ownLog: ownLog, known: known, at: context.now)
                    return [ActDraft(act, office: office, author: author.id, request: form.request)]
                })
            runtime.board.hurry(name)
            return house.seeOther(NodePages.address(of: name.description))
        } catch let refusal as Refusal where refusal.kind != .forbidden && refusal.kind != .unauthenticated {
            house.logRefusal(refusal, request, visit)
            return try await list(visit, refusal: refusal, asked: nil, address: given)
        }
    }

    private func end(_ request: Request, _ visit: Visit) async throws -> Response {
        let author = try house.access.require(visit.person, .administrator)
        let form = try await house.form(from: request, visit)
        let name = try name(visit)
        let reason = try form.fields.required("reason")
        let access = house.access
        let office = author.appointments.first { $0.roles.contains(.administrator) }?.office ?? Identity.firstOffice
        _ = try await house.record.enter(
            Command { context in
                try access.requireStill(author, .administrator, in: context.database)
                let known = try FederationQueries(database: context.database).peer(name)
                return [
                    ActDraft(
                        try PeerRules.end(name, reason: reason, known: known), office: office, author: author.id, request: form.request)
                ]
            })
        return house.seeOther(NodePages.address(of: name.description))
    }

    private func name(_ visit: Visit) throws -> NodeName {
        guard let name = NodeName(try visit.parameter("node")) else { throw NodePages.unknown }
        return name
    }

    private static var unknown: Refusal {
        Refusal(
            .notFound, code: "node.unknown", "This node knows no node of that name.", mend: "Look at the list of nodes.",
            citation: "docs/federation.md, Peers")
    }

    // MARK: One node

    private func node(_ visit: Visit) async throws -> Response {
        let representation = try visit.representation(of: [.html, .json])
        let name = try name(visit)
        let standing = try await standing()
        guard let peer = standing.peers.first(where: { $0.name == name }) else { throw NodePages.unknown }
        let counts = standing.counts[name] ?? .init()
        if representation == .json {
            var object = json(peer, counts).object ?? [:]
            object["document"] = peer.document.json
            let following = runtime.board.state(name, .following)
            object["followed"] = .bool(try await runtime.followedNames().contains(name))
            object["followedSize"] = following.size.map(JSON.integer)
            object["followFailure"] = following.lastFailure.map(JSON.string)
            return house.json(.object(object))
        }
        var context = card(peer.document, visit)
        context["isAlone"] = true
        context.merge(row(peer, in: standing, house.record.size, visit)) { first, _ in first }
        context["since"] = text("peer.since", ["date": .moment(peer.since)], visit)
        context["act"] = "/record/acts/\(peer.entry)"
        context["isPeer"] = peer.ended == nil
        context["mayEnd"] = peer.ended == nil && (visit.person?.holds(.administrator) ?? false)
        context["request"] = house.formToken(visit)
        let isFollowed = try await runtime.followedNames().contains(name)
        let following = runtime.board.state(name, .following)
        context["isFollowed"] = isFollowed
        context["recordAddress"] = FollowedPages.address(of: name.description)
        context["followed"] =
            following.lastFailure.map { text("followed.node.failed", ["reason": .text($0)], visit) }
            ?? following.size.map { text("followed.node.size", ["size": .number($0)], visit) } ?? text("followed.node.begun", visit)
        context["mayFollow"] = context["mayEnd"]
        context["followAddress"] = "\(NodePages.address(of: name.description))/\(isFollowed ? "unfollow" : "follow")"
        context["endAddress"] = "\(NodePages.address(of: name.description))/end"
        var response = try house.page(
            visit,
            Page(
                template: "federation/node", title: peer.document.title(in: visit.language.tag), context: context,
                trail: [Breadcrumb(text("title", visit), "/nodes")], section: "/nodes", alternates: [.json]))
        response.headers[.cacheControl] = visit.person == nil ? "no-cache" : "no-store"
        return response
    }
}
