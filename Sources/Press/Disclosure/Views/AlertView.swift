import Acts
import GRDB
import Record

/// Who and what an office watches for alerts, who is told of them, and what was measured when they closed.
struct AlertView: RecordView {
    let name = "press-alerts"
    let version = 1

    func createTables(_ database: Database) throws {
        try database.execute(
            sql: """
                CREATE TABLE alert_feeds (office TEXT PRIMARY KEY, entry INTEGER NOT NULL, act TEXT NOT NULL) WITHOUT ROWID;
                CREATE TABLE alert_feed (
                    office TEXT NOT NULL, address TEXT NOT NULL, since INTEGER NOT NULL, PRIMARY KEY (office, address)) WITHOUT ROWID;
                CREATE TABLE alert_telling (office TEXT PRIMARY KEY, names INTEGER NOT NULL) WITHOUT ROWID;
                CREATE TABLE alert_reader (
                    office TEXT NOT NULL, address TEXT NOT NULL, language TEXT NOT NULL, since INTEGER NOT NULL,
                    PRIMARY KEY (office, address)) WITHOUT ROWID;
                CREATE TABLE alert_push (entry INTEGER PRIMARY KEY, person TEXT NOT NULL, act TEXT NOT NULL, at INTEGER NOT NULL);
                CREATE INDEX alert_push_person ON alert_push (person);
                CREATE TABLE alert_told (
                    alert TEXT NOT NULL, means TEXT NOT NULL, target TEXT NOT NULL, taken INTEGER NOT NULL, reply TEXT NOT NULL,
                    at INTEGER NOT NULL, PRIMARY KEY (alert, means, target)) WITHOUT ROWID;
                CREATE TABLE alert_closed (
                    alert TEXT PRIMARY KEY, entry INTEGER NOT NULL, office TEXT NOT NULL, public INTEGER NOT NULL, act TEXT NOT NULL,
                    at INTEGER NOT NULL) WITHOUT ROWID;
                CREATE INDEX alert_closed_public ON alert_closed (entry) WHERE public = 1;
                """)
    }

    func apply(_ entry: Entry, to database: Database) throws {
        let (office, at) = (entry.statement.office, entry.header.received.milliseconds)
        switch entry.kind {
        case AlertFeedsSet.kind:
            guard let act = try entry.payload(as: AlertFeedsSet.self) else { return }
            try watch(act, office, entry.index, at, database)
        case AlertTellingSet.kind:
            guard let act = try entry.payload(as: AlertTellingSet.self) else { return }
            try tell(act, office, entry.index, database)
        case AlertTold.kind:
            guard let act = try entry.payload(as: AlertTold.self) else { return }
            try database.execute(
                sql: "INSERT OR REPLACE INTO alert_told VALUES (?, ?, ?, ?, ?, ?)",
                arguments: [act.alert, act.means.rawValue, act.to, act.isTaken, act.reply, at])
        case PushSubscribed.kind:
            guard let act = try entry.payload(as: PushSubscribed.self) else { return }
            try database.execute(
                sql: "INSERT INTO alert_push VALUES (?, ?, ?, ?)",
                arguments: [entry.index, entry.statement.author, act.json.canonicalText, at])
        case PushEnded.kind:
            guard let act = try entry.payload(as: PushEnded.self) else { return }
            try database.execute(sql: "DELETE FROM alert_push WHERE entry = ?", arguments: [act.subscription])
        case AlertClosed.kind:
            guard let act = try entry.payload(as: AlertClosed.self) else { return }
            try database.execute(
                sql: "INSERT OR IGNORE INTO alert_closed VALUES (?, ?, ?, ?, ?, ?)",
                arguments: [act.alert, entry.index, office, entry.statement.marking == .public, act.json.canonicalText, at])
        default: break
        }
    }

    /// A feed that stays is watched since it was first named: nothing that came between two settings is lost.
    private func watch(_ act: AlertFeedsSet, _ office: String, _ entry: Int64, _ at: Int64, _ database: Database) throws {
        try database.execute(
            sql: "INSERT OR REPLACE INTO alert_feeds VALUES (?, ?, ?)", arguments: [office, entry, act.json.canonicalText])
        let kept = try Dictionary(
            Row.fetchAll(database, sql: "SELECT address, since FROM alert_feed WHERE office = ?", arguments: [office]).map {
                ($0["address"] as String, $0["since"] as Int64)
            }, uniquingKeysWith: { $1 })
        try database.execute(sql: "DELETE FROM alert_feed WHERE office = ?", arguments: [office])
        for address in act.feeds {
            try database.execute(
                sql: "INSERT OR REPLACE INTO alert_feed VALUES (?, ?, ?)", arguments: [office, address, kept[address] ?? at])
        }
    }

    /// Who stays on the list is told of everything since they came on it; who comes on it, of what comes after.
    private func tell(_ act: AlertTellingSet, _ office: String, _ entry: Int64, _ database: Database) throws {
        try database.execute(
            sql: "INSERT OR REPLACE INTO alert_telling VALUES (?, ?)", arguments: [office, act.namesTitles])
        let kept = try Dictionary(
            Row.fetchAll(database, sql: "SELECT address, since FROM alert_reader WHERE office = ?", arguments: [office]).map {
                ($0["address"] as String, $0["since"] as Int64)
            }, uniquingKeysWith: { $1 })
        try database.execute(sql: "DELETE FROM alert_reader WHERE office = ?", arguments: [office])
        for person in act.people {
            try database.execute(
                sql: "INSERT OR REPLACE INTO alert_reader VALUES (?, ?, ?, ?)",
                arguments: [office, person.address, person.language, kept[person.address] ?? entry])
        }
    }
}
