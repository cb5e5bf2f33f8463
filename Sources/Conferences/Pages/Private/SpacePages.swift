import Acts
import HTTPTypes
import Hummingbird
import Record
import Web

/// `/conferences/{conference}/space`: the drafting space of a delegation and of each of its groups. Who is not one of them sees nothing of
/// it, not even that there is something.
struct SpacePages: Sendable {
    let house: House
    let states: RoomStates
    let sealing: PaperSealing

    /// Most bytes of a form: words in any script, and what a form brings with them.
    private static let mostBytes = 256 << 10

    private var pages: ConferencePages { ConferencePages(house: house, procedures: states.procedures) }
    private var keeping: PaperKeeping { PaperKeeping(house: house, sealing: sealing) }
    private var withdrawal: PaperWithdrawal { PaperWithdrawal(keeping: keeping) }

    func addRoutes(to router: Router<Visit>) {
        router.get("/conferences/{conference}/space") { _, visit in try await list(visit) }
        router.post("/conferences/{conference}/space") { request, visit in try await begin(request, visit) }
        router.get("/conferences/{conference}/space/{paper}") { _, visit in try await paper(visit) }
        router.post("/conferences/{conference}/space/{paper}") { request, visit in try await revise(request, visit) }
        router.post("/conferences/{conference}/space/{paper}/withdraw") { request, visit in try await withdraw(request, visit) }
        router.post("/conferences/{conference}/space/{paper}/comments") { request, visit in try await comment(request, visit) }
    }

    private func text(_ key: String, _ arguments: [String: TextArgument] = [:], _ visit: Visit) -> String {
        pages.text("space.\(key)", arguments, visit)
    }

    private func text(_ key: String, _ visit: Visit) -> String { text(key, [:], visit) }

    // MARK: Keeping

    /// What a form says, whether it is taken or comes back with a refusal.
    private struct Sheet: Sendable {
        var title = ""
        var words = ""
        var text = ""
        var provision = ""

        /// As it was filled in, whatever it holds: what is refused is shown again, so that no words are lost.
        init(_ fields: Fields) {
            title = fields.texts("title").first ?? ""
            words = fields.texts("words").first ?? ""
            text = fields.texts("text").first ?? ""
            provision = fields.texts("provision").first ?? ""
        }

        init(_ paper: PrivatePaper) {
            title = paper.title
            words = paper.words
            text = paper.text ?? ""
            provision = paper.provision ?? ""
        }

        static func paper(_ fields: Fields, by author: PaperAuthor) throws -> PrivatePaper {
            guard let title = try fields.filled("title", longest: PrivatePaper.longestTitle) else { throw Fields.missing("title") }
            guard let words = try fields.filled("words", longest: PrivatePaper.longest) else { throw Fields.missing("words") }
            return PrivatePaper(
                title: title, words: words.replacing("\r\n", with: "\n"), text: try fields.filled("text", longest: 100),
                provision: try fields.filled("provision", longest: 200), author: author)
        }
    }

    private func begin(_ request: Request, _ visit: Visit) async throws -> Response {
        let visitor = try await keeping.visitor(visit)
        let form = try await house.upload(from: request, upTo: Self.mostBytes, visit)
        do {
            let paper = try Sheet.paper(form.fields, by: visitor.standing.author)
            let holder = try form.fields.filled("holder", longest: 100) ?? visitor.standing.own.id
            let name = try await keeping.keep(
                paper.json, .draft, of: holder, by: visitor, request: form.request)
            return house.seeOther("\(pages.address(visitor.conference))/space/\(name)")
        } catch let refusal as Refusal where !visit.wantsProblems {
            house.logRefusal(refusal, request, visit)
            return try await list(visit, Sheet(form.fields), refusal)
        }
    }

