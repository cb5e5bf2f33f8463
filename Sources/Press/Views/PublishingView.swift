import Acts
import Fediverse
import GRDB
import Record

/// Events for the press, and programs that are sent feeds.
struct PublishingView: RecordView {
    let name = "press-publishing"
    let version = 1

    func createTables(_ database: Database) throws {
        try database.execute(
            sql: """
                CREATE TABLE press_event (
                    event TEXT PRIMARY KEY, office TEXT NOT NULL, entry INTEGER NOT NULL, act TEXT NOT NULL, start INTEGER NOT NULL,
                    ends INTEGER NOT NULL, sequence INTEGER NOT NULL, changed INTEGER NOT NULL) WITHOUT ROWID;
                CREATE INDEX press_event_ends ON press_event (ends);
                CREATE TABLE press_feed (
                    topic TEXT NOT NULL, callback TEXT NOT NULL, host TEXT NOT NULL, secret TEXT, until INTEGER NOT NULL,
                    upTo INTEGER NOT NULL, entry INTEGER NOT NULL, PRIMARY KEY (topic, callback)) WITHOUT ROWID;
                CREATE INDEX press_feed_host ON press_feed (host);
                """)
    }

    func apply(_ entry: Entry, to database: Database) throws {
        switch entry.kind {
        case PressEventSet.kind:
            guard let act = try entry.payload(as: PressEventSet.self) else { return }
            try database.execute(
                sql: """
                    INSERT INTO press_event VALUES (?1, ?2, ?3, ?4, ?5, ?6, 0, ?7)
                    ON CONFLICT (event) DO UPDATE SET entry = ?3, act = ?4, start = ?5, ends = ?6, sequence = sequence + 1, changed = ?7
                    WHERE office = ?2
                    """,
                arguments: [
                    act.event, entry.statement.office, entry.index, act.json.canonicalText, act.start.milliseconds,
                    (act.end ?? act.start).milliseconds, entry.header.received.milliseconds,
                ])
        case FeedSubscribed.kind:
            guard let act = try entry.payload(as: FeedSubscribed.self), let host = Origin(act.callback)?.authority else { return }
            // Whoever renews a lease goes on from where it is; whoever begins, or begins anew, is sent what changes from now on.
            try database.execute(
                sql: """
                    INSERT INTO press_feed VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?6)
                    ON CONFLICT (topic, callback) DO UPDATE SET
                        secret = ?4, upTo = CASE WHEN until < ?7 THEN ?6 ELSE upTo END, until = ?5, entry = ?6
                    """,
                arguments: [
                    act.topic, act.callback, host, act.secret, act.until.milliseconds, entry.index, entry.header.received.milliseconds,
                ])
        case FeedEnded.kind:
            guard let act = try entry.payload(as: FeedEnded.self) else { return }
            try database.execute(
                sql: "DELETE FROM press_feed WHERE topic = ? AND callback = ?", arguments: [act.topic, act.callback])
        case FeedSent.kind:
            guard let act = try entry.payload(as: FeedSent.self) else { return }
            let update = try database.cachedStatement(
                sql: "UPDATE press_feed SET upTo = max(upTo, ?) WHERE topic = ? AND callback = ?")
            for receipt in act.receipts { try update.execute(arguments: [receipt.upTo, receipt.topic, receipt.callback]) }
        default: break
        }
    }
}
