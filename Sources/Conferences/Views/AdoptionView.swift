import Acts
import GRDB
import Record

/// What was done towards the adoption of texts, in order, which records were issued, which statements were handed in; and which
/// instruments the treaty desk opened from an adopted text.
struct AdoptionView: RecordView {
    let name = "conference-adoption"
    let version = 2

    static let kinds: Set<ActKind> = [
        ConferenceAdoptionPrepared.kind, ConferenceScrubFindingWaived.kind, ConferenceLanguageVersionEntered.kind,
        ConferenceLanguageVersionConfirmed.kind, ConferenceTextAdopted.kind, ConferenceLanguageFollowed.kind,
    ]

    func createTables(_ database: Database) throws {
        try database.execute(
            sql: """
                CREATE TABLE conference_adoption_act (
                    conference TEXT NOT NULL, text TEXT NOT NULL, entry INTEGER NOT NULL, kind TEXT NOT NULL, payload TEXT NOT NULL,
                    author TEXT NOT NULL, office TEXT NOT NULL, received INTEGER NOT NULL, PRIMARY KEY (conference, text, entry)
                ) WITHOUT ROWID;
                CREATE TABLE conference_adopted_treaty (
                    adopted INTEGER NOT NULL, treaty TEXT NOT NULL, entry INTEGER NOT NULL, PRIMARY KEY (adopted, treaty)) WITHOUT ROWID;
                CREATE TABLE conference_statement (
                    conference TEXT NOT NULL, body TEXT NOT NULL, meeting INTEGER NOT NULL, entry INTEGER NOT NULL, payload TEXT NOT NULL,
                    PRIMARY KEY (conference, body, meeting, entry)) WITHOUT ROWID;
                CREATE TABLE conference_record_issued (
                    conference TEXT NOT NULL, symbol TEXT NOT NULL, entry INTEGER NOT NULL, payload TEXT NOT NULL,
                    PRIMARY KEY (conference, symbol)) WITHOUT ROWID;
                CREATE TABLE conference_credentials_report (
                    conference TEXT NOT NULL, entry INTEGER NOT NULL, payload TEXT NOT NULL, received INTEGER NOT NULL,
                    PRIMARY KEY (conference, entry)) WITHOUT ROWID;
                """)
    }

    func apply(_ entry: Entry, to database: Database) throws {
        guard case .present(let sealed) = entry.content else { return }
        if Self.kinds.contains(entry.kind) {
            guard let json = try? sealed.json(), let conference = json["conference"]?.string, let text = json["text"]?.string else {
                return
            }
            try database.execute(
                sql: "INSERT OR IGNORE INTO conference_adoption_act VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                arguments: [
                    conference, text, entry.index, entry.kind.description, json.canonicalText, entry.statement.author,
                    entry.statement.office, entry.header.received.milliseconds,
                ])
        }
        switch entry.kind {
        case TreatyOpened.kind:
            guard let act = try entry.payload(as: TreatyOpened.self), let adopted = act.adoptedText else { return }
            try database.execute(
                sql: "INSERT OR IGNORE INTO conference_adopted_treaty VALUES (?, ?, ?)", arguments: [adopted, act.treaty, entry.index])
        case ConferenceStatementFiled.kind:
            guard let act = try entry.payload(as: ConferenceStatementFiled.self) else { return }
            try database.execute(
                sql: "INSERT OR IGNORE INTO conference_statement VALUES (?, ?, ?, ?, ?)",
                arguments: [act.session.conference, act.session.body, act.session.meeting, entry.index, act.json.canonicalText])
        case ConferenceRecordIssued.kind:
            guard let act = try entry.payload(as: ConferenceRecordIssued.self) else { return }
            try database.execute(
                sql: "INSERT OR IGNORE INTO conference_record_issued VALUES (?, ?, ?, ?)",
                arguments: [act.conference, act.symbol, entry.index, act.json.canonicalText])
        case ConferenceCredentialsReported.kind:
            guard let act = try entry.payload(as: ConferenceCredentialsReported.self) else { return }
            try database.execute(
                sql: "INSERT OR IGNORE INTO conference_credentials_report VALUES (?, ?, ?, ?)",
                arguments: [act.conference, entry.index, act.json.canonicalText, entry.header.received.milliseconds])
        default: break
        }
    }
}