    private func revise(_ request: Request, _ visit: Visit) async throws -> Response {
        let visitor = try await keeping.visitor(visit)
        let form = try await house.upload(from: request, upTo: Self.mostBytes, visit)
        let found = try await find(visitor, visit)
        do {
            let paper = try Sheet.paper(form.fields, by: visitor.standing.author)
            // What one could not read one does not replace.
            guard try keeping.paper(found.newest, for: visitor.standing) != nil else { throw PaperCommands.unknown }
            try await keeping.keep(
                paper.json, .draft, of: found.holder.id, paper: found.name, base: try form.fields.integer("base", in: 0...Int64.max),
                by: visitor, request: form.request)
            return house.seeOther("\(pages.address(visitor.conference))/space/\(found.name)")
        } catch let refusal as Refusal where !visit.wantsProblems {
            house.logRefusal(refusal, request, visit)
            return try await self.paper(visit, Sheet(form.fields), refusal)
        }
    }

    private func comment(_ request: Request, _ visit: Visit) async throws -> Response {
        let visitor = try await keeping.visitor(visit)
        let form = try await house.upload(from: request, upTo: Self.mostBytes, visit)
        let found = try await find(visitor, visit)
        do {
            guard let words = try form.fields.filled("words", longest: PrivatePaper.longestComment) else { throw Fields.missing("words") }
            let comment = PrivatePaper(title: "", words: words.replacing("\r\n", with: "\n"), author: visitor.standing.author)
            try await keeping.keep(comment.json, .comment, of: found.holder.id, on: found.name, by: visitor, request: form.request)
            return house.seeOther("\(pages.address(visitor.conference))/space/\(found.name)#comments")
        } catch let refusal as Refusal where !visit.wantsProblems {
            house.logRefusal(refusal, request, visit)
            return try await paper(visit, nil, refusal, comment: try form.fields.text("words") ?? "")
        }
    }

    private func withdraw(_ request: Request, _ visit: Visit) async throws -> Response {
        let visitor = try await keeping.visitor(visit)
        let form = try await house.form(from: request, visit)
        let found = try await find(visitor, visit)
        do {
            try await withdrawal.withdraw(
                found.name, of: found.holder, newest: try form.fields.integer("base", in: 0...Int64.max), by: visitor,
                request: form.request)
            return house.seeOther("\(pages.address(visitor.conference))/space")
        } catch let refusal as Refusal where !visit.wantsProblems {
            house.logRefusal(refusal, request, visit)
            return try await paper(visit, nil, refusal)
        }
    }

    // MARK: Finding

    private struct Found: Sendable {
        var name: String
        var holder: PaperHolder
        /// Never empty; the newest first.
        var versions: [SealedPaper]
        var newest: SealedPaper
        var comments: [SealedPaper]
    }

    private func find(_ visitor: PaperKeeping.Visitor, _ visit: Visit) async throws -> Found {
        let name = try visit.parameter("paper")
        let id = visitor.conference.id
        let holders = visitor.standing.holders
        let found = try await house.record.read { database -> Found? in
            let queries = PaperQueries(database: database)
            for holder in holders {
                let versions = try queries.versions(id, of: holder.id, .draft, name)
                guard let newest = versions.first else { continue }
                return Found(
                    name: name, holder: holder, versions: versions, newest: newest,
                    comments: try queries.comments(id, of: holder.id, on: name))
            }
            return nil
        }
        guard let found else { throw PaperCommands.unknown }
        return found
    }

    // MARK: Pages

