import Acts
import Foundation
import GRDB
import Record

/// Drafts and how far they have come, how offices speak, and the statements that everybody may read.
struct PressView: RecordView {
    let name = "press"
    let version = 1

    func createTables(_ database: Database) throws {
        try database.execute(
            sql: """
                CREATE TABLE press_office (office TEXT PRIMARY KEY, settings TEXT NOT NULL) WITHOUT ROWID;
                CREATE TABLE press_draft (
                    draft INTEGER PRIMARY KEY, version INTEGER NOT NULL, office TEXT NOT NULL, audience TEXT NOT NULL, label TEXT NOT NULL,
                    authors TEXT NOT NULL, state TEXT NOT NULL, act TEXT NOT NULL, at INTEGER, sealed TEXT, salt BLOB, reason TEXT,
                    received INTEGER NOT NULL);
                CREATE INDEX press_draft_state ON press_draft (state, office);
                CREATE INDEX press_draft_hour ON press_draft (at) WHERE state = 'ready' AND at IS NOT NULL;
                CREATE TABLE press_step (
                    entry INTEGER PRIMARY KEY, draft INTEGER NOT NULL, version INTEGER NOT NULL, step TEXT NOT NULL, person TEXT NOT NULL,
                    at INTEGER NOT NULL);
                CREATE INDEX press_step_draft ON press_step (draft, version);
                CREATE TABLE press_statement (
                    statement TEXT NOT NULL, version INTEGER NOT NULL, entry INTEGER NOT NULL, code TEXT NOT NULL, office TEXT NOT NULL,
                    act TEXT NOT NULL, released INTEGER NOT NULL, PRIMARY KEY (statement, version)) WITHOUT ROWID;
                CREATE UNIQUE INDEX press_statement_code ON press_statement (code);
                CREATE INDEX press_statement_entry ON press_statement (entry);
                CREATE TABLE press_withdrawal (statement TEXT PRIMARY KEY, entry INTEGER NOT NULL, reason TEXT NOT NULL, at INTEGER NOT NULL)
                    WITHOUT ROWID;
                CREATE TABLE press_file (blob TEXT NOT NULL, statement TEXT NOT NULL, version INTEGER NOT NULL, place INTEGER NOT NULL,
                    PRIMARY KEY (blob, statement, version, place)) WITHOUT ROWID;
                CREATE TABLE press_text (text INTEGER PRIMARY KEY, statement TEXT NOT NULL, version INTEGER NOT NULL, language TEXT NOT NULL);
                CREATE TABLE press_shingle (shingle INTEGER NOT NULL, text INTEGER NOT NULL, PRIMARY KEY (shingle, text)) WITHOUT ROWID;
                """)
    }

    func apply(_ entry: Entry, to database: Database) throws {
        switch entry.kind {
        case PressOfficeSet.kind:
            guard let act = try entry.payload(as: PressOfficeSet.self) else { return }
            try database.execute(
                sql: "INSERT OR REPLACE INTO press_office VALUES (?, ?)", arguments: [act.office, act.json.canonicalText])
        case StatementDrafted.kind:
            guard let act = try entry.payload(as: StatementDrafted.self) else { return }
            try draft(act, entry, database)
        case StatementCleared.kind:
            guard let act = try entry.payload(as: StatementCleared.self) else { return }
            try step(entry, act.draft, act.version, act.step, database)
        case StatementApproved.kind:
            guard let act = try entry.payload(as: StatementApproved.self) else { return }
            try step(entry, act.draft, act.version, PressDraft.approval, database)
        case StatementReturned.kind:
            guard let act = try entry.payload(as: StatementReturned.self) else { return }
            try giveBack(act.draft, act.reason, database)
        case StatementStopped.kind:
            guard let act = try entry.payload(as: StatementStopped.self) else { return }
            try giveBack(act.draft, act.reason, database)
        case StatementScheduled.kind:
            guard let act = try entry.payload(as: StatementScheduled.self) else { return }
            try database.execute(
                sql: "UPDATE press_draft SET state = 'ready', at = ?, sealed = ?, salt = ? WHERE draft = ?",
                arguments: [act.at?.milliseconds, act.released.canonicalText, Data(act.salt), act.draft])
        case JointProposed.kind:
            guard let act = try entry.payload(as: JointProposed.self) else { return }
            try database.execute(sql: "UPDATE press_draft SET state = 'proposed' WHERE draft = ?", arguments: [act.draft])
        case JointChangeProposed.kind:
            guard let draft = try entry.payload(as: JointChangeProposed.self)?.draft else { return }
            try database.execute(sql: "UPDATE press_draft SET state = 'proposed' WHERE draft = ?", arguments: [draft])
        case StatementReleased.kind:
            guard let act = try entry.payload(as: StatementReleased.self) else { return }
            try release(act, entry, database)
        case StatementWithdrawn.kind:
            guard let act = try entry.payload(as: StatementWithdrawn.self) else { return }
            try database.execute(
                sql: "INSERT OR IGNORE INTO press_withdrawal VALUES (?, ?, ?, ?)",
                arguments: [act.statement, entry.index, JSON(texts: act.reason).canonicalText, entry.header.received.milliseconds])
        default: break
        }
    }

