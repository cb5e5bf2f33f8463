import Acts
import GRDB
import Record

/// The acts of each body's room, in order: what its meetings' state is worked out from.
struct RoomView: RecordView {
    let name = "conference-rooms"
    let version = 4

    func createTables(_ database: Database) throws {
        try database.execute(
            sql: """
                CREATE TABLE conference_room (
                    conference TEXT NOT NULL, body TEXT NOT NULL, entry INTEGER NOT NULL, kind TEXT NOT NULL, payload TEXT NOT NULL,
                    received INTEGER NOT NULL, PRIMARY KEY (conference, body, entry)) WITHOUT ROWID;
                """)
    }

    func apply(_ entry: Entry, to database: Database) throws {
        guard RoomAct.kinds[entry.kind] != nil, case .present(let sealed) = entry.content, let json = try? sealed.json(),
            let conference = json["conference"]?.string, let body = json["body"]?.string
        else { return }
        try database.execute(
            sql: "INSERT OR IGNORE INTO conference_room VALUES (?, ?, ?, ?, ?, ?)",
            arguments: [
                conference, body, entry.index, entry.kind.description, json.canonicalText,
                entry.header.received.milliseconds,
            ])
    }
}

/// One act of a room, read back from its view.
struct RoomAct: Sendable {
    var entry: Int64
    var kind: ActKind
    var payload: any Payload
    var received: Moment

    /// Every kind that changes what the rules of procedure see, and how its payload is read.
    static let kinds: PayloadReaders = Dictionary(
        uniqueKeysWithValues: [
            payloadReader(ConferenceMeetingChanged.self), payloadReader(ConferenceFocusSet.self),
            payloadReader(ConferencePresenceNoted.self),
            payloadReader(ConferenceProcedureAdopted.self), payloadReader(ConferenceProposalSubmitted.self),
            payloadReader(ConferenceProposalRevised.self),
            payloadReader(ConferenceProposalWithdrawn.self), payloadReader(ConferenceProposalReintroduced.self),
            payloadReader(ConferenceFloorRequested.self), payloadReader(ConferenceFloorLanguageSet.self),
            payloadReader(ConferenceFloorGiven.self), payloadReader(ConferenceFloorEnded.self),
            payloadReader(ConferenceSpeakersListClosed.self),
            payloadReader(ConferenceMotionMade.self), payloadReader(ConferenceMotionWithdrawn.self),
            payloadReader(ConferenceRulingGiven.self),
            payloadReader(ConferenceRulingAppealed.self), payloadReader(ConferenceDecisionOpened.self),
            payloadReader(ConferenceVoteCast.self),
            payloadReader(ConferenceVoteChanged.self), payloadReader(ConferenceCallPassed.self), payloadReader(ConferenceHandsCounted.self),
            payloadReader(ConferenceObjectionRaised.self),
            payloadReader(ConferenceDissociated.self), payloadReader(ConferenceExplanationGiven.self),
            payloadReader(ConferenceBallotTokenIssued.self),
            payloadReader(ConferenceBallotBoxOpened.self), payloadReader(ConferenceBallotCast.self),
            payloadReader(ConferenceElectionRoundClosed.self),
            payloadReader(ConferenceDecisionClosed.self),
        ])
}

extension ConferenceQueries {
    /// A room's acts after an entry, in order.
    func acts(_ conference: String, _ body: String, after entry: Int64) throws -> [RoomAct] {
        try Row.fetchAll(
            database, sql: "SELECT * FROM conference_room WHERE conference = ? AND body = ? AND entry > ? ORDER BY entry",
            arguments: [conference, body, entry]
        ).compactMap { row in
            guard let kind = ActKind(row["kind"] as String), let read = RoomAct.kinds[kind],
                let json = try? JSONParser.parse(Array((row["payload"] as String).utf8)), let payload = read(json)
            else { return nil }
            return RoomAct(
                entry: row["entry"], kind: kind, payload: payload, received: Moment(milliseconds: row["received"]))
        }
    }
}
