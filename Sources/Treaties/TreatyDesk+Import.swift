import Acts
import Ledger
public import Record

public import class Record.Record

extension TreatyDesk {
    /// Imports a table of past participation in a treaty: the rows that may be entered, in one command.
    ///
    /// - Parameters:
    ///   - columns: what each column is, by the names of docs/import.md; `nil` takes what the header suggests.
    ///   - isRehearsal: says what would be entered, and enters nothing.
    /// - Throws: a `Refusal` where the table cannot be read or there is no such treaty.
    public func importPast(
        _ bytes: [UInt8], into treaty: String, columns: [String]?, source: String?, confidence: String?, isRehearsal: Bool,
        record: Record, office: String, author: String
    ) async throws -> ImportReport {
        let table = try CSVTable(bytes)
        var named: [ImportColumn] = []
        for name in columns ?? [] {
            guard let column = ImportColumn(name: name) else {
                throw Refusal(
                    .malformed, code: "treaty.import.columns.unknown", "'\(name)' is not what a column can be.",
                    mend: "It is one of these: \(ImportColumn.all.map(\.name).joined(separator: ", ")).", citation: "docs/import.md",
                    arguments: ["column": name])
            }
            named.append(column)
        }
        let layout = try ImportLayout(columns == nil ? ImportLayout.suggested(by: table.header) : named)
        var imported = TreatyCommands.ImportedTable(
            table: table, layout: layout, source: source, confidence: confidence, length: Int64(bytes.count), digest: "")
        let commands = TreatyCommands(actors: actors, office: office, author: author)
        let unplanned = imported
        let plan = try await record.read { database in
            let queries = TreatyQueries(database: database)
            guard let file = try queries.file(of: treaty) else { throw TreatyCommands.unknownTreaty(treaty) }
            return commands.plan(unplanned, in: file, inForce: try queries.inForce(for: file.opened), today: Moment.now.date)
        }
        guard !isRehearsal, !plan.acts.isEmpty else { return ImportReport(treaty: treaty, plan: plan, columns: layout.columns) }
        imported.digest = TreatyDesk.hexadecimal(try record.storeBlob(bytes))
        let kept = imported
        let entries = try await record.enter(
            Command { context in
                let queries = TreatyQueries(database: context.database)
                guard let file = try queries.file(of: treaty) else { throw TreatyCommands.unknownTreaty(treaty) }
                return try commands.importPast(
                    kept, in: file, inForce: try queries.inForce(for: file.opened), next: context.nextIndex, today: context.now.date,
                    request: nil)
            })
        return ImportReport(
            treaty: treaty, plan: plan, columns: layout.columns, entry: entries.first?.index,
            entered: entries.count { $0.kind == TreatyParticipation.kind })
    }

    /// A digest as acts name it.
    static func hexadecimal(_ digest: [UInt8]) -> String {
        digest.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
    }
}