    private func list(_ visit: Visit, _ sheet: Sheet? = nil, _ refusal: Refusal? = nil) async throws -> Response {
        let visitor = try await keeping.visitor(visit)
        let (conference, standing) = (visitor.conference, visitor.standing)
        let kept = try await house.record.read { database in
            try standing.holders.map { holder in
                (holder, try PaperQueries(database: database).newest(conference.id, .draft, of: holder.id))
            }
        }
        if try visit.representation(of: [.html, .json]) == .json {
            return unkept(
                house.json([
                    "spaces": .array(
                        try kept.map { holder, papers in
                            [
                                "holder": .string(holder.id), "kind": .string(holder.kind.rawValue),
                                "papers": .array(try papers.map { try Self.resource($0, keeping.paper($0, for: standing), words: false) }),
                            ]
                        })
                ]))
        }
        let address = "\(pages.address(conference))/space"
        let spaces = try kept.map { holder, papers -> [String: Any] in
            [
                "name": pages.name(ofParty: holder.id, in: conference, visit), "holder": holder.id,
                "shared": sharing(holder, conference, visit), "hasPapers": !papers.isEmpty,
                "papers": try papers.map { try row($0, keeping.paper($0, for: standing), conference, visit) },
            ]
        }
        let count = Int64(kept.reduce(0) { $0 + $1.1.count })
        var context: [String: Any] = [
            "self": address, "standing": text("standing", ["count": .number(count)], visit), "spaces": spaces,
            "refusal": refusal.map { house.notice(of: $0, visit) } ?? false, "request": house.formToken(visit),
            "conference": pages.address(conference),
        ]
        context["sheet"] = [values(sheet ?? Sheet(visit.query))]
        // A link from a provision begins a paper about it.
        context["isAbout"] = !(sheet ?? Sheet(visit.query)).text.isEmpty
        context["holders"] = standing.holders.map { holder in
            ["value": holder.id, "name": pages.name(ofParty: holder.id, in: conference, visit)]
        }
        return try page("space", text("title", visit), context, conference, visit, refusal, trail: [], address: address)
    }

    /// Who shares in a space, in words.
    private func sharing(_ holder: PaperHolder, _ conference: Conference, _ visit: Visit) -> String {
        holder.kind == .delegation
            ? text("own", visit) : text("group", ["count": .number(Int64(holder.offices.count))], visit)
    }

    private func row(_ sealed: SealedPaper, _ paper: PrivatePaper?, _ conference: Conference, _ visit: Visit) -> [String: Any] {
        [
            "title": paper?.title ?? text("earlier", visit), "address": "\(pages.address(conference))/space/\(sealed.place.paper)",
            "isOpen": paper != nil, "author": paper.map { author($0.author, visit) } ?? false,
            "date": visit.language.text(sealed.received), "instant": sealed.received.description,
            "versions": text("versions.count", ["count": .number(Int64(sealed.versions))], visit),
            "about": paper.flatMap { about($0, conference) } ?? false,
        ]
    }

    private func author(_ author: PaperAuthor, _ visit: Visit) -> String {
        author.isCapital
            ? text("by-capital", ["name": .text(author.isolatedName)], visit) : text("by", ["name": .text(author.isolatedName)], visit)
    }

    /// The provision a paper is about, where its link leads.
    private func about(_ paper: PrivatePaper, _ conference: Conference) -> [String: Any]? {
        guard let text = paper.text, PaperLink.isText(text) else { return nil }
        let provision = paper.provision.flatMap { PaperLink.isProvision($0) ? $0 : nil }
        return [
            "address": "\(pages.address(conference))/positions/\(text)" + (provision.map { "#\($0)" } ?? ""),
            "name": [text, provision].compactMap(\.self).joined(separator: " · "),
        ]
    }

    private func values(_ sheet: Sheet) -> [String: Any] {
        [
            "title": sheet.title, "words": sheet.words, "text": sheet.text, "provision": sheet.provision,
        ]
    }

