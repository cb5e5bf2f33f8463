import Acts
import GRDB
import Record

/// What happened at each conference, one row an act, for digests: what it concerns and who may read it. And the meetings that are planned.
struct NewsView: RecordView {
    let name = "conference-news"
    let version = 1

    func createTables(_ database: Database) throws {
        try database.execute(
            sql: """
                CREATE TABLE conference_news (
                    conference TEXT NOT NULL, entry INTEGER NOT NULL, kind TEXT NOT NULL, topic TEXT NOT NULL, thing TEXT NOT NULL,
                    detail TEXT NOT NULL, marking TEXT, received INTEGER NOT NULL, PRIMARY KEY (conference, entry)) WITHOUT ROWID;
                CREATE TABLE conference_plan (
                    conference TEXT NOT NULL, plan TEXT NOT NULL, body TEXT NOT NULL, begins INTEGER NOT NULL, place TEXT NOT NULL,
                    about TEXT NOT NULL, cancelled INTEGER NOT NULL, PRIMARY KEY (conference, plan)) WITHOUT ROWID;
                """)
    }

    func apply(_ entry: Entry, to database: Database) throws {
        guard let topic = NewsTopic(entry.kind), case .present(let sealed) = entry.content, let json = try? sealed.json(),
            let conference = json["conference"]?.string
        else { return }
        try database.execute(
            sql: "INSERT OR IGNORE INTO conference_news VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            arguments: [
                conference, entry.index, entry.kind.description, topic.rawValue, topic.thing(of: json), topic.detail(of: json),
                entry.statement.marking == .public ? nil : entry.statement.marking.json.canonicalText,
                entry.header.received.milliseconds,
            ])
        if let act = try? entry.payload(as: ConferenceMeetingPlanned.self), entry.kind == ConferenceMeetingPlanned.kind {
            try database.execute(
                sql: "INSERT OR REPLACE INTO conference_plan VALUES (?, ?, ?, ?, ?, ?, ?)",
                arguments: [act.conference, act.plan, act.body, act.begins.milliseconds, act.place, act.about, act.isCancelled])
        }
    }
}

/// What an act of a conference belongs to in a digest.
enum NewsTopic: String, Hashable, Sendable, CaseIterable {
    case texts
    case decisions
    case silences
    case documents
    case meetings
    case conference

    /// The topic of a kind of acts; `nil` of what a digest does not tell: who sat where, who spoke when, ballots, private papers.
    init?(_ kind: ActKind) {
        let name = kind.name
        guard name.hasPrefix("conference.") else { return nil }
        switch name.dropFirst("conference.".count) {
        case "text-tabled", "reading-begun", "amendment-proposed", "amendment-cosponsored", "amendment-withdrawn", "amendment-applied",
            "provision-status-set", "adoption-prepared", "language-version-entered", "language-version-confirmed", "text-adopted":
            self = .texts
        case "proposal-submitted", "proposal-revised", "proposal-withdrawn", "proposal-reintroduced", "decision-opened", "decision-closed",
            "ruling-given", "ruling-appealed", "election-round-closed":
            self = .decisions
        case "silence-begun", "silence-broken", "silence-extended", "silence-ended": self = .silences
        case "document-issued", "record-issued": self = .documents
        case "meeting-changed", "meeting-planned", "agenda-adopted": self = .meetings
        case "convened", "body-established", "officer-elected", "group-formed", "delegation-registered", "credentials-reported",
            "procedure-adopted":
            self = .conference
        default: return nil
        }
    }

    /// The name of what it concerns: a text, a proposal or decision, a silence, a document's symbol, a body.
    func thing(of json: JSON) -> String {
        let names: [String] =
            switch self {
            case .texts: ["text"]
            case .decisions: ["decision", "proposal"]
            case .silences: ["silence"]
            case .documents: ["symbol"]
            case .meetings, .conference: ["body"]
            }
        return names.lazy.compactMap { json[$0]?.string }.first ?? ""
    }

    /// What is said of it beside: the provision, what is decided on, the outcome.
    func detail(of json: JSON) -> String {
        let detail =
            switch self {
            case .texts: json["provision"]?.string ?? json["change"]?["target"]?.string
            case .decisions: json["outcome"]?.string ?? json["concerns"]?.string
            case .silences: json["concerns"]?.string
            case .meetings: json["change"]?.string
            case .documents, .conference: nil as String?
            }
        return detail ?? ""
    }
}

/// One act as a digest tells it.
struct ConferenceNewsItem: Hashable, Sendable {
    var entry: Int64
    var kind: ActKind
    var topic: NewsTopic
    var thing: String
    var detail: String
    var marking: Marking
    var received: Moment
}

/// A meeting that is planned.
struct PlannedMeeting: Hashable, Sendable {
    var plan: String
    var body: String
    var begins: Moment
    var place: String
    var about: String
    var isCancelled: Bool
}

/// Reads what happened and what is planned.
struct NewsQueries {
    let database: Database

    /// Most acts that one digest looks at.
    static let most = 5_000

    /// From an entry on and before another, the earliest first.
    func news(of conference: String, from first: Int64, before end: Int64 = .max) throws -> [ConferenceNewsItem] {
        try Row.fetchAll(
            database,
            sql: "SELECT * FROM conference_news WHERE conference = ? AND entry >= ? AND entry < ? ORDER BY entry LIMIT \(Self.most)",
            arguments: [conference, first, end]
        ).compactMap { row in
            guard let kind = ActKind(row["kind"] as String), let topic = NewsTopic(rawValue: row["topic"]) else { return nil }
            var marking = Marking.public
            if let text = row["marking"] as String? {
                guard let json = try? JSONParser.parse(Array(text.utf8)), let read = try? Marking(json: json) else { return nil }
                marking = read
            }
            return ConferenceNewsItem(
                entry: row["entry"], kind: kind, topic: topic, thing: row["thing"], detail: row["detail"], marking: marking,
                received: Moment(milliseconds: row["received"]))
        }
    }

    /// Meetings that begin at a moment or later, the next first.
    func plans(of conference: String, from moment: Moment) throws -> [PlannedMeeting] {
        try Row.fetchAll(
            database, sql: "SELECT * FROM conference_plan WHERE conference = ? AND begins >= ? ORDER BY begins LIMIT 200",
            arguments: [conference, moment.milliseconds]
        ).map(Self.plan)
    }

    func plan(_ name: String, of conference: String) throws -> PlannedMeeting? {
        try Row.fetchOne(
            database, sql: "SELECT * FROM conference_plan WHERE conference = ? AND plan = ?", arguments: [conference, name]
        ).map(Self.plan)
    }

    private static func plan(_ row: Row) -> PlannedMeeting {
        PlannedMeeting(
            plan: row["plan"], body: row["body"], begins: Moment(milliseconds: row["begins"]), place: row["place"], about: row["about"],
            isCancelled: row["cancelled"])
    }
}
