import Acts
import Foundation
import HTTPTypes
import Hummingbird
import Ledger
import NIOCore
import Provenance
import Record
import Web

/// The statements that everybody may read: the list, a statement in each of its versions and languages, its files, its proof.
struct StatementPages: Sendable {
    let house: House
    /// Further representations of a statement at its one address, the fediverse's for example.
    let renderings: [any StatementRendering]
    let press: StatementPress

    func addRoutes(to router: Router<Visit>) {
        router.get("/statements") { request, visit in try await list(request, visit) }
        router.get("/statements/{statement}") { request, visit in try await statement(request, visit) }
        router.get("/statements/{statement}/proof") { _, visit in try await proof(visit) }
        router.get("/statements/{statement}/pdf") { request, visit in try await pdf(request, visit) }
        router.get("/statements/{statement}/card.png") { request, visit in try await card(request, visit) }
        router.get("/statements/{statement}/media/{place}") { request, visit in try await medium(request, visit) }
    }

    func text(_ key: String, _ arguments: [String: TextArgument] = [:], _ visit: Visit) -> String {
        house.text("press.\(key)", arguments, visit)
    }

    func text(_ key: String, _ visit: Visit) -> String { text(key, [:], visit) }

    static let dependency = PageDependency.dossiers([PressCommands.dossier])

    // MARK: The list

    /// Statements of a page of the list.
    static let pageLength = 50

    private func list(_ request: Request, _ visit: Visit) async throws -> Response {
        let representation = try visit.representation(of: [.html, .json])
        return try await house.cached(request, visit, dependsOn: Self.dependency) {
            let office = try visit.query.filled("office", longest: 64)
            let before = try visit.query.linkedInteger("before", in: 0...Int64.max)
            let (statements, offices) = try await house.record.read { database in
                let queries = PressQueries(database: database)
                return (try queries.statements(of: office, before: before, limit: Self.pageLength), try queries.officesHeard())
            }
            if representation == .json {
                return house.json(["statements": .array(statements.map { StatementJSON.summary($0, origin: origin) })])
            }
            return try listPage(statements, offices, office: office, visit)
        }
    }

    var origin: String { "\(house.configuration.origin)" }

    private func listPage(_ statements: [PublicStatement], _ offices: [OfficeHeard], office: String?, _ visit: Visit) throws -> Response {
        let tag = visit.language.tag
        let rows = statements.map { statement -> [String: Any] in
            let shown = statement.language(wished: tag)
            return [
                "address": "/statements/\(statement.act.statement)", "title": statement.act.content.texts[shown]?.title ?? "",
                "lang": shown,
                "dir": Language.direction(ofTag: shown).rawValue,
                "office": statement.name(statement.act.officeName, tag) ?? statement.act.office,
                "date": visit.language.text(statement.released), "code": statement.act.code,
                "languages": statement.act.content.languages.joined(separator: " · "),
                "standing": statement.standing == .withdrawn
                    ? text("standing.withdrawn", visit) : statement.act.version > 1 ? text("standing.corrected", visit) : false,
                "standingClass": statement.standing == .withdrawn ? "refused" : "awaiting",
            ]
        }
        let more = statements.count == Self.pageLength ? statements.last?.entry : nil
        let query = office.flatMap { PressCommands.isShortName($0) ? "&office=\($0)" : nil } ?? ""
        var page = Page(
            template: "press/statements", title: text("statements.title", visit),
            context: [
                "standing": text("statements.standing", ["count": .number(Int64(offices.reduce(0) { $0 + $1.count }))], visit),
                "statements": rows, "hasStatements": !rows.isEmpty, "hasOffices": offices.count > 1,
                "all": office == nil,
                "offices": offices.map {
                    [
                        "address": "/statements?office=\($0.office)", "name": $0.names[tag] ?? $0.names["en"] ?? $0.office,
                        "current": $0.office == office,
                    ] as [String: Any]
                },
                "more": more.map { "/statements?before=\($0)\(query)" } ?? false,
                "feeds": FeedPages.forms.map {
                    ["address": "/statements/\($0.name)?lang=\(tag)\(query)", "name": $0.title, "type": $0.type]
                },
            ] as [String: Any],
            section: "/statements", dossier: PressCommands.dossier, alternates: [.json])
        page.links = FeedPages.forms.filter(\.isFeed).map {
            PageLink("alternate", "/statements/\($0.name)?lang=\(tag)\(query)", type: $0.type, title: $0.title)
        }
        // The office's page and its actor name each other (rel-me), which other servers show as verified.
        if !renderings.isEmpty, let office, offices.contains(where: { $0.office == office }) {
            page.links.append(PageLink("me", StatementNotes.actor(office, origin: origin)))
        }
        return try house.page(visit, page)
    }

