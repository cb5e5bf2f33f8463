/// What the processes of a record in PostgreSQL remember together, in two small tables beside the record's.
///
/// Row locks alone keep them apart, so wire-compatible engines without advisory locks serve too.
enum PostgresMemory {
    /// They came after the record's own tables, which are as they were: so they are made where they are not there, and the form
    /// of the schema stays the same.
    static func prepare(_ connection: PostgresConnection, _ address: PostgresAddress) throws {
        func isThere() throws -> Bool {
            let found = try connection.query(
                "SELECT count(*) FROM pg_catalog.pg_tables WHERE schemaname = $1 AND tablename IN ('memory', 'claim')",
                [.text(address.schema)])
            return found.count == 1 && found.integer(0, 0) == 2
        }
        if try isThere() { return }
        do {
            try connection.run("BEGIN")
            if try PostgresFeatures(connection).hasAdvisoryLocks {
                try connection.run("SELECT pg_advisory_xact_lock(\(PostgresFeatures.lock(of: address)))")
            }
            try connection.run(
                """
                CREATE TABLE IF NOT EXISTS memory (name text PRIMARY KEY, content bytea);
                CREATE TABLE IF NOT EXISTS claim (name text PRIMARY KEY, holder text NOT NULL, until timestamptz NOT NULL);
                COMMIT
                """)
        } catch {
            connection.rollBack()
            // Another process may have made them at the same moment.
            guard connection.isUsable, try isThere() else { throw error }
        }
    }

    /// The values of these names, each locked until the transaction ends. Names that are not there are locked too.
    static func locked(_ names: [String], _ connection: PostgresConnection) throws -> [String: [UInt8]] {
        var values: [String: [UInt8]] = [:]
        // In their order, so that two transactions never wait for each other.
        for name in names {
            _ = try connection.query("INSERT INTO memory (name) VALUES ($1) ON CONFLICT (name) DO NOTHING", [.text(name)])
            let found = try connection.query("SELECT content FROM memory WHERE name = $1 FOR UPDATE", [.text(name)])
            if found.count == 1, !found.isNull(0, 0) { values[name] = found.bytes(0, 0) }
        }
        return values
    }

    static func store(_ values: [String: [UInt8]], _ connection: PostgresConnection) throws {
        for (name, value) in values {
            _ = try connection.query("UPDATE memory SET content = $2 WHERE name = $1", [.text(name), .bytes(value)])
        }
    }

    static func value(_ name: String, _ connection: PostgresConnection) throws -> [UInt8]? {
        let found = try connection.query("SELECT content FROM memory WHERE name = $1", [.text(name)])
        return found.count == 1 && !found.isNull(0, 0) ? found.bytes(0, 0) : nil
    }

    /// One statement, by the server's clock: whoever comes second finds the row changed, and gets nothing.
    static func claim(_ name: String, holder: String, seconds: Int, _ connection: PostgresConnection) throws -> Bool {
        let taken = try connection.query(
            """
            INSERT INTO claim AS c (name, holder, until) VALUES ($1, $2, now() + $3 * interval '1 second')
            ON CONFLICT (name) DO UPDATE SET holder = excluded.holder, until = excluded.until
            WHERE c.holder = excluded.holder OR c.until < now() RETURNING holder
            """, [.text(name), .text(holder), .integer(Int64(seconds))])
        return taken.count == 1
    }

    static func giveUp(_ name: String, holder: String, _ connection: PostgresConnection) throws {
        _ = try connection.query("DELETE FROM claim WHERE name = $1 AND holder = $2", [.text(name), .text(holder)])
    }
}
