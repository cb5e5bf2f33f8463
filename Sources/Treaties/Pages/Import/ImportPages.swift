import Acts
import Hummingbird
import Ledger
import Record
import Web

/// `/treaties/{treaty}/import`: a table of past participation, looked at row by row before any of it is entered.
///
/// The table goes back and forth in the form itself, byte for byte, so that nothing is kept before something is entered.
struct ImportPages: Sendable {
    let pages: TreatyPages

    private var house: House { pages.house }
    private var desk: TreatyDesk { pages.desk }

    func addRoutes(to router: Router<Visit>) {
        router.get("/treaties/{treaty}/import") { request, visit in try await form(request, visit) }
        router.post("/treaties/{treaty}/import") { request, visit in try await take(request, visit) }
    }

    /// The table as a file or in base64, as it goes back and forth, and the other fields.
    private static let longestUpload = CSVTable.Limits().bytes / 3 * 4 + (64 << 10)

    private enum Step: String, CaseIterable {
        case preview
        case enter
    }

    /// What the form holds, as it was sent.
    private struct Sent {
        var bytes: [UInt8] = []
        /// What stood in the field; empty where the table came as a file, whose bytes may not be text at all.
        var text = ""
        var source: String?
        var confidence: String?
        /// By the number of the column; empty where the header is to suggest them.
        var columns: [ImportColumn] = []
        var step = Step.preview
    }

    // MARK: Routes

    private func form(_ request: Request, _ visit: Visit) async throws -> Response {
        let listed = try await listed(visit)
        _ = try pages.officer(visit)
        return try startPage(listed.opened, Sent(), refusal: nil, visit)
    }

    private func take(_ request: Request, _ visit: Visit) async throws -> Response {
        let listed = try await listed(visit)
        let (person, office) = try pages.officer(visit)
        let form = try await house.upload(from: request, upTo: Self.longestUpload, visit)
        let number = listed.opened.treaty
        var sent = Sent()
        var table: CSVTable?
        do {
            sent = try read(form)
            let read = try CSVTable(sent.bytes)
            table = read
            if sent.columns.count != read.header.count { sent.columns = ImportLayout.suggested(by: read.header) }
            let layout = try ImportLayout(sent.columns)
            var imported = TreatyCommands.ImportedTable(
                table: read, layout: layout, source: sent.source, confidence: sent.confidence, length: Int64(sent.bytes.count), digest: "")
            let commands = TreatyCommands(actors: desk.actors, office: office, author: person.id)
            let unplanned = imported
            let plan = try await house.record.read { database in
                let queries = TreatyQueries(database: database)
                guard let file = try queries.file(of: number) else { throw pages.unknownTreaty(number) }
                return commands.plan(unplanned, in: file, inForce: try queries.inForce(for: file.opened), today: house.now().date)
            }
            guard sent.step == .enter else {
                let report = ImportReport(treaty: number, plan: plan, columns: layout.columns)
                if try visit.representation(of: [.html, .json]) == .json { return house.json(report.json) }
                return try previewPage(listed.opened, sent, read, plan, refusal: nil, visit)
            }
            if !plan.acts.isEmpty { imported.digest = TreatyDesk.hexadecimal(try house.record.storeBlob(sent.bytes)) }
            let kept = imported
            let access = house.access
            let entries = try await house.record.enter(
                Command { context in
                    try access.requireStill(person, .depositaryOfficer, in: context.database)
                    let queries = TreatyQueries(database: context.database)
                    guard let file = try queries.file(of: number) else { throw pages.unknownTreaty(number) }
                    return try commands.importPast(
                        kept, in: file, inForce: try queries.inForce(for: file.opened), next: context.nextIndex,
                        today: context.now.date, request: form.request)
                })
            return house.seeOther("/record/acts/\(entries.first?.index ?? 0)")
        } catch let refusal as Refusal where isShownInForm(refusal, visit) {
            house.logRefusal(refusal, request, visit)
            guard let table else { return try startPage(listed.opened, sent, refusal: refusal, visit) }
            return try previewPage(listed.opened, sent, table, nil, refusal: refusal, visit)
        }
    }

    private func isShownInForm(_ refusal: Refusal, _ visit: Visit) -> Bool {
        (try? visit.representation(of: [.html, .json])) == .html
            && (refusal.code.hasPrefix("treaty.import.") || refusal.code == "request.missing" || refusal.code == "request.too-large")
    }

    private func listed(_ visit: Visit) async throws -> TreatyQueries.Listed {
        let number = try pages.number(visit)
        guard let listed = try await house.record.read({ try TreatyQueries(database: $0).treaty(number) }) else {
            throw pages.unknownTreaty(number)
        }
        return listed
    }

