import Acts
import Fediverse
import Foundation
import HTTPTypes
import Hummingbird
import Record
import Web

/// What was said to a statement on other servers: for everybody to read, with the office's policy, and for its officers to hide what is illegal and
/// to mark what asks something.
struct ReactionPages: Sendable {
    let house: House

    /// Reactions of a page.
    static let pageLength = 25
    static let dependency = PageDependency.dossiers([PressCommands.dossier, PressCommands.draftsDossier])

    func addRoutes(to router: Router<Visit>) {
        router.get("/statements/{statement}/reactions") { request, visit in try await reactions(request, visit) }
        router.post("/press/statements/{statement}/hide") { request, visit in try await hide(request, visit) }
        router.post("/press/statements/{statement}/question") { request, visit in try await mark(request, visit) }
    }

    private func text(_ key: String, _ arguments: [String: TextArgument] = [:], _ visit: Visit) -> String {
        house.text("press.reactions.\(key)", arguments, visit)
    }

    private func found(_ visit: Visit) async throws -> PublicStatement {
        let identifier = try visit.parameter("statement").lowercased()
        guard let statement = try await house.record.read({ try PressQueries(database: $0).statement(identifier) }) else {
            throw PressCommands.noStatement
        }
        return statement
    }

    private func reactions(_ request: Request, _ visit: Visit) async throws -> Response {
        let representation = try visit.representation(of: [.html, .json])
        return try await house.cached(request, visit, dependsOn: Self.dependency) {
            let before = try visit.query.linkedInteger("before", in: 0...Int64.max)
            return try await page(representation, before: before, visit, refusal: nil)
        }
    }

    private func page(_ representation: Representation, before: Int64?, _ visit: Visit, refusal: Refusal?) async throws -> Response {
        let statement = try await found(visit)
        let identifier = statement.act.statement
        let isOfficer =
            visit.person.map { !Set($0.offices(as: .approver) + $0.offices(as: .pressOfficer)).isDisjoint(with: [statement.act.office]) }
            ?? false
        let mayHide = visit.person.map { $0.offices(as: .approver).contains(statement.act.office) } ?? false
        let (files, counts) = try await house.record.read { database in
            let queries = FediverseQueries(database: database)
            return (
                try queries.reactions(to: identifier, isForOfficers: isOfficer, before: before, limit: Self.pageLength + 1),
                try queries.reactionCounts(to: identifier)
            )
        }
        let shown = Array(files.prefix(Self.pageLength))
        let next = files.count > Self.pageLength ? shown.last?.entry : nil
        let own = "/statements/\(identifier)/reactions"
        if representation == .json {
            return house.json(json(statement, shown.filter { $0.isPublic && $0.hidden == nil }, counts, next: next))
        }
        let tag = statement.language(wished: visit.language.tag)
        var page = Page(
            template: "press/reactions", title: text("title", visit: visit),
            context: [
                "statementTitle": statement.act.content.texts[tag]?.title ?? "", "lang": tag,
                "dir": Language.direction(ofTag: tag).rawValue, "statement": "/statements/\(identifier)",
                "counts": Self.words(counts, house, visit),
                "hidden": counts.hidden > 0 ? text("hidden", ["count": .number(Int64(counts.hidden))], visit) : false,
                "questions": counts.questions > 0
                    ? text(
                        "questions",
                        ["count": .number(Int64(counts.questions)), "answered": .text(visit.language.text(Int64(counts.answered)))], visit)
                    : false,
                "reactions": shown.map { row($0, visit, isOfficer: isOfficer, mayHide: mayHide) }, "hasReactions": !shown.isEmpty,
                "isOfficer": isOfficer, "refusal": refusal.map { house.notice(of: $0, visit) } ?? false,
                "more": next.map { "\(own)?before=\($0)" } ?? false,
            ] as [String: Any],
            status: refusal.map { .init(code: $0.kind.httpStatus) } ?? .ok,
            trail: [
                Breadcrumb(house.text("press.statements.title", visit), "/statements"),
                Breadcrumb(statement.act.content.texts[tag]?.title ?? statement.act.code, "/statements/\(identifier)"),
            ], section: "/statements", alternates: [.json])
        page.address = own
        return try house.page(visit, page)
    }

    private func text(_ key: String, visit: Visit) -> String { text(key, [:], visit) }

    /// How many of each, in a sentence for each.
    static func words(_ counts: ReactionCounts, _ house: House, _ visit: Visit) -> [[String: Any]] {
        [("replies", counts.replies), ("boosts", counts.boosts), ("quotes", counts.quotes), ("likes", counts.likes)].map { name, count in
            ["name": name, "text": house.text("press.reactions.\(name)", ["count": .number(Int64(count))], visit)]
        }
    }

    private func row(_ reaction: ReactionFile, _ visit: Visit, isOfficer: Bool, mayHide: Bool) -> [String: Any] {
        let spoken = reaction.spoken.flatMap { PressCommands.isLanguageTag($0) ? $0 : nil }
        var row: [String: Any] = [
            "id": "r\(reaction.entry)", "form": text("form.\(reaction.form.rawValue)", visit: visit), "host": reaction.host,
            "address": reaction.post, "date": visit.language.text(reaction.at), "datetime": reaction.at.description,
            // It was made safe when it came; once more costs nothing.
            "content": reaction.content.map(RemoteHTML.clean) ?? false, "lang": spoken ?? false,
            "dir": spoken.map { Language.direction(ofTag: $0).rawValue } ?? "auto", "isQuestion": reaction.isQuestion,
            "answer": reaction.answer ?? false, "isOfficer": isOfficer,
        ]
        guard isOfficer else { return row }
        row["isPrivate"] = !reaction.isPublic
        row["hiddenBecause"] = reaction.hidden ?? false
        row["mayHide"] = mayHide
        row["token"] = house.formToken(visit)
        row["secondToken"] = house.formToken(visit)
        row["base"] = "/press/statements/\(reaction.statement)"
        return row
    }

