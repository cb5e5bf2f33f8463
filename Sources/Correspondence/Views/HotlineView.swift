import Acts
import Federation
import GRDB
import Record

/// Lines, calls on them, and what happened when. The reasons of calls stay sealed in it.
struct HotlineView: RecordView {
    let name = "correspondence.hotline"
    let version = 1

    func createTables(_ database: Database) throws {
        try database.execute(
            sql: """
                CREATE TABLE hotline_node (one INTEGER PRIMARY KEY, origin TEXT NOT NULL);
                CREATE TABLE hotline_line (line TEXT PRIMARY KEY, office TEXT NOT NULL, content TEXT NOT NULL) WITHOUT ROWID;
                CREATE TABLE hotline_call (
                    entry INTEGER PRIMARY KEY, origin TEXT NOT NULL, place INTEGER NOT NULL, caller TEXT NOT NULL, called TEXT NOT NULL,
                    minutes INTEGER NOT NULL, is_check INTEGER NOT NULL, content TEXT NOT NULL, at INTEGER NOT NULL, delivered INTEGER,
                    acknowledged INTEGER, acknowledged_by TEXT, ended INTEGER);
                CREATE INDEX hotline_call_place ON hotline_call (origin, place);
                CREATE TABLE hotline_step (
                    entry INTEGER PRIMARY KEY, call INTEGER NOT NULL, step INTEGER NOT NULL, means TEXT NOT NULL, reached TEXT NOT NULL,
                    reply TEXT, at INTEGER NOT NULL);
                CREATE INDEX hotline_step_call ON hotline_step (call);
                """)
    }

    func apply(_ entry: Entry, to database: Database) throws {
        switch entry.kind {
        case RecordOpened.kind:
            guard let act = try entry.payload(as: RecordOpened.self) else { return }
            try database.executeCached(sql: "INSERT OR IGNORE INTO hotline_node VALUES (1, ?)", arguments: [act.origin])
        case HotlineSet.kind:
            guard let act = try entry.payload(as: HotlineSet.self) else { return }
            try database.executeCached(
                sql: "INSERT OR REPLACE INTO hotline_line VALUES (?, ?, ?)", arguments: [act.line, act.office, act.json.canonicalText])
        case HotlineCalled.kind:
            guard let act = try entry.payload(as: HotlineCalled.self),
                let origin = try String.fetchOne(database, sql: "SELECT origin FROM hotline_node")
            else { return }
            try add(act, origin, entry.index, entry, database)
        case HotlineAcknowledged.kind:
            guard let act = try entry.payload(as: HotlineAcknowledged.self) else { return }
            try acknowledge(act, entry, database)
        case HotlineEnded.kind:
            guard let act = try entry.payload(as: HotlineEnded.self) else { return }
            try end(act, entry, database)
        case HotlineEscalated.kind:
            guard let act = try entry.payload(as: HotlineEscalated.self) else { return }
            try database.executeCached(
                sql: "INSERT INTO hotline_step VALUES (?, ?, ?, ?, ?, ?, ?)",
                arguments: [
                    entry.index, act.entry, act.step, act.means.rawValue, act.to, act.reply, entry.header.received.milliseconds,
                ])
        default:
            if entry.kind.name == ExchangedAct.delivered {
                // The act names the entry that was delivered: its payload, which holds two proofs, need not be read for it.
                guard let call = entry.statement.references.first(where: { $0.origin == nil })?.index else { return }
                try database.executeCached(
                    sql: "UPDATE hotline_call SET delivered = ? WHERE entry = ?", arguments: [entry.header.received.milliseconds, call])
            } else if let act = ExchangedAct(entry) {
                try receive(act, entry, database)
            }
        }
    }

    /// What another node entered. It speaks for its own offices only.
    private func receive(_ act: ExchangedAct, _ entry: Entry, _ database: Database) throws {
        func isTheirs(_ party: String) -> Bool { SealingParty(party)?.node == act.node }
        switch act.header.statement.kind {
        case HotlineCalled.kind:
            guard let called = try? HotlineCalled(json: act.payload), isTheirs(called.from) else { return }
            try add(called, act.origin, act.index, entry, database)
        case HotlineAcknowledged.kind:
            guard let acknowledged = try? HotlineAcknowledged(json: act.payload), isTheirs(acknowledged.by) else { return }
            try acknowledge(acknowledged, entry, database)
        case HotlineEnded.kind:
            guard let ended = try? HotlineEnded(json: act.payload), isTheirs(ended.by) else { return }
            try end(ended, entry, database)
        default: break
        }
    }

