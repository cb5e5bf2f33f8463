import Acts
import GRDB
import Record

/// The acts of silences, in order: what they stand at is worked out from them.
struct SilenceView: RecordView {
    let name = "conference-silences"
    let version = 1

    static let kinds: Set<ActKind> = [
        ConferenceSilenceBegun.kind, ConferenceSilenceBroken.kind, ConferenceSilenceExtended.kind, ConferenceSilenceEnded.kind,
    ]

    func createTables(_ database: Database) throws {
        try database.execute(
            sql: """
                CREATE TABLE conference_silence (
                    conference TEXT NOT NULL, silence TEXT NOT NULL, entry INTEGER PRIMARY KEY, kind TEXT NOT NULL, payload TEXT NOT NULL,
                    office TEXT NOT NULL);
                CREATE INDEX conference_silence_of ON conference_silence (conference, silence, entry);
                """)
    }

    func apply(_ entry: Entry, to database: Database) throws {
        guard Self.kinds.contains(entry.kind), case .present(let sealed) = entry.content, let json = try? sealed.json(),
            let conference = json["conference"]?.string, let silence = json["silence"]?.string
        else { return }
        try database.execute(
            sql: "INSERT OR IGNORE INTO conference_silence VALUES (?, ?, ?, ?, ?, ?)",
            arguments: [conference, silence, entry.index, entry.kind.description, json.canonicalText, entry.statement.office])
    }
}

/// Reads silences.
struct SilenceQueries {
    let database: Database

    struct Kept: Sendable {
        var silence: Silence
        /// The office that began it, in whose name an unnamed objection is entered.
        var office: String
        var entry: Int64
    }

    /// Most silences of one conference that are read.
    static let most = 500

    /// A conference's silences, the newest first.
    func silences(of conference: String) throws -> [Kept] {
        try silences(where: "conference = ?", [conference])
    }

    func silence(_ name: String, of conference: String) throws -> Kept? {
        try silences(where: "conference = ? AND silence = ?", [conference, name]).first
    }

    /// Those that run, of all conferences.
    func running() throws -> [Kept] {
        try silences(
            where: """
                NOT EXISTS (SELECT 1 FROM conference_silence AS ended WHERE ended.conference = conference_silence.conference
                    AND ended.silence = conference_silence.silence AND ended.kind = '\(ConferenceSilenceEnded.kind)')
                """, [])
    }

    private func silences(where condition: String, _ arguments: StatementArguments) throws -> [Kept] {
        var kept: [String: Kept] = [:]
        let rows = try Row.fetchCursor(
            database, sql: "SELECT * FROM conference_silence WHERE \(condition) ORDER BY entry", arguments: arguments)
        while let row = try rows.next() {
            guard let kind = ActKind(row["kind"] as String), let json = try? JSONParser.parse(Array((row["payload"] as String).utf8)) else {
                continue
            }
            let key = "\(row["conference"] as String)/\(row["silence"] as String)"
            switch kind {
            case ConferenceSilenceBegun.kind:
                guard kept[key] == nil, let begun = try? ConferenceSilenceBegun(json: json) else { continue }
                kept[key] = Kept(silence: Silence(begun), office: row["office"], entry: row["entry"])
            case ConferenceSilenceBroken.kind:
                if let act = try? ConferenceSilenceBroken(json: json) { kept[key]?.silence.apply(act) }
            case ConferenceSilenceExtended.kind:
                if let act = try? ConferenceSilenceExtended(json: json) { kept[key]?.silence.apply(act) }
            default:
                if let act = try? ConferenceSilenceEnded(json: json) { kept[key]?.silence.apply(act) }
            }
        }
        return Array(kept.values.sorted { $0.entry > $1.entry }.prefix(Self.most))
    }
}
