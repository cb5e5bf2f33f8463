import Acts
import GRDB
import Record

/// When the first server confirmed a statement: the last step of an answer.
struct FirstDeliveryView: RecordView {
    let name = "press-first-delivery"
    let version = 1

    /// Statements that wait for a first delivery and are looked at: the newest.
    private static let most = 20

    func createTables(_ database: Database) throws {
        try database.execute(
            sql: """
                CREATE TABLE first_delivery (
                    statement TEXT PRIMARY KEY, office TEXT NOT NULL, released INTEGER NOT NULL, entry INTEGER, at INTEGER) WITHOUT ROWID;
                CREATE INDEX first_delivery_awaited ON first_delivery (released) WHERE entry IS NULL;
                CREATE TABLE first_delivery_follower (
                    office TEXT NOT NULL, actor TEXT NOT NULL, destination TEXT NOT NULL, entry INTEGER NOT NULL,
                    PRIMARY KEY (office, actor)) WITHOUT ROWID;
                CREATE INDEX first_delivery_destination ON first_delivery_follower (destination, office);
                """)
    }

    func apply(_ entry: Entry, to database: Database) throws {
        switch entry.kind {
        case StatementReleased.kind:
            guard let act = try entry.payload(as: StatementReleased.self) else { return }
            try database.execute(
                sql: "INSERT OR IGNORE INTO first_delivery (statement, office, released) VALUES (?, ?, ?)",
                arguments: [act.statement, act.office, entry.index])
        case FollowerTaken.kind:
            guard let act = try entry.payload(as: FollowerTaken.self) else { return }
            try database.execute(
                sql: "INSERT OR IGNORE INTO first_delivery_follower VALUES (?, ?, ?, ?)",
                arguments: [act.office, act.actor, act.shared ?? act.inbox, entry.index])
        case FollowerGone.kind:
            guard let act = try entry.payload(as: FollowerGone.self) else { return }
            try database.execute(
                sql: "DELETE FROM first_delivery_follower WHERE office = ? AND actor = ?", arguments: [act.office, act.actor])
        case FediverseDelivered.kind:
            let awaited = try Row.fetchAll(
                database,
                sql: "SELECT statement, office, released FROM first_delivery WHERE entry IS NULL ORDER BY released DESC LIMIT \(Self.most)")
            guard !awaited.isEmpty, let act = try entry.payload(as: FediverseDelivered.self) else { return }
            for row in awaited {
                let (statement, office, released): (String, String, Int64) = (row["statement"], row["office"], row["released"])
                let isThere = try act.receipts.contains { receipt in
                    guard receipt.outcome == .delivered, receipt.upTo >= released else { return false }
                    return try Bool.fetchOne(
                        database,
                        sql: "SELECT 1 FROM first_delivery_follower WHERE destination = ? AND office = ? AND entry < ? LIMIT 1",
                        arguments: [receipt.inbox, office, released]) ?? false
                }
                guard isThere else { continue }
                try database.execute(
                    sql: "UPDATE first_delivery SET entry = ?, at = ? WHERE statement = ?",
                    arguments: [entry.index, entry.header.received.milliseconds, statement])
            }
        default: break
        }
    }
}
