import Acts
import GRDB

/// Reads the tables of consent as plain values.
struct ConsentQueries {
    let database: Database
    let actors: ActorTable

    /// All full powers and credentials, or one actor's, oldest first.
    func fullPowers(of actor: ActorCode? = nil) throws -> [HeldFullPowers] {
        let rows =
            if let actor {
                try Row.fetchAll(
                    database.cachedStatement(
                        sql: """
                            SELECT p.entry, p.content, p.node, p.origin, p.place, (
                                SELECT MIN(e.date) FROM treaty_full_powers_end e WHERE e.powers = p.entry) AS ended
                            FROM treaty_full_powers p WHERE p.actor = ? ORDER BY p.entry
                            """), arguments: [actor.rawValue])
            } else {
                try Row.fetchAll(
                    database.cachedStatement(
                        sql: """
                            SELECT p.entry, p.content, p.node, p.origin, p.place, (
                                SELECT MIN(e.date) FROM treaty_full_powers_end e WHERE e.powers = p.entry) AS ended
                            FROM treaty_full_powers p ORDER BY p.entry
                            """))
            }
        return rows.compactMap { row in
            guard let issued: TreatyFullPowersIssued = read(row["content"]) else { return nil }
            return HeldFullPowers(
                entry: row["entry"], issued: issued, revokedOn: (row["ended"] as String?).flatMap { CalendarDate($0) },
                home: (row["node"] as String?).map { HeldFullPowers.Home(node: $0, origin: row["origin"], entry: row["place"]) })
        }
    }

    /// Full powers that were taken from another node's record; `nil` where none were from that entry of that log.
    func fullPowers(issuedAt origin: String, entry: Int64) throws -> HeldFullPowers? {
        let here = try Int64.fetchOne(
            database.cachedStatement(sql: "SELECT entry FROM treaty_full_powers WHERE origin = ? AND place = ?"),
            arguments: [origin, entry])
        return try here.flatMap { try fullPowers($0) }
    }

    func fullPowers(_ entry: Int64) throws -> HeldFullPowers? {
        let actor = try String.fetchOne(
            database.cachedStatement(sql: "SELECT actor FROM treaty_full_powers WHERE entry = ?"), arguments: [entry])
        guard let actor = actor.flatMap(ActorCode.init(rawValue:)) else { return nil }
        return try fullPowers(of: actor).first { $0.entry == entry }
    }

    /// A treaty's statements with what became of them, in the order of entry, as the depositary knew at a moment; `nil` for now.
    func statements(of treaty: String, knownAt moment: Moment? = nil) throws -> [StatementRecord] {
        let limit = moment?.milliseconds ?? Int64.max
        let rows = try Row.fetchAll(
            database.cachedStatement(
                sql: "SELECT entry, content, known_from FROM treaty_statement WHERE treaty = ? AND known_from <= ? ORDER BY entry"),
            arguments: [treaty, limit])
        let changes = try Row.fetchAll(
            database.cachedStatement(
                sql: """
                    SELECT entry, statement, content, known_from FROM treaty_statement_change WHERE treaty = ? AND known_from <= ?
                    ORDER BY entry
                    """), arguments: [treaty, limit])
        var byStatement: [Int64: [StatementRecord.Change]] = [:]
        for row in changes {
            guard let changed: TreatyStatementChanged = read(row["content"]) else { continue }
            byStatement[row["statement"], default: []].append(
                .init(entry: row["entry"], changed: changed, known: Moment(milliseconds: row["known_from"])))
        }
        var records: [StatementRecord] = rows.compactMap { row in
            guard let made: TreatyStatementMade = read(row["content"]) else { return nil }
            let entry: Int64 = row["entry"]
            return StatementRecord(
                entry: entry, made: made, known: Moment(milliseconds: row["known_from"]), changes: byStatement[entry] ?? [])
        }
        let recharacterized = Set(
            records.filter { $0.made.heldToBe == .reservation && !$0.isWithdrawn && !$0.isStruck }.compactMap(\.made.answers))
        for index in records.indices where recharacterized.contains(records[index].entry) {
            records[index].heldToBeReservation = true
        }
        return records
    }

    /// One statement, of whichever treaty.
    func statement(_ entry: Int64) throws -> StatementRecord? {
        let treaty = try String.fetchOne(
            database.cachedStatement(sql: "SELECT treaty FROM treaty_statement WHERE entry = ?"), arguments: [entry])
        return try treaty.flatMap { try statements(of: $0).first { $0.entry == entry } }
    }

    func suspensions(of treaty: String, knownAt moment: Moment? = nil) throws -> [TreatySuspended] {
        try endings(of: treaty, ends: false, moment).compactMap(read)
    }

    func terminations(of treaty: String, knownAt moment: Moment? = nil) throws -> [TreatyTerminated] {
        try endings(of: treaty, ends: true, moment).compactMap(read)
    }

    /// Acts done without authority that nobody has confirmed since (VCLT art. 8).
    func unconfirmed(of treaty: String) throws -> [ConsentFile.Pending] {
        let entries = try Int64.fetchAll(
            database.cachedStatement(
                sql: "SELECT entry FROM treaty_act WHERE treaty = ? AND unconfirmed = 1 AND known_until IS NULL ORDER BY entry"),
            arguments: [treaty])
        let register = TreatyQueries(database: database)
        return try entries.compactMap { entry in
            try register.act(entry).map { ConsentFile.Pending(entry: entry, participation: $0.participation) }
        }
    }

    /// Everything the rules of consent need to know of a treaty and an actor.
    func file(of treaty: String, for actor: ActorCode?) throws -> ConsentFile? {
        let register = TreatyQueries(database: database)
        guard let file = try register.file(of: treaty) else { return nil }
        return ConsentFile(
            file: file, unconfirmed: try unconfirmed(of: treaty), fullPowers: try actor.map(fullPowers) ?? [],
            authenticatedText: try authenticatedText(of: treaty), statements: try statements(of: treaty),
            terminations: try terminations(of: treaty), suspensions: try suspensions(of: treaty),
            life: try life(of: treaty), inForce: try register.inForce(for: file.opened))
    }

    private func life(of treaty: String) throws -> Result<TreatyLife, MalformedAct> {
        do {
            let life = try LifeQueries(database: database, actors: actors).life(of: treaty)
            return .success(life ?? TreatyLife(clauses: FinalClauses()))
        } catch let malformed as MalformedAct {
            return .failure(malformed)
        }
    }

    private func endings(of treaty: String, ends: Bool, _ moment: Moment?) throws -> [String] {
        try String.fetchAll(
            database.cachedStatement(
                sql: "SELECT content FROM treaty_ending WHERE treaty = ? AND ends = ? AND known_from <= ? ORDER BY entry"),
            arguments: [treaty, ends, moment?.milliseconds ?? Int64.max])
    }

    private func read<Content: Payload>(_ text: String) -> Content? {
        guard let json = try? JSONParser.parse(text) else { return nil }
        return try? Content(json: json)
    }
}
