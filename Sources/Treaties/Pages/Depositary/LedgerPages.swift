import Acts
import HTTPTypes
import Hummingbird
import Record
import Web

/// `/treaties/{treaty}/ledgers`: the lists of several depositaries of one treaty, compared.
extension DepositaryPages {
    private struct Compared: Sendable {
        var comparison: LedgerComparison
        var imported: [TreatyLedgerImported]
        /// Other depositaries whose records this node follows, in the order of their ledgers, which come last.
        var followed: [FollowedHolder]
    }

    /// The lists of the treaty in the records that this node follows.
    private func followed(_ opened: TreatyOpened) async throws -> [(holder: FollowedHolder, lines: [TreatyLedgerImported.Line])] {
        guard let records = house.followed else { return [] }
        let mostTreaties = 20_000
        let mostActs = 50_000
        var others: [String: [FollowedAct]] = [:]
        for act in try await records.acts(ofKind: TreatyOpened.kind, limit: mostTreaties) { others[act.node, default: []].append(act) }
        var lists: [(holder: FollowedHolder, lines: [TreatyLedgerImported.Line])] = []
        for (node, acts) in others.sorted(by: { $0.key < $1.key }) {
            let numbers = FollowedLedger.numbers(of: opened, among: acts.compactMap { try? $0.entry.payload(as: TreatyOpened.self) })
            guard !numbers.isEmpty, let first = acts.first else { continue }
            var lines: [TreatyLedgerImported.Line] = []
            var address = ""
            for dossier in numbers.sorted().map(TreatyCommands.dossier) {
                let kinds: Set = [TreatyParticipation.kind, TreatyActConfirmed.kind, TreatyParticipationCorrected.kind]
                let found = try await records.acts(ofDossier: dossier, kinds: kinds, limit: mostActs).filter { $0.node == node }
                lines += FollowedLedger.lines(of: found.map(\.entry))
                address = try await records.holders(ofDossier: dossier).first { $0.node == node }?.address ?? address
            }
            lists.append((FollowedHolder(node: node, title: first.title, address: address), lines))
        }
        return lists
    }

    private func compare(_ listed: TreatyQueries.Listed) async throws -> Compared {
        let today = house.now().date
        let followed = try await followed(listed.opened)
        return try await house.record.read { database in
            let imported = try DepositaryQueries(database: database).ledgers(of: listed.opened.treaty)
            let own = try TreatyQueries(database: database).lines(of: listed.opened.treaty).map { line in
                TreatyLedgerImported.Line(line.participation.actor, line.participation.action, on: line.participation.date)
            }
            let ledgers =
                [LedgerComparison.Ledger(depositary: "", asOf: today, lines: own)]
                + imported.map { LedgerComparison.Ledger(depositary: $0.depositary.rawValue, asOf: $0.asOf, lines: $0.lines) }
                + followed.map { LedgerComparison.Ledger(depositary: "node:\($0.holder.node)", asOf: today, lines: $0.lines) }
            return Compared(comparison: LedgerComparison(ledgers), imported: imported, followed: followed.map(\.holder))
        }
    }

    func ledgers(_ request: Request, _ visit: Visit) async throws -> Response {
        let representation = try visit.representation(of: [.html, .json, .csv])
        let listed = try await listed(visit)
        let compared = try await compare(listed)
        switch representation {
        case .json: return house.json(json(compared))
        case .csv:
            let names = compared.comparison.ledgers.map { $0.depositary.isEmpty ? "here" : $0.depositary }
            var table = CSVWriter(header: ["actor", "matter", "finding", "earliest"] + names)
            for row in compared.comparison.rows {
                table.write(
                    [row.actor.rawValue, row.matter.rawValue, row.finding.rawValue, row.earliest.description]
                        + row.lines.map { $0?.date.description ?? "" })
            }
            return house.csv(table, named: "ledgers-\(listed.opened.treaty)")
        default: return try ledgersPage(listed, compared, nil, refusal: nil, visit)
        }
    }

    private func json(_ compared: Compared) -> JSON {
        let comparison = compared.comparison
        return [
            "ledgers": .array(
                comparison.ledgers.map { ledger in
                    [
                        "depositary": ledger.depositary.isEmpty ? .null : .string(ledger.depositary),
                        "asOf": .string(ledger.asOf.description),
                        "lines": .integer(Int64(ledger.lines.count)),
                    ]
                }),
            "differences": .integer(Int64(comparison.differences.count)),
            "rows": .array(
                comparison.rows.map { row in
                    [
                        "actor": .string(row.actor.rawValue), "matter": .string(row.matter.rawValue),
                        "finding": .string(row.finding.rawValue),
                        "earliest": .string(row.earliest.description), "dates": .array(row.lines.map { JSON($0?.date.description) }),
                    ]
                }),
        ]
    }