    private func paper(
        _ visit: Visit, _ sheet: Sheet? = nil, _ refusal: Refusal? = nil, comment: String? = nil
    ) async throws -> Response {
        let visitor = try await keeping.visitor(visit)
        let (conference, standing) = (visitor.conference, visitor.standing)
        let found = try await find(visitor, visit)
        let asked = try visit.query.linkedInteger("version", in: 0...Int64.max)
        guard let shown = asked.map({ entry in found.versions.first { $0.entry == entry } }) ?? found.newest else {
            throw PaperCommands.unknown
        }
        let paper = try keeping.paper(shown, for: standing)
        let comments = try found.comments.compactMap { sealed in
            try keeping.paper(sealed, for: standing).map { (sealed, $0) }
        }
        if try visit.representation(of: [.html, .json]) == .json {
            return unkept(house.json(resource(shown, paper, found, comments)))
        }
        let address = "\(pages.address(conference))/space/\(found.name)"
        let isNewest = shown.entry == found.newest.entry
        var context: [String: Any] = row(shown, paper, conference, visit)
        context["self"] = address
        context["holder"] = pages.name(ofParty: found.holder.id, in: conference, visit)
        context["shared"] = sharing(found.holder, conference, visit)
        context["words"] = paper?.words ?? ""
        context["isOld"] = !isNewest
        context["refusal"] = refusal.map { house.notice(of: $0, visit) } ?? false
        context["versionRows"] = found.versions.map { version -> [String: Any] in
            [
                "address": "\(address)?version=\(version.entry)", "current": version.entry == shown.entry,
                "text": text("version", ["count": .number(Int64(version.versions))], visit),
                "date": visit.language.text(version.received),
            ]
        }
        context["hasVersions"] = found.versions.count > 1
        context["comments"] = comments.map { sealed, comment -> [String: Any] in
            ["words": comment.words, "author": author(comment.author, visit), "date": visit.language.text(sealed.received)]
        }
        context["hasComments"] = !comments.isEmpty
        if let paper, isNewest {
            var edit = values(sheet ?? Sheet(paper))
            edit["request"] = house.formToken(visit)
            edit["isOpen"] = sheet != nil
            // After a refusal the newer version is what the next try replaces, and it is shown above.
            edit["base"] = String(found.newest.entry)
            context["edit"] = edit
        }
        if let first = found.versions.last, isNewest, try withdrawal.isAllowed(first, of: found.holder, by: standing) {
            context["withdraw"] = ["request": house.formToken(visit), "base": String(found.newest.entry)]
        }
        if paper != nil { context["comment"] = ["request": house.formToken(visit), "words": comment ?? ""] }
        return try page(
            "paper", paper?.title ?? text("earlier", visit), context, conference, visit, refusal,
            trail: [Breadcrumb(text("title", visit), "\(pages.address(conference))/space")], address: address)
    }

    private func page(
        _ template: String, _ title: String, _ context: [String: Any], _ conference: Conference, _ visit: Visit, _ refusal: Refusal?,
        trail: [Breadcrumb], address: String
    ) throws -> Response {
        var page = Page(
            template: "conferences/private/\(template)", title: title, context: context,
            status: refusal.map { .init(code: $0.kind.httpStatus) } ?? .ok,
            trail: [
                Breadcrumb(pages.text("title", visit), "/conferences"),
                Breadcrumb(pages.chosen(conference.title, visit), pages.address(conference)),
            ] + trail, section: "/conferences", alternates: [.json])
        page.address = address
        return unkept(try house.page(visit, page))
    }

    /// Kept by no cache on the way, nor by the browser.
    private func unkept(_ response: Response) -> Response {
        var response = response
        response.headers[.cacheControl] = "no-store"
        return response
    }

    // MARK: For programs

    private static func resource(_ sealed: SealedPaper, _ paper: PrivatePaper?, words: Bool) -> JSON {
        var object: JSONObject = [
            "paper": .string(sealed.place.paper), "holder": .string(sealed.place.holder), "entry": .integer(sealed.entry),
            "received": .string(sealed.received.description), "versions": .integer(Int64(sealed.versions)), "open": .bool(paper != nil),
        ]
        guard let paper else { return .object(object) }
        object["title"] = .string(paper.title)
        object["author"] = .string(paper.author.name)
        object["capital"] = .bool(paper.author.isCapital)
        object["text"] = paper.text.map(JSON.string)
        object["provision"] = paper.provision.map(JSON.string)
        if words { object["words"] = .string(paper.words) }
        return .object(object)
    }

    private func resource(
        _ shown: SealedPaper, _ paper: PrivatePaper?, _ found: Found, _ comments: [(SealedPaper, PrivatePaper)]
    ) -> JSON {
        guard case .object(var object) = Self.resource(shown, paper, words: true) else { return .null }
        object["history"] = .array(
            found.versions.map { ["entry": .integer($0.entry), "received": .string($0.received.description)] })
        object["comments"] = .array(
            comments.map { sealed, comment in
                [
                    "words": .string(comment.words), "author": .string(comment.author.name),
                    "received": .string(sealed.received.description),
                ]
            })
        return .object(object)
    }
}
