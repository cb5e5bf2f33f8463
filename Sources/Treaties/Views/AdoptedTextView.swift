import Acts
import GRDB
import Ledger
import Record

/// Texts that conferences adopted, as their acts in this record say, and which instruments were opened from them.
struct AdoptedTextView: RecordView {
    let name = "treaty-adopted-texts"
    let version = 2

    func createTables(_ database: Database) throws {
        try database.execute(
            sql: """
                CREATE TABLE adopted_text (entry INTEGER PRIMARY KEY, conference TEXT NOT NULL, text TEXT NOT NULL, content TEXT NOT NULL);
                CREATE TABLE adopted_text_language (
                    adopted INTEGER NOT NULL, language TEXT NOT NULL, sha256 TEXT NOT NULL, provisions INTEGER NOT NULL,
                    entry INTEGER NOT NULL, PRIMARY KEY (adopted, language)) WITHOUT ROWID;
                CREATE TABLE adopted_text_treaty (adopted INTEGER PRIMARY KEY, treaty TEXT NOT NULL, entry INTEGER NOT NULL);
                """)
    }

    func apply(_ entry: Entry, to database: Database) throws {
        switch entry.kind {
        case ConferenceTextAdopted.kind:
            guard let act = try entry.payload(as: ConferenceTextAdopted.self) else { return }
            try database.execute(
                sql: "INSERT OR IGNORE INTO adopted_text VALUES (?, ?, ?, ?)",
                arguments: [entry.index, act.conference, act.text, act.json.canonicalText])
        case ConferenceLanguageFollowed.kind:
            guard let act = try entry.payload(as: ConferenceLanguageFollowed.self) else { return }
            try database.execute(
                sql: "INSERT OR IGNORE INTO adopted_text_language VALUES (?, ?, ?, ?, ?)",
                arguments: [act.adopted, act.language, act.sha256.hexadecimal, act.provisions, entry.index])
        case TreatyOpened.kind:
            guard let act = try entry.payload(as: TreatyOpened.self), let adopted = act.adoptedText else { return }
            try database.execute(
                sql: "INSERT OR IGNORE INTO adopted_text_treaty VALUES (?, ?, ?)", arguments: [adopted, act.treaty, entry.index])
        default: break
        }
    }
}

/// A text that a conference adopted.
struct AdoptedText: Hashable, Sendable {
    /// The entry of the act of adoption.
    var entry: Int64
    var act: ConferenceTextAdopted
    /// The number of the instrument that was opened from it; `nil`: none was.
    var treaty: String?
    /// The languages that followed the adoption, in the order in which they did.
    var followed: [FollowedLanguage] = []

    /// Where the conference's own page on it is.
    var address: String { "/conferences/\(act.conference)/adoption/\(act.text)" }
}

/// The text of an adopted instrument in a language that followed the adoption.
struct FollowedLanguage: Hashable, Sendable {
    /// The language's tag.
    var language: String
    var sha256: Hash
    var provisions: Int64
    /// The entry of the conference's act.
    var entry: Int64
}

extension TreatyQueries {
    func adoptedText(_ entry: Int64) throws -> AdoptedText? {
        try adoptedTexts(where: "adopted_text.entry = ?", [entry]).first
    }

    /// Those from which no instrument was opened yet, the newest first.
    func adoptedTextsWaiting() throws -> [AdoptedText] {
        try adoptedTexts(where: "adopted_text_treaty.treaty IS NULL", [])
    }

    private func adoptedTexts(where condition: String, _ arguments: StatementArguments) throws -> [AdoptedText] {
        try Row.fetchAll(
            database,
            sql: """
                SELECT adopted_text.entry, adopted_text.content, adopted_text_treaty.treaty FROM adopted_text
                LEFT JOIN adopted_text_treaty ON adopted_text_treaty.adopted = adopted_text.entry
                WHERE \(condition) ORDER BY adopted_text.entry DESC LIMIT 100
                """, arguments: arguments
        ).compactMap { row in
            guard let json = try? JSONParser.parse(Array((row["content"] as String).utf8)), let act = try? ConferenceTextAdopted(json: json)
            else { return nil }
            return AdoptedText(
                entry: row["entry"], act: act, treaty: row["treaty"],
                followed: act.later.isEmpty ? [] : try followedLanguages(of: row["entry"]))
        }
    }

    private func followedLanguages(of adopted: Int64) throws -> [FollowedLanguage] {
        try Row.fetchAll(
            database, sql: "SELECT * FROM adopted_text_language WHERE adopted = ? ORDER BY entry", arguments: [adopted]
        ).compactMap { row -> FollowedLanguage? in
            let sha256: String = row["sha256"]
            return Hash(hexadecimal: sha256).map {
                FollowedLanguage(language: row["language"], sha256: $0, provisions: row["provisions"], entry: row["entry"])
            }
        }
    }
}
