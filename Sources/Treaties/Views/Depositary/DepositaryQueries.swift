import Acts
import GRDB

/// Reads the depositary's tables as plain values.
struct DepositaryQueries {
    let database: Database

    /// A document in custody, and what was last found about its form.
    struct Document: Sendable {
        var entry: Int64
        var document: TreatyInstrumentReceived
        var examination: TreatyInstrumentExamined?
        var examinationEntry: Int64?
    }

    /// A notification as lists show it.
    struct Listed: Sendable {
        var entry: Int64
        var number: String
        var year: Int64
        var serial: Int64
        var treaty: String
        var subject: NotificationKind
        var actor: ActorCode?
        var date: CalendarDate
        /// The treaty's title and the subject line, in English.
        var title: String
        var headline: String
        var addressees: Int64
        var received: Moment
    }

    struct Addressee: Sendable {
        var actor: ActorCode
        var capacity: TreatyNotificationIssued.Addressee.Capacity
        var acknowledged: CalendarDate?
        var deliveries: [Delivery]
    }

    struct Delivery: Sendable {
        var address: String
        var outcome: TreatyNotificationDelivered.Outcome
        var reply: String?
        var attempts: Int64
        var at: Moment
        var entry: Int64
    }

    private func read<Content: Payload>(_ text: String?) -> Content? {
        text.flatMap { try? JSONParser.parse($0) }.flatMap { try? Content(json: $0) }
    }

    // MARK: Custody

    /// - Parameters: what is left out is not asked for.
    func documents(
        treaty: String? = nil, item: TreatyInstrumentReceived.Item? = nil, actor: ActorCode? = nil, limit: Int = 1000, offset: Int = 0
    ) throws -> (total: Int, documents: [Document]) {
        let condition = "WHERE (?1 IS NULL OR treaty = ?1) AND (?2 IS NULL OR item = ?2) AND (?3 IS NULL OR actor = ?3)"
        let asked: [(any DatabaseValueConvertible)?] = [treaty, item?.rawValue, actor?.rawValue]
        let total = try Int.fetchOne(
            database.cachedStatement(sql: "SELECT COUNT(*) FROM treaty_document \(condition)"), arguments: StatementArguments(asked))
        let rows = try Row.fetchAll(
            database.cachedStatement(
                sql: """
                    SELECT entry, content,
                        (SELECT MAX(entry) FROM treaty_examination WHERE document = treaty_document.entry) AS examined
                    FROM treaty_document \(condition) ORDER BY entry DESC LIMIT ?4 OFFSET ?5
                    """), arguments: StatementArguments(asked + [limit, offset]))
        return (total ?? 0, try rows.compactMap(document))
    }

    func document(_ entry: Int64) throws -> Document? {
        try Row.fetchOne(
            database.cachedStatement(
                sql: """
                    SELECT entry, content,
                        (SELECT MAX(entry) FROM treaty_examination WHERE document = treaty_document.entry) AS examined
                    FROM treaty_document WHERE entry = ?
                    """), arguments: [entry]
        ).flatMap { try document($0) }
    }

    private func document(_ row: Row) throws -> Document? {
        guard let document: TreatyInstrumentReceived = read(row["content"]) else { return nil }
        let examined = row["examined"] as Int64?
        let content = try examined.flatMap { entry in
            try String.fetchOne(
                database.cachedStatement(sql: "SELECT content FROM treaty_examination WHERE entry = ?"), arguments: [entry])
        }
        return Document(entry: row["entry"], document: document, examination: read(content), examinationEntry: examined)
    }

    // MARK: Notifications

    /// The next number of a year. Without gaps, since it is asked in the rule that issues.
    func nextSerial(in year: Int) throws -> Int64 {
        (try Int64.fetchOne(
            database.cachedStatement(sql: "SELECT MAX(serial) FROM treaty_notification WHERE year = ?"), arguments: [year]) ?? 0) + 1
    }

    /// Newest first.
    func notifications(
        treaty: String? = nil, subject: NotificationKind? = nil, actor: ActorCode? = nil, year: Int64? = nil, limit: Int, offset: Int = 0
    ) throws -> (total: Int, notifications: [Listed]) {
        let condition =
            "WHERE (?1 IS NULL OR treaty = ?1) AND (?2 IS NULL OR subject = ?2) AND (?3 IS NULL OR actor = ?3) AND (?4 IS NULL OR year = ?4)"
        let asked: [(any DatabaseValueConvertible)?] = [treaty, subject?.rawValue, actor?.rawValue, year]
        let total = try Int.fetchOne(
            database.cachedStatement(sql: "SELECT COUNT(*) FROM treaty_notification \(condition)"), arguments: StatementArguments(asked))
        let rows = try Row.fetchAll(
            database.cachedStatement(
                sql: """
                    SELECT entry, number, year, serial, treaty, subject, actor, date, title, headline, addressees, received
                    FROM treaty_notification \(condition) ORDER BY entry DESC LIMIT ?5 OFFSET ?6
                    """), arguments: StatementArguments(asked + [limit, offset]))
        return (total ?? 0, rows.compactMap(listed))
    }

