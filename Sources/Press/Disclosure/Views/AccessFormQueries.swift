import Acts
import GRDB

/// What the pages and rules ask of what came by the public form.
struct AccessFormQueries {
    let database: Database

    private func json(_ text: String) throws -> JSON { try JSONParser.parse(text, limits: .init(bytes: 1 << 20, depth: 16)) }

    /// The laws that each office answers under; offices with none have no form.
    func laws() throws -> [(office: String, laws: [String])] {
        try Row.fetchAll(database, sql: "SELECT office, laws FROM access_laws ORDER BY office").map { row in
            (row["office"], (try json(row["laws"]).array ?? []).compactMap(\.string))
        }.filter { !$0.laws.isEmpty }
    }

    /// The next number of a year, from 1. Numbers of what was erased since are given again only after the newest are.
    func next(in year: Int) throws -> Int64 {
        (try Int64.fetchOne(database, sql: "SELECT last FROM access_asked_number WHERE year = ?", arguments: [String(year)]) ?? 0) + 1
    }

    func asked(_ identifier: String) throws -> AskedFile? {
        try Row.fetchOne(database, sql: "SELECT * FROM access_asked WHERE asked = ?", arguments: [identifier]).map(file)
    }

    /// What waits for an office of these to say what becomes of it, the oldest first.
    func waiting(for offices: [String]) throws -> [AskedFile] {
        guard !offices.isEmpty else { return [] }
        let places = Array(repeating: "?", count: offices.count).joined(separator: ", ")
        return try Row.fetchAll(
            database, sql: "SELECT * FROM access_asked WHERE settled IS NULL AND office IN (\(places)) ORDER BY entry LIMIT 200",
            arguments: StatementArguments(offices)
        ).map(file)
    }

    private func file(_ row: Row) throws -> AskedFile {
        AskedFile(
            act: try AccessAsked(json: try json(row["act"])), office: row["office"], entry: row["entry"],
            at: Moment(milliseconds: row["at"]), contact: row["contact"],
            settled: try (row["settled"] as String?).map { try AccessAskedSettled(json: try json($0)) })
    }
}
