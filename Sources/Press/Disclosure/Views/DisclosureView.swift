import Acts
import GRDB
import Record

/// Documents and releases, requests for access, individual copies and alerts.
struct DisclosureView: RecordView {
    let name = "press-disclosure"
    let version = 1

    func createTables(_ database: Database) throws {
        try database.execute(
            sql: """
                CREATE TABLE disclosure_document (
                    document TEXT PRIMARY KEY, entry INTEGER NOT NULL, office TEXT NOT NULL, author TEXT NOT NULL, act TEXT NOT NULL,
                    filed INTEGER NOT NULL, commitment INTEGER, committed TEXT) WITHOUT ROWID;
                CREATE INDEX disclosure_document_office ON disclosure_document (office, entry);
                CREATE TABLE disclosure_mark (document TEXT NOT NULL, path TEXT NOT NULL, label TEXT, PRIMARY KEY (document, path))
                    WITHOUT ROWID;
                CREATE TABLE disclosure_release (
                    release TEXT PRIMARY KEY, entry INTEGER NOT NULL, office TEXT NOT NULL, request TEXT, collection TEXT, act TEXT NOT NULL,
                    words TEXT NOT NULL, released INTEGER NOT NULL) WITHOUT ROWID;
                CREATE INDEX disclosure_release_entry ON disclosure_release (entry);
                CREATE INDEX disclosure_release_request ON disclosure_release (request);
                CREATE TABLE disclosure_request (
                    request TEXT PRIMARY KEY, entry INTEGER NOT NULL, office TEXT NOT NULL, act TEXT NOT NULL) WITHOUT ROWID;
                CREATE INDEX disclosure_request_entry ON disclosure_request (entry);
                CREATE TABLE disclosure_step (entry INTEGER PRIMARY KEY, request TEXT NOT NULL, act TEXT NOT NULL);
                CREATE INDEX disclosure_step_request ON disclosure_step (request);
                CREATE TABLE disclosure_copies (
                    copies TEXT PRIMARY KEY, entry INTEGER NOT NULL, office TEXT NOT NULL, author TEXT NOT NULL, act TEXT NOT NULL,
                    made INTEGER NOT NULL) WITHOUT ROWID;
                CREATE TABLE disclosure_reader (person TEXT NOT NULL, copies TEXT NOT NULL, copy INTEGER NOT NULL,
                    PRIMARY KEY (person, copies)) WITHOUT ROWID;
                CREATE TABLE disclosure_opening (
                    entry INTEGER PRIMARY KEY, copies TEXT NOT NULL, copy INTEGER NOT NULL, person TEXT NOT NULL, at INTEGER NOT NULL);
                CREATE INDEX disclosure_opening_copies ON disclosure_opening (copies);
                CREATE TABLE disclosure_analysis (entry INTEGER PRIMARY KEY, copies TEXT NOT NULL, act TEXT NOT NULL, at INTEGER NOT NULL);
                CREATE INDEX disclosure_analysis_copies ON disclosure_analysis (copies);
                CREATE TABLE disclosure_alert (
                    alert TEXT PRIMARY KEY, entry INTEGER NOT NULL, office TEXT NOT NULL, act TEXT NOT NULL, raised INTEGER NOT NULL,
                    about TEXT) WITHOUT ROWID;
                CREATE UNIQUE INDEX disclosure_alert_about ON disclosure_alert (office, about) WHERE about IS NOT NULL;
                CREATE TABLE disclosure_words (office TEXT PRIMARY KEY, entry INTEGER NOT NULL, act TEXT NOT NULL, since INTEGER NOT NULL)
                    WITHOUT ROWID;
                CREATE TABLE disclosure_note (
                    entry INTEGER PRIMARY KEY, alert TEXT NOT NULL, person TEXT NOT NULL, act TEXT NOT NULL, at INTEGER NOT NULL);
                CREATE INDEX disclosure_note_alert ON disclosure_note (alert);
                CREATE TABLE disclosure_visitors (day TEXT PRIMARY KEY, act TEXT NOT NULL) WITHOUT ROWID;
                CREATE TABLE disclosure_number (series TEXT PRIMARY KEY, last INTEGER NOT NULL) WITHOUT ROWID;
                """)
    }

