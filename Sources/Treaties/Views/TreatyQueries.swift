import Acts
import GRDB

/// Reads the register's tables as plain values.
struct TreatyQueries {
    let database: Database

    /// One treaty's row: what it is and when its file last changed.
    struct Listed: Sendable {
        var opened: TreatyOpened
        var entry: Int64
        /// The newest entry of its file.
        var lastEntry: Int64
    }

    /// One act with everything the page shows of it.
    struct Act: Sendable {
        var entry: Int64
        var participation: TreatyParticipation
        var corrects: Int64?
        /// A later act corrected it or struck it out.
        var isStruck: Bool
        /// No later act took its place: neither a correction nor a confirmation.
        var stands: Bool
        var known: Moment
    }

    /// A date of entry into force, proposed or confirmed.
    struct Force: Sendable {
        var entry: Int64
        var isConfirmed: Bool
        var date: CalendarDate
    }

    func treaties() throws -> [Listed] {
        try Row.fetchAll(
            database.cachedStatement(
                sql: "SELECT opened, entry, last_entry FROM treaty ORDER BY chapter_order, chapter, number_order, treaty")
        ).compactMap(listed)
    }

    func treaty(_ treaty: String) throws -> Listed? {
        try Row.fetchOne(
            database.cachedStatement(sql: "SELECT opened, entry, last_entry FROM treaty WHERE treaty = ?"), arguments: [treaty]
        ).flatMap(listed)
    }

    /// The treaties an actor has any act towards.
    func treaties(of actor: ActorCode) throws -> [String] {
        try String.fetchAll(
            database.cachedStatement(sql: "SELECT DISTINCT treaty FROM treaty_act WHERE actor = ? AND known_until IS NULL"),
            arguments: [actor.rawValue])
    }

    /// All acts ever entered towards a treaty, those corrected since included, newest entry last.
    func history(of treaty: String) throws -> [Act] {
        try Row.fetchAll(
            database.cachedStatement(sql: "SELECT * FROM treaty_act WHERE treaty = ? ORDER BY date, entry"), arguments: [treaty]
        ).compactMap(act)
    }

    func act(_ entry: Int64) throws -> Act? {
        try Row.fetchOne(database.cachedStatement(sql: "SELECT * FROM treaty_act WHERE entry = ?"), arguments: [entry])
            .flatMap(act)
    }

    /// The acts of participation that stood, as the depositary knew at a moment; `nil` for now.
    func lines(of treaty: String, knownAt moment: Moment? = nil) throws -> [TreatyFile.Line] {
        let rows: [Row]
        if let moment {
            rows = try Row.fetchAll(
                database.cachedStatement(
                    sql: """
                        SELECT * FROM treaty_act
                        WHERE treaty = ? AND unconfirmed = 0 AND known_from <= ? AND (known_until IS NULL OR known_until > ?)
                        ORDER BY date, entry
                        """),
                arguments: [treaty, moment.milliseconds, moment.milliseconds])
        } else {
            rows = try Row.fetchAll(
                database.cachedStatement(
                    sql: "SELECT * FROM treaty_act WHERE treaty = ? AND unconfirmed = 0 AND known_until IS NULL ORDER BY date, entry"),
                arguments: [treaty])
        }
        return rows.compactMap(act).map { TreatyFile.Line(entry: $0.entry, participation: $0.participation) }
    }

    func forces(of treaty: String, knownAt moment: Moment? = nil) throws -> [Force] {
        try Row.fetchAll(
            database.cachedStatement(
                sql: "SELECT entry, confirmed, date FROM treaty_force WHERE treaty = ? AND known_from <= ? ORDER BY entry"),
            arguments: [treaty, moment?.milliseconds ?? Int64.max]
        ).compactMap { row in
            guard let date = CalendarDate(row["date"] as String) else { return nil }
            return Force(entry: row["entry"], isConfirmed: row["confirmed"], date: date)
        }
    }

    /// Everything the rules need to know of a treaty.
    func file(of treaty: String, knownAt moment: Moment? = nil) throws -> TreatyFile? {
        guard let listed = try self.treaty(treaty) else { return nil }
        let forces = try forces(of: treaty, knownAt: moment)
        return TreatyFile(
            opened: listed.opened, lines: try lines(of: treaty, knownAt: moment),
            proposed: forces.last { !$0.isConfirmed }?.date, confirmed: forces.last { $0.isConfirmed }?.date)
    }

    private func listed(_ row: Row) -> Listed? {
        guard let json = try? JSONParser.parse(row["opened"] as String), let opened = try? TreatyOpened(json: json) else { return nil }
        return Listed(opened: opened, entry: row["entry"], lastEntry: row["last_entry"])
    }

    private func act(_ row: Row) -> Act? {
        guard let actor = ActorCode(rawValue: row["actor"]), let action = ParticipationKind(rawValue: row["action"]),
            let date = CalendarDate(row["date"] as String)
        else { return nil }
        let takesEffect = (row["takes_effect"] as String?).flatMap { CalendarDate($0) }
        var participation = TreatyParticipation(
            treaty: row["treaty"], actor: actor, action: action, date: date, takesEffect: takesEffect, source: row["source"],
            confidence: row["confidence"], note: row["note"], unconfirmed: row["unconfirmed"])
        if let more = row["more"] as String? { participation.take(more: more) }
        return Act(
            entry: row["entry"], participation: participation,
            corrects: row["corrects"], isStruck: row["struck"], stands: row["known_until"] == nil,
            known: Moment(milliseconds: row["known_from"]))
    }
}
