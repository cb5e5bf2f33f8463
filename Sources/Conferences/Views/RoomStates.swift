import Acts
import GRDB
import Record
import Synchronization

/// What a room knows at a place of the record: the meeting's state, under which rules, and its decisions so far.
struct Room: Sendable {
    var conference: Conference
    var body: Conference.Body
    var meeting: ConferenceMeeting?
    var state: MeetingState
    var engine: ProcedureEngine
    /// The newest of the room's acts that the state has in it; -1: none.
    var entry: Int64

    /// Whether the body's meeting goes on now.
    var isInSession: Bool { meeting?.state == .open }
}

/// The state of every room, worked out from its acts once and kept, so that a page or a rule takes in only what is new.
///
/// Owns a state for each room, guarded by a lock. What a rule reads may be rolled back with its batch, so a rule's state is never kept:
/// only what was read from a committed snapshot is.
final class RoomStates: Sendable {
    /// Most rooms whose state is kept; the one that was longest unused goes.
    private static let most = 200

    private struct Kept: Sendable {
        var state: MeetingState
        var engine: ProcedureEngine
        var entry: Int64
        var used: UInt64
    }

    private struct Shelf: Sendable {
        var rooms: [String: Kept] = [:]
        var clock: UInt64 = 0
        /// Names of those who sit in rooms, in every language of the table: the same for every page and act.
        var names: [ActorCode: [String: String]] = [:]
    }

    private let shelf = Mutex(Shelf())
    let procedures: ShippedProcedures

    init(procedures: ShippedProcedures) {
        self.procedures = procedures
    }

    /// A room as the database has it.
    ///
    /// - Parameters:
    ///   - keeping: whether the database is a committed snapshot, as a page's is.
    ///   - committed: how many entries of the record are there for good, where the database may have more in it, as a rule's has. What
    ///     they come to is kept, so that act after act without a page between them costs no more each time.
    /// - Throws: a refusal where there is no such conference or body.
    func room(_ conference: String, _ body: String, in database: Database, keeping: Bool, committed: Int64 = 0) throws -> Room {
        let queries = ConferenceQueries(database: database)
        guard let found = try queries.conference(conference) else { throw ConferenceCommands.unknown }
        guard let place = found.body(body) else { throw ConferenceCommands.unknownBody(body) }
        let meeting = try queries.lastMeeting(conference, body)
        let key = "\(conference)/\(body)"
        let kept = shelf.withLock { $0.rooms[key] }
        let rules = procedures.set(found.procedure) ?? procedures.sets.first
        guard let rules else { throw ConferenceCommands.unknown }
        var state =
            kept?.state
            ?? MeetingState(session: ConferenceSession(conference: conference, body: body, meeting: meeting?.number ?? 1), seats: [])
        var engine = kept?.engine ?? ProcedureEngine(rules)
        var entry = kept?.entry ?? -1
        var isKept = keeping
        for act in try queries.acts(conference, body, after: entry) {
            if !isKept, committed > 0, act.entry >= committed {
                isKept = true
                keep(key, state, engine, entry)
            }
            Self.take(act, into: &state, &engine)
            entry = act.entry
        }
        if keeping || (!isKept && committed > 0) { keep(key, state, engine, entry) }
        state.seats = seats(of: place, in: found)
        for index in state.seats.indices {
            if let votes = engine.rules.voting.weights[state.seats[index].actor] { state.seats[index].votes = votes }
        }
        return Room(conference: found, body: place, meeting: meeting, state: state, engine: engine, entry: entry)
    }

    private func keep(_ key: String, _ state: MeetingState, _ engine: ProcedureEngine, _ entry: Int64) {
        shelf.withLock { shelf in
            shelf.clock += 1
            guard entry >= shelf.rooms[key]?.entry ?? -1 else { return }
            shelf.rooms[key] = Kept(state: state, engine: engine, entry: entry, used: shelf.clock)
            if shelf.rooms.count > Self.most, let oldest = shelf.rooms.min(by: { $0.value.used < $1.value.used })?.key {
                shelf.rooms[oldest] = nil
            }
        }
    }

    /// What the desk's own acts mean to the rules, and then what the room's do.
    private static func take(_ act: RoomAct, into state: inout MeetingState, _ engine: inout ProcedureEngine) {
        switch act.payload {
        case let changed as ConferenceMeetingChanged:
            switch changed.change {
            case .opened: state.begin(meeting: changed.meeting)
            case .suspended: state.phase = .suspended
            case .resumed: state.phase = .open
            case .adjourned: state.phase = .adjourned
            }
        case let focus as ConferenceFocusSet:
            if focus.item != state.item {
                state.isListClosed = false
                state.isDebateClosed = false
            }
            state.item = focus.item
        case let presence as ConferencePresenceNoted:
            if presence.isPresent { state.present.insert(presence.actor) } else { state.present.remove(presence.actor) }
        case let adopted as ConferenceProcedureAdopted:
            if let rules = try? ProcedureSet(json: adopted.rules) { engine = ProcedureEngine(rules) }
        default: state.apply(act.payload, received: act.received)
        }
    }

    /// Who sits in a body. A regional organization has the votes of those of its members that sit in it.
    private func seats(of body: Conference.Body, in conference: Conference) -> [MeetingState.Seat] {
        let table = try? ActorTable.standard
        return conference.delegations(in: body).map { delegation in
            let actor = table?[delegation.actor]
            var seat = MeetingState.Seat(actor: delegation.actor, names: names(of: delegation.actor, actor))
            if delegation.standing == .observer {
                seat.rank = actor?.isState == true ? .observerState : actor?.isOrganization == true ? .observerBody : .observer
            }
            if seat.rank == .participant, actor?.isRegionalOrganization == true,
                let group = table?.group(delegation.actor.rawValue.lowercased())
            {
                seat.members = group.members(at: conference.opens)
            }
            return seat
        }
    }

    private func names(of code: ActorCode, _ actor: Actor?) -> [String: String] {
        shelf.withLock { shelf in
            if let names = shelf.names[code] { return names }
            var names: [String: String] = [:]
            for language in ActorTable.languages { names[language] = actor?.name(in: language) ?? code.rawValue }
            shelf.names[code] = names
            return names
        }
    }
}
