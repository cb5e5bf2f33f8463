import Acts
import Hummingbird
import Record

/// `/record/acts`: all acts, newest first, by kind, dossier and office.
struct ActListPages: Sendable {
    let house: House

    func addRoutes(to router: Router<Visit>) {
        let pages = self
        router.get("/record/acts") { request, visit in try await pages.list(request, visit) }
    }

    private func filter(_ query: Fields) throws -> ActQueries.Filter {
        ActQueries.Filter(
            kind: try query.filled("kind", longest: 200), dossier: try query.filled("dossier", longest: 200),
            office: try query.filled("office", longest: 200),
            before: try query.linkedInteger("before", in: 0...Int64.max), limit: Int(try query.linkedInteger("limit", in: 1...500) ?? 50))
    }

    private func list(_ request: Request, _ visit: Visit) async throws -> Response {
        let representation = try visit.representation(of: [.html, .json])
        let filter = try filter(visit.query)
        return try await house.cached(request, visit) {
            var wider = filter
            wider.limit += 1
            let query = wider
            let (found, kinds, offices) = try await house.record.read { database in
                (try ActQueries.entries(query, database), try ActQueries.kinds(database), try IdentityView.offices(database))
            }
            let shown = found.prefix(filter.limit)
            let next = found.count > filter.limit ? shown.last : nil
            let entries = try shown.compactMap { try house.record.entry(at: $0) }
            if representation == .json { return house.json(json(entries, next: next, filter, visit)) }
            return try page(entries, next: next, filter, kinds: kinds, offices: offices, visit)
        }
    }

    private func mayRead(_ entry: Entry, _ visit: Visit) -> Bool {
        house.access.mayRead(entry, as: visit.person, on: house.now().date)
    }

    private func json(_ entries: [Entry], next: Int64?, _ filter: ActQueries.Filter, _ visit: Visit) -> JSON {
        var object: JSONObject = [
            "size": .integer(visit.position),
            "acts": .array(entries.map { ActDocument(entry: $0, mayRead: mayRead($0, visit)).json }),
        ]
        if let next { object["next"] = .string(address(filter, before: next) + "&format=json") }
        return .object(object)
    }

    private func page(
        _ entries: [Entry], next: Int64?, _ filter: ActQueries.Filter, kinds: [String], offices: [Office], _ visit: Visit
    ) throws -> Response {
        let words = HouseActWords(catalogue: house.catalogue, language: visit.language)
        func option(_ value: String, _ label: String, _ chosen: String?) -> [String: Any] {
            ["value": value, "label": label, "selected": value == (chosen ?? "")]
        }
        let any = house.text("acts.any", visit)
        let context: [String: Any] = [
            "summary": house.text("record.size", ["count": .number(visit.position)], visit),
            "kinds": [option("", any, filter.kind)]
                + kinds.map { option($0, ActKind($0).map(words.kindName) ?? $0, filter.kind) },
            "offices": [option("", any, filter.office)]
                + offices.map { option($0.id, $0.name(in: visit.language), filter.office) },
            "dossier": filter.dossier ?? "", "hasActs": !entries.isEmpty,
            "acts": entries.map { entry -> [String: Any] in
                [
                    "entry": String(entry.index),
                    "sentence": house.description(of: entry, mayRead: mayRead(entry, visit), visit.language).sentence,
                    "received": visit.language.text(entry.header.received),
                    "effective": entry.statement.effective.map { visit.language.text($0) } ?? false,
                    "dossier": entry.statement.dossier.map { ["name": $0, "address": House.address(ofDossier: $0)] } ?? false,
                    "erased": entry.content == .erased, "restricted": entry.statement.marking != .public,
                ]
            },
            "next": next.map { address(filter, before: $0) } ?? false,
            "newest": filter.before == nil ? false : address(filter, before: nil),
        ]
        return try house.page(
            visit,
            Page(
                template: "record/acts", title: house.text("acts.title", visit), context: context,
                trail: [Breadcrumb(house.text("record.title", visit), "/record")], section: "/record", alternates: [.json]))
    }

    private func address(_ filter: ActQueries.Filter, before: Int64?) -> String {
        let pairs = [
            ("kind", filter.kind), ("dossier", filter.dossier), ("office", filter.office), ("limit", String(filter.limit)),
            ("before", before.map(String.init)),
        ]
        return "/record/acts?"
            + pairs.compactMap { name, value in value.map { "\(name)=\(PercentCoding.encode($0))" } }.joined(separator: "&")
    }
}
