import Acts
import GRDB
import Record

/// The depositary's own tables: custody, notifications and what became of them, corrections, registration, other depositaries' ledgers.
///
/// What still has to be delivered is a table made from the record like any other: a notification fills it with the addresses its addressees
/// had that day, a delivery's act takes one away. So nothing can be lost between the two, or be sent again once its receipt is on record.
struct DepositaryView: RecordView {
    let name = "depositary"
    let version = 1

    func createTables(_ database: Database) throws {
        try database.execute(
            sql: """
                CREATE TABLE treaty_document (
                    entry INTEGER PRIMARY KEY,
                    treaty TEXT NOT NULL,
                    item TEXT NOT NULL,
                    actor TEXT,
                    received TEXT NOT NULL,
                    content TEXT NOT NULL
                );
                CREATE INDEX treaty_document_treaty ON treaty_document (treaty, entry);
                CREATE TABLE treaty_examination (
                    entry INTEGER PRIMARY KEY,
                    document INTEGER NOT NULL,
                    content TEXT NOT NULL
                );
                CREATE INDEX treaty_examination_document ON treaty_examination (document, entry);
                CREATE TABLE treaty_notification (
                    entry INTEGER PRIMARY KEY,
                    number TEXT NOT NULL,
                    year INTEGER NOT NULL,
                    serial INTEGER NOT NULL,
                    treaty TEXT NOT NULL,
                    subject TEXT NOT NULL,
                    actor TEXT,
                    date TEXT NOT NULL,
                    title TEXT NOT NULL,
                    headline TEXT NOT NULL,
                    addressees INTEGER NOT NULL,
                    received INTEGER NOT NULL,
                    content TEXT NOT NULL
                );
                CREATE UNIQUE INDEX treaty_notification_number ON treaty_notification (year, serial);
                CREATE INDEX treaty_notification_treaty ON treaty_notification (treaty, entry);
                CREATE TABLE treaty_notified_act (
                    act INTEGER NOT NULL,
                    notification INTEGER NOT NULL,
                    PRIMARY KEY (act, notification)
                ) WITHOUT ROWID;
                CREATE TABLE treaty_notification_succession (
                    earlier_year INTEGER NOT NULL,
                    earlier_serial INTEGER NOT NULL,
                    notification INTEGER NOT NULL,
                    relation TEXT NOT NULL,
                    PRIMARY KEY (earlier_year, earlier_serial, notification)
                ) WITHOUT ROWID;
                CREATE TABLE treaty_addressee (
                    notification INTEGER NOT NULL,
                    actor TEXT NOT NULL,
                    capacity TEXT NOT NULL,
                    acknowledged TEXT,
                    acknowledged_entry INTEGER,
                    PRIMARY KEY (notification, actor)
                ) WITHOUT ROWID;
                CREATE TABLE treaty_delivery (
                    notification INTEGER NOT NULL,
                    actor TEXT NOT NULL,
                    address TEXT NOT NULL,
                    entry INTEGER NOT NULL,
                    outcome TEXT NOT NULL,
                    reply TEXT,
                    attempts INTEGER NOT NULL,
                    received INTEGER NOT NULL,
                    PRIMARY KEY (notification, actor, address)
                ) WITHOUT ROWID;
                CREATE TABLE treaty_outstanding (
                    notification INTEGER NOT NULL,
                    actor TEXT NOT NULL,
                    address TEXT NOT NULL,
                    issued INTEGER NOT NULL,
                    PRIMARY KEY (notification, actor, address)
                ) WITHOUT ROWID;
                CREATE TABLE treaty_contact (
                    actor TEXT PRIMARY KEY,
                    entry INTEGER NOT NULL,
                    content TEXT NOT NULL
                ) WITHOUT ROWID;
                CREATE TABLE treaty_correction (
                    entry INTEGER PRIMARY KEY,
                    treaty TEXT NOT NULL,
                    content TEXT NOT NULL,
                    effected TEXT,
                    effected_entry INTEGER,
                    effected_year INTEGER,
                    effected_serial INTEGER
                );
                CREATE INDEX treaty_correction_treaty ON treaty_correction (treaty, entry);
                CREATE TABLE treaty_correction_objection (
                    entry INTEGER PRIMARY KEY,
                    proposal INTEGER NOT NULL,
                    content TEXT NOT NULL
                );
                CREATE INDEX treaty_correction_objection_proposal ON treaty_correction_objection (proposal, entry);
                CREATE TABLE treaty_registration (
                    entry INTEGER PRIMARY KEY,
                    treaty TEXT NOT NULL,
                    content TEXT NOT NULL
                );
                CREATE TABLE treaty_ledger (
                    treaty TEXT NOT NULL,
                    depositary TEXT NOT NULL,
                    entry INTEGER NOT NULL,
                    content TEXT NOT NULL,
                    PRIMARY KEY (treaty, depositary)
                ) WITHOUT ROWID;
                """)
    }

