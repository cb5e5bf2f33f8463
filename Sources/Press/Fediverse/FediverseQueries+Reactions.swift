import Acts
import GRDB

extension FediverseQueries {
    private static let columns = """
        SELECT r.subject, r.form, r.statement, r.version, r.language, r.host, r.content, r.spoken, r.at, r.entry, r.isPublic, h.reason AS hidden,
            q.post IS NOT NULL AS isQuestion, q.answer
        FROM fediverse_reaction r LEFT JOIN fediverse_hidden h ON h.post = r.subject LEFT JOIN fediverse_question q ON q.post = r.subject
        """

    /// Replies and quotes, the newest first.
    ///
    /// - Parameter isForOfficers: also what is hidden, and what was said to the office alone.
    func reactions(to statement: String, isForOfficers: Bool, before: Int64?, limit: Int) throws -> [ReactionFile] {
        try Row.fetchAll(
            database,
            sql: """
                \(Self.columns) WHERE r.statement = ?1 AND r.form IN ('reply', 'quote') AND (?2 IS NULL OR r.entry < ?2)
                    AND (?3 OR (r.isPublic AND h.post IS NULL)) ORDER BY r.entry DESC LIMIT ?4
                """, arguments: [statement, before, isForOfficers, limit]
        ).compactMap(file)
    }

    func reaction(_ post: String) throws -> ReactionFile? {
        try Row.fetchOne(database, sql: "\(Self.columns) WHERE r.subject = ?", arguments: [post]).flatMap(file)
    }

    private func file(_ row: Row) -> ReactionFile? {
        guard let form = ReactionHeard.Form(rawValue: row["form"]) else { return nil }
        return ReactionFile(
            post: row["subject"], form: form, statement: row["statement"], version: row["version"], language: row["language"],
            host: row["host"], content: row["content"], spoken: row["spoken"], at: Moment(milliseconds: row["at"]), entry: row["entry"],
            isPublic: row["isPublic"], hidden: row["hidden"], isQuestion: row["isQuestion"], answer: row["answer"])
    }

    /// - Parameter statement: `nil`: to all statements.
    func reactionCounts(to statement: String?) throws -> ReactionCounts {
        let rows = try Row.fetchAll(
            database,
            sql: """
                SELECT r.form, h.post IS NOT NULL AS isHidden, count(*) AS count, count(q.post) AS questions, count(q.answer) AS answered
                FROM fediverse_reaction r LEFT JOIN fediverse_hidden h ON h.post = r.subject LEFT JOIN fediverse_question q ON q.post = r.subject
                WHERE r.isPublic AND (?1 IS NULL OR r.statement = ?1) GROUP BY r.form, isHidden
                """, arguments: [statement])
        var counts = ReactionCounts()
        for row in rows {
            let count: Int = row["count"]
            counts.questions += row["questions"] as Int
            counts.answered += row["answered"] as Int
            if row["isHidden"] as Bool {
                counts.hidden += count
                continue
            }
            switch ReactionHeard.Form(rawValue: row["form"]) {
            case .reply: counts.replies += count
            case .boost: counts.boosts += count
            case .like: counts.likes += count
            case .quote: counts.quotes += count
            case nil: break
            }
        }
        return counts
    }

    // MARK: For measures

    enum EngagementKey: String {
        case language, host
    }

    /// Boosts, quotes and replies said to everybody, since a moment; hidden ones are counted too.
    func engagement(by key: EngagementKey, since: Moment) throws -> [EngagementTable.Cell] {
        try Row.fetchAll(
            database,
            sql: """
                SELECT \(key.rawValue) AS key, form, count(*) AS count, count(DISTINCT actor) AS actors FROM fediverse_reaction
                WHERE isPublic AND form != 'like' AND at >= ? GROUP BY 1, 2 ORDER BY count DESC, key LIMIT 2000
                """, arguments: [since.milliseconds]
        ).compactMap { row in
            ReactionHeard.Form(rawValue: row["form"]).map {
                EngagementTable.Cell(key: row["key"], form: $0, count: row["count"], actors: row["actors"])
            }
        }
    }
}
