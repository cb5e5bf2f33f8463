import Acts
import GRDB
import Record

/// What was asked by the public form, who asked, and what became of it.
struct AccessFormView: RecordView {
    let name = "press-access-form"
    let version = 1

    func createTables(_ database: Database) throws {
        try database.execute(
            sql: """
                CREATE TABLE access_laws (office TEXT PRIMARY KEY, laws TEXT NOT NULL) WITHOUT ROWID;
                CREATE TABLE access_asked (
                    asked TEXT PRIMARY KEY, entry INTEGER NOT NULL, office TEXT NOT NULL, act TEXT NOT NULL, at INTEGER NOT NULL,
                    contact TEXT, settled TEXT) WITHOUT ROWID;
                CREATE INDEX access_asked_office ON access_asked (office, entry);
                CREATE TABLE access_asked_number (year TEXT PRIMARY KEY, last INTEGER NOT NULL) WITHOUT ROWID;
                """)
    }

    func apply(_ entry: Entry, to database: Database) throws {
        let office = entry.statement.office
        switch entry.kind {
        case AccessLawsSet.kind:
            guard let act = try entry.payload(as: AccessLawsSet.self) else { return }
            try database.execute(
                sql: "INSERT OR REPLACE INTO access_laws VALUES (?, ?)",
                arguments: [office, JSON.array(act.laws.map(JSON.string)).canonicalText])
        case AccessAsked.kind:
            guard let act = try entry.payload(as: AccessAsked.self) else { return }
            try database.execute(
                sql: "INSERT OR IGNORE INTO access_asked (asked, entry, office, act, at) VALUES (?, ?, ?, ?, ?)",
                arguments: [act.asked, entry.index, office, act.json.canonicalText, entry.header.received.milliseconds])
            let parts = act.asked.split(separator: "-")
            guard parts.count == 3, let number = Int64(parts[2]) else { return }
            try database.execute(
                sql: "INSERT INTO access_asked_number VALUES (?1, ?2) ON CONFLICT (year) DO UPDATE SET last = max(last, ?2)",
                arguments: [String(parts[1]), number])
        case AccessRequester.kind:
            guard let act = try entry.payload(as: AccessRequester.self) else { return }
            try database.execute(
                sql: "UPDATE access_asked SET contact = ? WHERE asked = ? AND office = ?", arguments: [act.contact, act.request, office])
        case AccessAskedSettled.kind:
            guard let act = try entry.payload(as: AccessAskedSettled.self) else { return }
            try database.execute(
                sql: "UPDATE access_asked SET settled = ? WHERE asked = ? AND office = ?",
                arguments: [act.json.canonicalText, act.asked, office])
        default: break
        }
    }
}