    func apply(_ entry: Entry, to database: Database) throws {
        switch entry.kind {
        case TreatyInstrumentReceived.kind: try apply(try entry.payload(as: TreatyInstrumentReceived.self), entry, database)
        case TreatyInstrumentExamined.kind: try apply(try entry.payload(as: TreatyInstrumentExamined.self), entry, database)
        case TreatyNotificationIssued.kind: try apply(try entry.payload(as: TreatyNotificationIssued.self), entry, database)
        case TreatyNotificationDelivered.kind: try apply(try entry.payload(as: TreatyNotificationDelivered.self), entry, database)
        case TreatyNotificationAcknowledged.kind:
            try apply(try entry.payload(as: TreatyNotificationAcknowledged.self), entry, database)
        case TreatyContactPoint.kind: try apply(try entry.payload(as: TreatyContactPoint.self), entry, database)
        case TreatyCorrectionProposed.kind: try apply(try entry.payload(as: TreatyCorrectionProposed.self), entry, database)
        case TreatyCorrectionObjected.kind: try apply(try entry.payload(as: TreatyCorrectionObjected.self), entry, database)
        case TreatyCorrectionEffected.kind: try apply(try entry.payload(as: TreatyCorrectionEffected.self), entry, database)
        case TreatyRegistered.kind: try apply(try entry.payload(as: TreatyRegistered.self), entry, database)
        case TreatyLedgerImported.kind: try apply(try entry.payload(as: TreatyLedgerImported.self), entry, database)
        default: break
        }
    }

    private func apply(_ document: TreatyInstrumentReceived?, _ entry: Entry, _ database: Database) throws {
        guard let document else { return }
        try database.cachedStatement(
            sql: "INSERT INTO treaty_document (entry, treaty, item, actor, received, content) VALUES (?, ?, ?, ?, ?, ?)"
        ).execute(arguments: [
            entry.index, document.treaty, document.item.rawValue, document.actor?.rawValue, document.received.description,
            document.json.canonicalText,
        ])
    }

    private func apply(_ examination: TreatyInstrumentExamined?, _ entry: Entry, _ database: Database) throws {
        guard let examination else { return }
        try database.cachedStatement(sql: "INSERT INTO treaty_examination (entry, document, content) VALUES (?, ?, ?)")
            .execute(arguments: [entry.index, examination.instrument, examination.json.canonicalText])
    }

    private func apply(_ notification: TreatyNotificationIssued?, _ entry: Entry, _ database: Database) throws {
        guard let notification else { return }
        let sheet = notification.sheets["en"] ?? notification.sheets.min { $0.key < $1.key }?.value
        try database.cachedStatement(
            sql: """
                INSERT OR IGNORE INTO treaty_notification
                    (entry, number, year, serial, treaty, subject, actor, date, title, headline, addressees, received, content)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """
        ).execute(arguments: [
            entry.index, notification.number, notification.year, notification.serial, notification.treaty, notification.subject.rawValue,
            notification.actor?.rawValue, notification.date.description, sheet?.title ?? "", sheet?.subject ?? "",
            notification.addressees.count, entry.header.received.milliseconds, notification.json.canonicalText,
        ])
        for act in notification.acts {
            try database.cachedStatement(sql: "INSERT OR IGNORE INTO treaty_notified_act (act, notification) VALUES (?, ?)")
                .execute(arguments: [act, entry.index])
        }
        for addressee in notification.addressees {
            try database.cachedStatement(
                sql: "INSERT OR IGNORE INTO treaty_addressee (notification, actor, capacity) VALUES (?, ?, ?)"
            ).execute(arguments: [entry.index, addressee.actor.rawValue, addressee.capacity.rawValue])
            try database.cachedStatement(
                sql: """
                    INSERT OR IGNORE INTO treaty_outstanding (notification, actor, address, issued)
                    SELECT ?, c.actor, e.value, ? FROM treaty_contact c JOIN json_each(c.content, '$.addresses') e WHERE c.actor = ?
                    """
            ).execute(arguments: [entry.index, entry.header.received.milliseconds, addressee.actor.rawValue])
        }
        if let earlier = notification.earlier, let number = NotificationNumber(earlier.number) {
            try database.cachedStatement(
                sql: """
                    INSERT OR IGNORE INTO treaty_notification_succession (earlier_year, earlier_serial, notification, relation)
                    VALUES (?, ?, ?, ?)
                    """
            ).execute(arguments: [number.year, number.serial, entry.index, earlier.relation.rawValue])
        }
    }

