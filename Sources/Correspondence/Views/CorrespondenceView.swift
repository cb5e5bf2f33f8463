import Acts
import Federation
import GRDB
import Record

/// Notes that came and went, drafts, and how far each note has come. Subjects and texts stay sealed in it.
struct CorrespondenceView: RecordView {
    let name = "correspondence"
    let version = 2

    func createTables(_ database: Database) throws {
        try database.execute(
            sql: """
                CREATE TABLE correspondence_node (one INTEGER PRIMARY KEY, origin TEXT NOT NULL);
                CREATE TABLE correspondence_note (
                    entry INTEGER PRIMARY KEY, origin TEXT NOT NULL, place INTEGER NOT NULL, note TEXT NOT NULL, number INTEGER NOT NULL,
                    date TEXT NOT NULL, year INTEGER NOT NULL, sender TEXT NOT NULL, sender_name TEXT NOT NULL, deadline TEXT,
                    reply_origin TEXT, reply_place INTEGER, thread TEXT NOT NULL, content TEXT NOT NULL, blobs TEXT NOT NULL,
                    received INTEGER NOT NULL, forwarded_by TEXT, closed INTEGER NOT NULL DEFAULT 0, own INTEGER NOT NULL);
                CREATE INDEX correspondence_note_place ON correspondence_note (origin, place);
                CREATE INDEX correspondence_note_reply ON correspondence_note (reply_origin, reply_place);
                CREATE INDEX correspondence_note_number ON correspondence_note (own, sender, year, number);
                CREATE INDEX correspondence_note_deadline ON correspondence_note (deadline) WHERE deadline IS NOT NULL;
                CREATE INDEX correspondence_note_thread ON correspondence_note (thread);
                CREATE TABLE correspondence_party (
                    entry INTEGER NOT NULL, turn INTEGER NOT NULL, party TEXT NOT NULL, delivered INTEGER, refused TEXT,
                    acknowledged INTEGER, PRIMARY KEY (entry, party)) WITHOUT ROWID;
                CREATE INDEX correspondence_party_party ON correspondence_party (party);
                CREATE TABLE correspondence_draft (
                    draft INTEGER PRIMARY KEY, version INTEGER NOT NULL, office TEXT NOT NULL, authors TEXT NOT NULL, state TEXT NOT NULL,
                    content TEXT NOT NULL, received INTEGER NOT NULL, returned TEXT);
                CREATE INDEX correspondence_draft_office ON correspondence_draft (office, state);
                CREATE TABLE correspondence_event (
                    entry INTEGER PRIMARY KEY, note INTEGER NOT NULL, what TEXT NOT NULL, party TEXT NOT NULL, at INTEGER NOT NULL);
                CREATE INDEX correspondence_event_note ON correspondence_event (note);
                """)
    }

    func apply(_ entry: Entry, to database: Database) throws {
        switch entry.kind {
        case RecordOpened.kind:
            guard let act = try entry.payload(as: RecordOpened.self) else { return }
            try database.executeCached(sql: "INSERT OR IGNORE INTO correspondence_node VALUES (1, ?)", arguments: [act.origin])
        case NoteDrafted.kind:
            guard let act = try entry.payload(as: NoteDrafted.self) else { return }
            try draft(act, entry, database)
        case NoteReturned.kind:
            guard let act = try entry.payload(as: NoteReturned.self) else { return }
            try database.executeCached(
                sql: "UPDATE correspondence_draft SET state = 'returned', returned = ? WHERE draft = ?",
                arguments: [act.content.canonicalText, act.draft])
        case NoteSent.kind:
            guard let act = try entry.payload(as: NoteSent.self), let origin = try origin(database) else { return }
            try add(act, at: NoteReference(origin: origin, index: entry.index), entry, isOwn: true, database)
            try database.executeCached(sql: "UPDATE correspondence_draft SET state = 'sent' WHERE draft = ?", arguments: [act.draft])
        case NoteForwarded.kind:
            guard let act = try entry.payload(as: NoteForwarded.self) else { return }
            try forward(act, entry, database)
        case NoteAcknowledged.kind:
            guard let act = try entry.payload(as: NoteAcknowledged.self) else { return }
            try acknowledge(act, entry, database)
        case NoteReminded.kind:
            guard let act = try entry.payload(as: NoteReminded.self) else { return }
            try event(entry, note: act.entry, NoteFile.reminder(act.stage), party: "", database)
        case NoteClosed.kind:
            guard let act = try entry.payload(as: NoteClosed.self) else { return }
            try database.executeCached(sql: "UPDATE correspondence_note SET closed = 1 WHERE entry = ?", arguments: [act.entry])
        default:
            switch entry.kind.name {
            case ExchangedAct.received: if let act = ExchangedAct(entry) { try receive(act, entry, database) }
            case ExchangedAct.delivered, ExchangedAct.refused: try exchange(entry, database)
            default: break
            }
        }
    }

