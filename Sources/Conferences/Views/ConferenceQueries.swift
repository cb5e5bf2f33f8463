import Acts
import GRDB
import Record

/// Reads conferences.
struct ConferenceQueries {
    let database: Database

    /// A document as it was issued.
    struct Document: Hashable, Sendable {
        var symbol: String
        var body: String
        var title: [String: String]
        var item: String?
        var sponsors: [String]
        var files: [String: String]
        var entry: Int64
        var received: Moment
    }

    struct Item: Hashable, Sendable {
        var number: String
        var title: [String: String]
        var isProvisional: Bool
    }

    /// Most documents of a list.
    static let most = 1_000

    /// All conferences, the latest first, without what is in them.
    func all() throws -> [Conference] {
        try Row.fetchAll(database, sql: "SELECT * FROM conference ORDER BY opens DESC, conference").compactMap(Self.conference)
    }

    /// A conference with its bodies, delegations and groups.
    func conference(_ id: String) throws -> Conference? {
        guard
            var conference = try Row.fetchOne(database, sql: "SELECT * FROM conference WHERE conference = ?", arguments: [id])
                .flatMap(Self.conference)
        else { return nil }
        let officers = try Row.fetchAll(
            database, sql: "SELECT * FROM conference_officer WHERE conference = ? ORDER BY function, name", arguments: [id])
        conference.bodies = try Row.fetchAll(
            database, sql: "SELECT * FROM conference_body WHERE conference = ? ORDER BY turn", arguments: [id]
        ).compactMap { row in
            guard let form = Conference.Form(rawValue: row["form"]) else { return nil }
            let own: String? = row["symbol"]
            var body = Conference.Body(
                id: row["body"], form: form, name: Self.texts(row["name"]),
                symbol: own.map { "\(conference.symbol)/\($0)" } ?? conference.symbol, parent: row["parent"],
                members: Self.actors(row["members"]))
            body.officers = officers.filter { $0["body"] == body.id }.compactMap { row in
                guard let function = Conference.Function(rawValue: row["function"]) else { return nil }
                return .init(
                    function: function, name: row["name"], actor: (row["actor"] as String?).flatMap(ActorCode.init(rawValue:)),
                    person: row["person"])
            }
            return body
        }
        conference.delegations = try Row.fetchAll(
            database,
            sql: """
                SELECT d.*, c.entry AS credentials_entry, c.node AS credentials_node, c.place AS credentials_place, c.issued_by, c.issued_on,
                    c.members AS credentials_members
                FROM conference_delegation d LEFT JOIN conference_credentials c ON c.symbol = ? AND c.actor = d.actor
                WHERE d.conference = ? ORDER BY d.actor
                """, arguments: [conference.symbol, id]
        ).compactMap(Self.delegation)
        conference.groups = try Row.fetchAll(
            database, sql: "SELECT * FROM conference_group WHERE conference = ? ORDER BY party", arguments: [id]
        ).map { row in
            .init(
                id: row["party"], name: Self.texts(row["name"]), members: Self.actors(row["members"]),
                speaker: (row["speaker"] as String?).flatMap(ActorCode.init(rawValue:)))
        }
        return conference
    }

    func items(_ conference: String, _ body: String) throws -> [Item] {
        try Row.fetchAll(
            database, sql: "SELECT * FROM conference_item WHERE conference = ? AND body = ? ORDER BY turn", arguments: [conference, body]
        ).map { Item(number: $0["number"], title: Self.texts($0["title"]), isProvisional: $0["provisional"]) }
    }

    /// The newest documents first.
    func documents(_ conference: String) throws -> [Document] {
        try Row.fetchAll(
            database, sql: "SELECT * FROM conference_document WHERE conference = ? ORDER BY entry DESC LIMIT \(Self.most)",
            arguments: [conference]
        ).map(Self.document)
    }

    func document(_ conference: String, _ symbol: String) throws -> Document? {
        try Row.fetchOne(
            database, sql: "SELECT * FROM conference_document WHERE conference = ? AND symbol = ?", arguments: [conference, symbol]
        ).map(Self.document)
    }

    func symbols(_ conference: String) throws -> Set<String> {
        try Set(
            String.fetchAll(database, sql: "SELECT symbol FROM conference_document WHERE conference = ?", arguments: [conference]))
    }

    func meetings(_ conference: String) throws -> [ConferenceMeeting] {
        try Row.fetchAll(
            database, sql: "SELECT * FROM conference_meeting WHERE conference = ? ORDER BY entry DESC LIMIT \(Self.most)",
            arguments: [conference]
        ).compactMap(Self.meeting)
    }

    /// A body's newest meeting, with who is in the room.
    func lastMeeting(_ conference: String, _ body: String) throws -> ConferenceMeeting? {
        try meeting(
            Row.fetchOne(
                database, sql: "SELECT * FROM conference_meeting WHERE conference = ? AND body = ? ORDER BY meeting DESC LIMIT 1",
                arguments: [conference, body]), conference)
    }

