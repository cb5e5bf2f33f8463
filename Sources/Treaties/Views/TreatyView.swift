import Acts
import GRDB
import Record

/// The register's tables: treaties, what was done towards them, and when the depositary knew.
///
/// A row of `treaty_act` is never changed but for its end of knowledge: a correction ends what the depositary knew before
/// and adds what it has known since. So both times can be asked for: legal effect by `date`, knowledge by `known_from` and
/// `known_until`.
struct TreatyView: RecordView {
    let name = "treaties"
    let version = 2

    func createTables(_ database: Database) throws {
        try database.execute(
            sql: """
                CREATE TABLE treaty (
                    treaty TEXT PRIMARY KEY,
                    entry INTEGER NOT NULL,
                    opened TEXT NOT NULL,
                    chapter TEXT NOT NULL,
                    chapter_order INTEGER NOT NULL,
                    number_order TEXT NOT NULL,
                    parent TEXT,
                    adopted TEXT,
                    last_entry INTEGER NOT NULL,
                    known_from INTEGER NOT NULL
                ) WITHOUT ROWID;
                CREATE INDEX treaty_parent ON treaty (parent) WHERE parent IS NOT NULL;
                CREATE TABLE treaty_act (
                    entry INTEGER PRIMARY KEY,
                    treaty TEXT NOT NULL,
                    actor TEXT NOT NULL,
                    action TEXT NOT NULL,
                    date TEXT NOT NULL,
                    takes_effect TEXT,
                    source TEXT,
                    confidence TEXT,
                    note TEXT,
                    more TEXT,
                    unconfirmed INTEGER NOT NULL DEFAULT 0,
                    struck INTEGER NOT NULL DEFAULT 0,
                    corrects INTEGER,
                    known_from INTEGER NOT NULL,
                    known_until INTEGER
                );
                CREATE INDEX treaty_act_treaty ON treaty_act (treaty, date, entry);
                CREATE INDEX treaty_act_actor ON treaty_act (actor, treaty);
                CREATE TABLE treaty_force (
                    entry INTEGER PRIMARY KEY,
                    treaty TEXT NOT NULL,
                    confirmed INTEGER NOT NULL,
                    date TEXT NOT NULL,
                    content TEXT NOT NULL,
                    known_from INTEGER NOT NULL
                );
                CREATE INDEX treaty_force_treaty ON treaty_force (treaty, entry);
                """)
    }

    func apply(_ entry: Entry, to database: Database) throws {
        switch entry.kind {
        case TreatyOpened.kind:
            guard let opened = try entry.payload(as: TreatyOpened.self) else { return }
            try apply(opened, entry, database)
        case TreatyTextEntered.kind:
            guard let text = try entry.payload(as: TreatyTextEntered.self) else { return }
            try touch(text.treaty, entry, database)
        case TreatyAdopted.kind:
            guard let adopted = try entry.payload(as: TreatyAdopted.self) else { return }
            try apply(adopted, entry, database)
        case TreatyAuthenticated.kind:
            guard let authenticated = try entry.payload(as: TreatyAuthenticated.self) else { return }
            try touch(authenticated.treaty, entry, database)
        case TreatyParticipation.kind:
            guard let act = try entry.payload(as: TreatyParticipation.self) else { return }
            try insert(act, corrects: nil, entry, database)
        case TreatyActConfirmed.kind:
            guard let confirmation = try entry.payload(as: TreatyActConfirmed.self) else { return }
            try apply(confirmation, entry, database)
        case TreatyParticipationCorrected.kind:
            guard let correction = try entry.payload(as: TreatyParticipationCorrected.self) else { return }
            try apply(correction, entry, database)
        case TreatyEntryIntoForceProposed.kind:
            guard let proposal = try entry.payload(as: TreatyEntryIntoForceProposed.self) else { return }
            try insertForce(proposal.treaty, proposal.date, confirmed: false, proposal.json, entry, database)
        case TreatyEntryIntoForceConfirmed.kind:
            guard let confirmation = try entry.payload(as: TreatyEntryIntoForceConfirmed.self) else { return }
            try insertForce(confirmation.treaty, confirmation.date, confirmed: true, confirmation.json, entry, database)
        default:
            break
        }
    }

