public import Acts
public import GRDB

/// The view every node has: one row an act, and the request identifiers that were used.
///
/// Table `act`: `entry` (its index), `kind` (`NAME@VERSION`), `dossier`, `office`, `author`, `received` (milliseconds since 1970),
/// `effective` (YYYY-MM-DD), `public` (1 where marked so), `release` (the day a restricted act becomes public), `erased` (1 where the
/// payload is gone). Table `request`: `request`, `entry` (the first act that came by it). Views `act_of_dossier`: `dossier`, `entry`, and
/// `act_of_kind`: `kind`, `entry`; ask them, not `act`, for the acts of a dossier or a kind.
///
/// Acts of many dossiers and kinds come mixed, so an index over them would change other pages with every act, and these pages would be
/// most of what a commit writes. Therefore both are indexed a chunk at a time, sorted. Kinds are few: table `act_kind` has them all in
/// order. Dossiers are many: table `act_dossier` keeps each chunk's by itself, so that it only ever grows at its end, and whoever asks for
/// a dossier looks into every chunk (table `act_chunk`). The acts of the last, unfinished chunk (view `act_unfinished`) are gone through.
public struct ActsView: RecordView {
    public let name = "record.acts"
    public let version = 3
    /// Acts in a chunk.
    package static let chunk: Int64 = 4_096
    public let forgetsErasedPayloads = true

    public init() {}

    public func createTables(_ database: Database) throws {
        try database.execute(
            sql: """
                CREATE TABLE act (entry INTEGER PRIMARY KEY, kind TEXT NOT NULL, dossier TEXT, office TEXT NOT NULL,
                    author TEXT NOT NULL, received INTEGER NOT NULL, effective TEXT, public INTEGER NOT NULL, release TEXT,
                    erased INTEGER NOT NULL);
                CREATE TABLE act_chunk (chunk INTEGER PRIMARY KEY);
                CREATE TABLE act_dossier (chunk INTEGER NOT NULL, dossier TEXT NOT NULL, entry INTEGER NOT NULL,
                    PRIMARY KEY (chunk, dossier, entry)) WITHOUT ROWID;
                CREATE TABLE act_kind (kind TEXT NOT NULL, entry INTEGER NOT NULL, PRIMARY KEY (kind, entry)) WITHOUT ROWID;
                CREATE VIEW act_unfinished AS
                    SELECT * FROM act WHERE entry >= ((SELECT max(entry) FROM act) + 1) / \(ActsView.chunk) * \(ActsView.chunk);
                CREATE VIEW act_of_dossier (dossier, entry) AS
                    SELECT d.dossier, d.entry FROM act_chunk c CROSS JOIN act_dossier d ON d.chunk = c.chunk
                    UNION ALL SELECT dossier, entry FROM act_unfinished WHERE dossier IS NOT NULL;
                CREATE VIEW act_of_kind (kind, entry) AS
                    SELECT kind, entry FROM act_kind UNION ALL SELECT kind, entry FROM act_unfinished;
                CREATE TABLE request (request TEXT PRIMARY KEY, entry INTEGER NOT NULL) WITHOUT ROWID;
                """)
    }

    public func apply(_ entry: Entry, to database: Database) throws {
        let writer = try ActsWriter(database)
        try writer.write(entry)
        if let request = entry.statement.request { _ = try writer.remember(request, entry: entry.index) }
        if entry.kind == PayloadErased.kind { try writer.markErased(by: entry) }
    }

    /// What the table tells of one act.
    static func act(_ index: Int64, in database: Database) throws -> (kind: String, dossier: String?, isErased: Bool)? {
        let row = try Row.fetchOne(database, sql: "SELECT kind, dossier, erased FROM act WHERE entry = ?", arguments: [index])
        return row.map { ($0["kind"], $0["dossier"], $0["erased"] == 1) }
    }

    /// The entry that this request identifier was used by, if any.
    static func entry(ofRequest request: String, in database: Database) throws -> Int64? {
        try Int64.fetchOne(database, sql: "SELECT entry FROM request WHERE request = ?", arguments: [request])
    }
}

/// The statements that write ``ActsView``'s rows, found once for a batch.
struct ActsWriter {
    private let insert: RawStatement
    private let request: RawStatement
    private let arena = BindingArena()
    private let database: Database

    init(_ database: Database) throws {
        self.database = database
        insert = try RawStatement(
            database,
            """
            INSERT INTO act (entry, kind, dossier, office, author, received, effective, public, release, erased)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """)
        request = try RawStatement(database, "INSERT OR IGNORE INTO request (request, entry) VALUES (?, ?)")
    }

    func write(_ entry: Entry) throws {
        let statement = entry.statement
        arena.reset()
        insert.bind(entry.index, at: 1)
        insert.bind(statement.kind.description, at: 2, in: arena)
        insert.bind(statement.dossier, at: 3, in: arena)
        insert.bind(statement.office, at: 4, in: arena)
        insert.bind(statement.author, at: 5, in: arena)
        insert.bind(entry.header.received.milliseconds, at: 6)
        insert.bind(statement.effective?.description, at: 7, in: arena)
        if case .restricted(let restriction) = statement.marking {
            insert.bind(0, at: 8)
            insert.bind(restriction.release?.description, at: 9, in: arena)
        } else {
            insert.bind(1, at: 8)
            insert.bindNull(at: 9)
        }
        if case .erased = entry.content { insert.bind(1, at: 10) } else { insert.bind(0, at: 10) }
        try insert.run()
        if (entry.index + 1).isMultiple(of: ActsView.chunk) { try indexChunk(upTo: entry.index) }
    }

    private func indexChunk(upTo last: Int64) throws {
        try database.execute(sql: "INSERT INTO act_chunk (chunk) VALUES (?)", arguments: [last / ActsView.chunk])
        try database.execute(
            sql: """
                INSERT INTO act_dossier (chunk, dossier, entry)
                SELECT entry / ?3, dossier, entry FROM act WHERE entry > ?1 AND entry <= ?2 AND dossier IS NOT NULL ORDER BY dossier, entry
                """, arguments: [last - ActsView.chunk, last, ActsView.chunk])
        try database.execute(
            sql: "INSERT INTO act_kind (kind, entry) SELECT kind, entry FROM act WHERE entry > ?1 AND entry <= ?2 ORDER BY kind, entry",
            arguments: [last - ActsView.chunk, last])
    }

    /// Marks the act whose payload this entry says was erased.
    func markErased(by entry: Entry) throws {
        guard let erasure = try? entry.payload(as: PayloadErased.self) else { return }
        try database.execute(sql: "UPDATE act SET erased = 1 WHERE entry = ?", arguments: [erasure.entry])
    }

    /// Keeps a request identifier for the first act that came by it: one command may enter several by one request.
    ///
    /// - Returns: whether it was new.
    func remember(_ identifier: String, entry: Int64) throws -> Bool {
        arena.reset()
        request.bind(identifier, at: 1, in: arena)
        request.bind(entry, at: 2)
        try request.run()
        return database.changesCount > 0
    }
}
