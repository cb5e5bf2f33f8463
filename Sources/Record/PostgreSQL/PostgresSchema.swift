/// The tables of a record in PostgreSQL, in a schema of their own.
enum PostgresSchema {
    /// What ``statements(in:)`` makes; raised when they change.
    static let form: Int64 = 1

    /// Payloads and tiles are not worth compressing again on every write, so they are kept as they are; the tables of one row are
    /// rewritten all the time, so their page has room for that.
    static func statements(in schema: String) -> String {
        """
        CREATE SCHEMA IF NOT EXISTS \(schema);
        CREATE TABLE \(schema).entry (position bigint PRIMARY KEY CHECK (position >= 0), leaf bytea NOT NULL, salt bytea, payload bytea);
        ALTER TABLE \(schema).entry ALTER leaf SET STORAGE EXTERNAL, ALTER salt SET STORAGE EXTERNAL, ALTER payload SET STORAGE EXTERNAL;
        CREATE TABLE \(schema).tile (level bigint, place bigint, hashes bytea NOT NULL, PRIMARY KEY (level, place));
        ALTER TABLE \(schema).tile ALTER hashes SET STORAGE EXTERNAL;
        CREATE TABLE \(schema).blob (sha256 bytea PRIMARY KEY CHECK (length(sha256) = 32), content bytea NOT NULL);
        ALTER TABLE \(schema).blob ALTER content SET STORAGE EXTERNAL;
        CREATE TABLE \(schema).checkpoint (single boolean PRIMARY KEY DEFAULT true CHECK (single), size bigint NOT NULL, note bytea NOT NULL)
            WITH (fillfactor = 20);
        CREATE TABLE \(schema).erasure (position bigint PRIMARY KEY);
        CREATE TABLE \(schema).settled (single boolean PRIMARY KEY DEFAULT true CHECK (single), number bigint NOT NULL) WITH (fillfactor = 20);
        INSERT INTO \(schema).settled (number) VALUES (0);
        CREATE TABLE \(schema).form (version bigint PRIMARY KEY);
        INSERT INTO \(schema).form VALUES (\(form));
        """
    }

    /// Makes the tables where there are none, one process at a time.
    ///
    /// - Throws: ``RecordError/noRecordInDatabase(_:)`` where there are none and none are to be made; ``RecordError/otherForm(database:form:)``.
    static func prepare(_ connection: PostgresConnection, _ address: PostgresAddress, createsWhereNone: Bool) throws {
        if try isThere(connection, address) { return }
        guard createsWhereNone else { throw RecordError.noRecordInDatabase(address.shown) }
        do {
            if try PostgresFeatures(connection).hasAdvisoryLocks {
                try connection.run("BEGIN; SELECT pg_advisory_xact_lock(\(PostgresFeatures.lock(of: address)))")
            } else {
                try connection.run("BEGIN")
            }
            if try !isThere(connection, address) { try connection.run(statements(in: address.quotedSchema)) }
            try connection.run("COMMIT")
        } catch {
            connection.rollBack()
            // Another process may have made them at the same moment.
            guard connection.isUsable, try isThere(connection, address) else { throw error }
        }
    }

    private static func isThere(_ connection: PostgresConnection, _ address: PostgresAddress) throws -> Bool {
        let found = try connection.query(
            "SELECT count(*) FROM pg_catalog.pg_tables WHERE schemaname = $1 AND tablename = 'form'", [.text(address.schema)])
        guard found.count == 1, found.integer(0, 0) == 1 else { return false }
        let form = try connection.query("SELECT version FROM \(address.quotedSchema).form")
        guard form.count == 1, form.integer(0, 0) == PostgresSchema.form else {
            throw RecordError.otherForm(database: address.shown, form: form.count == 1 ? form.integer(0, 0) : 0)
        }
        return true
    }
}

/// What a server can do beyond what correctness needs. Engines that speak PostgreSQL's protocol may lack some of it.
struct PostgresFeatures {
    let hasAdvisoryLocks: Bool
    let hasNotifications: Bool
    /// Whether commits wait for a standby.
    let waitsForStandby: Bool

    init(_ connection: PostgresConnection) throws {
        let found = try connection.query(
            """
            SELECT count(*) FILTER (WHERE proname = 'pg_advisory_xact_lock'), count(*) FILTER (WHERE proname = 'pg_notify'),
                length(coalesce(current_setting('synchronous_standby_names', true), ''))::bigint
            FROM pg_catalog.pg_proc WHERE proname IN ('pg_advisory_xact_lock', 'pg_notify')
            """)
        hasAdvisoryLocks = found.count == 1 && found.integer(0, 0) > 0
        hasNotifications = found.count == 1 && found.integer(0, 1) > 0
        waitsForStandby = found.count == 1 && found.integer(0, 2) > 0
    }

    /// The number of the lock that stands for the turn to append: FNV-1a, 64 bits, over the schema's name. Each database has its own.
    static func lock(of address: PostgresAddress) -> Int64 {
        Int64(
            bitPattern: "chancery record \(address.schema)".utf8.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 })
    }
}
