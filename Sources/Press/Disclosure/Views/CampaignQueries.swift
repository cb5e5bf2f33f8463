import Acts
import GRDB

/// What the pages and rules ask of the campaigns' tables.
struct CampaignQueries {
    let database: Database

    private static let most = 200

    private func json(_ text: String) throws -> JSON { try JSONParser.parse(text, limits: .init(bytes: 1 << 20, depth: 16)) }

    func next(in year: Int) throws -> Int64 {
        (try Int64.fetchOne(database, sql: "SELECT max(number) FROM campaign WHERE campaign LIKE ?", arguments: ["cam-\(year)-%"]) ?? 0) + 1
    }

    func campaign(_ identifier: String) throws -> CampaignFile? {
        try Row.fetchOne(database, sql: "SELECT * FROM campaign WHERE campaign = ?", arguments: [identifier]).map(file)
    }

    /// What everybody may read, the newest first.
    func publicCampaigns() throws -> [CampaignFile] {
        try Row.fetchAll(database, sql: "SELECT * FROM campaign WHERE public = 1 ORDER BY number DESC, campaign DESC LIMIT \(Self.most)")
            .map(file)
    }

    func campaigns(of offices: [String]) throws -> [CampaignFile] {
        guard !offices.isEmpty else { return [] }
        let places = Array(repeating: "?", count: offices.count).joined(separator: ", ")
        return try Row.fetchAll(
            database, sql: "SELECT * FROM campaign WHERE office IN (\(places)) ORDER BY number DESC, campaign DESC LIMIT \(Self.most)",
            arguments: StatementArguments(offices)
        ).map(file)
    }

    private func file(_ row: Row) throws -> CampaignFile {
        CampaignFile(
            act: try CampaignSet(json: try json(row["act"])), office: row["office"], entry: row["entry"], isPublic: row["public"],
            closed: try (row["closed"] as String?).map { try CampaignClosed(json: try json($0)) }, closing: row["closing"])
    }

    /// Visitor-days of each day from one to another, both included.
    func visitors(from first: CalendarDate, until last: CalendarDate) throws -> [VisitorsCounted] {
        try String.fetchAll(
            database, sql: "SELECT act FROM disclosure_visitors WHERE day BETWEEN ? AND ? ORDER BY day",
            arguments: [first.description, last.description]
        ).map { try VisitorsCounted(json: try json($0)) }
    }

    /// How many inboxes of other servers have confirmed the newest version of a statement.
    func confirmed(_ statement: String) throws -> Int {
        try Int.fetchOne(
            database,
            sql: """
                SELECT count(DISTINCT r.destination) FROM press_statement s
                    JOIN fediverse_reach r ON r.upTo >= s.entry AND r.outcome = 'delivered'
                    JOIN fediverse_follower f ON f.destination = r.destination AND f.office = s.office AND f.entry < s.entry
                WHERE s.statement = ?1 AND s.version = (SELECT max(version) FROM press_statement WHERE statement = ?1)
                """, arguments: [statement]) ?? 0
    }
}
