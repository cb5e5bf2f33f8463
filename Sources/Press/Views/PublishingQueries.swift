import Acts
import GRDB
import Record

/// Reads events for the press, and who is sent feeds.
struct PublishingQueries {
    let database: Database

    /// Most events of a page or a calendar.
    static let most = 500

    // MARK: Events

    func event(_ event: String) throws -> PressEvent? {
        try Row.fetchOne(database, sql: "SELECT * FROM press_event WHERE event = ?", arguments: [event]).flatMap(readEvent)
    }

    /// Events that end at a moment or later, the first to begin first.
    func events(of office: String? = nil, endingFrom moment: Moment) throws -> [PressEvent] {
        try Row.fetchAll(
            database,
            sql: "SELECT * FROM press_event WHERE ends >= ?1 AND (?2 IS NULL OR office = ?2) ORDER BY start, event LIMIT \(Self.most)",
            arguments: [moment.milliseconds, office]
        ).compactMap(readEvent)
    }

    private func readEvent(_ row: Row) -> PressEvent? {
        guard let act = try? PressEventSet(json: JSONParser.parse(Array((row["act"] as String).utf8))) else { return nil }
        return PressEvent(
            entry: row["entry"], office: row["office"], act: act, sequence: row["sequence"],
            changed: Moment(milliseconds: row["changed"]))
    }

    // MARK: Feeds

    func subscription(_ topic: String, _ callback: String) throws -> FeedSubscription? {
        try Row.fetchOne(database, sql: "SELECT * FROM press_feed WHERE topic = ? AND callback = ?", arguments: [topic, callback])
            .map(readSubscription)
    }

    /// Whose lease runs at a moment, who was sent to least far first.
    func subscriptions(at moment: Moment) throws -> [FeedSubscription] {
        try Row.fetchAll(
            database, sql: "SELECT * FROM press_feed WHERE until > ? ORDER BY upTo, topic, callback", arguments: [moment.milliseconds]
        ).map(readSubscription)
    }

    /// How many subscriptions a host has, and how many there are, whose leases run.
    func counts(ofHost host: String, at moment: Moment) throws -> (ofHost: Int64, all: Int64) {
        (
            try Int64.fetchOne(
                database, sql: "SELECT count(*) FROM press_feed WHERE host = ? AND until > ?", arguments: [host, moment.milliseconds]) ?? 0,
            try Int64.fetchOne(database, sql: "SELECT count(*) FROM press_feed WHERE until > ?", arguments: [moment.milliseconds]) ?? 0
        )
    }

    private func readSubscription(_ row: Row) -> FeedSubscription {
        FeedSubscription(
            topic: row["topic"], callback: row["callback"], secret: row["secret"], until: Moment(milliseconds: row["until"]),
            upTo: row["upTo"], entry: row["entry"])
    }
}