    func apply(_ entry: Entry, to database: Database) throws {
        let (office, author, at) = (entry.statement.office, entry.statement.author, entry.header.received.milliseconds)
        switch entry.kind {
        case DocumentFiled.kind:
            guard let act = try entry.payload(as: DocumentFiled.self) else { return }
            try database.execute(
                sql: "INSERT OR REPLACE INTO disclosure_document (document, entry, office, author, act, filed) VALUES (?, ?, ?, ?, ?, ?)",
                arguments: [act.document, entry.index, office, author, act.json.canonicalText, at])
            for member in act.labels.members {
                try database.execute(
                    sql: "INSERT OR REPLACE INTO disclosure_mark VALUES (?, ?, ?)",
                    arguments: [act.document, member.name, member.value.canonicalText])
            }
            try count(act.document, database)
        case DocumentCommitted.kind:
            guard let act = try entry.payload(as: DocumentCommitted.self), let document = act.commitment["document"]?.string else { return }
            try database.execute(
                sql: "UPDATE disclosure_document SET commitment = ?, committed = ? WHERE document = ? AND office = ?",
                arguments: [entry.index, act.commitment.canonicalText, document, office])
        case DocumentRemarked.kind:
            guard let act = try entry.payload(as: DocumentRemarked.self) else { return }
            try database.execute(
                sql: "INSERT OR REPLACE INTO disclosure_mark VALUES (?, ?, ?)",
                arguments: [act.document, act.path, act.label?.canonicalText])
        case DocumentReleased.kind:
            guard let act = try entry.payload(as: DocumentReleased.self) else { return }
            let shown = (act.file["shown"]?.array ?? []).compactMap { $0[2]?.string }
            let words = ([act.title] + shown).joined(separator: "\n").lowercased()
            try database.execute(
                sql: "INSERT OR IGNORE INTO disclosure_release VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                arguments: [act.release, entry.index, office, act.request, act.collection, act.json.canonicalText, words, at])
            try count(act.release, database)
        case AccessRequested.kind:
            guard let act = try entry.payload(as: AccessRequested.self) else { return }
            try database.execute(
                sql: "INSERT OR IGNORE INTO disclosure_request VALUES (?, ?, ?, ?)",
                arguments: [act.request, entry.index, office, act.json.canonicalText])
            try count(act.request, database)
        case AccessStepTaken.kind:
            guard let act = try entry.payload(as: AccessStepTaken.self) else { return }
            try database.execute(
                sql: "INSERT INTO disclosure_step VALUES (?, ?, ?)", arguments: [entry.index, act.request, act.json.canonicalText])
        case CopiesAssigned.kind:
            guard let act = try entry.payload(as: CopiesAssigned.self) else { return }
            try database.execute(
                sql: "INSERT OR IGNORE INTO disclosure_copies VALUES (?, ?, ?, ?, ?, ?)",
                arguments: [act.copies, entry.index, office, author, act.json.canonicalText, at])
            for (place, person) in act.readers.enumerated() {
                try database.execute(
                    sql: "INSERT OR IGNORE INTO disclosure_reader VALUES (?, ?, ?)", arguments: [person, act.copies, place + 1])
            }
            try count(act.copies, database)
        case CopyOpened.kind:
            guard let act = try entry.payload(as: CopyOpened.self) else { return }
            try database.execute(
                sql: "INSERT INTO disclosure_opening VALUES (?, ?, ?, ?, ?)", arguments: [entry.index, act.copies, act.copy, author, at])
        case LeakAnalysed.kind:
            guard let act = try entry.payload(as: LeakAnalysed.self) else { return }
            try database.execute(
                sql: "INSERT INTO disclosure_analysis VALUES (?, ?, ?, ?)",
                arguments: [entry.index, act.copies, act.json.canonicalText, at])
        case AlertRaised.kind:
            guard let act = try entry.payload(as: AlertRaised.self) else { return }
            try database.execute(
                sql: "INSERT OR IGNORE INTO disclosure_alert VALUES (?, ?, ?, ?, ?, ?)",
                arguments: [act.alert, entry.index, office, act.json.canonicalText, at, act.about])
            try count(act.alert, database)
        case VisitorsCounted.kind:
            guard let act = try entry.payload(as: VisitorsCounted.self) else { return }
            try database.execute(
                sql: "INSERT OR IGNORE INTO disclosure_visitors VALUES (?, ?)", arguments: [act.day.description, act.json.canonicalText])
        case AlertWordsSet.kind:
            guard let act = try entry.payload(as: AlertWordsSet.self) else { return }
            try database.execute(
                sql: "INSERT OR REPLACE INTO disclosure_words VALUES (?, ?, ?, ?)",
                arguments: [office, entry.index, act.json.canonicalText, at])
        case AlertNoted.kind:
            guard let act = try entry.payload(as: AlertNoted.self) else { return }
            try database.execute(
                sql: "INSERT INTO disclosure_note VALUES (?, ?, ?, ?, ?)",
                arguments: [entry.index, act.alert, author, act.json.canonicalText, at])
        default: break
        }
    }

    /// Keeps the highest number given in a series: `doc-2026-17` is the 17th of `doc-2026`.
    private func count(_ identifier: String, _ database: Database) throws {
        guard let dash = identifier.lastIndex(of: "-"), let number = Int64(identifier[identifier.index(after: dash)...]) else { return }
        try database.execute(
            sql: """
                INSERT INTO disclosure_number VALUES (?1, ?2) ON CONFLICT (series) DO UPDATE SET last = MAX(last, ?2)
                """, arguments: [String(identifier[..<dash]), number])
    }
}
