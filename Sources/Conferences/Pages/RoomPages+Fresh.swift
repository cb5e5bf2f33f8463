import Acts
import Record
import Web

extension RoomPages {
    /// Refuses what was decided on a page that is older than the meeting, where the form would now mean something else: it names what it was
    /// about, and that is not what stands there any more.
    static func checkFresh(_ action: RoomAction, _ fields: Fields, _ room: Room, _ context: RuleContext) throws {
        guard let name = try fields.filled("name", longest: 40) else { return }
        let stands: String?
        switch action {
        case .announce, .countHands, .pass: stands = room.state.openDecision?.opened.decision
        case .endFloor: stands = room.state.speaking?.id
        default: return
        }
        guard stands != name else { return }
        let seen = try fields.integer("seen", in: -1...Int64.max) ?? room.entry
        let since = try ConferenceQueries(database: context.database).acts(room.conference.id, room.body.id, after: seen)
        throw ConferenceCommands.stale(since.count)
    }
}

extension ConferenceCommands {
    static func stale(_ count: Int) -> Refusal {
        Refusal(
            .conflict, code: "conferences.stale",
            "The page was older than the meeting: what it was about is over. Acts of the room since it was made: \(count).",
            mend: "Nothing was entered. Look at where the meeting stands now, and decide anew.", arguments: ["count": String(count)])
    }
}