    // MARK: A statement

    func found(_ visit: Visit) async throws -> PublicStatement {
        let identifier = try visit.parameter("statement").lowercased()
        let version = try visit.query.linkedInteger("version", in: 1...Int64(Int32.max))
        guard let statement = try await house.record.read({ try PressQueries(database: $0).statement(identifier, version: version) }) else {
            throw PressCommands.noStatement
        }
        return statement
    }

    /// The language of its text that is asked for with `text=`, else the page's, else the authoritative one.
    func language(_ statement: PublicStatement, _ visit: Visit) throws -> String {
        guard let wished = try visit.query.filled("text", longest: 16) else { return statement.language(wished: visit.language.tag) }
        guard statement.act.content.texts[wished] != nil else {
            throw Refusal(
                .notFound, code: "press.no-language", "The statement has no text in '\(wished)'.",
                mend: "It has these: \(statement.act.content.languages.joined(separator: ", ")).",
                arguments: ["language": wished, "languages": statement.act.content.languages.joined(separator: ", ")])
        }
        return wished
    }

    private func statement(_ request: Request, _ visit: Visit) async throws -> Response {
        if let rendering = renderings.first(where: { $0.isWanted(by: request.headers[.accept]) }) {
            return try await rendering.response(for: try await found(visit), request, visit)
        }
        let representation = try visit.representation(of: [.html, .json])
        return try await house.cached(request, visit, dependsOn: ReactionPages.dependency) {
            let statement = try await found(visit)
            if representation == .json { return house.json(StatementJSON.whole(statement, origin: origin)) }
            let (versions, echo) = try await house.record.read { database in
                (try PressQueries(database: database).versions(of: statement.act.statement), try StatementEcho(statement, database))
            }
            return try page(statement, versions, echo, in: try language(statement, visit), visit)
        }
    }

