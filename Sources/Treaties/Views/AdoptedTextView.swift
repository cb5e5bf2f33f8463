import Acts
import GRDB
import Record

/// Texts that conferences adopted, as their acts in this record say, and which instruments were opened from them.
struct AdoptedTextView: RecordView {
    let name = "treaty-adopted-texts"
    let version = 1

    func createTables(_ database: Database) throws {
        try database.execute(
            sql: """
                CREATE TABLE adopted_text (entry INTEGER PRIMARY KEY, conference TEXT NOT NULL, text TEXT NOT NULL, content TEXT NOT NULL);
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

    /// Where the conference's own page on it is.
    var address: String { "/conferences/\(act.conference)/adoption/\(act.text)" }
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
            return AdoptedText(entry: row["entry"], act: act, treaty: row["treaty"])
        }
    }
}
