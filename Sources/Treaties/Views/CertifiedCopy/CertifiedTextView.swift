import Acts
import GRDB
import Ledger
import Record

/// Which texts of each instrument are authentic: what a certified copy is a copy of.
///
/// A text that replaces an authenticated one by way of correction does so from the beginning (VCLT, article 79(4)), so it takes
/// that one's place here.
struct CertifiedTextView: RecordView {
    let name = "treaty-certified-texts"
    let version = 1

    func createTables(_ database: Database) throws {
        try database.execute(
            sql: """
                CREATE TABLE treaty_certified_text (
                    treaty TEXT NOT NULL,
                    language TEXT NOT NULL,
                    sha256 TEXT NOT NULL,
                    PRIMARY KEY (treaty, language)
                ) WITHOUT ROWID;
                CREATE TABLE treaty_authentication (
                    treaty TEXT PRIMARY KEY,
                    entry INTEGER NOT NULL,
                    last_entry INTEGER NOT NULL
                ) WITHOUT ROWID;
                """)
    }

    func apply(_ entry: Entry, to database: Database) throws {
        switch entry.kind {
        case TreatyAuthenticated.kind:
            guard let act = try entry.payload(as: TreatyAuthenticated.self) else { return }
            try database.execute(sql: "DELETE FROM treaty_certified_text WHERE treaty = ?", arguments: [act.treaty])
            for (language, digest) in act.texts { try keep(digest.hexadecimal, of: act.treaty, in: language, database) }
            try database.execute(
                sql: "INSERT OR REPLACE INTO treaty_authentication (treaty, entry, last_entry) VALUES (?, ?, ?)",
                arguments: [act.treaty, entry.index, entry.index])
        case TreatyTextEntered.kind:
            guard let act = try entry.payload(as: TreatyTextEntered.self), act.correction != nil, act.isAuthentic else { return }
            try database.execute(
                sql: "UPDATE treaty_authentication SET last_entry = ? WHERE treaty = ?", arguments: [entry.index, act.treaty])
            guard database.changesCount > 0 else { return }
            try keep(act.sha256.hexadecimal, of: act.treaty, in: act.language, database)
        default:
            break
        }
    }

    private func keep(_ digest: String, of treaty: String, in language: String, _ database: Database) throws {
        try database.execute(
            sql: "INSERT OR REPLACE INTO treaty_certified_text (treaty, language, sha256) VALUES (?, ?, ?)",
            arguments: [treaty, language, digest])
    }
}

/// Reads the tables as plain values.
struct CertifiedTextQueries {
    let database: Database

    struct Authentic: Sendable {
        /// The act of authentication.
        let entry: Int64
        /// That act, or the text that last corrected what it froze.
        let lastEntry: Int64
        /// SHA-256 in hexadecimal by language tag, in the order of the tags.
        let texts: [(language: String, sha256: String)]
    }

    /// - Returns: `nil` where the text of the instrument is not authenticated.
    func authentic(of treaty: String) throws -> Authentic? {
        guard
            let row = try Row.fetchOne(
                database.cachedStatement(sql: "SELECT entry, last_entry FROM treaty_authentication WHERE treaty = ?"), arguments: [treaty])
        else { return nil }
        let texts = try Row.fetchAll(
            database.cachedStatement(sql: "SELECT language, sha256 FROM treaty_certified_text WHERE treaty = ? ORDER BY language"),
            arguments: [treaty])
        return Authentic(entry: row["entry"], lastEntry: row["last_entry"], texts: texts.map { ($0["language"], $0["sha256"]) })
    }
}
