import Acts
import GRDB
import Record

/// Who gets a digest, where, and up to where the last one went. One row a person; an erasure makes it anew without what was erased.
struct DigestView: RecordView {
    let name = "treaties.digests"
    let version = 1

    func createTables(_ database: Database) throws {
        try database.execute(
            sql: """
                CREATE TABLE treaty_digest (
                    person TEXT PRIMARY KEY, office TEXT NOT NULL, entry INTEGER NOT NULL, address TEXT NOT NULL, content TEXT NOT NULL,
                    asked INTEGER NOT NULL, confirmed INTEGER NOT NULL, asked_to_confirm INTEGER NOT NULL, ended INTEGER NOT NULL,
                    up_to INTEGER, sent INTEGER
                ) WITHOUT ROWID;
                """)
    }

    func apply(_ entry: Entry, to database: Database) throws {
        let received = entry.header.received.milliseconds
        switch entry.kind {
        case TreatyDigestRequested.kind:
            guard let act = try entry.payload(as: TreatyDigestRequested.self) else { return }
            // The same address again needs no second confirmation, and what was told is not told anew, unless it was ended in between.
            try database.cachedStatement(
                sql: """
                    INSERT INTO treaty_digest (person, office, entry, address, content, asked, confirmed, asked_to_confirm, ended)
                    VALUES (?1, ?2, ?3, ?4, ?5, ?6, 0, 0, 0)
                    ON CONFLICT (person) DO UPDATE SET
                        asked = CASE WHEN ended THEN ?6 ELSE asked END,
                        confirmed = confirmed AND NOT ended AND address = ?4,
                        asked_to_confirm = confirmed AND NOT ended AND address = ?4,
                        up_to = CASE WHEN ended THEN NULL ELSE up_to END, sent = CASE WHEN ended THEN NULL ELSE sent END,
                        office = ?2, entry = ?3, address = ?4, content = ?5, ended = 0
                    """
            ).execute(arguments: [act.person, entry.statement.office, entry.index, act.address, act.json.canonicalText, received])
        case TreatyDigestConfirmed.kind:
            guard let act = try entry.payload(as: TreatyDigestConfirmed.self) else { return }
            try database.cachedStatement(sql: "UPDATE treaty_digest SET confirmed = 1 WHERE person = ? AND entry = ?")
                .execute(arguments: [act.person, act.request])
        case TreatyDigestEnded.kind:
            guard let act = try entry.payload(as: TreatyDigestEnded.self) else { return }
            try database.cachedStatement(sql: "UPDATE treaty_digest SET ended = 1, confirmed = 0 WHERE person = ?")
                .execute(arguments: [act.person])
        case TreatyDigestSent.kind:
            guard let act = try entry.payload(as: TreatyDigestSent.self) else { return }
            switch act.content {
            case .confirmation:
                try database.cachedStatement(sql: "UPDATE treaty_digest SET asked_to_confirm = 1 WHERE person = ? AND entry = ?")
                    .execute(arguments: [act.person, act.request])
            case .digest:
                try database.cachedStatement(sql: "UPDATE treaty_digest SET up_to = ?, sent = ? WHERE person = ? AND ended = 0")
                    .execute(arguments: [act.upTo, received, act.person])
            }
        default:
            break
        }
    }
}
