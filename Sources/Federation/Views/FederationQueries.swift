public import Acts
import GRDB
import Record

/// A node that was accepted.
public struct Peer: Hashable, Sendable {
    public let name: NodeName
    public let document: NodeDocument
    /// The entry that accepted it, or its newest document, or ended it.
    public let entry: Int64
    public let since: Moment
    /// When it ceased to be one, and why.
    public let ended: Moment?
    public let reason: String?
}

/// Reads the tables of ``FederationView``.
struct FederationQueries {
    let database: Database

    /// All that are or were peers, by name.
    func peers() throws -> [Peer] {
        try Row.fetchAll(database.cachedStatement(sql: "SELECT * FROM peer ORDER BY node")).compactMap(peer)
    }

    func peer(_ name: NodeName) throws -> Peer? {
        try Row.fetchOne(database.cachedStatement(sql: "SELECT * FROM peer WHERE node = ?"), arguments: [name.description]).flatMap(peer)
    }

    /// The nodes whose records are followed, each with the entry since which they are.
    func followed() throws -> [NodeName: Int64] {
        let rows = try Row.fetchAll(database.cachedStatement(sql: "SELECT node, entry FROM followed"))
        return Dictionary(rows.compactMap { row in NodeName(row["node"] as String).map { ($0, row["entry"]) } }) { first, _ in first }
    }

    /// Whether evidence speaks against a checkpoint of a log already.
    func isContradicted(_ origin: String, known: String) throws -> Bool {
        try Bool.fetchOne(
            database.cachedStatement(sql: "SELECT EXISTS (SELECT 1 FROM split_view WHERE origin = ? AND known = ?)"),
            arguments: [origin, known]) ?? false
    }

    /// Counts up with every change of a peer.
    func peersVersion() throws -> Int64 {
        try Int64.fetchOne(database.cachedStatement(sql: "SELECT coalesce(max(entry), -1) FROM peer")) ?? -1
    }

    private func peer(_ row: Row) -> Peer? {
        guard let name = NodeName(row["node"] as String), let json = try? JSONParser.parse(row["document"] as String),
            let signed = try? SignedNodeDocument(json: json)
        else { return nil }
        return Peer(
            name: name, document: signed.document, entry: row["entry"], since: Moment(milliseconds: row["since"]),
            ended: (row["ended"] as Int64?).map(Moment.init(milliseconds:)), reason: row["reason"])
    }

    /// Acts that wait to be sent to a node, oldest first, after a place in the record.
    func waiting(for node: NodeName, after place: Int64 = -1, limit: Int) throws -> [Int64] {
        try Int64.fetchAll(
            database.cachedStatement(
                sql: "SELECT entry FROM exchange_out WHERE node = ? AND entry > ? AND state = 'waiting' ORDER BY entry LIMIT ?"),
            arguments: [node.description, place, limit])
    }

    struct Counts: Hashable {
        var waiting: Int64 = 0
        var delivered: Int64 = 0
        var refused: Int64 = 0
        var received: Int64 = 0
    }

    func counts(for node: NodeName) throws -> Counts {
        var counts = Counts()
        for row in try Row.fetchAll(
            database.cachedStatement(sql: "SELECT state, count(*) AS n FROM exchange_out WHERE node = ? GROUP BY state"),
            arguments: [node.description])
        {
            switch row["state"] as String {
            case "waiting": counts.waiting = row["n"]
            case "delivered": counts.delivered = row["n"]
            default: counts.refused = row["n"]
            }
        }
        counts.received =
            try Int64.fetchOne(
                database.cachedStatement(sql: "SELECT count(*) FROM exchange_in WHERE node = ?"), arguments: [node.description]) ?? 0
        return counts
    }

    func isWaiting(_ entry: Int64, for node: NodeName) throws -> Bool {
        try Bool.fetchOne(
            database.cachedStatement(sql: "SELECT state = 'waiting' FROM exchange_out WHERE node = ? AND entry = ?"),
            arguments: [node.description, entry]) ?? false
    }

    /// The entries by which other nodes' receipts for an act of this record were entered.
    func receipts(for entry: Int64, from node: NodeName) throws -> [Int64] {
        try Int64.fetchAll(
            database.cachedStatement(
                sql: "SELECT settled FROM exchange_out WHERE entry = ? AND node = ? AND state = 'delivered' AND settled IS NOT NULL"),
            arguments: [entry, node.description])
    }

    /// The entry by which an act of another record was received; `nil` where it was not.
    func received(_ origin: String, _ place: Int64) throws -> Int64? {
        try Int64.fetchOne(
            database.cachedStatement(sql: "SELECT entry FROM exchange_in WHERE origin = ? AND place = ?"), arguments: [origin, place])
    }

    struct SplitView: Hashable, Sendable {
        let entry: Int64
        let origin: String
        let received: Moment
        let known: String
        let found: String
        let reason: String
    }

    func splitViews() throws -> [SplitView] {
        try Row.fetchAll(database.cachedStatement(sql: "SELECT * FROM split_view ORDER BY entry DESC LIMIT 100")).map { row in
            SplitView(
                entry: row["entry"], origin: row["origin"], received: Moment(milliseconds: row["received"]), known: row["known"],
                found: row["found"], reason: row["reason"])
        }
    }

    func isKnown(_ act: SplitViewFound) throws -> Bool {
        try Bool.fetchOne(
            database.cachedStatement(
                sql:
                    "SELECT EXISTS (SELECT 1 FROM split_view WHERE origin = ? AND ((known = ? AND found = ?) OR (known = ? AND found = ?)))"
            ),
            arguments: [act.origin, act.known, act.found, act.found, act.known]) ?? false
    }
}
