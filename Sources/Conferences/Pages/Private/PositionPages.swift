import Acts
import HTTPTypes
import Hummingbird
import Record
import Texts
import Web

/// `/conferences/{conference}/positions`: what capital wants of each provision of a text, beside the provision. Sealed to the delegation's
/// office; capital and delegates write, and both read.
struct PositionPages: Sendable {
    let house: House
    let states: RoomStates
    let texts: TextStates
    let sealing: PaperSealing

    private static let mostBytes = 256 << 10

    private var pages: ConferencePages { ConferencePages(house: house, procedures: states.procedures) }
    private var context: PositionContext { PositionContext(pages: pages) }
    private var keeping: PaperKeeping { PaperKeeping(house: house, sealing: sealing) }

    func addRoutes(to router: Router<Visit>) {
        router.get("/conferences/{conference}/positions") { _, visit in try await list(visit) }
        router.get("/conferences/{conference}/positions/{text}") { _, visit in try await text(visit) }
        router.post("/conferences/{conference}/positions/{text}") { request, visit in try await keep(request, visit) }
    }

    private func words(_ key: String, _ arguments: [String: TextArgument] = [:], _ visit: Visit) -> String {
        pages.text("positions.\(key)", arguments, visit)
    }

    // MARK: Keeping

    /// What a form says, whether it is taken or comes back with a refusal.
    private struct Sheet: Sendable {
        var provision: String
        var stance: String
        var instruction: String
        var redLine: String
        var fallback: String

        init(_ fields: Fields) {
            provision = fields.texts("provision").first ?? ""
            stance = fields.texts("stance").first ?? ""
            instruction = fields.texts("instruction").first ?? ""
            redLine = fields.texts("redLine").first ?? ""
            fallback = fields.texts("fallback").first ?? ""
        }
    }

    private func keep(_ request: Request, _ visit: Visit) async throws -> Response {
        let visitor = try await keeping.visitor(visit)
        let form = try await house.upload(from: request, upTo: Self.mostBytes, visit)
        let open = try await open(visitor, visit)
        let fields = form.fields
        do {
            guard let provision = try fields.filled("provision", longest: 200) else { throw Fields.missing("provision") }
            guard Self.provisions(of: open).contains(where: { $0.wId.text == provision }) else { throw Self.unknownProvision(provision) }
            let position = CapitalPosition(
                text: open.head.text, provision: provision,
                version: try fields.integer("version", in: 1...Int64(Negotiation.mostVersions)) ?? open.head.version,
                stance: try fields.requiredChoice("stance", of: CapitalPosition.Stance.self),
                instruction: try words(of: "instruction", fields),
                redLine: try words(of: "redLine", fields), fallback: try words(of: "fallback", fields), author: visitor.standing.author)
            let known = try await keeping.positions(of: visitor.standing, in: visitor.conference, on: open.head.text)[provision]
            let base = try fields.integer("base", in: 0...Int64.max)
            // Somebody may have written the first position on it while this one was written.
            guard base == known?.entry else { throw PaperCommands.newer }
            try await keeping.keep(
                position.json, .position, of: visitor.standing.own.id, paper: known?.paper, base: base, by: visitor,
                request: form.request)
            return house.seeOther("\(pages.address(visitor.conference))/positions/\(open.head.text)#\(provision)")
        } catch let refusal as Refusal where !visit.wantsProblems {
            house.logRefusal(refusal, request, visit)
            return try await text(visit, Sheet(fields), refusal)
        }
    }

    private func words(of field: String, _ fields: Fields) throws -> String {
        (try fields.filled(field, longest: CapitalPosition.longest) ?? "").replacing("\r\n", with: "\n")
    }

    static func unknownProvision(_ name: String) -> Refusal {
        Refusal(
            .notFound, code: "conferences.position-provision", "The text has no provision '\(name.prefix(80))' now.",
            mend: "Choose one of its provisions.", arguments: ["provision": String(name.prefix(80))])
    }

    // MARK: Reading

    private func open(_ visitor: PaperKeeping.Visitor, _ visit: Visit) async throws -> OpenText {
        let (id, name) = (visitor.conference.id, try visit.parameter("text"))
        let (texts, record) = (texts, house.record)
        let open = try await house.record.read { database in
            try texts.text(id, name, in: database, keeping: true) { try record.blob(sha256: $0) }
        }
        guard Self.mayRead(open, visitor.standing.actor) else { throw TextCommands.unknown(name) }
        return open
    }

    /// What was entered behind closed doors, and what is before a closed meeting now, is for the delegations that sit in the body
    /// (GA rules 60, 61).
    static func mayRead(_ open: OpenText, _ actor: ActorCode) -> Bool {
        guard open.head.isRestricted || open.meeting?.isPublic == false, let body = open.body else { return true }
        return open.conference.delegations(in: body).contains { $0.actor == actor }
    }