    private func origin(_ database: Database) throws -> String? {
        try String.fetchOne(database, sql: "SELECT origin FROM correspondence_node")
    }

    private func draft(_ act: NoteDrafted, _ entry: Entry, _ database: Database) throws {
        let received = entry.header.received.milliseconds
        if let draft = act.revises {
            let known = try String.fetchOne(database, sql: "SELECT authors FROM correspondence_draft WHERE draft = ?", arguments: [draft])
            let authors = Set((known ?? "").split(separator: " ").map(String.init)).union([entry.statement.author]).sorted()
            try database.executeCached(
                sql: """
                    UPDATE correspondence_draft SET version = ?, authors = ?, state = 'waiting', content = ?, received = ?, returned = NULL
                    WHERE draft = ? AND office = ?
                    """,
                arguments: [
                    entry.index, authors.joined(separator: " "), act.json.canonicalText, received, draft, entry.statement.office,
                ])
        } else {
            try database.executeCached(
                sql: """
                    INSERT INTO correspondence_draft (draft, version, office, authors, state, content, received)
                    VALUES (?1, ?1, ?2, ?3, 'waiting', ?4, ?5)
                    """,
                arguments: [entry.index, entry.statement.office, entry.statement.author, act.json.canonicalText, received])
        }
    }

    private func add(
        _ act: NoteSent, at reference: NoteReference, _ entry: Entry, isOwn: Bool, to parties: [String]? = nil, content: JSON? = nil,
        forwardedBy: String? = nil, _ database: Database
    ) throws {
        let own = "\(reference.origin)#\(reference.index)"
        var thread = own
        if let reply = act.paper.inReplyTo {
            thread =
                try String.fetchOne(
                    database, sql: "SELECT thread FROM correspondence_note WHERE origin = ? AND place = ?",
                    arguments: [reply.origin, reply.index]) ?? "\(reply.origin)#\(reply.index)"
        }
        try database.executeCached(
            sql: """
                INSERT INTO correspondence_note (entry, origin, place, note, number, date, year, sender, sender_name, deadline, reply_origin,
                    reply_place, thread, content, blobs, received, forwarded_by, own)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
            arguments: [
                entry.index, reference.origin, reference.index, act.paper.note.rawValue, act.number, act.date.description, act.date.year,
                act.paper.from, JSON(texts: act.fromName).canonicalText, act.paper.deadline?.description, act.paper.inReplyTo?.origin,
                act.paper.inReplyTo?.index, thread, (content ?? act.paper.content).canonicalText,
                act.paper.blobs.joined(separator: " "), entry.header.received.milliseconds, forwardedBy, isOwn && forwardedBy == nil,
            ])
        for (turn, party) in (parties ?? act.paper.to).enumerated() {
            try database.executeCached(
                sql: "INSERT OR IGNORE INTO correspondence_party (entry, turn, party) VALUES (?, ?, ?)",
                arguments: [entry.index, turn, party])
        }
        try event(entry, note: entry.index, forwardedBy == nil ? "sent" : "forwarded", party: forwardedBy ?? act.paper.from, database)
    }

    /// An act of handing on carries the note as its sender entered it; what does not fit its own promise is passed over.
    private func forward(_ act: NoteForwarded, _ entry: Entry, _ database: Database) throws {
        guard let leaf = act.original["leaf"]?.string.flatMap(Base64.decode), let header = try? EntryHeader(leaf: leaf),
            header.statement.kind == NoteSent.kind, let bytes = act.original["payload"]?.string.flatMap(Base64.decode),
            let salt = act.original["salt"]?.string.flatMap(Base64.decode),
            SealedPayload.commitment(salt: salt, bytes: bytes) == header.statement.payloadCommitment,
            let json = try? JSONParser.parse(bytes), let note = try? NoteSent(json: json),
            note.paper.content["ciphertext"] == act.content["ciphertext"]
        else { return }
        try add(note, at: act.note, entry, isOwn: false, to: act.to, content: act.content, forwardedBy: act.by, database)
    }

    private func acknowledge(_ act: NoteAcknowledged, _ entry: Entry, _ database: Database) throws {
        let notes = try Int64.fetchAll(
            database,
            sql: """
                SELECT entry FROM correspondence_note JOIN correspondence_party USING (entry)
                WHERE origin = ? AND place = ? AND party = ?
                """, arguments: [act.note.origin, act.note.index, act.by])
        for note in notes {
            try database.executeCached(
                sql: "UPDATE correspondence_party SET acknowledged = ? WHERE entry = ? AND party = ? AND acknowledged IS NULL",
                arguments: [entry.header.received.milliseconds, note, act.by])
        }
        if let note = notes.first { try event(entry, note: note, "acknowledged", party: act.by, database) }
    }

    /// What another node entered. It speaks for its own offices only.
    private func receive(_ act: ExchangedAct, _ entry: Entry, _ database: Database) throws {
        func isTheirs(_ party: String) -> Bool { SealingParty(party)?.node == act.node }
        switch act.header.statement.kind {
        case NoteSent.kind:
            guard let note = try? NoteSent(json: act.payload), isTheirs(note.paper.from) else { return }
            try add(note, at: NoteReference(origin: act.origin, index: act.index), entry, isOwn: false, database)
        case NoteForwarded.kind:
            guard let forwarded = try? NoteForwarded(json: act.payload), isTheirs(forwarded.by) else { return }
            try forward(forwarded, entry, database)
        case NoteAcknowledged.kind:
            guard let acknowledged = try? NoteAcknowledged(json: act.payload), isTheirs(acknowledged.by) else { return }
            try acknowledge(acknowledged, entry, database)
        default: break
        }
    }

    /// What became of an own act on its way to another node.
    private func exchange(_ entry: Entry, _ database: Database) throws {
        // Acts of other kinds are delivered too; the act names its entry, so that only a note's receipt is read.
        if let delivered = entry.statement.references.first(where: { $0.origin == nil })?.index {
            guard
                try Bool.fetchOne(
                    database.cachedStatement(sql: "SELECT EXISTS (SELECT 1 FROM correspondence_note WHERE entry = ?)"),
                    arguments: [delivered]) == true
            else { return }
        }
        guard case .present(let sealed) = entry.content, let json = try? sealed.json(), let note = json["entry"]?.integer,
            let node = json["node"]?.string.flatMap({ NodeName($0) })
        else { return }
        let at = entry.header.received.milliseconds
        if entry.kind.name == ExchangedAct.delivered {
            try database.executeCached(
                sql: "UPDATE correspondence_party SET delivered = ?, refused = NULL WHERE entry = ? AND party LIKE ? || '/%'",
                arguments: [at, note, node.description])
        } else {
            try database.executeCached(
                sql: "UPDATE correspondence_party SET refused = ? WHERE entry = ? AND party LIKE ? || '/%' AND delivered IS NULL",
                arguments: [json["code"]?.string ?? "refused", note, node.description])
        }
        guard database.changesCount > 0 else { return }
        try event(
            entry, note: note, entry.kind.name == ExchangedAct.delivered ? "delivered" : "refused", party: node.description, database)
    }

    private func event(_ entry: Entry, note: Int64, _ what: String, party: String, _ database: Database) throws {
        try database.executeCached(
            sql: "INSERT INTO correspondence_event (entry, note, what, party, at) VALUES (?, ?, ?, ?, ?)",
            arguments: [entry.index, note, what, party, entry.header.received.milliseconds])
    }
}