    private func listed(_ row: Row) -> Listed? {
        guard let subject = NotificationKind(rawValue: row["subject"]), let date = CalendarDate(row["date"] as String) else { return nil }
        return Listed(
            entry: row["entry"], number: row["number"], year: row["year"], serial: row["serial"], treaty: row["treaty"], subject: subject,
            actor: (row["actor"] as String?).flatMap { ActorCode(rawValue: $0) }, date: date, title: row["title"],
            headline: row["headline"],
            addressees: row["addressees"], received: Moment(milliseconds: row["received"]))
    }

    func notification(_ number: NotificationNumber) throws -> (entry: Int64, notification: TreatyNotificationIssued)? {
        guard
            let row = try Row.fetchOne(
                database.cachedStatement(sql: "SELECT entry, content FROM treaty_notification WHERE year = ? AND serial = ?"),
                arguments: [number.year, number.serial]),
            let notification: TreatyNotificationIssued = read(row["content"])
        else { return nil }
        return (row["entry"], notification)
    }

    func notification(entry: Int64) throws -> TreatyNotificationIssued? {
        read(
            try String.fetchOne(
                database.cachedStatement(sql: "SELECT content FROM treaty_notification WHERE entry = ?"), arguments: [entry]))
    }

    /// Later notifications that point back at one.
    func successors(of number: NotificationNumber) throws -> [(number: String, relation: TreatyNotificationIssued.Relation)] {
        try Row.fetchAll(
            database.cachedStatement(
                sql: """
                    SELECT n.number, s.relation FROM treaty_notification_succession s JOIN treaty_notification n ON n.entry = s.notification
                    WHERE s.earlier_year = ? AND s.earlier_serial = ? ORDER BY s.notification
                    """), arguments: [number.year, number.serial]
        ).compactMap { row in
            TreatyNotificationIssued.Relation(rawValue: row["relation"]).map { (row["number"], $0) }
        }
    }

    /// The day each entry was notified first: from it the periods run that begin with notification (VCLT arts. 20(5), 78(c)).
    func notified(of treaty: String, knownAt moment: Moment? = nil) throws -> [Int64: CalendarDate] {
        var days: [Int64: CalendarDate] = [:]
        for row in try Row.fetchAll(
            database.cachedStatement(
                sql: """
                    SELECT a.act, MIN(n.date) AS day FROM treaty_notification n JOIN treaty_notified_act a ON a.notification = n.entry
                    WHERE n.treaty = ? AND n.received <= ? GROUP BY a.act
                    """), arguments: [treaty, moment?.milliseconds ?? Int64.max])
        {
            days[row["act"]] = CalendarDate(row["day"] as String)
        }
        return days
    }

    /// Acts of participation entered by people and not notified yet, newest first.
    func unnotified(treaty: String, limit: Int) throws -> [TreatyQueries.Act] {
        let entries = try Int64.fetchAll(
            database.cachedStatement(
                sql: """
                    SELECT t.entry FROM treaty_act t JOIN act a ON a.entry = t.entry
                    WHERE t.treaty = ? AND t.known_until IS NULL AND a.author <> 'node'
                        AND NOT EXISTS (SELECT 1 FROM treaty_notified_act n WHERE n.act = t.entry)
                    ORDER BY t.entry DESC LIMIT ?
                    """), arguments: [treaty, limit])
        let queries = TreatyQueries(database: database)
        return try entries.compactMap { try queries.act($0) }
    }

    /// Statements entered by people and not notified yet, newest first.
    func unnotifiedStatements(treaty: String, actors: ActorTable, limit: Int) throws -> [StatementRecord] {
        let notified = try notified(of: treaty)
        let entries = Set(
            try Int64.fetchAll(
                database.cachedStatement(
                    sql: """
                        SELECT s.entry FROM treaty_statement s JOIN act a ON a.entry = s.entry WHERE s.treaty = ? AND a.author <> 'node'
                        """), arguments: [treaty]))
        let waiting = try ConsentQueries(database: database, actors: actors).statements(of: treaty)
            .filter { entries.contains($0.entry) && notified[$0.entry] == nil }
        return Array(waiting.reversed().prefix(limit))
    }

