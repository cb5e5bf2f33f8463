import Acts
import GRDB
import Ledger
import Record

/// Texts under negotiation: what is said of each in a list, and its acts in order, from which its negotiation is worked out.
struct TextView: RecordView {
    let name = "conference-texts"
    let version = 1

    func createTables(_ database: Database) throws {
        try database.execute(
            sql: """
                CREATE TABLE conference_text (
                    conference TEXT NOT NULL, text TEXT NOT NULL, version INTEGER NOT NULL, form TEXT NOT NULL, title TEXT NOT NULL,
                    language TEXT NOT NULL, document TEXT, body TEXT, sponsors TEXT NOT NULL, first INTEGER NOT NULL, last INTEGER NOT NULL,
                    changed INTEGER NOT NULL, restricted INTEGER NOT NULL, PRIMARY KEY (conference, text)) WITHOUT ROWID;
                CREATE INDEX conference_text_document ON conference_text (conference, document);
                CREATE TABLE conference_text_act (
                    conference TEXT NOT NULL, text TEXT NOT NULL, entry INTEGER NOT NULL, kind TEXT NOT NULL, payload TEXT NOT NULL,
                    received INTEGER NOT NULL, PRIMARY KEY (conference, text, entry)) WITHOUT ROWID;
                """)
    }

    func apply(_ entry: Entry, to database: Database) throws {
        guard TextAct.kinds[entry.kind] != nil, case .present(let sealed) = entry.content, let json = try? sealed.json(),
            let conference = json["conference"]?.string, let text = json["text"]?.string
        else { return }
        let received = entry.header.received.milliseconds
        try database.execute(
            sql: "INSERT OR IGNORE INTO conference_text_act VALUES (?, ?, ?, ?, ?, ?)",
            arguments: [conference, text, entry.index, entry.kind.description, json.canonicalText, received])
        let isRestricted = entry.statement.marking != .public
        if let act = try? ConferenceTextTabled(json: json), entry.kind == ConferenceTextTabled.kind {
            try table(act, entry, isRestricted, database)
        } else {
            try database.execute(
                sql: """
                    UPDATE conference_text SET last = ?, changed = ?, restricted = max(restricted, ?),
                    version = CASE WHEN ? THEN max(version, ?) ELSE version END WHERE conference = ? AND text = ?
                    """,
                arguments: [
                    entry.index, received, isRestricted, entry.kind == ConferenceAmendmentApplied.kind,
                    (try? ConferenceAmendmentApplied(json: json))?.version ?? 0, conference, text,
                ])
        }
    }

    /// A later version may leave out what is known of the text: it is before the same body still.
    private func table(_ act: ConferenceTextTabled, _ entry: Entry, _ isRestricted: Bool, _ database: Database) throws {
        try database.execute(
            sql: """
                INSERT INTO conference_text VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (conference, text) DO UPDATE SET
                version = excluded.version, form = excluded.form, title = excluded.title, language = excluded.language,
                document = coalesce(excluded.document, document), body = coalesce(excluded.body, body), sponsors = excluded.sponsors,
                last = excluded.last, changed = excluded.changed, restricted = max(restricted, excluded.restricted)
                """,
            arguments: [
                act.conference, act.text, act.version, act.form.rawValue, JSON(texts: act.title).canonicalText, act.language, act.document,
                act.body, act.sponsors.joined(separator: " "), entry.index, entry.index, entry.header.received.milliseconds, isRestricted,
            ])
    }
}

/// One act about a text, read back from its view.
struct TextAct: Sendable {
    var entry: Int64
    var payload: any Payload
    var received: Moment

    /// Every kind that a text's negotiation is worked out from, and how its payload is read.
    static let kinds: PayloadReaders = Dictionary(
        uniqueKeysWithValues: [
            payloadReader(ConferenceTextTabled.self), payloadReader(ConferenceReadingBegun.self),
            payloadReader(ConferenceProvisionStatusSet.self),
            payloadReader(ConferenceAmendmentProposed.self), payloadReader(ConferenceAmendmentCosponsored.self),
            payloadReader(ConferenceAmendmentWithdrawn.self), payloadReader(ConferenceAmendmentApplied.self),
        ])
}

/// What is said of a text in a list.
struct TextHead: Hashable, Sendable {
    var conference: String
    /// Its name in addresses.
    var text: String
    /// The newest version's number.
    var version: Int64
    var form: ConferenceTextTabled.Form
    /// By language tag.
    var title: [String: String]
    /// The language it is negotiated in (BCP 47).
    var language: String
    /// The symbol it was issued under.
    var document: String?
    /// The body before which it is.
    var body: String?
    /// Of its newest version: codes of actors, names of groups.
    var sponsors: [String]
    /// The entries of its first act and of its newest.
    var first: Int64
    var last: Int64
    var changed: Moment
    /// Whether an act about it was entered for those only who sit in the body.
    var isRestricted: Bool
}

/// Reads texts under negotiation.
struct TextQueries {
    let database: Database

    /// Most texts of a list.
    static let most = 500

    /// A conference's texts, the one that changed last first.
    func heads(_ conference: String) throws -> [TextHead] {
        try Row.fetchAll(
            database, sql: "SELECT * FROM conference_text WHERE conference = ? ORDER BY last DESC LIMIT \(Self.most)",
            arguments: [conference]
        ).compactMap(Self.head)
    }

    func head(_ conference: String, _ text: String) throws -> TextHead? {
        try Row.fetchOne(
            database, sql: "SELECT * FROM conference_text WHERE conference = ? AND text = ?", arguments: [conference, text]
        ).flatMap(Self.head)
    }

    /// The text that was issued under a symbol; of several the newest.
    func head(_ conference: String, document: String) throws -> TextHead? {
        try Row.fetchOne(
            database, sql: "SELECT * FROM conference_text WHERE conference = ? AND document = ? ORDER BY first DESC LIMIT 1",
            arguments: [conference, document]
        ).flatMap(Self.head)
    }

    /// A text's acts after an entry, in order.
    func acts(_ conference: String, _ text: String, after entry: Int64) throws -> [TextAct] {
        try Row.fetchAll(
            database, sql: "SELECT * FROM conference_text_act WHERE conference = ? AND text = ? AND entry > ? ORDER BY entry",
            arguments: [conference, text, entry]
        ).compactMap { row in
            guard let kind = ActKind(row["kind"] as String), let read = TextAct.kinds[kind],
                let json = try? JSONParser.parse(Array((row["payload"] as String).utf8)), let payload = read(json)
            else { return nil }
            return TextAct(entry: row["entry"], payload: payload, received: Moment(milliseconds: row["received"]))
        }
    }

    private static func head(_ row: Row) -> TextHead? {
        guard let form = ConferenceTextTabled.Form(rawValue: row["form"]) else { return nil }
        return TextHead(
            conference: row["conference"], text: row["text"], version: row["version"], form: form,
            title: ConferenceQueries.texts(row["title"]), language: row["language"], document: row["document"], body: row["body"],
            sponsors: (row["sponsors"] as String).split(separator: " ").map(String.init), first: row["first"], last: row["last"],
            changed: Moment(milliseconds: row["changed"]), isRestricted: row["restricted"])
    }
}