    private func apply(_ opened: TreatyOpened, _ entry: Entry, _ database: Database) throws {
        let order = TreatyNumber(opened.treaty)
        try database.cachedStatement(
            sql: """
                INSERT INTO treaty
                    (treaty, entry, opened, chapter, chapter_order, number_order, parent, adopted, last_entry, known_from)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                ON CONFLICT (treaty) DO UPDATE SET
                    entry = excluded.entry, opened = excluded.opened, chapter = excluded.chapter, parent = excluded.parent,
                    adopted = excluded.adopted, last_entry = excluded.last_entry
                """
        ).execute(arguments: [
            opened.treaty, entry.index, opened.json.canonicalText, opened.chapter, order.chapter, order.sortKey,
            opened.parent, opened.adoptedOn?.description, entry.index, entry.header.received.milliseconds,
        ])
    }

    /// The adoption completes what the register says of the instrument: when and where.
    private func apply(_ adopted: TreatyAdopted, _ entry: Entry, _ database: Database) throws {
        guard
            let text = try String.fetchOne(
                database.cachedStatement(sql: "SELECT opened FROM treaty WHERE treaty = ?"), arguments: [adopted.treaty]),
            var opened = try? TreatyOpened(json: JSONParser.parse(text))
        else { return }
        opened.adoptedOn = adopted.date
        opened.adoptedAt = adopted.place
        try database.cachedStatement(sql: "UPDATE treaty SET opened = ?, adopted = ?, last_entry = ? WHERE treaty = ?")
            .execute(arguments: [opened.json.canonicalText, adopted.date.description, entry.index, adopted.treaty])
    }

    private func insert(_ act: TreatyParticipation, corrects: Int64?, _ entry: Entry, _ database: Database) throws {
        try database.cachedStatement(
            sql: """
                INSERT INTO treaty_act
                    (entry, treaty, actor, action, date, takes_effect, source, confidence, note, more, unconfirmed, corrects, known_from)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """
        ).execute(arguments: [
            entry.index, act.treaty, act.actor.rawValue, act.action.rawValue, act.date.description, act.takesEffect?.description,
            act.source, act.confidence, act.note, act.more?.canonicalText, act.unconfirmed, corrects, entry.header.received.milliseconds,
        ])
        try touch(act.treaty, entry, database)
    }

    /// From now on the depositary knows the act otherwise: as one with effect (VCLT art. 8), or as a full signature (12(2)(b)).
    private func apply(_ confirmation: TreatyActConfirmed, _ entry: Entry, _ database: Database) throws {
        guard let known = try TreatyQueries(database: database).act(confirmation.entry) else { return }
        try database.cachedStatement(sql: "UPDATE treaty_act SET known_until = ? WHERE entry = ? AND known_until IS NULL")
            .execute(arguments: [entry.header.received.milliseconds, confirmation.entry])
        try insert(known.participation.confirmed(by: confirmation), corrects: confirmation.entry, entry, database)
    }

    private func apply(_ correction: TreatyParticipationCorrected, _ entry: Entry, _ database: Database) throws {
        let treaty = try String.fetchOne(
            database.cachedStatement(sql: "SELECT treaty FROM treaty_act WHERE entry = ?"), arguments: [correction.entry])
        guard let treaty else { return }
        try database.cachedStatement(
            sql: "UPDATE treaty_act SET known_until = ?, struck = 1 WHERE entry = ? AND known_until IS NULL"
        ).execute(arguments: [entry.header.received.milliseconds, correction.entry])
        if let replacement = correction.replacement {
            try insert(replacement, corrects: correction.entry, entry, database)
        }
        try touch(treaty, entry, database)
    }

    private func insertForce(
        _ treaty: String, _ date: CalendarDate, confirmed: Bool, _ content: JSON, _ entry: Entry, _ database: Database
    ) throws {
        try database.cachedStatement(
            sql: "INSERT INTO treaty_force (entry, treaty, confirmed, date, content, known_from) VALUES (?, ?, ?, ?, ?, ?)"
        ).execute(arguments: [
            entry.index, treaty, confirmed, date.description, content.canonicalText, entry.header.received.milliseconds,
        ])
        try touch(treaty, entry, database)
    }

    private func touch(_ treaty: String, _ entry: Entry, _ database: Database) throws {
        try database.cachedStatement(sql: "UPDATE treaty SET last_entry = ? WHERE treaty = ?")
            .execute(arguments: [entry.index, treaty])
    }
}
