import Acts
import GRDB
import Record

/// Secret ballots: who opened each, and with which keys papers are signed now.
struct BallotView: RecordView {
    let name = "conference-ballots"
    let version = 1

    func createTables(_ database: Database) throws {
        try database.execute(
            sql: """
                CREATE TABLE conference_ballot (
                    conference TEXT NOT NULL, body TEXT NOT NULL, decision TEXT NOT NULL, entry INTEGER NOT NULL, office TEXT NOT NULL,
                    PRIMARY KEY (conference, body, decision)) WITHOUT ROWID;
                CREATE TABLE conference_ballot_key (
                    conference TEXT NOT NULL, body TEXT NOT NULL, decision TEXT NOT NULL, key TEXT NOT NULL,
                    PRIMARY KEY (conference, body, decision)) WITHOUT ROWID;
                """)
    }

    func apply(_ entry: Entry, to database: Database) throws {
        switch entry.kind {
        case ConferenceDecisionOpened.kind:
            guard let act = try entry.payload(as: ConferenceDecisionOpened.self), act.method == .secret else { return }
            try database.execute(
                sql: "INSERT OR IGNORE INTO conference_ballot VALUES (?, ?, ?, ?, ?)",
                arguments: [act.session.conference, act.session.body, act.decision, entry.index, entry.statement.office])
            try keep(act.ballotKey, act.session, act.decision, database)
        case ConferenceElectionRoundClosed.kind:
            guard let act = try entry.payload(as: ConferenceElectionRoundClosed.self) else { return }
            try keep(act.ballotKey, act.session, act.decision, database)
        case ConferenceBallotBoxOpened.kind:
            guard let act = try entry.payload(as: ConferenceBallotBoxOpened.self) else { return }
            try keep(nil, act.session, act.decision, database)
        case ConferenceDecisionClosed.kind:
            guard let act = try entry.payload(as: ConferenceDecisionClosed.self) else { return }
            try keep(nil, act.session, act.decision, database)
        default: return
        }
    }

    private func keep(_ key: String?, _ session: ConferenceSession, _ decision: String, _ database: Database) throws {
        if let key {
            try database.execute(
                sql: "INSERT OR REPLACE INTO conference_ballot_key VALUES (?, ?, ?, ?)",
                arguments: [session.conference, session.body, decision, key])
        } else {
            try database.execute(
                sql: "DELETE FROM conference_ballot_key WHERE conference = ? AND body = ? AND decision = ?",
                arguments: [session.conference, session.body, decision])
        }
    }
}

/// One round of a secret ballot as the record has it.
struct BallotRound: Hashable, Sendable {
    /// From 1.
    var number: Int64
    /// The public key papers are signed with, DER in base64.
    var key: String
    var tokens: [ConferenceBallotTokenIssued] = []
    var isBoxOpen = false
    var ballots: [ConferenceBallotCast] = []
    /// What an election's round came to.
    var closed: ConferenceElectionRoundClosed?
}

/// Reads secret ballots.
struct BallotQueries {
    let database: Database

    /// The public halves of the keys that papers are signed with now.
    func neededKeys() throws -> [String] { try String.fetchAll(database, sql: "SELECT key FROM conference_ballot_key") }

    /// The office that opened a secret ballot, in whose name papers without one are entered; `nil` where there is no such ballot.
    func office(_ conference: String, _ body: String, _ decision: String) throws -> String? {
        try String.fetchOne(
            database, sql: "SELECT office FROM conference_ballot WHERE conference = ? AND body = ? AND decision = ?",
            arguments: [conference, body, decision])
    }

    /// A ballot's rounds with all their papers, the first first.
    func rounds(_ conference: String, _ body: String, _ decision: String) throws -> [BallotRound] {
        let opened = try Int64.fetchOne(
            database, sql: "SELECT entry FROM conference_ballot WHERE conference = ? AND body = ? AND decision = ?",
            arguments: [conference, body, decision])
        guard let opened else { return [] }
        var rounds: [BallotRound] = []
        for act in try ConferenceQueries(database: database).acts(conference, body, after: opened - 1) {
            let last = rounds.indices.last
            switch act.payload {
            case let act as ConferenceDecisionOpened where act.decision == decision:
                rounds.append(BallotRound(number: 1, key: act.ballotKey ?? ""))
            case let act as ConferenceBallotTokenIssued where act.decision == decision: last.map { rounds[$0].tokens.append(act) }
            case let act as ConferenceBallotBoxOpened where act.decision == decision: last.map { rounds[$0].isBoxOpen = true }
            case let act as ConferenceBallotCast where act.decision == decision: last.map { rounds[$0].ballots.append(act) }
            case let act as ConferenceElectionRoundClosed where act.decision == decision:
                last.map { rounds[$0].closed = act }
                if act.placesLeft > 0 { rounds.append(BallotRound(number: act.round + 1, key: act.ballotKey ?? "")) }
            default: break
            }
        }
        return rounds
    }
}