    private func draft(_ act: StatementDrafted, _ entry: Entry, _ database: Database) throws {
        var (audience, label) = ([entry.statement.office], PressLabel.red.rawValue)
        if case .restricted(let restriction) = entry.statement.marking { (audience, label) = (restriction.audience, restriction.label) }
        let received = entry.header.received.milliseconds
        guard let draft = act.revises else {
            return try database.execute(
                sql: """
                    INSERT INTO press_draft (draft, version, office, audience, label, authors, state, act, received)
                    VALUES (?1, ?1, ?2, ?3, ?4, ?5, 'waiting', ?6, ?7)
                    """,
                arguments: [
                    entry.index, entry.statement.office, audience.joined(separator: " "), label, entry.statement.author,
                    act.json.canonicalText, received,
                ])
        }
        let known = try String.fetchOne(database, sql: "SELECT authors FROM press_draft WHERE draft = ?", arguments: [draft]) ?? ""
        let authors = Set(known.split(separator: " ").map(String.init)).union([entry.statement.author]).sorted()
        try database.execute(
            sql: """
                UPDATE press_draft SET version = ?, audience = ?, label = ?, authors = ?, state = 'waiting', act = ?, at = NULL, sealed = NULL,
                    salt = NULL, reason = NULL, received = ?
                WHERE draft = ? AND office = ? AND state != 'released'
                """,
            arguments: [
                entry.index, audience.joined(separator: " "), label, authors.joined(separator: " "), act.json.canonicalText, received,
                draft,
                entry.statement.office,
            ])
    }

    private func step(_ entry: Entry, _ draft: Int64, _ version: Int64, _ step: String, _ database: Database) throws {
        try database.execute(
            sql: "INSERT INTO press_step VALUES (?, ?, ?, ?, ?, ?)",
            arguments: [entry.index, draft, version, step, entry.statement.author, entry.header.received.milliseconds])
    }

    private func giveBack(_ draft: Int64, _ reason: String, _ database: Database) throws {
        try database.execute(
            sql: "UPDATE press_draft SET state = 'returned', at = NULL, sealed = NULL, salt = NULL, reason = ? WHERE draft = ?",
            arguments: [reason, draft])
    }

    private func release(_ act: StatementReleased, _ entry: Entry, _ database: Database) throws {
        try database.execute(
            sql: "UPDATE press_draft SET state = 'released', at = NULL, sealed = NULL, salt = NULL WHERE draft = ?", arguments: [act.draft])
        try database.execute(
            sql: "INSERT OR IGNORE INTO press_statement VALUES (?, ?, ?, ?, ?, ?, ?)",
            arguments: [
                act.statement, act.version, entry.index, act.code, act.office, act.json.canonicalText, entry.header.received.milliseconds,
            ])
        guard database.changesCount > 0 else { return }
        for (place, medium) in act.content.media.enumerated() {
            try database.execute(
                sql: "INSERT OR IGNORE INTO press_file VALUES (?, ?, ?, ?)", arguments: [medium.blob, act.statement, act.version, place])
        }
        for (tag, text) in act.content.texts.sorted(by: { $0.key < $1.key }) {
            try database.execute(
                sql: "INSERT INTO press_text (statement, version, language) VALUES (?, ?, ?)",
                arguments: [act.statement, act.version, tag])
            let number = database.lastInsertedRowID
            let insert = try database.cachedStatement(sql: "INSERT OR IGNORE INTO press_shingle VALUES (?, ?)")
            for shingle in TextFingerprint(NormalisedText(text).whole).shingles {
                try insert.execute(arguments: [shingle, number])
            }
        }
    }
}
