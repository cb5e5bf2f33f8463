import Acts
import Hummingbird
import Record
import Web

/// `/treaties`: the register, searched, filtered and sorted; as a page, JSON or CSV.
extension TreatyPages {
    enum StatusFilter: String, CaseIterable {
        case inForce = "in-force"
        case open
        case pending
    }

    enum Sorting: String, CaseIterable {
        case number
        case title
        case adopted
        case force
        case parties
    }

    /// What the visitor asked of the register.
    struct RegisterQuestion {
        var query: String?
        var status: StatusFilter?
        var chapter: String?
        var actor: ActorCode?
        var sorting: Sorting
        var limit: Int
        var offset: Int
    }

    func registerQuestion(_ visit: Visit, of representation: Representation) throws -> RegisterQuestion {
        let everything: Int64 = representation == .html ? 100 : 1000
        return RegisterQuestion(
            query: try visit.query.filled("q", longest: 200), status: try visit.query.choice("status", of: StatusFilter.self),
            chapter: try visit.query.filled("chapter", longest: 200),
            actor: try actorCode(visit, "actor"), sorting: try visit.query.choice("sort", of: Sorting.self) ?? .number,
            limit: Int(try visit.query.linkedInteger("limit", in: 1...1000) ?? everything),
            offset: Int(try visit.query.linkedInteger("offset", in: 0...1_000_000) ?? 0))
    }

    func register(_ request: Request, _ visit: Visit) async throws -> Response {
        let representation = try visit.representation(of: [.html, .json, .csv])
        let question = try registerQuestion(visit, of: representation)
        return try await house.cached(request, visit) {
            let today = house.now().date
            let (all, ofActor) = try await house.record.read { database in
                let queries = TreatyQueries(database: database)
                let all = try queries.treaties().compactMap {
                    try desk.standings.standing(of: $0, on: today, in: queries, rule: rule)
                }
                return (all, try question.actor.map { Set(try queries.treaties(of: $0)) })
            }
            let found = sorted(all.filter { fits($0, question, ofActor: ofActor) }, by: question.sorting, visit)
            switch representation {
            case .html:
                return try registerPage(all: all, found: found, question, goingOn: try await house.goingOn(visit), visit)
            case .json: return registerJSON(found, question, visit)
            default: return registerCSV(found, question, visit)
            }
        }
    }

    private func fits(_ standing: TreatyStanding, _ question: RegisterQuestion, ofActor: Set<String>?) -> Bool {
        let opened = standing.listed.opened
        switch question.status {
        case .inForce? where !standing.isInForce: return false
        case .pending? where standing.isInForce: return false
        case .open? where !standing.isOpenForSignature: return false
        default: break
        }
        if let chapter = question.chapter, chapter != opened.chapter { return false }
        if let ofActor, !ofActor.contains(opened.treaty) { return false }
        guard let query = question.query else { return true }
        guard let search = TextSearch(query) else { return false }
        if search.matches(opened.titles.values + [opened.treaty, opened.short ?? ""]) { return true }
        // Not a title: then perhaps the name of one that takes part, however spelt.
        guard let actor = named(in: query) else { return false }
        return standing.lines.contains { $0.participation.actor == actor }
    }

    /// The actor whose name a search is, where it is one.
    private func named(in query: String) -> ActorCode? {
        desk.actors.search(query, limit: 1).first.flatMap { $0.score >= 0.6 ? $0.actor.code : nil }
    }

    private func sorted(_ standings: [TreatyStanding], by sorting: Sorting, _ visit: Visit) -> [TreatyStanding] {
        switch sorting {
        case .number: return standings
        case .title:
            return visit.language.sorted(standings) { title($0.listed.opened.titles, visit).text }
        case .adopted:
            return standings.sorted { ($0.listed.opened.adoptedOn?.dayNumber ?? .min) > ($1.listed.opened.adoptedOn?.dayNumber ?? .min) }
        case .force: return standings.sorted { ($0.date?.dayNumber ?? .min) > ($1.date?.dayNumber ?? .min) }
        case .parties: return standings.sorted { $0.bound > $1.bound }
        }
    }

