import Acts
import GRDB

/// Deadlines ahead, worked out from the register, and those the record says have passed.
struct DeadlineQueries {
    let database: Database
    let rule: StandingRule

    /// A deadline the record says has passed.
    struct Passed: Sendable {
        var entry: Int64
        var deadline: TreatyDeadline
    }

    /// All deadlines of a treaty, by day, those past included; none where its clause cannot be computed.
    func deadlines(of treaty: String) throws -> [TreatyDeadline] {
        do {
            guard let listed = try TreatyQueries(database: database).treaty(treaty),
                let life = try LifeQueries(database: database, actors: rule.actors).life(of: treaty)
            else { return [] }
            let knownOf = try knownOf(treaty)
            return try DeadlineRule(
                treaty: treaty, life: life, known: knownOf[listed.entry] ?? Moment(milliseconds: 0), knownOf: knownOf,
                days: try daysOfKnowledge(treaty)
            ).deadlines()
        } catch is MalformedAct {
            return []
        } catch is ClauseProblem {
            return []
        }
    }

    /// When the depositary knew of each act, by entry.
    private func knownOf(_ treaty: String) throws -> [Int64: Moment] {
        var known: [Int64: Moment] = [:]
        let rows = try Row.fetchCursor(
            database.cachedStatement(
                sql: "SELECT entry, received FROM act WHERE entry IN (SELECT entry FROM act_of_dossier WHERE dossier = ?)"),
            arguments: [TreatyCommands.dossier(of: treaty)])
        while let row = try rows.next() { known[row[0]] = Moment(milliseconds: row[1]) }
        return known
    }

    /// The last days on which something was entered in the treaty's dossier, earliest first.
    ///
    /// Six are enough: whatever passed between older ones was said at the time, or at the next start.
    private func daysOfKnowledge(_ treaty: String) throws -> [CalendarDate] {
        try Int64.fetchAll(
            database.cachedStatement(
                sql: """
                    SELECT DISTINCT received / 86400000 FROM act
                    WHERE entry IN (SELECT entry FROM act_of_dossier WHERE dossier = ?) AND kind != ? ORDER BY 1 DESC LIMIT 6
                    """),
            arguments: [TreatyCommands.dossier(of: treaty), TreatyDeadlinePassed.kind.description]
        ).reversed().map { CalendarDate(dayNumber: Int($0)) }
    }

    func isEntered(_ deadline: TreatyDeadline) throws -> Bool {
        try Int64.fetchOne(
            database.cachedStatement(sql: "SELECT entry FROM treaty_deadline WHERE deadline = ? AND day = ?"),
            arguments: [deadline.id, deadline.day.description]) != nil
    }

    /// What has passed, newest first.
    ///
    /// - Parameter since: what the record said earlier is left out.
    func passed(of treaty: String? = nil, since: Moment? = nil, limit: Int = 200) throws -> [Passed] {
        try Row.fetchAll(
            database.cachedStatement(
                sql: """
                    SELECT * FROM treaty_deadline WHERE (?1 IS NULL OR treaty = ?1) AND known_from >= ?2
                    ORDER BY day DESC, entry DESC LIMIT ?3
                    """),
            arguments: [treaty, since?.milliseconds ?? 0, limit]
        ).compactMap { row in
            guard let kind = LegalDeadline.Kind(rawValue: row["period"]), let day = CalendarDate(row["day"] as String) else { return nil }
            return Passed(
                entry: row["entry"],
                deadline: TreatyDeadline(
                    treaty: row["treaty"], kind: kind, day: day,
                    actors: (row["actors"] as String).split(separator: " ").compactMap { ActorCode(rawValue: String($0)) },
                    subject: row["subject"], known: Moment(milliseconds: row["known_from"]), rule: row["rule"]))
        }
    }
}