    private func ledgersPage(
        _ listed: TreatyQueries.Listed, _ compared: Compared, _ fields: Fields?, refusal: Refusal?, _ visit: Visit
    ) throws -> Response {
        func value(_ name: String) -> String? { (try? fields?.text(name)) ?? nil }
        let comparison = compared.comparison
        let differences = comparison.differences
        var context = pages.titleContext(listed.opened.titles, visit)
        context["standing"] =
            compared.imported.isEmpty && compared.followed.isEmpty
            ? text("ledgers.only-own", visit)
            : text("ledgers.standing", ["count": .number(Int64(differences.count))], visit)
        context["columns"] = comparison.ledgers.enumerated().map { place, ledger -> [String: Any] in
            let holder = place - comparison.ledgers.count + compared.followed.count
            if holder >= 0 {
                return [
                    "name": compared.followed[holder].title(in: visit.language), "link": compared.followed[holder].address,
                    "asOf": text("ledgers.followed", visit),
                ]
            }
            let who = ActorCode(rawValue: ledger.depositary).map { name($0, visit) } ?? text("ledgers.own", visit)
            return ["name": who, "link": false, "asOf": visit.language.text(ledger.asOf)]
        }
        context["hasRows"] = !differences.isEmpty && comparison.ledgers.count > 1
        context["rows"] = differences.map { row in
            [
                "name": name(row.actor, visit), "code": row.actor.rawValue, "matter": text("matter.\(row.matter.rawValue)", visit),
                "finding": text("finding.\(row.finding.rawValue)", visit), "chip": row.finding == .missing ? "refused" : "awaiting",
                "earliest": visit.language.text(row.earliest), "dates": row.lines.map { $0.map { visit.language.text($0.date) } ?? "–" },
            ] as [String: Any]
        }
        context["form"] = false
        if isOfficer(visit) {
            var form = FormSheet(
                action: "/treaties/\(listed.opened.treaty)/ledgers/import", name: "ledger-form", button: text("ledgers.button", visit))
            form.lead = text("ledgers.lead", visit)
            form.add(
                "depositary", text("field.depositary", visit), .choice(actorOptions(selected: value("depositary"), visit)), required: true)
            form.add("asOf", text("field.as-of", visit), .day, value: value("asOf"), required: true)
            form.add("source", text("field.source", visit), value: value("source"), longest: 300)
            form.add(
                "table", text("field.table", visit), .area(rows: 10), value: value("table"), required: true, longest: 60_000,
                hint: text("field.table.hint", visit))
            for (name, value) in form.context(house, visit) { context[name] = value }
        }
        context["refusal"] = refusal.map { house.notice(of: $0, visit) } ?? false
        var page = Page(
            template: "treaties/depositary/ledgers", title: text("ledgers.title", visit), context: context, trail: trail(listed, visit),
            section: "/treaties", dossier: TreatyCommands.dossier(of: listed.opened.treaty), alternates: [.json, .csv])
        page.address = "/treaties/\(listed.opened.treaty)/ledgers"
        if let refusal { page.status = .init(code: refusal.kind.httpStatus) }
        return try house.page(visit, page)
    }

    func importLedger(_ request: Request, _ visit: Visit) async throws -> Response {
        let (person, commands) = try officer(visit)
        let listed = try await listed(visit)
        let form = try await house.form(from: request, visit)
        let access = house.access
        do {
            for name in ["depositary", "asOf", "table"] { _ = try form.fields.required(name) }
            guard let depositary = try actor(try form.fields.filled("depositary")), let asOf = try form.fields.date("asOf"),
                let text = try form.fields.text("table")
            else { throw unknownEntry("") }
            let bytes = Array(text.utf8)
            let lines: [TreatyLedgerImported.Line]
            do { lines = try LedgerTable(bytes, actors: desk.actors).lines } catch {
                throw Refusal(
                    .malformed, code: "treaty.ledger-table", "The list cannot be read, at \(error).",
                    mend: "Correct the row; nothing was taken from the list.",
                    arguments: ["row": String(error.row), "reason": error.reason])
            }
            let ledger = TreatyLedgerImported(
                treaty: listed.opened.treaty, depositary: depositary, asOf: asOf, lines: lines, document: try house.record.storeBlob(bytes),
                source: try form.fields.filled("source", longest: 300))
            _ = try await house.record.enter(
                Command { context in
                    try access.requireStill(person, .depositaryOfficer, in: context.database)
                    return try commands.importLedger(ledger, today: context.now.date, request: form.request)
                })
            return house.seeOther("/treaties/\(ledger.treaty)/ledgers")
        } catch let refusal as Refusal where isShownInForm(refusal, visit) {
            house.logRefusal(refusal, request, visit)
            return try ledgersPage(listed, try await compare(listed), form.fields, refusal: refusal, visit)
        }
    }
}
