import Acts
import GRDB
import Record

/// What delegations and groups keep for themselves, every version, sealed still; and up to where each person has seen what changed.
struct PaperView: RecordView {
    let name = "conference-papers"
    let version = 2
    let forgetsErasedPayloads = true

    func createTables(_ database: Database) throws {
        try database.execute(
            sql: """
                CREATE TABLE conference_paper_kept (
                    entry INTEGER PRIMARY KEY, conference TEXT NOT NULL, form TEXT NOT NULL, holder TEXT NOT NULL, paper TEXT NOT NULL,
                    about TEXT, content TEXT NOT NULL, received INTEGER NOT NULL);
                CREATE INDEX conference_paper_of ON conference_paper_kept (conference, holder, form, paper, entry);
                CREATE TABLE conference_digest_seen (
                    conference TEXT NOT NULL, person TEXT NOT NULL, up_to INTEGER NOT NULL, seen INTEGER NOT NULL,
                    PRIMARY KEY (conference, person)) WITHOUT ROWID;
                """)
    }

    func apply(_ entry: Entry, to database: Database) throws {
        switch entry.kind {
        case ConferencePaperKept.kind:
            guard let act = try entry.payload(as: ConferencePaperKept.self) else { return }
            try database.execute(
                sql: "INSERT OR IGNORE INTO conference_paper_kept VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                arguments: [
                    entry.index, act.conference, act.form.rawValue, act.holder, act.paper, act.on, act.content.canonicalText,
                    entry.header.received.milliseconds,
                ])
        case PayloadErased.kind:
            guard let act = try entry.payload(as: PayloadErased.self) else { return }
            try database.execute(sql: "DELETE FROM conference_paper_kept WHERE entry = ?", arguments: [act.entry])
        case ConferenceDigestSeen.kind:
            guard let act = try entry.payload(as: ConferenceDigestSeen.self) else { return }
            try database.execute(
                sql: "INSERT OR REPLACE INTO conference_digest_seen VALUES (?, ?, ?, ?)",
                arguments: [act.conference, act.person, act.upTo, entry.header.received.milliseconds])
        default: break
        }
    }
}

/// One version of a paper, sealed still.
struct SealedPaper: Hashable, Sendable {
    var place: PaperSealing.Place
    /// The draft that a comment is about.
    var on: String?
    var content: JSON
    var entry: Int64
    var received: Moment
    /// How many versions of it there are up to this one.
    var versions: Int
}

/// Reads sealed papers.
struct PaperQueries {
    let database: Database

    /// Most papers of a list.
    static let most = 1_000

    /// The newest version of each paper of a holder, the newest first.
    func newest(_ conference: String, _ form: ConferencePaperKept.Form, of holder: String) throws -> [SealedPaper] {
        try read(
            """
            SELECT kept.*, newest.versions FROM conference_paper_kept kept JOIN (
                SELECT MAX(entry) AS entry, COUNT(*) AS versions FROM conference_paper_kept
                WHERE conference = ? AND holder = ? AND form = ? GROUP BY paper) newest USING (entry)
            ORDER BY entry DESC LIMIT \(Self.most)
            """, [conference, holder, form.rawValue])
    }

    /// All versions of a paper, the newest first.
    func versions(_ conference: String, of holder: String, _ form: ConferencePaperKept.Form, _ paper: String) throws -> [SealedPaper] {
        try read(
            """
            SELECT *, ROW_NUMBER() OVER (ORDER BY entry) AS versions FROM conference_paper_kept
            WHERE conference = ? AND holder = ? AND form = ? AND paper = ? ORDER BY entry DESC LIMIT \(PaperCommands.mostVersions)
            """, [conference, holder, form.rawValue, paper])
    }

