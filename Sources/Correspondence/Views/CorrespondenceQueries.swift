import Acts
import Federation
import GRDB
import Record

/// Reads notes and drafts.
struct CorrespondenceQueries {
    let database: Database

    /// One thing that happened to a note.
    struct Event: Hashable, Sendable {
        var entry: Int64
        var what: String
        /// An office, or a node.
        var party: String
        var at: Moment
    }

    /// Most notes of a list.
    static let most = 200

    func note(_ entry: Int64) throws -> NoteFile? {
        try Row.fetchOne(database, sql: "SELECT * FROM correspondence_note WHERE entry = ?", arguments: [entry]).flatMap(file)
    }

    /// The newest notes addressed to one of the offices.
    func incoming(to parties: [SealingParty]) throws -> [NoteFile] {
        try Row.fetchAll(
            database,
            sql: """
                SELECT DISTINCT n.* FROM correspondence_note n JOIN correspondence_party p USING (entry) WHERE p.party IN (\(marks(parties)))
                ORDER BY n.entry DESC LIMIT \(Self.most)
                """, arguments: StatementArguments(parties.map(\.description))
        ).compactMap(file)
    }

    /// The newest notes that one of the offices sent or handed on.
    func outgoing(from parties: [SealingParty]) throws -> [NoteFile] {
        let names = parties.map(\.description)
        return try Row.fetchAll(
            database,
            sql: """
                SELECT * FROM correspondence_note WHERE (own AND sender IN (\(marks(parties)))) OR forwarded_by IN (\(marks(parties)))
                ORDER BY entry DESC LIMIT \(Self.most)
                """, arguments: StatementArguments(names + names)
        ).compactMap(file)
    }

    /// Notes to which an answer is asked for until a day, and none has come.
    func awaitingAnswers(by day: CalendarDate) throws -> [NoteFile] {
        try Row.fetchAll(
            database,
            sql: """
                SELECT * FROM correspondence_note WHERE deadline IS NOT NULL AND deadline <= ? AND NOT closed ORDER BY deadline, entry
                """, arguments: [day.description]
        ).compactMap(file).filter(\.awaitsAnswer)
    }

    /// A thread's notes in the order this node had them.
    func thread(_ thread: String) throws -> [NoteFile] {
        try Row.fetchAll(
            database, sql: "SELECT * FROM correspondence_note WHERE thread = ? ORDER BY entry LIMIT \(Self.most)", arguments: [thread]
        ).compactMap(file)
    }

    func events(of note: Int64) throws -> [Event] {
        try Row.fetchAll(database, sql: "SELECT * FROM correspondence_event WHERE note = ? ORDER BY entry", arguments: [note]).map {
            Event(entry: $0["entry"], what: $0["what"], party: $0["party"], at: Moment(milliseconds: $0["at"]))
        }
    }

    /// The highest number that an office has given in a year.
    func lastNumber(of party: SealingParty, in year: Int) throws -> Int64 {
        try Int64.fetchOne(
            database.cachedStatement(sql: "SELECT MAX(number) FROM correspondence_note WHERE own = 1 AND sender = ? AND year = ?"),
            arguments: [party.description, year]) ?? 0
    }

    func draft(_ draft: Int64) throws -> DraftFile? {
        try Row.fetchOne(
            database.cachedStatement(sql: "SELECT * FROM correspondence_draft WHERE draft = ?"), arguments: [draft]
        ).flatMap(draftFile)
    }

    /// Drafts of the offices that are not sent yet, newest first.
    func drafts(of offices: [String]) throws -> [DraftFile] {
        let marks = offices.map { _ in "?" }.joined(separator: ", ")
        return try Row.fetchAll(
            database,
            sql: """
                SELECT * FROM correspondence_draft WHERE state <> 'sent' AND office IN (\(marks)) ORDER BY version DESC LIMIT \(Self.most)
                """, arguments: StatementArguments(offices)
        ).compactMap(draftFile)
    }

    private func marks(_ parties: [SealingParty]) -> String { parties.map { _ in "?" }.joined(separator: ", ") }

    private func draftFile(_ row: Row) -> DraftFile? {
        guard let json = try? JSONParser.parse(row["content"] as String), let act = try? NoteDrafted(json: json),
            let state = DraftFile.State(rawValue: row["state"])
        else { return nil }
        return DraftFile(
            draft: row["draft"], version: row["version"], office: row["office"],
            authors: Set((row["authors"] as String).split(separator: " ").map(String.init)), state: state, paper: act.paper,
            received: Moment(milliseconds: row["received"]),
            returned: (row["returned"] as String?).flatMap { try? JSONParser.parse($0) })
    }

    private func file(_ row: Row) -> NoteFile? {
        let entry: Int64 = row["entry"]
        guard let note = NoteKind(rawValue: row["note"]), let date = CalendarDate(row["date"] as String),
            let from = SealingParty(row["sender"] as String), let content = try? JSONParser.parse(row["content"] as String)
        else { return nil }
        var names: [String: String] = [:]
        for member in (try? JSONParser.parse(row["sender_name"] as String))?.object?.members ?? [] {
            names[member.name] = member.value.string
        }
        let reference = NoteReference(origin: row["origin"], index: row["place"])
        let parties = try? Row.fetchAll(
            database, sql: "SELECT * FROM correspondence_party WHERE entry = ? ORDER BY turn", arguments: [entry])
        let answered = try? Bool.fetchOne(
            database, sql: "SELECT EXISTS (SELECT 1 FROM correspondence_note WHERE reply_origin = ? AND reply_place = ?)",
            arguments: [reference.origin, reference.index])
        var inReplyTo: NoteReference?
        if let origin = row["reply_origin"] as String?, let place = row["reply_place"] as Int64? {
            inReplyTo = NoteReference(origin: origin, index: place)
        }
        return NoteFile(
            entry: entry, reference: reference, note: note, number: row["number"], date: date, from: from, fromName: names,
            to: (parties ?? []).compactMap { row in
                SealingParty(row["party"] as String).map { party in
                    NoteFile.Addressed(
                        party: party, delivered: (row["delivered"] as Int64?).map(Moment.init(milliseconds:)), refused: row["refused"],
                        acknowledged: (row["acknowledged"] as Int64?).map(Moment.init(milliseconds:)))
                }
            }, deadline: (row["deadline"] as String?).flatMap { CalendarDate($0) }, inReplyTo: inReplyTo, thread: row["thread"],
            content: content, blobs: (row["blobs"] as String).split(separator: " ").map(String.init),
            received: Moment(milliseconds: row["received"]), forwardedBy: (row["forwarded_by"] as String?).flatMap { SealingParty($0) },
            isClosed: row["closed"], isAnswered: answered.flatMap { $0 } ?? false)
    }
}
