import Acts
import GRDB
import Record

/// Reads what was done towards the adoption of texts.
struct AdoptionQueries {
    let database: Database

    /// An issued record or report.
    struct Issued: Hashable, Sendable {
        var act: ConferenceRecordIssued
        var entry: Int64
    }

    private static let readers: PayloadReaders = Dictionary(
        uniqueKeysWithValues: [
            payloadReader(ConferenceAdoptionPrepared.self), payloadReader(ConferenceScrubFindingWaived.self),
            payloadReader(ConferenceLanguageVersionEntered.self), payloadReader(ConferenceLanguageVersionConfirmed.self),
            payloadReader(ConferenceTextAdopted.self), payloadReader(ConferenceLanguageFollowed.self),
        ])

    private static func read(_ row: Row) -> AdoptionFile.Act? {
        guard let kind = ActKind(row["kind"] as String), let json = try? JSONParser.parse(Array((row["payload"] as String).utf8)),
            let payload = readers[kind]?(json)
        else { return nil }
        return AdoptionFile.Act(
            entry: row["entry"], payload: payload, author: row["author"], office: row["office"],
            received: Moment(milliseconds: row["received"]))
    }

    /// What was done towards its adoption.
    func file(_ conference: String, _ text: String) throws -> AdoptionFile {
        AdoptionFile(
            try Row.fetchAll(
                database, sql: "SELECT * FROM conference_adoption_act WHERE conference = ? AND text = ? ORDER BY entry",
                arguments: [conference, text]
            ).compactMap(Self.read))
    }

    /// The adoption of a text, where it was adopted.
    func adopted(_ conference: String, _ text: String) throws -> AdoptionFile.Adopted? {
        let row = try Row.fetchOne(
            database,
            sql: """
                SELECT * FROM conference_adoption_act WHERE conference = ? AND text = ? AND kind = '\(ConferenceTextAdopted.kind)'
                ORDER BY entry LIMIT 1
                """, arguments: [conference, text])
        guard let act = row.flatMap(Self.read), let adopted = act.payload as? ConferenceTextAdopted else { return nil }
        return AdoptionFile.Adopted(act: adopted, entry: act.entry)
    }

    /// A conference's adopted texts, in the order in which they were adopted.
    func adopted(_ conference: String) throws -> [AdoptionFile.Adopted] {
        try Row.fetchAll(
            database,
            sql: "SELECT * FROM conference_adoption_act WHERE conference = ? AND kind = '\(ConferenceTextAdopted.kind)' ORDER BY entry",
            arguments: [conference]
        ).compactMap(Self.read).compactMap { act in
            (act.payload as? ConferenceTextAdopted).map { AdoptionFile.Adopted(act: $0, entry: act.entry) }
        }
    }

    /// The instruments that were opened from an adopted text: their numbers in the register.
    func treaties(from adopted: Int64) throws -> [String] {
        try String.fetchAll(
            database, sql: "SELECT treaty FROM conference_adopted_treaty WHERE adopted = ? ORDER BY entry", arguments: [adopted])
    }

    /// The decisions of a body on whole proposals that were announced, the newest first.
    func decisions(_ conference: String, _ body: String) throws -> [ConferenceCommands.AdoptingDecision] {
        let rows = try Row.fetchAll(
            database,
            sql: """
                SELECT entry, kind, payload, received FROM conference_room WHERE conference = ? AND body = ?
                AND kind IN ('\(ConferenceDecisionOpened.kind)', '\(ConferenceDecisionClosed.kind)') ORDER BY entry
                """, arguments: [conference, body])
        var opened: [String: ConferenceDecisionOpened] = [:]
        var found: [ConferenceCommands.AdoptingDecision] = []
        for row in rows {
            guard let json = try? JSONParser.parse(Array((row["payload"] as String).utf8)) else { continue }
            if row["kind"] as String == ConferenceDecisionOpened.kind.description {
                if let act = try? ConferenceDecisionOpened(json: json) { opened[act.decision] = act }
            } else if let act = try? ConferenceDecisionClosed(json: json), let question = opened[act.decision] {
                found.append(
                    .init(opened: question, closed: act, entry: row["entry"], moment: Moment(milliseconds: row["received"])))
            }
        }
        return found.reversed()
    }

    // MARK: Records

    /// The statements handed in on a meeting, in order.
    func statements(_ conference: String, _ body: String, _ meeting: Int64) throws -> [(entry: Int64, act: ConferenceStatementFiled)] {
        try Row.fetchAll(
            database,
            sql: "SELECT entry, payload FROM conference_statement WHERE conference = ? AND body = ? AND meeting = ? ORDER BY entry",
            arguments: [conference, body, meeting]
        ).compactMap { row in
            guard let json = try? JSONParser.parse(Array((row["payload"] as String).utf8)),
                let act = try? ConferenceStatementFiled(json: json)
            else { return nil }
            return (row["entry"], act)
        }
    }

    /// The records and reports that were issued, in order.
    func issued(_ conference: String) throws -> [Issued] {
        try Row.fetchAll(
            database, sql: "SELECT entry, payload FROM conference_record_issued WHERE conference = ? ORDER BY entry",
            arguments: [conference]
        ).compactMap { row in
            guard let json = try? JSONParser.parse(Array((row["payload"] as String).utf8)),
                let act = try? ConferenceRecordIssued(json: json)
            else { return nil }
            return Issued(act: act, entry: row["entry"])
        }
    }

    /// The reports on credentials, in order.
    func credentialsReports(
        _ conference: String
    ) throws -> [(entry: Int64, act: ConferenceCredentialsReported, received: Moment)] {
        try Row.fetchAll(
            database, sql: "SELECT * FROM conference_credentials_report WHERE conference = ? ORDER BY entry", arguments: [conference]
        ).compactMap { row in
            guard let json = try? JSONParser.parse(Array((row["payload"] as String).utf8)),
                let act = try? ConferenceCredentialsReported(json: json)
            else { return nil }
            return (row["entry"], act, Moment(milliseconds: row["received"]))
        }
    }
}