    private func page(
        _ statement: PublicStatement, _ versions: [PublicStatement], _ echo: StatementEcho?, in tag: String, _ visit: Visit
    ) throws -> Response {
        let (act, language) = (statement.act, visit.language)
        guard let text = act.content.texts[tag], let entry = try house.record.entry(at: statement.entry) else {
            throw PressCommands.noStatement
        }
        let own = "/statements/\(act.statement)"
        let version = act.version < statement.newest ? "&version=\(act.version)" : ""
        let newest = versions.first
        let isWithdrawn = statement.withdrawal != nil
        let dir = Language.direction(ofTag: tag).rawValue
        let isSuperseded = act.version < statement.newest
        var context: [String: Any] = [
            "title": text.title, "paragraphs": text.paragraphs, "lang": tag, "dir": dir,
            "officeLang": act.officeName[tag] != nil ? tag : "en",
            "office": statement.name(act.officeName, tag) ?? act.office, "holder": statement.name(act.holder, tag) ?? false,
            "date": language.text(statement.released), "datetime": statement.released.description, "code": act.code,
            "codeAddress": "\(house.configuration.origin.authority)/v/\(act.code)", "verify": "/v/\(act.code)",
            "isAuthoritative": tag == act.content.authoritative,
            "authority": tag == act.content.authoritative
                ? self.text("authoritative", visit)
                : self.text("translation", ["language": .text(visit.language.name(ofOther: act.content.authoritative))], visit),
            "languages": act.content.languages.map { other -> [String: Any] in
                [
                    "tag": other, "dir": Language.direction(ofTag: other).rawValue, "current": other == tag,
                    "name": Language.name(ofTag: other), "address": "\(own)?text=\(other)\(version)",
                ]
            },
            "hasLanguages": act.content.texts.count > 1,
            "hasVersions": versions.count > 1,
            "versions": versions.map { other -> [String: Any] in
                [
                    "name": self.text("version", ["number": .text(language.text(other.act.version))], visit),
                    "address": "\(own)?version=\(other.act.version)&text=\(other.language(wished: tag))",
                    "current": other.act.version == act.version,
                    "date": language.text(other.released), "code": other.act.code,
                    "correction": statement.name(other.act.correction, tag) ?? false,
                ]
            },
            "correction": statement.name(act.correction, tag) ?? false,
            "superseded": isSuperseded && !isWithdrawn, "newest": "\(own)?text=\(newest?.language(wished: tag) ?? tag)",
            "pdf": "\(own)/pdf?text=\(tag)\(version)",
            "sealedPDF": press.provenance != nil ? "\(own)/pdf?text=\(tag)\(version)&seal=1" : false,
            "proof": "\(own)/proof?version=\(act.version)",
            "card": "\(own)/card.png?text=\(tag)\(version)", "data": "\(own)?format=json\(version)",
            "phrases": act.content.phrases[tag] ?? [], "hasPhrases": !(act.content.phrases[tag] ?? []).isEmpty,
            "media": act.content.media.enumerated().map { place, medium -> [String: Any] in
                [
                    "address": "\(own)/media/\(place)?version=\(act.version)", "isImage": medium.type.hasPrefix("image/"),
                    "type": medium.type,
                    "alternative": statement.name(medium.alternative, tag) ?? "",
                    "name": self.text("file", ["number": .text(String(place + 1))], visit),
                ]
            },
            "hasMedia": !act.content.media.isEmpty, "seal": try house.seal(of: entry, visit),
            "article": NewsArticle(statement, language: tag, origin: origin).scriptText,
        ]
        context["echo"] = echo?.context(statement, house, visit)
        let embed = EmbedPages.code(statement, tag, house)
        context["embed"] = ["link": embed.link, "picture": embed.picture]
        if let joint = act.joint {
            context["isJoint"] = true
            context["parties"] = joint.parties.map { party -> [String: Any] in ["party": party, "isSigned": joint.signed.contains(party)] }
            context["jointDigest"] = joint.digest
        }
        if let withdrawal = statement.withdrawal {
            context["withdrawn"] = self.text("withdrawn-on", ["moment": .text(language.text(withdrawal.at))], visit)
            context["reason"] = statement.name(withdrawal.reason, tag) ?? ""
            if act.joint != nil {
                let together = try house.record.entry(at: withdrawal.entry)?.payload(as: StatementWithdrawn.self)?.joint
                context["howWithdrawn"] = self.text(together == nil ? "joint.withdrawn-alone" : "joint.withdrawn-together", visit)
            }
        }
        if let person = visit.person, !isWithdrawn {
            if person.offices(as: .pressOfficer).contains(act.office) { context["correct"] = "/press/new?corrects=\(act.statement)" }
            if person.offices(as: .approver).contains(act.office) { context["withdraw"] = "/press/statements/\(act.statement)/withdraw" }
        }
        var page = Page(
            template: "press/statement", title: text.title, context: context,
            trail: [Breadcrumb(self.text("statements.title", visit), "/statements")], section: "/statements",
            dossier: PressCommands.dossier, alternates: [.json], modules: ["seal.js"])
        page.metas = openGraph(statement, tag)
        page.links =
            [PageLink("canonical", "\(origin)\(own)"), EmbedPages.discovery("\(own)?text=\(tag)\(version)", house)]
            + act.content.languages.map { PageLink("alternate", "\(origin)\(own)?text=\($0)", language: $0) }
            + renderings.compactMap(\.mediaType).map { PageLink("alternate", "\(origin)\(own)", type: $0) }
        return try house.page(visit, page)
    }