    private func apply(_ delivery: TreatyNotificationDelivered?, _ entry: Entry, _ database: Database) throws {
        guard let delivery else { return }
        try database.cachedStatement(
            sql: """
                INSERT OR IGNORE INTO treaty_delivery (notification, actor, address, entry, outcome, reply, attempts, received)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?)
                """
        ).execute(arguments: [
            delivery.notification, delivery.addressee.rawValue, delivery.address, entry.index, delivery.outcome.rawValue, delivery.reply,
            delivery.attempts, entry.header.received.milliseconds,
        ])
        try database.cachedStatement(sql: "DELETE FROM treaty_outstanding WHERE notification = ? AND actor = ? AND address = ?")
            .execute(arguments: [delivery.notification, delivery.addressee.rawValue, delivery.address])
    }

    private func apply(_ acknowledgement: TreatyNotificationAcknowledged?, _ entry: Entry, _ database: Database) throws {
        guard let acknowledgement else { return }
        try database.cachedStatement(
            sql: """
                UPDATE treaty_addressee SET acknowledged = ?, acknowledged_entry = ?
                WHERE notification = ? AND actor = ? AND acknowledged IS NULL
                """
        ).execute(arguments: [
            entry.header.received.date.description, entry.index, acknowledgement.notification, acknowledgement.addressee.rawValue,
        ])
    }

    private func apply(_ contact: TreatyContactPoint?, _ entry: Entry, _ database: Database) throws {
        guard let contact else { return }
        try database.cachedStatement(
            sql: """
                INSERT INTO treaty_contact (actor, entry, content) VALUES (?, ?, ?)
                ON CONFLICT (actor) DO UPDATE SET entry = excluded.entry, content = excluded.content
                """
        ).execute(arguments: [contact.actor.rawValue, entry.index, contact.json.canonicalText])
    }

    private func apply(_ proposal: TreatyCorrectionProposed?, _ entry: Entry, _ database: Database) throws {
        guard let proposal else { return }
        try database.cachedStatement(sql: "INSERT INTO treaty_correction (entry, treaty, content) VALUES (?, ?, ?)")
            .execute(arguments: [entry.index, proposal.treaty, proposal.json.canonicalText])
    }

    private func apply(_ objection: TreatyCorrectionObjected?, _ entry: Entry, _ database: Database) throws {
        guard let objection else { return }
        try database.cachedStatement(sql: "INSERT INTO treaty_correction_objection (entry, proposal, content) VALUES (?, ?, ?)")
            .execute(arguments: [entry.index, objection.proposal, objection.json.canonicalText])
    }

    private func apply(_ effected: TreatyCorrectionEffected?, _ entry: Entry, _ database: Database) throws {
        guard let effected else { return }
        try database.cachedStatement(
            sql: """
                UPDATE treaty_correction SET effected = ?, effected_entry = ?, effected_year = ?, effected_serial = ?
                WHERE entry = ? AND effected IS NULL
                """
        ).execute(arguments: [
            effected.json.canonicalText, entry.index, effected.date.year, effected.serial, effected.proposal,
        ])
    }

    private func apply(_ registration: TreatyRegistered?, _ entry: Entry, _ database: Database) throws {
        guard let registration else { return }
        try database.cachedStatement(sql: "INSERT INTO treaty_registration (entry, treaty, content) VALUES (?, ?, ?)")
            .execute(arguments: [entry.index, registration.treaty, registration.json.canonicalText])
    }

    private func apply(_ ledger: TreatyLedgerImported?, _ entry: Entry, _ database: Database) throws {
        guard let ledger else { return }
        try database.cachedStatement(
            sql: """
                INSERT INTO treaty_ledger (treaty, depositary, entry, content) VALUES (?, ?, ?, ?)
                ON CONFLICT (treaty, depositary) DO UPDATE SET entry = excluded.entry, content = excluded.content
                """
        ).execute(arguments: [ledger.treaty, ledger.depositary.rawValue, entry.index, ledger.json.canonicalText])
    }
}
