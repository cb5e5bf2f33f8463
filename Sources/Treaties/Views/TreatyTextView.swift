import Acts
import GRDB
import Ledger
import Record

/// The texts of instruments: every version in every language, when it was adopted and when it was authenticated. The texts
/// themselves are blobs; here stand their hashes.
struct TreatyTextView: RecordView {
    let name = "treaty-texts"
    let version = 1

    func createTables(_ database: Database) throws {
        try database.execute(
            sql: """
                CREATE TABLE treaty_text (
                    entry INTEGER PRIMARY KEY,
                    treaty TEXT NOT NULL,
                    language TEXT NOT NULL,
                    version INTEGER NOT NULL,
                    sha256 TEXT NOT NULL,
                    content TEXT NOT NULL
                );
                CREATE INDEX treaty_text_treaty ON treaty_text (treaty, language, version);
                CREATE TABLE treaty_text_step (
                    entry INTEGER PRIMARY KEY,
                    treaty TEXT NOT NULL,
                    kind TEXT NOT NULL,
                    content TEXT NOT NULL
                );
                CREATE INDEX treaty_text_step_treaty ON treaty_text_step (treaty, entry);
                """)
    }

    func apply(_ entry: Entry, to database: Database) throws {
        switch entry.kind {
        case TreatyTextEntered.kind:
            guard let text = try entry.payload(as: TreatyTextEntered.self) else { return }
            try database.cachedStatement(
                sql: "INSERT INTO treaty_text (entry, treaty, language, version, sha256, content) VALUES (?, ?, ?, ?, ?, ?)"
            ).execute(arguments: [
                entry.index, text.treaty, text.language, text.version, text.sha256.hexadecimal, text.json.canonicalText,
            ])
        case TreatyAdopted.kind:
            guard let adopted = try entry.payload(as: TreatyAdopted.self) else { return }
            try insert(adopted.treaty, adopted.json, entry, database)
        case TreatyAuthenticated.kind:
            guard let authenticated = try entry.payload(as: TreatyAuthenticated.self) else { return }
            try insert(authenticated.treaty, authenticated.json, entry, database)
        default:
            break
        }
    }

    private func insert(_ treaty: String, _ content: JSON, _ entry: Entry, _ database: Database) throws {
        try database.cachedStatement(sql: "INSERT INTO treaty_text_step (entry, treaty, kind, content) VALUES (?, ?, ?, ?)")
            .execute(arguments: [entry.index, treaty, entry.kind.description, content.canonicalText])
    }
}