    private func read(_ form: Form) throws -> Sent {
        let fields = form.fields
        var sent = Sent()
        sent.step = try fields.choice("step", of: Step.self) ?? .preview
        sent.source = try fields.filled("source", longest: 500)
        sent.confidence = try fields.filled("confidence", longest: 200)
        if let encoded = try fields.filled("table") {
            guard let bytes = Base64.decodeFromAddress(encoded) else {
                throw Refusal(
                    .malformed, code: "request.encoding", "The field 'table' is not text: its encoding is broken.",
                    mend: "Send UTF-8, percent-encoded.", citation: "RFC 4648, 5", arguments: ["field": "table"])
            }
            sent.bytes = bytes
        } else {
            let text = try fields.filled("text")
            let file = form.file("file").flatMap { $0.bytes.isEmpty ? nil : $0 }
            guard text == nil || file == nil else {
                throw Refusal(
                    .malformed, code: "treaty.import.two-tables", "There is a file and a table in the field as well.",
                    mend: "Empty the field, or choose no file.")
            }
            sent.text = text ?? ""
            sent.bytes = file?.bytes ?? Array(sent.text.utf8)
            guard !sent.bytes.isEmpty else {
                throw Refusal(
                    .malformed, code: "treaty.import.no-table", "There is no table: neither a file nor anything in the field.",
                    mend: "Choose a file, or paste the table.")
            }
        }
        var columns: [ImportColumn] = []
        while let name = try fields.filled("column-\(columns.count)") {
            guard let column = ImportColumn(name: name) else {
                throw Refusal(
                    .malformed, code: "treaty.import.columns.unknown", "'\(name)' is not what a column can be.",
                    mend: "Choose one of the list.", citation: "docs/import.md", arguments: ["column": name])
            }
            columns.append(column)
        }
        sent.columns = columns
        return sent
    }

    // MARK: Pages

    private func page(
        _ template: String, _ opened: TreatyOpened, _ context: [String: Any], refusal: Refusal?, _ visit: Visit
    ) throws -> Response {
        let link = "/treaties/\(opened.treaty)"
        var context = context
        for (name, value) in pages.titleContext(opened.titles, visit) { context[name] = value }
        context["action"] = "\(link)/import"
        context["treatyLink"] = link
        context["request"] = house.formToken(visit)
        if let refusal { context["refusal"] = house.notice(of: refusal, visit) }
        var page = Page(
            template: "treaties/import/\(template)", title: text("import.title", visit), context: context,
            trail: [
                Breadcrumb(text("register.title", visit), "/treaties"), Breadcrumb(opened.short ?? opened.treaty, link),
            ],
            section: "/treaties")
        if let refusal { page.status = .init(code: refusal.kind.httpStatus) }
        return try house.page(visit, page)
    }

    private func startPage(_ opened: TreatyOpened, _ sent: Sent, refusal: Refusal?, _ visit: Visit) throws -> Response {
        try page(
            "start", opened,
            [
                "text": sent.text,
                "fileHint": pages.text("import.file.hint", ["megabytes": .number(Int64(CSVTable.Limits().bytes >> 20))], visit),
                "source": sent.source ?? "", "confidence": sent.confidence ?? "",
            ], refusal: refusal, visit)
    }

    private func previewPage(
        _ opened: TreatyOpened, _ sent: Sent, _ table: CSVTable, _ plan: ImportPlan?, refusal: Refusal?, _ visit: Visit
    ) throws -> Response {
        let words = ImportPageWords(pages: pages, visit: visit)
        var context: [String: Any] = [
            "table": Base64.encodeForAddress(sent.bytes), "source": sent.source ?? "", "confidence": sent.confidence ?? "",
            "columns": table.header.enumerated().map { index, name -> [String: Any] in
                let chosen = index < sent.columns.count ? sent.columns[index] : .ignored
                return [
                    "index": String(index), "chosen": chosen.name, "header": name.isEmpty ? String(index + 1) : name,
                    "example": table.rows.lazy.compactMap { index < $0.cells.count ? $0.cells[index] : nil }.first { !$0.isEmpty } ?? "",
                    "choices": ImportColumn.all.map { pages.option($0.name, words.name(of: $0), selected: $0 == chosen) },
                ]
            },
        ]
        if let plan { context.merge(words.context(of: plan)) { own, _ in own } }
        return try page("preview", opened, context, refusal: refusal, visit)
    }

    private func text(_ key: String, _ visit: Visit) -> String { pages.text(key, visit) }
}