    func meeting(_ conference: String, _ body: String, _ number: Int64) throws -> ConferenceMeeting? {
        try meeting(
            Row.fetchOne(
                database, sql: "SELECT * FROM conference_meeting WHERE conference = ? AND body = ? AND meeting = ?",
                arguments: [conference, body, number]), conference)
    }

    private func meeting(_ row: Row?, _ conference: String) throws -> ConferenceMeeting? {
        guard var meeting = row.flatMap(Self.meeting) else { return nil }
        meeting.present = try String.fetchAll(
            database, sql: "SELECT actor FROM conference_presence WHERE conference = ? AND body = ? AND meeting = ? ORDER BY actor",
            arguments: [conference, meeting.body, meeting.number]
        ).compactMap(ActorCode.init(rawValue:))
        return meeting
    }

    // MARK: Rows

    private static func conference(_ row: Row) -> Conference? {
        guard let opens = CalendarDate(row["opens"] as String) else { return nil }
        return Conference(
            id: row["conference"], symbol: row["symbol"], title: texts(row["title"]), place: row["place"], opens: opens,
            closes: (row["closes"] as String?).flatMap { CalendarDate($0) }, zone: row["zone"], procedure: row["procedure"],
            languages: (row["languages"] as String).split(separator: " ").map(String.init))
    }

    private static func delegation(_ row: Row) -> Conference.Delegation? {
        guard let actor = ActorCode(rawValue: row["actor"]), let standing = Conference.Standing(rawValue: row["standing"]) else {
            return nil
        }
        var delegation = Conference.Delegation(
            actor: actor, standing: standing, office: row["office"], members: members(row["members"]),
            credentials: Conference.Credentials(rawValue: row["credentials"]) ?? .awaited)
        if let entry = row["credentials_entry"] as Int64?, let issuedOn = (row["issued_on"] as String?).flatMap({ CalendarDate($0) }) {
            delegation.issued = .init(
                entry: entry, node: row["credentials_node"], place: row["credentials_place"], by: row["issued_by"], on: issuedOn)
            if delegation.credentials == .awaited { delegation.credentials = .received }
            // Who is named in the credentials represents the State; who signs in here is added by the secretariat.
            if delegation.members.isEmpty { delegation.members = members(row["credentials_members"]) }
        }
        return delegation
    }

    /// Credentials for a conference whose actor has no delegation registered yet: issued here, or taken from another node's record.
    func credentialsWaiting(_ conference: Conference) throws -> [Conference.WaitingCredentials] {
        try Row.fetchAll(
            database,
            sql: """
                SELECT * FROM conference_credentials WHERE symbol = ?
                AND actor NOT IN (SELECT actor FROM conference_delegation WHERE conference = ?) ORDER BY entry LIMIT 400
                """, arguments: [conference.symbol, conference.id]
        ).compactMap { row in
            guard let actor = ActorCode(rawValue: row["actor"]), let issuedOn = CalendarDate(row["issued_on"] as String) else { return nil }
            return Conference.WaitingCredentials(
                actor: actor,
                issued: .init(entry: row["entry"], node: row["node"], place: row["place"], by: row["issued_by"], on: issuedOn),
                members: Self.members(row["members"]))
        }
    }

    private static func members(_ text: String) -> [ConferenceDelegationRegistered.Member] {
        ((try? JSONParser.parse(Array(text.utf8)))?.array ?? []).compactMap { member in
            guard let name = member["name"]?.string, let function = member["function"]?.string else { return nil }
            return .init(name: name, function: function, person: member["person"]?.string)
        }
    }

    private static func document(_ row: Row) -> Document {
        Document(
            symbol: row["symbol"], body: row["body"], title: texts(row["title"]), item: row["item"],
            sponsors: (row["sponsors"] as String).split(separator: " ").map(String.init), files: texts(row["files"]), entry: row["entry"],
            received: Moment(milliseconds: row["received"]))
    }

    private static func meeting(_ row: Row) -> ConferenceMeeting? {
        guard let state = ConferenceMeeting.State(rawValue: row["state"]) else { return nil }
        return ConferenceMeeting(
            body: row["body"], number: row["meeting"], state: state, isPublic: row["public"],
            opened: Moment(milliseconds: row["opened"]), closed: (row["closed"] as Int64?).map(Moment.init(milliseconds:)),
            item: row["item"], document: row["document"], provision: row["provision"])
    }

    static func texts(_ text: String) -> [String: String] {
        guard case .object(let object)? = try? JSONParser.parse(Array(text.utf8)) else { return [:] }
        var texts: [String: String] = [:]
        for member in object.members { texts[member.name] = member.value.string }
        return texts
    }

    private static func actors(_ text: String) -> [ActorCode] {
        text.split(separator: " ").compactMap { ActorCode(rawValue: String($0)) }
    }
}
