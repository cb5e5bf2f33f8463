import Acts
import GRDB

/// What pages, services and rules ask of the alert tables.
struct AlertQueries {
    let database: Database

    /// How long after an alert people are still told of it, in milliseconds.
    static let toldWithin: Int64 = 86_400_000
    /// The most that is told in one look.
    private static let mostDue = 500

    private func json(_ text: String) throws -> JSON { try JSONParser.parse(text, limits: .init(bytes: 1 << 20, depth: 16)) }

    // MARK: Feeds

    /// The feeds that offices watch, since which act, and each since which moment.
    func feeds() throws -> [(office: String, act: AlertFeedsSet, entry: Int64, since: [String: Moment])] {
        try Row.fetchAll(database, sql: "SELECT * FROM alert_feeds ORDER BY office").map { row in
            let office: String = row["office"]
            let since = try Row.fetchAll(database, sql: "SELECT address, since FROM alert_feed WHERE office = ?", arguments: [office])
            return (
                office, try AlertFeedsSet(json: try json(row["act"])), row["entry"],
                Dictionary(since.map { ($0["address"], Moment(milliseconds: $0["since"])) }, uniquingKeysWith: { $1 })
            )
        }
    }

    // MARK: Who is told

    func readers(of office: String) throws -> [AlertTellingSet.Reader] {
        try Row.fetchAll(
            database, sql: "SELECT address, language FROM alert_reader WHERE office = ? ORDER BY address", arguments: [office]
        ).map { AlertTellingSet.Reader(address: $0["address"], language: $0["language"]) }
    }

    func namesTitles(_ office: String) throws -> Bool {
        try Bool.fetchOne(database, sql: "SELECT names FROM alert_telling WHERE office = ?", arguments: [office]) ?? false
    }

    /// Somebody who is to be told of an alert and has not been.
    struct DueTelling: Sendable {
        let alert: AlertRaised
        let office: String
        let namesTitles: Bool
        let address: String
        let language: String
    }

    /// By e-mail: of open alerts of the last day, who was on the list when they were raised.
    func dueMail(at now: Moment) throws -> [DueTelling] {
        try Row.fetchAll(
            database,
            sql: """
                SELECT a.act, a.office, r.address, r.language, coalesce(t.names, 0) AS names FROM disclosure_alert a
                    JOIN alert_reader r ON r.office = a.office AND r.since < a.entry LEFT JOIN alert_telling t ON t.office = a.office
                WHERE a.raised > ?1 AND NOT EXISTS (SELECT 1 FROM alert_closed c WHERE c.alert = a.alert) AND NOT EXISTS (
                    SELECT 1 FROM alert_told d WHERE d.alert = a.alert AND d.means = 'mail' AND d.target = r.address)
                ORDER BY a.entry LIMIT \(Self.mostDue)
                """, arguments: [now.milliseconds - Self.toldWithin]
        ).map {
            DueTelling(
                alert: try AlertRaised(json: try json($0["act"])), office: $0["office"], namesTitles: $0["names"], address: $0["address"],
                language: $0["language"])
        }
    }

    /// A browser that is to be told of an alert and has not been, where its person still holds a role in the alert's office.
    struct DuePush: Sendable {
        let alert: AlertRaised
        let office: String
        let namesTitles: Bool
        let person: String
        let subscription: Subscription
    }

    /// A browser that asked to be told.
    struct Subscription: Sendable {
        let entry: Int64
        let act: PushSubscribed
        let at: Moment
    }

    func duePush(at now: Moment) throws -> [DuePush] {
        try Row.fetchAll(
            database,
            sql: """
                SELECT a.act AS alert, a.office, p.entry, p.person, p.act, p.at, coalesce(t.names, 0) AS names FROM disclosure_alert a
                    JOIN alert_push p ON p.entry < a.entry LEFT JOIN alert_telling t ON t.office = a.office
                WHERE a.raised > ?1 AND NOT EXISTS (SELECT 1 FROM alert_closed c WHERE c.alert = a.alert) AND NOT EXISTS (
                    SELECT 1 FROM alert_told d WHERE d.alert = a.alert AND d.means = 'push' AND d.target = CAST(p.entry AS TEXT))
                ORDER BY a.entry LIMIT \(Self.mostDue)
                """, arguments: [now.milliseconds - Self.toldWithin]
        ).map {
            DuePush(
                alert: try AlertRaised(json: try json($0["alert"])), office: $0["office"], namesTitles: $0["names"], person: $0["person"],
                subscription: try subscription($0))
        }
    }

    func subscriptions(of person: String) throws -> [Subscription] {
        try Row.fetchAll(database, sql: "SELECT * FROM alert_push WHERE person = ? ORDER BY entry", arguments: [person]).map(subscription)
    }

    private func subscription(_ row: Row) throws -> Subscription {
        Subscription(
            entry: row["entry"], act: try PushSubscribed(json: try json(row["act"])), at: Moment(milliseconds: row["at"]))
    }

    func isTold(_ alert: String, _ means: AlertTold.Means, _ target: String) throws -> Bool {
        try Bool.fetchOne(
            database, sql: "SELECT 1 FROM alert_told WHERE alert = ? AND means = ? AND target = ?",
            arguments: [alert, means.rawValue, target]) ?? false
    }

    /// How many were told of an alert, and how many could not be, by each means.
    func told(_ alert: String) throws -> [(means: AlertTold.Means, taken: Int, failed: Int)] {
        try Row.fetchAll(
            database,
            sql: "SELECT means, sum(taken) AS taken, count(*) - sum(taken) AS failed FROM alert_told WHERE alert = ? GROUP BY means",
            arguments: [alert]
        ).compactMap { row in
            AlertTold.Means(rawValue: row["means"]).map { ($0, row["taken"], row["failed"]) }
        }
    }

    // MARK: Open alerts, and closed ones

    /// How many alerts of these offices are open.
    func countOpen(of offices: [String]) throws -> Int {
        guard !offices.isEmpty else { return 0 }
        let places = Array(repeating: "?", count: offices.count).joined(separator: ", ")
        return try Int.fetchOne(
            database,
            sql: """
                SELECT count(*) FROM disclosure_alert a WHERE a.office IN (\(places))
                    AND NOT EXISTS (SELECT 1 FROM alert_closed c WHERE c.alert = a.alert)
                    AND NOT EXISTS (
                        SELECT 1 FROM disclosure_note n WHERE n.alert = a.alert AND json_extract(n.act, '$.what') = 'closed')
                """, arguments: StatementArguments(offices)) ?? 0
    }

    /// What was measured of an alert when it was closed.
    func closing(of alert: String) throws -> ClosedAlert? {
        try Row.fetchOne(database, sql: "SELECT * FROM alert_closed WHERE alert = ?", arguments: [alert]).map(closed)
    }

    /// Of those that everybody may read, the newest first.
    func publicClosings(limit: Int) throws -> [ClosedAlert] {
        try Row.fetchAll(database, sql: "SELECT * FROM alert_closed WHERE public = 1 ORDER BY entry DESC LIMIT \(limit)").map(closed)
    }

    private func closed(_ row: Row) throws -> ClosedAlert {
        ClosedAlert(
            act: try AlertClosed(json: try json(row["act"])), entry: row["entry"], isPublic: row["public"],
            at: Moment(milliseconds: row["at"]))
    }
}
