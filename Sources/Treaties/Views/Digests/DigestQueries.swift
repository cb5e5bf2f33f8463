import Acts
import GRDB
import Record

/// Reads who gets a digest, and what is new in the record since the last.
struct DigestQueries {
    let database: Database

    func subscription(of person: String) throws -> DigestSubscription? {
        try Row.fetchOne(database.cachedStatement(sql: "SELECT * FROM treaty_digest WHERE person = ?"), arguments: [person])
            .flatMap(subscription)
    }

    /// The office in which a person asked for the digest.
    func office(of person: String) throws -> String? {
        try String.fetchOne(database.cachedStatement(sql: "SELECT office FROM treaty_digest WHERE person = ?"), arguments: [person])
    }

    /// All that have not ended, with the office each was asked for in.
    func open() throws -> [(subscription: DigestSubscription, office: String)] {
        try Row.fetchAll(database.cachedStatement(sql: "SELECT * FROM treaty_digest WHERE ended = 0 ORDER BY person")).compactMap { row in
            subscription(row).map { ($0, row["office"]) }
        }
    }

    private func subscription(_ row: Row) -> DigestSubscription? {
        guard let json = try? JSONParser.parse(row["content"] as String), let request = try? TreatyDigestRequested(json: json) else {
            return nil
        }
        var last: DigestCursor?
        if let entry = row["up_to"] as Int64?, let sent = row["sent"] as Int64? {
            last = DigestCursor(entry: entry, moment: Moment(milliseconds: sent))
        }
        return DigestSubscription(
            entry: row["entry"], request: request, asked: Moment(milliseconds: row["asked"]), isConfirmed: row["confirmed"],
            isAskedToConfirm: row["asked_to_confirm"], isEnded: row["ended"], last: last)
    }

    /// The entries of the kinds that digests tell of.
    func news(from first: Int64, before end: Int64, limit: Int) throws -> [Int64] {
        let kinds = DigestRule.kinds.map { "'\($0)'" }.sorted().joined(separator: ", ")
        return try Int64.fetchAll(
            database.cachedStatement(
                sql: "SELECT entry FROM act WHERE entry >= ? AND entry < ? AND kind IN (\(kinds)) AND erased = 0 ORDER BY entry LIMIT ?"),
            arguments: [first, end, limit])
    }

    /// The proposed entries into force that nobody has confirmed, by the entry that proposed them.
    func proposals() throws -> [(entry: Int64, treaty: String, date: CalendarDate)] {
        try Row.fetchAll(
            database.cachedStatement(
                sql: """
                    SELECT entry, treaty, date FROM treaty_force AS proposal WHERE confirmed = 0 AND NOT EXISTS
                        (SELECT 1 FROM treaty_force WHERE treaty = proposal.treaty AND entry > proposal.entry)
                    ORDER BY entry
                    """)
        ).compactMap { row in
            CalendarDate(row["date"] as String).map { (row["entry"], row["treaty"], $0) }
        }
    }
}
