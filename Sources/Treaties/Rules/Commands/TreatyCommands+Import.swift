import Acts

extension TreatyCommands {
    /// A table to be imported, read and kept.
    struct ImportedTable: Sendable {
        var table: CSVTable
        var layout: ImportLayout
        /// Where rows come from that do not say so themselves, and how sure they are.
        var source: String?
        var confidence: String?
        /// The table's bytes, by length and SHA-256 in hexadecimal digits.
        var length: Int64
        var digest: String
    }

    static func unknownTreaty(_ number: String) -> Refusal {
        Refusal(
            .notFound, code: "treaty.unknown-treaty", "There is no treaty with the number \(number) in this register.",
            mend: "Look it up in the register.", arguments: ["treaty": number])
    }

    /// What the table would become.
    func plan(_ imported: ImportedTable, in file: TreatyFile, inForce: [String: CalendarDate], today: CalendarDate) -> ImportPlan {
        PastImport(
            actors: actors, file: file, today: today, layout: imported.layout, source: imported.source, confidence: imported.confidence
        ).plan(imported.table.rows, inForce: inForce)
    }

    /// Enters the rows of a table that may be entered, in one command: first that the table was imported, then its acts.
    ///
    /// - Throws: a refusal where no row would be entered, so that the same table sent twice leaves no trace.
    func importPast(
        _ imported: ImportedTable, in file: TreatyFile, inForce: [String: CalendarDate], next: Int64, today: CalendarDate,
        request: String?
    ) throws(Refusal) -> [ActDraft] {
        let plan = plan(imported, in: file, inForce: inForce, today: today)
        let acts = plan.acts
        let treaty = file.opened.treaty
        guard !acts.isEmpty else {
            throw Refusal(
                .conflict, code: "treaty.import.nothing-new",
                "No row of the table can be entered: \(plan.count(.known)) are in the register already, \(plan.refused.count) are refused.",
                mend: "Look at the reasons beside the rows.", citation: "docs/import.md",
                arguments: ["known": String(plan.count(.known)), "refused": String(plan.refused.count)])
        }
        let account = TreatyPastImported(
            treaty: treaty, table: imported.digest, bytes: imported.length, columns: imported.layout.columns.map(\.name),
            source: imported.source, confidence: imported.confidence, rows: Int64(plan.rows.count),
            accepted: Int64(plan.count(.accepted)), known: Int64(plan.count(.known)),
            refused: plan.refused.map { .init(line: Int64($0.row.line), code: $0.refusal.code) })
        var drafts = [draft(account, treaty: treaty, request: request)]
        var changed = file
        for act in acts {
            changed.lines.append(TreatyFile.Line(entry: next + Int64(drafts.count), participation: act))
            drafts.append(draft(act, treaty: treaty, effective: act.date, references: [Reference(next)]))
        }
        changed.lines.sort { ($0.participation.date, $0.entry) < ($1.participation.date, $1.entry) }
        return drafts + proposal(for: changed, inForce: inForce, today: today)
    }

    /// Enters the statements of a text that may be entered: first that the text was imported, then each of them.
    func importStatements(
        _ rows: [DeclarationsImport.Row], treaty: String, next: Int64, source: String, length: Int64, digest: String
    ) -> [ActDraft] {
        var made: [TreatyStatementMade] = []
        var known: Int64 = 0
        var refused: [TreatyPastImported.Refused] = []
        for row in rows {
            switch row.outcome {
            case .accepted(let statement): made.append(statement)
            case .known: known += 1
            case .refused(let refusal): refused.append(.init(line: Int64(row.line), code: refusal.code))
            }
        }
        guard !made.isEmpty else { return [] }
        let account = TreatyPastImported(
            treaty: treaty, table: digest, bytes: length, columns: ["statements"], source: source, rows: Int64(rows.count),
            accepted: Int64(made.count), known: known, refused: refused)
        return [draft(account, treaty: treaty)]
            + made.map { statement in
                draft(
                    statement, treaty: treaty, effective: statement.date,
                    references: [Reference(next)] + (statement.madeAt.map { [Reference($0)] } ?? []))
            }
    }
}
