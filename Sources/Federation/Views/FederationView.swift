import Acts
import GRDB
import Record

/// Tables of peers, of whom is followed, of what is to be sent to them, of what came from them, and of split views found.
///
/// An act whose marking names other nodes in its audience is to be sent to each of them: so delivery follows from the marking, and
/// a cursor for each peer is the first row that still waits.
struct FederationView: RecordView {
    let name = "federation"
    let version = 2

    func createTables(_ database: Database) throws {
        try database.execute(
            sql: """
                CREATE TABLE peer (
                    node TEXT PRIMARY KEY, entry INTEGER NOT NULL, since INTEGER NOT NULL, document TEXT NOT NULL, ended INTEGER,
                    reason TEXT
                ) WITHOUT ROWID;
                CREATE TABLE exchange_out (
                    node TEXT NOT NULL, entry INTEGER NOT NULL, state TEXT NOT NULL, settled INTEGER,
                    PRIMARY KEY (node, entry)
                ) WITHOUT ROWID;
                CREATE INDEX exchange_waiting ON exchange_out (node, entry) WHERE state = 'waiting';
                CREATE TABLE exchange_in (
                    origin TEXT NOT NULL, place INTEGER NOT NULL, node TEXT NOT NULL, entry INTEGER NOT NULL,
                    PRIMARY KEY (origin, place)
                ) WITHOUT ROWID;
                CREATE TABLE split_view (
                    entry INTEGER PRIMARY KEY, origin TEXT NOT NULL, received INTEGER NOT NULL, known TEXT NOT NULL, found TEXT NOT NULL,
                    reason TEXT NOT NULL
                );
                CREATE INDEX split_view_of_origin ON split_view (origin);
                CREATE TABLE followed (node TEXT PRIMARY KEY, entry INTEGER NOT NULL, since INTEGER NOT NULL) WITHOUT ROWID;
                """)
    }

    func apply(_ entry: Entry, to database: Database) throws {
        switch entry.kind {
        case PeerAccepted.kind: try accept(entry, database)
        case PeerEnded.kind: try end(entry, database)
        case PeerFollowed.kind:
            guard let act = try? entry.payload(as: PeerFollowed.self), NodeName(act.node) != nil else { return }
            try database.execute(
                sql: "INSERT OR REPLACE INTO followed (node, entry, since) VALUES (?, ?, ?)",
                arguments: [act.node, entry.index, entry.header.received.milliseconds])
        case PeerUnfollowed.kind:
            guard let act = try? entry.payload(as: PeerUnfollowed.self) else { return }
            try database.execute(sql: "DELETE FROM followed WHERE node = ?", arguments: [act.node])
        case SplitViewFound.kind: try found(entry, database)
        case ExchangeReceived.kind: try received(entry, database)
        case ExchangeDelivered.kind:
            guard let act = try? entry.payload(as: ExchangeDelivered.self) else { return }
            try settle(act.entry, act.node, "delivered", entry, database)
        case ExchangeRefused.kind:
            guard let act = try? entry.payload(as: ExchangeRefused.self) else { return }
            try settle(act.entry, act.node, "refused", entry, database)
        default: try send(entry, database)
        }
    }

    private func accept(_ entry: Entry, _ database: Database) throws {
        guard let act = try? entry.payload(as: PeerAccepted.self), NodeName(act.node) != nil else { return }
        try database.executeCached(
            sql: """
                INSERT INTO peer (node, entry, since, document) VALUES (?, ?, ?, ?)
                ON CONFLICT (node) DO UPDATE SET entry = excluded.entry, document = excluded.document, ended = NULL, reason = NULL,
                    since = CASE WHEN ended IS NULL THEN since ELSE excluded.since END
                """,
            arguments: [
                act.node, entry.index, entry.header.received.milliseconds,
                String(decoding: act.document.canonicalBytes, as: UTF8.self),
            ])
    }

    private func end(_ entry: Entry, _ database: Database) throws {
        guard let act = try? entry.payload(as: PeerEnded.self) else { return }
        try database.executeCached(
            sql: "UPDATE peer SET entry = ?, ended = ?, reason = ? WHERE node = ?",
            arguments: [entry.index, entry.header.received.milliseconds, act.reason, act.node])
        try database.execute(sql: "DELETE FROM followed WHERE node = ?", arguments: [act.node])
    }

    private func found(_ entry: Entry, _ database: Database) throws {
        guard let act = try? entry.payload(as: SplitViewFound.self) else { return }
        try database.executeCached(
            sql: "INSERT INTO split_view (entry, origin, received, known, found, reason) VALUES (?, ?, ?, ?, ?, ?)",
            arguments: [entry.index, act.origin, entry.header.received.milliseconds, act.known, act.found, act.reason])
    }

    private func received(_ entry: Entry, _ database: Database) throws {
        guard let act = try? entry.payload(as: ExchangeReceived.self) else { return }
        try database.executeCached(
            sql: "INSERT INTO exchange_in (origin, place, node, entry) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING",
            arguments: [act.origin, act.index, act.node, entry.index])
    }

    private func settle(_ sent: Int64, _ node: String, _ state: String, _ entry: Entry, _ database: Database) throws {
        try database.executeCached(
            sql: "UPDATE exchange_out SET state = ?, settled = ? WHERE node = ? AND entry = ?",
            arguments: [state, entry.index, node, sent])
    }

    private func send(_ entry: Entry, _ database: Database) throws {
        guard case .restricted(let restriction) = entry.statement.marking else { return }
        for node in Set(restriction.audience.compactMap(NodeName.init(audienceMember:))) {
            try database.executeCached(
                sql: "INSERT INTO exchange_out (node, entry, state) VALUES (?, ?, 'waiting') ON CONFLICT DO NOTHING",
                arguments: [node.description, entry.index])
        }
    }
}
