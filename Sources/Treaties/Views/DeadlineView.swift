import Acts
import GRDB
import Record

/// Deadlines the record says have passed: what keeps the node from saying so twice, whenever it is started.
struct DeadlineView: RecordView {
    let name = "treaties.deadlines"
    let version = 1

    func createTables(_ database: Database) throws {
        try database.execute(
            sql: """
                CREATE TABLE treaty_deadline (
                    entry INTEGER PRIMARY KEY,
                    treaty TEXT NOT NULL,
                    deadline TEXT NOT NULL,
                    day TEXT NOT NULL,
                    period TEXT NOT NULL,
                    actors TEXT NOT NULL,
                    rule TEXT NOT NULL,
                    subject TEXT,
                    known_from INTEGER NOT NULL
                );
                CREATE UNIQUE INDEX treaty_deadline_once ON treaty_deadline (deadline, day);
                CREATE INDEX treaty_deadline_treaty ON treaty_deadline (treaty, day);
                CREATE INDEX treaty_deadline_known ON treaty_deadline (known_from);
                """)
    }

    func apply(_ entry: Entry, to database: Database) throws {
        guard entry.kind == TreatyDeadlinePassed.kind, let passed = try entry.payload(as: TreatyDeadlinePassed.self) else { return }
        try database.cachedStatement(
            sql: """
                INSERT OR IGNORE INTO treaty_deadline (entry, treaty, deadline, day, period, actors, rule, subject, known_from)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
                """
        ).execute(arguments: [
            entry.index, passed.treaty, passed.deadline, passed.day.description, passed.period,
            passed.actors.map(\.rawValue).joined(separator: " "),
            passed.rule,
            passed.subject, entry.header.received.milliseconds,
        ])
    }
}