    /// A paper's newest version and how many there are, for a rule; `nil` where there is none.
    func known(_ conference: String, of holder: String, _ form: ConferencePaperKept.Form, _ paper: String) throws -> PaperCommands.Known? {
        try Row.fetchOne(
            database,
            sql: """
                SELECT MAX(entry) AS entry, COUNT(*) AS versions FROM conference_paper_kept
                WHERE conference = ? AND holder = ? AND form = ? AND paper = ? HAVING COUNT(*) > 0
                """, arguments: [conference, holder, form.rawValue, paper]
        ).map { .init(form: form, entry: $0["entry"], versions: $0["versions"]) }
    }

    /// The comments on a draft, the oldest first.
    func comments(_ conference: String, of holder: String, on paper: String) throws -> [SealedPaper] {
        try read(
            """
            SELECT *, 1 AS versions FROM conference_paper_kept
            WHERE conference = ? AND holder = ? AND form = 'comment' AND about = ? ORDER BY entry LIMIT \(Self.most)
            """, [conference, holder, paper])
    }

    /// The entries of a draft, its comments' first, then its versions', the oldest first: what is erased when it is withdrawn.
    ///
    /// - Parameter most: no more than these.
    func entries(_ conference: String, of holder: String, draft paper: String, most: Int) throws -> [Int64] {
        try Int64.fetchAll(
            database,
            sql: """
                SELECT entry FROM conference_paper_kept
                WHERE conference = ? AND holder = ? AND ((form = 'comment' AND about = ?) OR (form = 'draft' AND paper = ?))
                ORDER BY form, entry LIMIT ?
                """, arguments: [conference, holder, paper, paper, most])
    }

    /// The first version of a draft; `nil` where there is none.
    func first(_ conference: String, of holder: String, _ paper: String) throws -> SealedPaper? {
        try read(
            """
            SELECT *, 1 AS versions FROM conference_paper_kept
            WHERE conference = ? AND holder = ? AND form = 'draft' AND paper = ? ORDER BY entry LIMIT 1
            """, [conference, holder, paper]
        ).first
    }

    /// How many papers and comments a holder has.
    func count(_ conference: String, of holder: String) throws -> Int {
        try Int.fetchOne(
            database,
            sql: "SELECT COUNT(DISTINCT form || paper) FROM conference_paper_kept WHERE conference = ? AND holder = ?",
            arguments: [conference, holder]) ?? 0
    }

    /// How many papers of these holders got a version from an entry on.
    func keptSince(_ conference: String, of holders: [String], entry: Int64) throws -> Int {
        let marks = holders.map { _ in "?" }.joined(separator: ", ")
        return try Int.fetchOne(
            database,
            sql: """
                SELECT COUNT(DISTINCT paper) FROM conference_paper_kept
                WHERE conference = ? AND entry >= ? AND form <> 'position' AND holder IN (\(marks))
                """, arguments: StatementArguments([conference, entry] as [any DatabaseValueConvertible]) + StatementArguments(holders))
            ?? 0
    }

    /// Up to where a person has seen what changed, and when they said so; `nil` where never.
    func seen(_ conference: String, by person: String) throws -> (upTo: Int64, at: Moment)? {
        try Row.fetchOne(
            database, sql: "SELECT * FROM conference_digest_seen WHERE conference = ? AND person = ?", arguments: [conference, person]
        ).map { ($0["up_to"], Moment(milliseconds: $0["seen"])) }
    }

    private func read(_ sql: String, _ arguments: StatementArguments) throws -> [SealedPaper] {
        try Row.fetchAll(database, sql: sql, arguments: arguments).compactMap { row in
            guard let form = ConferencePaperKept.Form(rawValue: row["form"]),
                let content = try? JSONParser.parse(Array((row["content"] as String).utf8))
            else { return nil }
            return SealedPaper(
                place: .init(conference: row["conference"], form: form, holder: row["holder"], paper: row["paper"]), on: row["about"],
                content: content, entry: row["entry"], received: Moment(milliseconds: row["received"]), versions: row["versions"])
        }
    }
}
