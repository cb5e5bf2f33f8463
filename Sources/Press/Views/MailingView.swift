import Acts
import GRDB
import Record

/// Who asked for statements by mail, who confirmed it, how far each was sent to. What was erased leaves nothing here.
struct MailingView: RecordView {
    let name = "press-mailing"
    let version = 1

    /// Every row comes from the payload of one asking and goes with it.
    var forgetsErasedPayloads: Bool { true }

    func createTables(_ database: Database) throws {
        try database.execute(
            sql: """
                CREATE TABLE mailing_request (
                    entry INTEGER PRIMARY KEY, subscriber TEXT NOT NULL, address TEXT NOT NULL, folded TEXT NOT NULL,
                    languages TEXT NOT NULL, offices TEXT NOT NULL, asked INTEGER NOT NULL, written INTEGER, confirmed INTEGER,
                    ended INTEGER NOT NULL DEFAULT 0);
                CREATE INDEX mailing_request_subscriber ON mailing_request (subscriber);
                CREATE INDEX mailing_request_folded ON mailing_request (folded);
                CREATE INDEX mailing_request_waiting ON mailing_request (asked) WHERE confirmed IS NULL;
                CREATE TABLE mailing_reach (subscriber TEXT PRIMARY KEY, upTo INTEGER NOT NULL) WITHOUT ROWID;
                """)
    }

    /// Two spellings of one mailbox are one address: mail servers of our day tell no capitals apart.
    static func folded(_ address: String) -> String { address.lowercased() }

    func apply(_ entry: Entry, to database: Database) throws {
        switch entry.kind {
        case MailAsked.kind:
            guard let act = try entry.payload(as: MailAsked.self) else { return }
            try database.execute(
                sql: """
                    INSERT OR REPLACE INTO mailing_request (entry, subscriber, address, folded, languages, offices, asked)
                    VALUES (?, ?, ?, ?, ?, ?, ?)
                    """,
                arguments: [
                    entry.index, act.subscriber, act.address, Self.folded(act.address), act.languages.joined(separator: " "),
                    act.offices.joined(separator: " "), entry.header.received.milliseconds,
                ])
        case MailWritten.kind:
            guard let act = try entry.payload(as: MailWritten.self) else { return }
            try database.execute(
                sql: "UPDATE mailing_request SET written = ? WHERE entry = ? AND subscriber = ?",
                arguments: [entry.header.received.milliseconds, act.asked, act.subscriber])
        case MailConfirmed.kind:
            guard let act = try entry.payload(as: MailConfirmed.self) else { return }
            try database.execute(
                sql: "UPDATE mailing_request SET confirmed = ? WHERE entry = ? AND subscriber = ? AND confirmed IS NULL",
                arguments: [entry.index, act.asked, act.subscriber])
            guard database.changesCount > 0 else { return }
            // Nothing from before is sent; who was sent to already goes on from there.
            try database.execute(sql: "INSERT OR IGNORE INTO mailing_reach VALUES (?, ?)", arguments: [act.subscriber, entry.index])
        case MailEnded.kind:
            guard let act = try entry.payload(as: MailEnded.self) else { return }
            try database.execute(sql: "UPDATE mailing_request SET ended = 1 WHERE subscriber = ?", arguments: [act.subscriber])
        case MailSent.kind:
            guard let act = try entry.payload(as: MailSent.self) else { return }
            let update = try database.cachedStatement(sql: "UPDATE mailing_reach SET upTo = max(upTo, ?) WHERE subscriber = ?")
            for receipt in act.receipts { try update.execute(arguments: [receipt.upTo, receipt.subscriber]) }
        case PayloadErased.kind:
            guard let act = try? entry.payload(as: PayloadErased.self) else { return }
            guard
                let subscriber = try String.fetchOne(
                    database, sql: "SELECT subscriber FROM mailing_request WHERE entry = ?", arguments: [act.entry])
            else { return }
            try database.execute(sql: "DELETE FROM mailing_request WHERE entry = ?", arguments: [act.entry])
            try database.execute(
                sql: """
                    DELETE FROM mailing_reach WHERE subscriber = ?1
                        AND NOT EXISTS (SELECT 1 FROM mailing_request WHERE subscriber = ?1 AND confirmed IS NOT NULL)
                    """, arguments: [subscriber])
        default: break
        }
    }
}