    static func provisions(of open: OpenText) -> [NegotiatedBlock] {
        (open.negotiation.current?.text.blocks ?? []).filter { $0.kind.isProvision }
    }

    static func needs(_ open: OpenText, _ kept: [String: KeptPosition]) -> [InstructionNeed] {
        // The focus names a provision of the document before the body: this text's, where it was issued under that symbol.
        let isBefore = open.meeting?.state == .open && open.meeting?.document != nil && open.meeting?.document == open.head.document
        return InstructionNeeds(
            negotiation: open.negotiation, positions: kept.mapValues(\.received), focus: isBefore ? open.meeting?.provision : nil
        ).all
    }

    // MARK: Pages

    private func list(_ visit: Visit) async throws -> Response {
        let visitor = try await keeping.visitor(visit)
        let (conference, texts, record) = (visitor.conference, texts, house.record)
        let opened = try await house.record.read { database in
            try TextQueries(database: database).heads(conference.id)
                .map { head in
                    try texts.open(head, in: conference, database, keeping: true) { try record.blob(sha256: $0) }
                }
                .filter { Self.mayRead($0, visitor.standing.actor) }
        }
        let positions = try await keeping.positions(of: visitor.standing, in: conference)
        let rows = opened.map { open -> (OpenText, positions: Int, needs: Int) in
            let kept = positions[open.head.text] ?? [:]
            return (open, kept.count, Self.needs(open, kept).count)
        }
        if try visit.representation(of: [.html, .json]) == .json {
            return unkept(
                house.json([
                    "texts": .array(
                        rows.map { open, positions, needs in
                            [
                                "text": .string(open.head.text), "title": JSON(texts: open.head.title),
                                "version": .integer(open.head.version),
                                "positions": .integer(Int64(positions)), "needs": .integer(Int64(needs)),
                            ]
                        })
                ]))
        }
        let address = pages.address(conference)
        let values: [String: Any] = [
            "conference": address, "standing": words("standing", ["count": .number(Int64(rows.count))], visit), "hasRows": !rows.isEmpty,
            "rows": rows.map { open, positions, needs -> [String: Any] in
                [
                    "address": "\(address)/positions/\(open.head.text)", "title": visit.language.part(open.head.title),
                    "version": words("version", ["number": .number(open.head.version)], visit),
                    "positions": words("count", ["count": .number(Int64(positions))], visit),
                    "needs": needs == 0 ? false : words("needs", ["count": .number(Int64(needs))], visit),
                ]
            },
        ]
        return try page("positions", words("title", visit), values, conference, visit, nil, trail: [])
    }

    private func words(_ key: String, _ visit: Visit) -> String { words(key, [:], visit) }

    private func text(_ visit: Visit, _ sheet: Sheet? = nil, _ refusal: Refusal? = nil) async throws -> Response {
        let visitor = try await keeping.visitor(visit)
        let conference = visitor.conference
        let open = try await open(visitor, visit)
        let kept = try await keeping.positions(of: visitor.standing, in: conference, on: open.head.text)
        let needs = Dictionary(Self.needs(open, kept).map { ($0.provision, $0.reason) }, uniquingKeysWith: { first, _ in first })
        let provisions = Self.provisions(of: open)
        if try visit.representation(of: [.html, .json]) == .json {
            return unkept(house.json(resource(open, provisions, kept, needs)))
        }
        let asked = try sheet?.provision ?? visit.query.filled("provision", longest: 200)
        let onlyNeeded = try visit.query.filled("show", longest: 20) == "needed"
        let address = "\(pages.address(conference))/positions/\(open.head.text)"
        let current = Set(provisions.map(\.wId.text))
        var rows: [[String: Any]] = []
        for block in provisions {
            let name = block.wId.text
            if onlyNeeded, needs[name] == nil, asked != name { continue }
            var row = row(block, open, kept[name], needs[name], address, visit)
            if asked == name, block.kind != .heading { row["edit"] = edit(name, open, kept[name], sheet, visit) }
            rows.append(row)
        }
        let gone = kept.values.filter { !current.contains($0.position.provision) }.sorted { $0.entry < $1.entry }
        let values: [String: Any] = [
            "self": address, "title": visit.language.part(open.head.title), "conference": pages.address(conference),
            "standing": words("text.standing", ["count": .number(Int64(kept.count)), "version": .number(open.head.version)], visit),
            "needed": needs.isEmpty ? false : words("needs", ["count": .number(Int64(needs.count))], visit), "onlyNeeded": onlyNeeded,
            "refusal": refusal.map { house.notice(of: $0, visit) } ?? false, "rows": rows, "language": open.head.language,
            "hasGone": !gone.isEmpty,
            "gone": gone.map { kept -> [String: Any] in ["provision": kept.position.provision, "position": [context.values(kept, visit)]] },
        ]
        return try page(
            "position-text", pages.chosen(open.head.title, visit), values, conference, visit, refusal,
            trail: [Breadcrumb(words("title", visit), "\(pages.address(conference))/positions")], address: address)
    }

