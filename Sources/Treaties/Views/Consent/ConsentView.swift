import Acts
import GRDB
import Record

/// Full powers, statements, and the suspension and end of treaties, from the acts about them.
///
/// Rows are never changed: what became of full powers or of a statement is a row of its own, so that any day and any state of
/// knowledge can be asked for.
struct ConsentView: RecordView {
    let name = "treaties.consent"
    let version = 2

    func createTables(_ database: Database) throws {
        try database.execute(
            sql: """
                CREATE TABLE treaty_full_powers (
                    entry INTEGER PRIMARY KEY, actor TEXT NOT NULL, content TEXT NOT NULL, known_from INTEGER NOT NULL,
                    node TEXT, origin TEXT, place INTEGER);
                CREATE INDEX treaty_full_powers_home ON treaty_full_powers (origin, place) WHERE origin IS NOT NULL;
                CREATE INDEX treaty_full_powers_actor ON treaty_full_powers (actor);
                CREATE TABLE treaty_full_powers_end (
                    entry INTEGER PRIMARY KEY, powers INTEGER NOT NULL, date TEXT NOT NULL, known_from INTEGER NOT NULL);
                CREATE INDEX treaty_full_powers_end_powers ON treaty_full_powers_end (powers);
                CREATE TABLE treaty_statement (
                    entry INTEGER PRIMARY KEY, treaty TEXT NOT NULL, actor TEXT NOT NULL, statement TEXT NOT NULL, date TEXT NOT NULL,
                    answers INTEGER, content TEXT NOT NULL, known_from INTEGER NOT NULL);
                CREATE INDEX treaty_statement_treaty ON treaty_statement (treaty, entry);
                CREATE INDEX treaty_statement_actor ON treaty_statement (actor, treaty);
                CREATE TABLE treaty_statement_change (
                    entry INTEGER PRIMARY KEY, treaty TEXT NOT NULL, statement INTEGER NOT NULL, content TEXT NOT NULL,
                    known_from INTEGER NOT NULL);
                CREATE INDEX treaty_statement_change_treaty ON treaty_statement_change (treaty, entry);
                CREATE TABLE treaty_ending (
                    entry INTEGER PRIMARY KEY, treaty TEXT NOT NULL, ends INTEGER NOT NULL, content TEXT NOT NULL,
                    known_from INTEGER NOT NULL);
                CREATE INDEX treaty_ending_treaty ON treaty_ending (treaty, entry);
                CREATE TABLE treaty_authentic (entry INTEGER PRIMARY KEY, treaty TEXT NOT NULL, text TEXT NOT NULL);
                CREATE INDEX treaty_authentic_treaty ON treaty_authentic (treaty, entry);
                """)
    }

    private func issued(
        _ act: TreatyFullPowersIssued, at entry: Entry, home: HeldFullPowers.Home?, _ database: Database
    ) throws {
        try database.cachedStatement(
            sql: """
                INSERT INTO treaty_full_powers (entry, actor, content, known_from, node, origin, place) VALUES (?, ?, ?, ?, ?, ?, ?)
                """
        ).execute(
            arguments: [
                entry.index, act.actor.rawValue, act.json.canonicalText, entry.header.received.milliseconds, home?.node, home?.origin,
                home?.entry,
            ])
    }

    private func revoked(_ act: TreatyFullPowersRevoked, of powers: Int64, at entry: Entry, _ database: Database) throws {
        try database.cachedStatement(sql: "INSERT INTO treaty_full_powers_end (entry, powers, date, known_from) VALUES (?, ?, ?, ?)")
            .execute(arguments: [entry.index, powers, act.date.description, entry.header.received.milliseconds])
    }

    func apply(_ entry: Entry, to database: Database) throws {
        let known = entry.header.received.milliseconds
        switch entry.kind {
        case TreatyFullPowersIssued.kind:
            guard let act = try entry.payload(as: TreatyFullPowersIssued.self) else { return }
            try issued(act, at: entry, home: nil, database)
        case TreatyFullPowersRevoked.kind:
            guard let act = try entry.payload(as: TreatyFullPowersRevoked.self) else { return }
            try revoked(act, of: act.entry, at: entry, database)
        case ExchangeReceived.kind:
            guard let taken = HomeIssued(entry) else { return }
            if let act = try? taken.entry.payload(as: TreatyFullPowersIssued.self), taken.entry.kind == TreatyFullPowersIssued.kind {
                try issued(act, at: entry, home: taken.home, database)
            } else if let act = try? taken.entry.payload(as: TreatyFullPowersRevoked.self) {
                let powers = try Int64.fetchOne(
                    database.cachedStatement(sql: "SELECT entry FROM treaty_full_powers WHERE origin = ? AND place = ?"),
                    arguments: [taken.home.origin, act.entry])
                if let powers { try revoked(act, of: powers, at: entry, database) }
            }
        case TreatyStatementMade.kind:
            guard let act = try entry.payload(as: TreatyStatementMade.self) else { return }
            try database.cachedStatement(
                sql: """
                    INSERT INTO treaty_statement (entry, treaty, actor, statement, date, answers, content, known_from)
                    VALUES (?, ?, ?, ?, ?, ?, ?, ?)
                    """
            ).execute(arguments: [
                entry.index, act.treaty, act.actor.rawValue, act.statement.rawValue, act.date.description, act.answers,
                act.json.canonicalText, known,
            ])
            try touch(act.treaty, entry, database)
        case TreatyStatementChanged.kind:
            guard let act = try entry.payload(as: TreatyStatementChanged.self) else { return }
            try database.cachedStatement(
                sql: "INSERT INTO treaty_statement_change (entry, treaty, statement, content, known_from) VALUES (?, ?, ?, ?, ?)"
            ).execute(arguments: [entry.index, act.treaty, act.statement, act.json.canonicalText, known])
            try touch(act.treaty, entry, database)
        case TreatySuspended.kind:
            guard let act = try entry.payload(as: TreatySuspended.self) else { return }
            try insertEnding(act.treaty, ends: false, act.json, entry, database)
        case TreatyTerminated.kind:
            guard let act = try entry.payload(as: TreatyTerminated.self) else { return }
            try insertEnding(act.treaty, ends: true, act.json, entry, database)
        case TreatyAuthenticated.kind:
            guard let act = try entry.payload(as: TreatyAuthenticated.self), let text = act.json["textSet"]?.string else { return }
            try database.cachedStatement(sql: "INSERT INTO treaty_authentic (entry, treaty, text) VALUES (?, ?, ?)")
                .execute(arguments: [entry.index, act.treaty, text])
        default:
            break
        }
    }

    private func insertEnding(_ treaty: String, ends: Bool, _ content: JSON, _ entry: Entry, _ database: Database) throws {
        try database.cachedStatement(sql: "INSERT INTO treaty_ending (entry, treaty, ends, content, known_from) VALUES (?, ?, ?, ?, ?)")
            .execute(arguments: [entry.index, treaty, ends, content.canonicalText, entry.header.received.milliseconds])
        try touch(treaty, entry, database)
    }

    /// The newest entry of a treaty's file is the register's to tell, and cached standings rest on it.
    private func touch(_ treaty: String, _ entry: Entry, _ database: Database) throws {
        try database.cachedStatement(sql: "UPDATE treaty SET last_entry = ? WHERE treaty = ?").execute(arguments: [entry.index, treaty])
    }
}
