import Acts
import GRDB
import Record

/// Conferences with their bodies, delegations, agendas, documents and meetings.
struct ConferenceView: RecordView {
    let name = "conferences"
    let version = 3

    func createTables(_ database: Database) throws {
        try database.execute(
            sql: """
                CREATE TABLE conference (
                    conference TEXT PRIMARY KEY, symbol TEXT NOT NULL, title TEXT NOT NULL, place TEXT NOT NULL, opens TEXT NOT NULL,
                    closes TEXT, zone TEXT NOT NULL, procedure TEXT NOT NULL, languages TEXT NOT NULL, entry INTEGER NOT NULL
                ) WITHOUT ROWID;
                CREATE TABLE conference_body (
                    conference TEXT NOT NULL, body TEXT NOT NULL, turn INTEGER NOT NULL, form TEXT NOT NULL, name TEXT NOT NULL,
                    symbol TEXT, parent TEXT, members TEXT NOT NULL, PRIMARY KEY (conference, body)) WITHOUT ROWID;
                CREATE TABLE conference_officer (
                    conference TEXT NOT NULL, body TEXT NOT NULL, function TEXT NOT NULL, name TEXT NOT NULL, actor TEXT, person TEXT,
                    PRIMARY KEY (conference, body, function, name)) WITHOUT ROWID;
                CREATE TABLE conference_group (
                    conference TEXT NOT NULL, party TEXT NOT NULL, name TEXT NOT NULL, members TEXT NOT NULL, speaker TEXT,
                    PRIMARY KEY (conference, party)) WITHOUT ROWID;
                CREATE TABLE conference_delegation (
                    conference TEXT NOT NULL, actor TEXT NOT NULL, standing TEXT NOT NULL, office TEXT, members TEXT NOT NULL,
                    credentials TEXT NOT NULL DEFAULT 'awaited', PRIMARY KEY (conference, actor)) WITHOUT ROWID;
                CREATE TABLE conference_credentials (
                    symbol TEXT NOT NULL, actor TEXT NOT NULL, entry INTEGER NOT NULL, node TEXT, place INTEGER, issued_by TEXT NOT NULL,
                    issued_on TEXT NOT NULL, members TEXT NOT NULL, PRIMARY KEY (symbol, actor)) WITHOUT ROWID;
                CREATE TABLE conference_item (
                    conference TEXT NOT NULL, body TEXT NOT NULL, turn INTEGER NOT NULL, number TEXT NOT NULL, title TEXT NOT NULL,
                    provisional INTEGER NOT NULL, PRIMARY KEY (conference, body, number)) WITHOUT ROWID;
                CREATE TABLE conference_document (
                    conference TEXT NOT NULL, symbol TEXT NOT NULL, body TEXT NOT NULL, title TEXT NOT NULL, item TEXT,
                    sponsors TEXT NOT NULL, files TEXT NOT NULL, entry INTEGER NOT NULL, received INTEGER NOT NULL,
                    PRIMARY KEY (conference, symbol)) WITHOUT ROWID;
                CREATE TABLE conference_meeting (
                    conference TEXT NOT NULL, body TEXT NOT NULL, meeting INTEGER NOT NULL, state TEXT NOT NULL, public INTEGER NOT NULL,
                    opened INTEGER NOT NULL, closed INTEGER, item TEXT, document TEXT, provision TEXT, entry INTEGER NOT NULL,
                    PRIMARY KEY (conference, body, meeting)) WITHOUT ROWID;
                CREATE TABLE conference_presence (
                    conference TEXT NOT NULL, body TEXT NOT NULL, meeting INTEGER NOT NULL, actor TEXT NOT NULL,
                    PRIMARY KEY (conference, body, meeting, actor)) WITHOUT ROWID;
                """)
    }