    private func add(_ act: HotlineCalled, _ origin: String, _ place: Int64, _ entry: Entry, _ database: Database) throws {
        try database.executeCached(
            sql: """
                INSERT INTO hotline_call (entry, origin, place, caller, called, minutes, is_check, content, at)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
            arguments: [
                entry.index, origin, place, act.from, act.to, act.minutes, act.isCheck, act.content.canonicalText,
                entry.header.received.milliseconds,
            ])
    }

    /// Only the node that was called answers.
    private func acknowledge(_ act: HotlineAcknowledged, _ entry: Entry, _ database: Database) throws {
        guard let by = SealingParty(act.by) else { return }
        try database.executeCached(
            sql: """
                UPDATE hotline_call SET acknowledged = ?, acknowledged_by = ?
                WHERE origin = ? AND place = ? AND called LIKE ? || '/%' AND acknowledged IS NULL
                """,
            arguments: [entry.header.received.milliseconds, act.by, act.call.origin, act.call.index, by.node.description])
    }

    private func end(_ act: HotlineEnded, _ entry: Entry, _ database: Database) throws {
        guard let by = SealingParty(act.by) else { return }
        try database.executeCached(
            sql: """
                UPDATE hotline_call SET ended = ?1 WHERE origin = ?2 AND place = ?3 AND ended IS NULL
                AND (called LIKE ?4 || '/%' OR caller LIKE ?4 || '/%')
                """,
            arguments: [entry.header.received.milliseconds, act.call.origin, act.call.index, by.node.description])
    }
}

/// Reads lines and calls.
struct HotlineQueries {
    let database: Database

    func lines() throws -> [HotlineSet] {
        try String.fetchAll(database, sql: "SELECT content FROM hotline_line ORDER BY line").compactMap {
            (try? JSONParser.parse($0)).flatMap { try? HotlineSet(json: $0) }
        }
    }

    func call(_ entry: Int64) throws -> HotlineCall? {
        try Row.fetchOne(database, sql: "SELECT * FROM hotline_call WHERE entry = ?", arguments: [entry]).flatMap(call)
    }

    /// The newest calls.
    func calls(limit: Int = 200) throws -> [HotlineCall] {
        try Row.fetchAll(database, sql: "SELECT * FROM hotline_call ORDER BY entry DESC LIMIT ?", arguments: [limit]).compactMap(call)
    }

    /// Calls that nobody has answered.
    func unanswered() throws -> [HotlineCall] {
        try Row.fetchAll(
            database, sql: "SELECT * FROM hotline_call WHERE acknowledged IS NULL AND ended IS NULL ORDER BY entry LIMIT 500"
        ).compactMap(call)
    }

    /// When a line was tested last.
    func lastCheck(of line: HotlineSet) throws -> Moment? {
        try Int64.fetchOne(
            database, sql: "SELECT MAX(at) FROM hotline_call WHERE caller = ? AND called = ? AND is_check",
            arguments: [line.office, line.peer]
        ).map(Moment.init(milliseconds:))
    }

    private func call(_ row: Row) -> HotlineCall? {
        let entry: Int64 = row["entry"]
        guard let from = SealingParty(row["caller"] as String), let to = SealingParty(row["called"] as String),
            let content = try? JSONParser.parse(row["content"] as String)
        else { return nil }
        let steps = try? Row.fetchAll(database, sql: "SELECT * FROM hotline_step WHERE call = ? ORDER BY entry", arguments: [entry])
        func moment(_ name: String) -> Moment? { (row[name] as Int64?).map(Moment.init(milliseconds:)) }
        return HotlineCall(
            entry: entry, reference: NoteReference(origin: row["origin"], index: row["place"]), from: from, to: to,
            minutes: row["minutes"], isCheck: row["is_check"], content: content, called: Moment(milliseconds: row["at"]),
            delivered: moment("delivered"), acknowledged: moment("acknowledged"),
            acknowledgedBy: (row["acknowledged_by"] as String?).flatMap { SealingParty($0) }, ended: moment("ended"),
            steps: (steps ?? []).compactMap { row in
                HotlineStep.Means(rawValue: row["means"]).map {
                    HotlineCall.Taken(
                        step: row["step"], means: $0, to: row["reached"], reply: row["reply"], at: Moment(milliseconds: row["at"]))
                }
            })
    }
}