    /// The addressees of a notification, with what became of its delivery to them.
    func addressees(of notification: Int64) throws -> [Addressee] {
        var deliveries: [String: [Delivery]] = [:]
        for row in try Row.fetchAll(
            database.cachedStatement(sql: "SELECT * FROM treaty_delivery WHERE notification = ? ORDER BY entry"), arguments: [notification])
        {
            guard let outcome = TreatyNotificationDelivered.Outcome(rawValue: row["outcome"]) else { continue }
            deliveries[row["actor"], default: []].append(
                Delivery(
                    address: row["address"], outcome: outcome, reply: row["reply"], attempts: row["attempts"],
                    at: Moment(milliseconds: row["received"]), entry: row["entry"]))
        }
        return try Row.fetchAll(
            database.cachedStatement(sql: "SELECT * FROM treaty_addressee WHERE notification = ? ORDER BY actor"), arguments: [notification]
        ).compactMap { row in
            guard let actor = ActorCode(rawValue: row["actor"]),
                let capacity = TreatyNotificationIssued.Addressee.Capacity(rawValue: row["capacity"])
            else { return nil }
            return Addressee(
                actor: actor, capacity: capacity, acknowledged: (row["acknowledged"] as String?).flatMap { CalendarDate($0) },
                deliveries: deliveries[actor.rawValue] ?? [])
        }
    }

    func isDelivered(_ notification: Int64, to actor: ActorCode, at address: String) throws -> Bool {
        try Bool.fetchOne(
            database.cachedStatement(
                sql: "SELECT EXISTS (SELECT 1 FROM treaty_delivery WHERE notification = ? AND actor = ? AND address = ?)"),
            arguments: [notification, actor.rawValue, address]) ?? false
    }

    /// One address that a notification still has to be sent to.
    struct Outstanding: Hashable, Sendable {
        var notification: Int64
        var actor: ActorCode
        var address: String
        var issued: Moment
    }

    /// What still has to be sent, oldest notification first.
    func outstanding(of notification: Int64? = nil, limit: Int) throws -> [Outstanding] {
        try Row.fetchAll(
            database.cachedStatement(
                sql: """
                    SELECT notification, actor, address, issued FROM treaty_outstanding WHERE ?1 IS NULL OR notification = ?1
                    ORDER BY notification, actor, address LIMIT ?2
                    """), arguments: [notification, limit]
        ).compactMap { row in
            ActorCode(rawValue: row["actor"]).map {
                Outstanding(
                    notification: row["notification"], actor: $0, address: row["address"], issued: Moment(milliseconds: row["issued"]))
            }
        }
    }

    // MARK: Contacts

    func contact(of actor: ActorCode) throws -> TreatyContactPoint? {
        read(
            try String.fetchOne(
                database.cachedStatement(sql: "SELECT content FROM treaty_contact WHERE actor = ?"), arguments: [actor.rawValue]))
    }

    func contacts() throws -> [TreatyContactPoint] {
        try String.fetchAll(database.cachedStatement(sql: "SELECT content FROM treaty_contact ORDER BY actor")).compactMap { read($0) }
    }

    // MARK: Corrections

    func corrections(of treaty: String) throws -> [CorrectionFile] {
        try Row.fetchAll(
            database.cachedStatement(sql: "SELECT entry, content, effected FROM treaty_correction WHERE treaty = ? ORDER BY entry DESC"),
            arguments: [treaty]
        ).compactMap(correction)
    }

    func correction(_ entry: Int64) throws -> CorrectionFile? {
        try Row.fetchOne(
            database.cachedStatement(sql: "SELECT entry, content, effected FROM treaty_correction WHERE entry = ?"), arguments: [entry]
        ).flatMap { try correction($0) }
    }

    private func correction(_ row: Row) throws -> CorrectionFile? {
        guard let proposal: TreatyCorrectionProposed = read(row["content"]) else { return nil }
        let entry = row["entry"] as Int64
        let objections = try Row.fetchAll(
            database.cachedStatement(sql: "SELECT entry, content FROM treaty_correction_objection WHERE proposal = ? ORDER BY entry"),
            arguments: [entry]
        ).compactMap { row in
            (read(row["content"]) as TreatyCorrectionObjected?).map { CorrectionFile.Objection(entry: row["entry"], objection: $0) }
        }
        return CorrectionFile(entry: entry, proposal: proposal, objections: objections, effected: read(row["effected"]))
    }

    func nextProcesVerbal(in year: Int) throws -> Int64 {
        (try Int64.fetchOne(
            database.cachedStatement(sql: "SELECT MAX(effected_serial) FROM treaty_correction WHERE effected_year = ?"), arguments: [year])
            ?? 0) + 1
    }

    // MARK: Registration and other ledgers

    /// What was last entered of a treaty's registration.
    func registration(of treaty: String) throws -> TreatyRegistered? {
        read(
            try String.fetchOne(
                database.cachedStatement(sql: "SELECT content FROM treaty_registration WHERE treaty = ? ORDER BY entry DESC LIMIT 1"),
                arguments: [treaty]))
    }

    /// The newest ledger of each other depositary.
    func ledgers(of treaty: String) throws -> [TreatyLedgerImported] {
        try String.fetchAll(
            database.cachedStatement(sql: "SELECT content FROM treaty_ledger WHERE treaty = ? ORDER BY depositary"), arguments: [treaty]
        ).compactMap { read($0) }
    }
}
