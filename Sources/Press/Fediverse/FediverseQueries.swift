import Acts
import Fediverse
import Foundation
import GRDB

/// Reads followers, reactions, receipts and rules.
struct FediverseQueries {
    let database: Database

    /// Something of the record that goes to an inbox.
    struct Due: Hashable, Sendable {
        var destination: String
        var entry: Int64
    }

    /// Most that is read at a time.
    static let mostDue = 100_000

    /// How the node stands to an actor, from SQL's expressions of its address, its authority and its host: what is nearest to it counts,
    /// as in ``FediverseStandings/of(_:_:)``.
    private static func standing(_ actor: String, _ authority: String, _ host: String) -> String {
        let rules = [actor, authority, host, "'*'"].map { "(SELECT standing FROM fediverse_rule WHERE subject = \($0))" }
        return "coalesce(\(rules.joined(separator: ", ")), '\(FediverseRuleSet.Standing.open.rawValue)')"
    }

    /// Of a follower `f`.
    static let isNotSuspended = "\(standing("f.actor", "f.authority", "f.host")) != 'suspended'"

    /// What goes where, of the entries from one on, less what has been sent: in the record's order for each inbox.
    func due(from first: Int64) throws -> [Due] {
        try Row.fetchAll(
            database,
            sql: """
                SELECT d.destination AS destination, d.entry AS entry FROM (
                    SELECT f.destination, s.entry FROM press_statement s JOIN fediverse_follower f ON f.office = s.office
                        WHERE s.entry >= ?1 AND f.entry < s.entry AND \(Self.isNotSuspended)
                    UNION SELECT f.destination, w.entry FROM press_withdrawal w
                        JOIN press_statement s ON s.statement = w.statement JOIN fediverse_follower f ON f.office = s.office
                        WHERE w.entry >= ?1 AND f.entry < w.entry AND \(Self.isNotSuspended)
                    UNION SELECT f.destination, k.entry FROM fediverse_key k JOIN fediverse_follower f ON f.office = k.office
                        WHERE k.entry >= ?1 AND f.entry < k.entry AND \(Self.isNotSuspended)
                    UNION SELECT a.destination, a.entry FROM fediverse_answer a WHERE a.entry >= ?1
                ) d LEFT JOIN fediverse_reach r ON r.destination = d.destination
                WHERE d.entry > coalesce(r.upTo, -1) ORDER BY d.entry LIMIT \(Self.mostDue)
                """, arguments: [first]
        ).map { Due(destination: $0["destination"], entry: $0["entry"]) }
    }

    /// An answer to a follower or to who asked to quote.
    struct Answer: Sendable {
        var form: String
        var act: JSON
    }

    func answer(_ entry: Int64) throws -> Answer? {
        guard let row = try Row.fetchOne(database, sql: "SELECT form, act FROM fediverse_answer WHERE entry = ?", arguments: [entry]),
            let act = try? JSONParser.parse(Array((row["act"] as String).utf8))
        else { return nil }
        return Answer(form: row["form"], act: act)
    }

    /// The statement's version that the entry released, and whether the entry took it back instead.
    func statement(at entry: Int64) throws -> (statement: String, version: Int64, isWithdrawal: Bool)? {
        if let row = try Row.fetchOne(database, sql: "SELECT statement, version FROM press_statement WHERE entry = ?", arguments: [entry]) {
            return (row["statement"], row["version"], false)
        }
        return try String.fetchOne(database, sql: "SELECT statement FROM press_withdrawal WHERE entry = ?", arguments: [entry])
            .map { ($0, 0, true) }
    }

    func followers(of office: String) throws -> Int {
        try Int.fetchOne(database, sql: "SELECT count(*) FROM fediverse_follower WHERE office = ?", arguments: [office]) ?? 0
    }

    /// Followers of all offices.
    func countFollowers() throws -> Int { try Int.fetchOne(database, sql: "SELECT count(*) FROM fediverse_follower") ?? 0 }

    /// The activity by which the actor follows the office; `nil` where it does not.
    func follow(of actor: String, office: String) throws -> String? {
        try String.fetchOne(
            database, sql: "SELECT follow FROM fediverse_follower WHERE office = ? AND actor = ?", arguments: [office, actor])
    }

    /// The offices that an actor follows.
    func offices(followedBy actor: String) throws -> [String] {
        try String.fetchAll(database, sql: "SELECT office FROM fediverse_follower WHERE actor = ?", arguments: [actor])
    }

    /// Whose reaction it is, by the identifier of its post or activity.
    func actor(ofReaction subject: String) throws -> String? {
        try SQLRequest<String>(
            sql: "SELECT actor FROM fediverse_reaction WHERE subject = ?", arguments: [subject], cached: true
        ).fetchOne(database)
    }

    func countReactions(to statement: String) throws -> [String: Int] {
        let rows = try Row.fetchAll(
            database, sql: "SELECT form, sum(count) AS count FROM fediverse_tally WHERE statement = ? GROUP BY form HAVING sum(count) > 0",
            arguments: [statement])
        return Dictionary(rows.map { ($0["form"] as String, $0["count"] as Int) }, uniquingKeysWith: { $1 })
    }

    /// How many reactions to a statement are kept, of every form.
    func countAllReactions(to statement: String) throws -> Int {
        try SQLRequest<Int>(
            sql: "SELECT coalesce(sum(count), 0) FROM fediverse_tally WHERE statement = ?", arguments: [statement], cached: true
        ).fetchOne(database) ?? 0
    }

    /// How often each form of reaction was heard to a Note.
    func countReactions(to statement: String, version: Int64, language: String) throws -> [String: Int] {
        let rows = try Row.fetchAll(
            database,
            sql: """
                SELECT form, count FROM fediverse_tally WHERE statement = ? AND version = ? AND language = ? AND count > 0
                """, arguments: [statement, version, language])
        return Dictionary(rows.map { ($0["form"] as String, $0["count"] as Int) }, uniquingKeysWith: { $1 })
    }

    /// The quote that an entry allowed, while it stands.
    func quote(at entry: Int64) throws -> (post: String, statement: String, version: Int64, language: String)? {
        try Row.fetchOne(
            database,
            sql: """
                SELECT r.subject, r.statement, r.version, r.language FROM fediverse_quote q JOIN fediverse_reaction r ON r.subject = q.post
                WHERE q.entry = ? AND r.form = 'quote'
                """,
            arguments: [entry]
        ).map { ($0["subject"], $0["statement"], $0["version"], $0["language"]) }
    }

    /// How this node stands to an actor: what was decided of it, of its host, of all.
    func standing(of actor: String, _ origin: Origin) throws -> FediverseRuleSet.Standing {
        let text = try SQLRequest<String>(
            sql: "SELECT \(Self.standing("?1", "?2", "?3"))", arguments: [actor, origin.authority, origin.host], cached: true
        ).fetchOne(database)
        return text.flatMap(FediverseRuleSet.Standing.init(rawValue:)) ?? .open
    }

    func rules() throws -> [FediverseRuleSet] {
        try Row.fetchAll(database, sql: "SELECT subject, standing, reason FROM fediverse_rule ORDER BY subject LIMIT 20000").compactMap {
            row in
            FediverseRuleSet.Standing(rawValue: row["standing"]).map {
                FediverseRuleSet(subject: row["subject"], standing: $0, reason: row["reason"])
            }
        }
    }

    func countStatements() throws -> Int {
        try Int.fetchOne(database, sql: "SELECT count(DISTINCT statement) FROM press_statement") ?? 0
    }
}