    private func json(_ statement: PublicStatement, _ reactions: [ReactionFile], _ counts: ReactionCounts, next: Int64?) -> JSON {
        var object: JSONObject = [
            "statement": .string(statement.act.statement),
            "counts": [
                "replies": .integer(Int64(counts.replies)), "boosts": .integer(Int64(counts.boosts)),
                "likes": .integer(Int64(counts.likes)), "quotes": .integer(Int64(counts.quotes)), "hidden": .integer(Int64(counts.hidden)),
                "questions": .integer(Int64(counts.questions)), "answered": .integer(Int64(counts.answered)),
            ],
            "reactions": .array(
                reactions.map { reaction in
                    var object: JSONObject = [
                        "form": .string(reaction.form.rawValue), "post": .string(reaction.post), "host": .string(reaction.host),
                        "received": .string(reaction.at.description), "version": .integer(reaction.version),
                        "question": .bool(reaction.isQuestion),
                    ]
                    object["content"] = reaction.content.map(JSON.string)
                    object["language"] = reaction.spoken.map(JSON.string)
                    object["answer"] = reaction.answer.map(JSON.string)
                    return .object(object)
                }),
        ]
        object["next"] = next.map { .string("/statements/\(statement.act.statement)/reactions?before=\($0)&format=json") }
        return .object(object)
    }

    // MARK: What officers do

    private func hide(_ request: Request, _ visit: Visit) async throws -> Response {
        try await act(request, visit, as: .approver) { fields in
            guard let reason = try fields.filled("reason", longest: ReactionCommands.longestReason) else { throw Fields.missing("reason") }
            let isHidden = try fields.filled("show", longest: 8) == nil
            return { commands, reaction, speaker, form, _ in
                try commands.hide(reaction, speaker: speaker, isHidden: isHidden, reason: reason, form: form)
            }
        }
    }

    private func mark(_ request: Request, _ visit: Visit) async throws -> Response {
        let origin = "\(house.configuration.origin)"
        return try await act(request, visit, as: .pressOfficer) { fields in
            let isQuestion = try fields.filled("plain", longest: 8) == nil
            let written = try fields.filled("answer", longest: ReactionCommands.longestAnswer)
            return { commands, reaction, speaker, form, queries in
                try commands.mark(
                    reaction, speaker: speaker, isQuestion: isQuestion, answer: try Self.answer(written, origin: origin, queries),
                    form: form)
            }
        }
    }

    /// What an officer gave as an answer: a code, a statement's address, or another address of the web.
    private static func answer(_ written: String?, origin: String, _ queries: PressQueries) throws -> ReactionCommands.Answer {
        guard let written else { return .none }
        let path = written.hasPrefix(origin) ? String(written.dropFirst(origin.count)) : written
        let code = path.split(separator: "/").last.map { String($0).uppercased() } ?? ""
        let identifier = StatementNotes.reading(origin + (path.hasPrefix("/") ? path : "/\(path)"), origin: origin)?.statement
        if let statement = try identifier.flatMap({ try queries.statement($0) }) ?? queries.statement(code: code) {
            return .statement(
                statement.act.statement, newest: statement.newest, isWithdrawn: statement.withdrawal != nil)
        }
        guard path == written, written.hasPrefix("https://"), URL(string: written)?.host() != nil else {
            throw Refusal(
                .malformed, code: "press.answer", "'\(written.prefix(80))' is neither a statement of this node nor an address of the web.",
                mend: "Give the statement's code or address, or an address that begins with https://.",
                arguments: ["answer": String(written.prefix(80))])
        }
        return .address(written)
    }

    private typealias Rule = @Sendable (ReactionCommands, ReactionFile?, String?, String, PressQueries) throws -> [ActDraft]

    private func act(
        _ request: Request, _ visit: Visit, as role: Role, _ read: (Fields) throws -> Rule
    ) async throws -> Response {
        let person = try house.access.require(visit.person, role)
        let statement = try await found(visit)
        let office = statement.act.office
        guard person.offices(as: role).contains(office) else { throw Access.refusal(of: role) }
        let form = try await house.form(from: request, visit)
        do {
            guard let post = try form.fields.filled("post", longest: 2_048) else { throw Fields.missing("post") }
            let rule = try read(form.fields)
            let (access, token, identifier) = (house.access, form.request, statement.act.statement)
            _ = try await house.record.enter(
                Command { context in
                    try access.requireStill(person, role, in: office, of: context.database)
                    let reaction = try FediverseQueries(database: context.database).reaction(post)
                    let press = PressQueries(database: context.database)
                    return try rule(
                        ReactionCommands(office: office, author: person.id), reaction?.statement == identifier ? reaction : nil, office,
                        token,
                        press)
                })
            return house.seeOther("/statements/\(identifier)/reactions")
        } catch let refusal as Refusal where refusal.kind != .notFound && refusal.kind != .forbidden {
            house.logRefusal(refusal, request, visit)
            return try await page(.html, before: nil, visit, refusal: refusal)
        }
    }
}