    func apply(_ entry: Entry, to database: Database) throws {
        switch entry.kind {
        case ConferenceConvened.kind:
            guard let act = try entry.payload(as: ConferenceConvened.self) else { return }
            try database.execute(
                sql: "INSERT OR REPLACE INTO conference VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                arguments: [
                    act.conference, act.symbol, JSON(texts: act.title).canonicalText, act.place, act.opens.description,
                    act.closes?.description, act.zone, act.procedure, act.languages.joined(separator: " "), entry.index,
                ])
        case ConferenceBodyEstablished.kind:
            guard let act = try entry.payload(as: ConferenceBodyEstablished.self) else { return }
            try database.execute(
                sql: """
                    INSERT INTO conference_body VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (conference, body) DO UPDATE SET
                    form = excluded.form, name = excluded.name, symbol = excluded.symbol, parent = excluded.parent,
                    members = excluded.members
                    """,
                arguments: [
                    act.conference, act.body, entry.index, act.form.rawValue, JSON(texts: act.name).canonicalText, act.symbol, act.parent,
                    Self.text(act.members),
                ])
        case ConferenceOfficerElected.kind:
            guard let act = try entry.payload(as: ConferenceOfficerElected.self) else { return }
            try elect(act, database)
        case ConferenceGroupFormed.kind:
            guard let act = try entry.payload(as: ConferenceGroupFormed.self) else { return }
            try database.execute(
                sql: "INSERT OR REPLACE INTO conference_group VALUES (?, ?, ?, ?, ?)",
                arguments: [
                    act.conference, act.group, JSON(texts: act.name).canonicalText, Self.text(act.members), act.speaker?.rawValue,
                ])
        case ConferenceDelegationRegistered.kind:
            guard let act = try entry.payload(as: ConferenceDelegationRegistered.self) else { return }
            try database.execute(
                sql: """
                    INSERT INTO conference_delegation (conference, actor, standing, office, members) VALUES (?, ?, ?, ?, ?)
                    ON CONFLICT (conference, actor) DO UPDATE SET standing = excluded.standing, office = excluded.office,
                    members = excluded.members
                    """,
                arguments: [
                    act.conference, act.actor.rawValue, act.standing.rawValue, act.office, act.json["members"]?.canonicalText ?? "[]",
                ])
        case ConferenceCredentialsIssued.kind:
            guard let act = try entry.payload(as: ConferenceCredentialsIssued.self) else { return }
            try receive(act, entry, node: nil, place: nil, database)
        case ExchangeReceived.kind:
            // Issued at a State's own node and taken from its record, with the proof that it stands there.
            guard let received = try? entry.payload(as: ExchangeReceived.self), let inner = try? received.entry(),
                inner.kind == ConferenceCredentialsIssued.kind, let act = try? inner.payload(as: ConferenceCredentialsIssued.self)
            else { return }
            try receive(act, entry, node: received.node, place: received.index, database)
        case ConferenceCredentialsReported.kind:
            guard let act = try entry.payload(as: ConferenceCredentialsReported.self) else { return }
            for (state, actors) in [
                (Conference.Credentials.inOrder, act.inOrder), (.provisional, act.provisional), (.contested, act.contested),
            ] {
                for actor in actors {
                    try database.execute(
                        sql: "UPDATE conference_delegation SET credentials = ? WHERE conference = ? AND actor = ?",
                        arguments: [state.rawValue, act.conference, actor.rawValue])
                }
            }
        case ConferenceAgendaAdopted.kind:
            guard let act = try entry.payload(as: ConferenceAgendaAdopted.self) else { return }
            try database.execute(
                sql: "DELETE FROM conference_item WHERE conference = ? AND body = ?", arguments: [act.conference, act.body])
            for (turn, item) in act.items.enumerated() {
                try database.execute(
                    sql: "INSERT OR IGNORE INTO conference_item VALUES (?, ?, ?, ?, ?, ?)",
                    arguments: [
                        act.conference, act.body, turn, item.number, JSON(texts: item.title).canonicalText, act.isProvisional,
                    ])
            }
        case ConferenceDocumentIssued.kind:
            guard let act = try entry.payload(as: ConferenceDocumentIssued.self) else { return }
            try database.execute(
                sql: "INSERT OR IGNORE INTO conference_document VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                arguments: [
                    act.conference, act.symbol, act.body, JSON(texts: act.title).canonicalText, act.item,
                    act.sponsors.joined(separator: " "), JSON(texts: act.files).canonicalText, entry.index,
                    entry.header.received.milliseconds,
                ])
        default: try applyMeeting(entry, to: database)
        }
    }

    /// The newest credentials of an actor for a conference count, whether its delegation is registered yet or not.
    private func receive(
        _ act: ConferenceCredentialsIssued, _ entry: Entry, node: String?, place: Int64?, _ database: Database
    ) throws {
        try database.execute(
            sql: "INSERT OR REPLACE INTO conference_credentials VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            arguments: [
                act.conference, act.actor.rawValue, entry.index, node, place, act.issuedBy, act.issuedOn.description,
                act.json["members"]?.canonicalText ?? "[]",
            ])
    }

    private func applyMeeting(_ entry: Entry, to database: Database) throws {
        let at = entry.header.received.milliseconds
        switch entry.kind {
        case ConferenceMeetingChanged.kind:
            guard let act = try entry.payload(as: ConferenceMeetingChanged.self) else { return }
            switch act.change {
            case .opened:
                try database.execute(
                    sql: """
                        INSERT OR IGNORE INTO conference_meeting (conference, body, meeting, state, public, opened, entry)
                        VALUES (?, ?, ?, 'open', ?, ?, ?)
                        """, arguments: [act.conference, act.body, act.meeting, act.isPublic ?? false, at, entry.index])
            case .suspended, .resumed:
                try database.execute(
                    sql: """
                        UPDATE conference_meeting SET state = ?, public = coalesce(?, public)
                        WHERE conference = ? AND body = ? AND meeting = ?
                        """,
                    arguments: [act.change == .resumed ? "open" : "suspended", act.isPublic, act.conference, act.body, act.meeting])
            case .adjourned:
                try database.execute(
                    sql: """
                        UPDATE conference_meeting SET state = 'adjourned', closed = ? WHERE conference = ? AND body = ? AND meeting = ?
                        """, arguments: [at, act.conference, act.body, act.meeting])
            }
        case ConferenceFocusSet.kind:
            guard let act = try entry.payload(as: ConferenceFocusSet.self) else { return }
            try database.execute(
                sql: """
                    UPDATE conference_meeting SET item = ?, document = ?, provision = ?
                    WHERE conference = ? AND body = ? AND meeting = ?
                    """, arguments: [act.item, act.document, act.provision, act.conference, act.body, act.meeting])
        case ConferencePresenceNoted.kind:
            guard let act = try entry.payload(as: ConferencePresenceNoted.self) else { return }
            try database.execute(
                sql: act.isPresent
                    ? "INSERT OR IGNORE INTO conference_presence VALUES (?, ?, ?, ?)"
                    : "DELETE FROM conference_presence WHERE conference = ? AND body = ? AND meeting = ? AND actor = ?",
                arguments: [act.conference, act.body, act.meeting, act.actor.rawValue])
        default: break
        }
    }

    /// A body has one chair and one rapporteur, and as many vice-chairs and facilitators as it elects.
    private func elect(_ act: ConferenceOfficerElected, _ database: Database) throws {
        if act.function == .chair || act.function == .rapporteur || act.name.isEmpty {
            try database.execute(
                sql: "DELETE FROM conference_officer WHERE conference = ? AND body = ? AND function = ?",
                arguments: [act.conference, act.body, act.function.rawValue])
        }
        guard !act.name.isEmpty else { return }
        try database.execute(
            sql: "INSERT OR REPLACE INTO conference_officer VALUES (?, ?, ?, ?, ?, ?)",
            arguments: [act.conference, act.body, act.function.rawValue, act.name, act.actor?.rawValue, act.person])
    }

    static func text(_ actors: [ActorCode]) -> String { actors.map(\.rawValue).joined(separator: " ") }
}