    private func row(
        _ block: NegotiatedBlock, _ open: OpenText, _ kept: KeptPosition?, _ need: InstructionNeed.Reason?, _ address: String,
        _ visit: Visit
    ) -> [String: Any] {
        let name = block.wId.text
        var row: [String: Any] = [
            "id": name, "number": block.number ?? "", "words": block.words, "isHeading": block.kind == .heading,
            "isProvision": block.kind != .heading,
            "editAddress": "\(address)?provision=\(PercentCoding.encode(name))#\(name)",
            "draft": "\(pages.address(open.conference))/space?text=\(open.head.text)&provision=\(PercentCoding.encode(name))#new",
            "write": words(kept == nil ? "write" : "change", visit), "edit": false,
        ]
        if block.kind != .heading {
            row["status"] = words("status.\(open.negotiation.status(of: block.wId).rawValue)", visit)
            row["need"] = need.map { words("need.\($0.rawValue)", visit) } ?? false
        }
        row["position"] = kept.map { [context.values($0, visit)] } ?? []
        return row
    }

    private func edit(_ name: String, _ open: OpenText, _ kept: KeptPosition?, _ sheet: Sheet?, _ visit: Visit) -> [String: Any] {
        let chosen = sheet?.stance ?? kept?.position.stance.rawValue
        return [
            "request": house.formToken(visit), "provision": name, "version": String(open.head.version),
            "base": kept.map { String($0.entry) } ?? "",
            "stances": CapitalPosition.Stance.allCases.map {
                ["value": $0.rawValue, "name": words("stance.\($0.rawValue)", visit), "checked": $0.rawValue == chosen]
                    as [String: Any]
            },
            "instruction": sheet?.instruction ?? kept?.position.instruction ?? "",
            "redLine": sheet?.redLine ?? kept?.position.redLine ?? "", "fallback": sheet?.fallback ?? kept?.position.fallback ?? "",
        ]
    }

    private func page(
        _ template: String, _ title: String, _ context: [String: Any], _ conference: Conference, _ visit: Visit, _ refusal: Refusal?,
        trail: [Breadcrumb], address: String? = nil
    ) throws -> Response {
        var page = Page(
            template: "conferences/private/\(template)", title: title, context: context,
            status: refusal.map { .init(code: $0.kind.httpStatus) } ?? .ok,
            trail: [
                Breadcrumb(pages.text("title", visit), "/conferences"),
                Breadcrumb(pages.chosen(conference.title, visit), pages.address(conference)),
            ] + trail, section: "/conferences", dossier: conference.dossier, alternates: [.json])
        page.address = address
        return unkept(try house.page(visit, page))
    }

    /// Kept by no cache on the way, nor by the browser.
    private func unkept(_ response: Response) -> Response {
        var response = response
        response.headers[.cacheControl] = "no-store"
        return response
    }

    private func resource(
        _ open: OpenText, _ provisions: [NegotiatedBlock], _ kept: [String: KeptPosition], _ needs: [String: InstructionNeed.Reason]
    ) -> JSON {
        [
            "text": .string(open.head.text), "title": JSON(texts: open.head.title), "version": .integer(open.head.version),
            "provisions": .array(
                provisions.map { block in
                    let name = block.wId.text
                    var object: JSONObject = [
                        "provision": .string(name), "words": .string(block.words),
                        "status": .string(open.negotiation.status(of: block.wId).rawValue),
                    ]
                    object["number"] = block.number.map(JSON.string)
                    object["need"] = needs[name].map { .string($0.rawValue) }
                    object["position"] = kept[name].map(Self.resource)
                    return .object(object)
                }),
        ]
    }

    static func resource(_ kept: KeptPosition) -> JSON {
        [
            "stance": .string(kept.position.stance.rawValue), "instruction": .string(kept.position.instruction),
            "redLine": .string(kept.position.redLine), "fallback": .string(kept.position.fallback),
            "author": .string(kept.position.author.name), "capital": .bool(kept.position.author.isCapital),
            "version": .integer(kept.position.version), "entry": .integer(kept.entry), "received": .string(kept.received.description),
        ]
    }
}