    private func registerPage(
        all: [TreatyStanding], found: [TreatyStanding], _ question: RegisterQuestion, goingOn: [[String: Any]], _ visit: Visit
    ) throws -> Response {
        let shown = found.dropFirst(question.offset).prefix(question.limit)
        let inForce = all.count { $0.isInForce }
        func pairs(_ more: [(String, String?)]) -> [(String, String?)] {
            [
                ("q", question.query), ("status", question.status?.rawValue), ("chapter", question.chapter),
                ("actor", question.actor?.rawValue), ("sort", question.sorting == .number ? nil : question.sorting.rawValue),
            ] + more
        }
        let pages = (found.count + question.limit - 1) / question.limit
        let page = question.offset / question.limit + 1
        let limit = question.limit == 100 ? nil : String(question.limit)
        var context: [String: Any] = [
            "standing": text(
                "register.standing",
                [
                    "total": .text(text("register.treaties", ["count": .number(Int64(all.count))], visit)),
                    "inForce": .number(Int64(inForce)), "pending": .number(Int64(all.count - inForce)),
                ], visit),
            "query": question.query ?? "",
            "statuses": [option("", text("register.all", visit), selected: question.status == nil)]
                + [StatusFilter.inForce, .open, .pending].map {
                    option($0.rawValue, text("status.\($0.rawValue)", visit), selected: question.status == $0)
                },
            "chapters": chapters(of: all, question, visit),
            "actors": [option("", text("register.all", visit), selected: question.actor == nil)]
                + actorOptions(visit, selected: question.actor, includingFormer: true),
            "sorts": Sorting.allCases.map { option($0.rawValue, text("sort.\($0.rawValue)", visit), selected: question.sorting == $0) },
            "count": found.isEmpty
                ? text("register.nothing", visit) : text("register.count", ["count": .number(Int64(found.count))], visit),
            "hasRows": !shown.isEmpty,
            "hasSeals": desk.seals != nil,
            "rows": shown.map { row($0, visit) },
            "csv": address("/treaties", pairs([("format", "csv")])), "json": address("/treaties", pairs([("format", "json")])),
            "openLink": visit.person.map { !$0.offices(as: .depositaryOfficer).isEmpty } == true ? "/treaties/open" : false,
            "hasPages": pages > 1, "goingOn": goingOn, "isGoingOn": !goingOn.isEmpty && pairs([]).allSatisfy { $0.1 == nil },
            "page": text("register.page", ["page": .number(Int64(page)), "pages": .number(Int64(pages))], visit),
        ]
        if question.offset > 0 {
            context["previous"] = address(
                "/treaties", pairs([("limit", limit), ("offset", String(max(0, question.offset - question.limit)))]))
        }
        if question.offset + question.limit < found.count {
            context["next"] = address("/treaties", pairs([("limit", limit), ("offset", String(question.offset + question.limit))]))
        }
        return try house.page(
            visit,
            Page(
                template: "treaties/register", title: text("register.title", visit), context: context, section: "/treaties",
                alternates: [.json, .csv]))
    }

    private func chapters(of all: [TreatyStanding], _ question: RegisterQuestion, _ visit: Visit) -> [[String: Any]] {
        var options = [option("", text("register.all", visit), selected: question.chapter == nil)]
        var seen: Set<String> = []
        for standing in all where seen.insert(standing.listed.opened.chapter).inserted {
            let opened = standing.listed.opened
            options.append(option(opened.chapter, chapterName(opened, visit), selected: question.chapter == opened.chapter))
        }
        return options
    }

    func chapterName(_ opened: TreatyOpened, _ visit: Visit) -> String {
        text(
            "register.chapter-name",
            ["number": .text(opened.chapter), "name": .text(title(opened.chapterNames, visit).text)], visit)
    }

    private func row(_ standing: TreatyStanding, _ visit: Visit) -> [String: Any] {
        let opened = standing.listed.opened
        let chip = chip(standing, visit)
        var row = titleContext(opened.titles, visit)
        row["number"] = opened.treaty
        row["link"] = "/treaties/\(opened.treaty)"
        row["short"] = opened.short ?? false
        row["adopted"] = opened.adoptedOn.map { visit.language.text($0) } ?? ""
        row["chip"] = chip.name
        row["status"] = chip.text
        row["since"] = standing.date.map { visit.language.text($0) } ?? false
        row["parties"] = visit.language.text(Int64(standing.bound))
        row["signatories"] = visit.language.text(Int64(standing.signatoriesOnly))
        return row
    }

    private func registerJSON(_ found: [TreatyStanding], _ question: RegisterQuestion, _ visit: Visit) -> Response {
        let shown = found.dropFirst(question.offset).prefix(question.limit)
        var object: JSONObject = [
            "total": .integer(Int64(found.count)), "offset": .integer(Int64(question.offset)),
            "treaties": .array(shown.map { summary($0) }),
        ]
        if question.offset + question.limit < found.count { object["nextOffset"] = .integer(Int64(question.offset + question.limit)) }
        return house.json(.object(object))
    }

    /// A treaty in a list.
    func summary(_ standing: TreatyStanding) -> JSON {
        let opened = standing.listed.opened
        return [
            "treaty": .string(opened.treaty), "titles": JSON(texts: opened.titles), "short": JSON(opened.short),
            "chapter": .string(opened.chapter), "adoptedOn": JSON(opened.adoptedOn?.description),
            "inForce": .bool(standing.isInForce), "entryIntoForce": JSON(standing.date?.description),
            "confirmed": .bool(standing.confirmed != nil), "parties": .integer(Int64(standing.parties)),
            "bound": .integer(Int64(standing.bound)), "signatoriesOnly": .integer(Int64(standing.signatoriesOnly)),
            "href": .string("/treaties/\(opened.treaty)"),
        ]
    }

    private func registerCSV(_ found: [TreatyStanding], _ question: RegisterQuestion, _ visit: Visit) -> Response {
        var table = CSVWriter(header: [
            "treaty", "title", "chapter", "adopted", "in-force", "entry-into-force", "bound", "signatories-only",
        ])
        for standing in found.dropFirst(question.offset).prefix(question.limit) {
            let opened = standing.listed.opened
            table.write([
                opened.treaty, title(opened.titles, visit).text, opened.chapter, opened.adoptedOn?.description ?? "",
                standing.isInForce ? "yes" : "no", standing.date?.description ?? "", String(standing.bound),
                String(standing.signatoriesOnly),
            ])
        }
        return house.csv(table, named: "treaties")
    }
}