    /// What other sites show of a link to it (the Open Graph protocol).
    private func openGraph(_ statement: PublicStatement, _ tag: String) -> [PageMeta] {
        let (act, own) = (statement.act, "\(origin)/statements/\(statement.act.statement)")
        let text = act.content.texts[tag]
        var metas = [
            PageMeta("og:type", "article"), PageMeta("og:title", text?.title ?? ""), PageMeta("og:url", "\(own)?text=\(tag)"),
            PageMeta("og:description", String((text?.paragraphs.first ?? "").prefix(280))), PageMeta("og:locale", tag),
            PageMeta("og:site_name", statement.name(act.officeName, tag) ?? act.office),
            PageMeta("article:published_time", statement.released.description),
        ]
        if let place = act.content.media.firstIndex(where: { $0.type.hasPrefix("image/") }) {
            metas.append(PageMeta("og:image", "\(own)/media/\(place)?version=\(act.version)"))
            metas.append(PageMeta("og:image:alt", statement.name(act.content.media[place].alternative, tag) ?? ""))
        } else {
            metas.append(PageMeta("og:image", "\(own)/card.png?version=\(act.version)&text=\(tag)"))
            metas.append(PageMeta("og:image:alt", "\(text?.title ?? "") · \(act.code)"))
        }
        return metas
    }

    // MARK: Its files

    /// The bytes of a statement's file, as they were sent in.
    static func bytes(of medium: StatementMedium, _ house: House) throws -> [UInt8] {
        guard let digest = Hexadecimal.decode(medium.blob.utf8), let bytes = try house.record.blob(sha256: digest),
            PressPages.mediaTypes.contains(medium.type)
        else { throw PressCommands.noStatement }
        return bytes
    }

    /// A file of a statement, under its own type and no other.
    static func file(_ medium: StatementMedium, _ bytes: [UInt8]) -> Response {
        Response(
            status: .ok, headers: [.contentType: medium.type, .contentDisposition: "inline"],
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes)))
    }

    /// The act of release with its proof, in one file that `chancery verify` reads.
    private func proof(_ visit: Visit) async throws -> Response {
        let statement = try await found(visit)
        guard let entry = try house.record.entry(at: statement.entry) else { throw PressCommands.noStatement }
        let proof = try EntryProof(of: entry, in: house.record, includesPayload: true)
        return Response(
            status: .ok,
            headers: [
                .contentType: "text/plain; charset=utf-8",
                .contentDisposition: "attachment; filename=\"statement-\(statement.act.code).tlog-proof\"",
            ], body: ResponseBody(byteBuffer: ByteBuffer(bytes: proof.file.bytes)))
    }

    private var printed: StatementRenderings { StatementRenderings(house: house, press: press) }

    private func pdf(_ request: Request, _ visit: Visit) async throws -> Response {
        try await house.cached(request, visit, dependsOn: Self.dependency) {
            let statement = try await found(visit)
            let tag = try language(statement, visit)
            let isSealed = try visit.query.filled("seal", longest: 8) == "1"
            let paper = try await printed.pdf(statement, tag)
            let bytes =
                isSealed ? try await sealed(paper, of: statement, tag) : try await bearing(paper, of: statement, tag, .created)
            return Response(
                status: .ok,
                headers: [
                    .contentType: "application/pdf",
                    .contentDisposition: "inline; filename=\"statement-\(statement.act.code)-\(tag)\(isSealed ? "-sealed" : "").pdf\"",
                ], body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes)))
        }
    }

    private func card(_ request: Request, _ visit: Visit) async throws -> Response {
        try await house.cached(request, visit, dependsOn: Self.dependency) {
            let statement = try await found(visit)
            let tag = try language(statement, visit)
            let bytes = try await bearing(try await printed.png(statement, tag), of: statement, tag, .created)
            return Response(
                status: .ok, headers: [.contentType: "image/png"], body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes)))
        }
    }
}

/// A further representation of a statement at its one address.
protocol StatementRendering: Sendable {
    /// The type it announces itself with in the page's head; `nil`: it does not.
    var mediaType: String? { get }
    /// Whether an `Accept` header asks for it before HTML and JSON.
    func isWanted(by accept: String?) -> Bool
    func response(for statement: PublicStatement, _ request: Request, _ visit: Visit) async throws -> Response
}
