import Acts
import GRDB

/// What was said to a statement on other servers.
struct ReactionFile: Hashable, Sendable {
    /// The post's identifier, which is its address.
    var post: String
    var form: ReactionHeard.Form
    var statement: String
    var version: Int64
    /// The language of the Note that it answers.
    var language: String
    var host: String
    /// HTML that was made safe; `nil`: only the address is known.
    var content: String?
    /// The language it says it is in.
    var spoken: String?
    var at: Moment
    var entry: Int64
    var isPublic: Bool
    /// Why it is not shown.
    var hidden: String?
    var isQuestion: Bool
    var answer: String?
}

/// How many reactions there were to a statement, of those said to everybody.
struct ReactionCounts: Hashable, Sendable {
    var replies = 0
    var boosts = 0
    var likes = 0
    var quotes = 0
    /// Replies and quotes that are not shown.
    var hidden = 0
    var questions = 0
    var answered = 0

    var all: Int { replies + boosts + likes + quotes }
}

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

    /// A cell of a table of engagement: reactions, and from how many different actors.
    struct Engagement: Hashable, Sendable {
        /// A language's tag or a host.
        var key: String
        var form: ReactionHeard.Form
        var count: Int
        var actors: Int
    }

    enum EngagementKey: String {
        case language, host
    }

    /// Boosts, quotes and replies said to everybody, since a moment; hidden ones are counted too.
    func engagement(by key: EngagementKey, since: Moment) throws -> [Engagement] {
        try Row.fetchAll(
            database,
            sql: """
                SELECT \(key.rawValue) AS key, form, count(*) AS count, count(DISTINCT actor) AS actors FROM fediverse_reaction
                WHERE isPublic AND form != 'like' AND at >= ? GROUP BY 1, 2 ORDER BY count DESC, key LIMIT 2000
                """, arguments: [since.milliseconds]
        ).compactMap { row in
            ReactionHeard.Form(rawValue: row["form"]).map {
                Engagement(key: row["key"], form: $0, count: row["count"], actors: row["actors"])
            }
        }
    }
}
