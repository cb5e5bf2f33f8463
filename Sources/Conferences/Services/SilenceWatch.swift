import Acts
import Logging
import Record
import ServiceLifecycle

import class Record.Record

/// Says in the record how a silence ended when its deadline has passed: at start for those that ended while the node was off, and then
/// as they come. It keeps nothing: what ran out and what was said of it is in the record.
struct SilenceWatch: Service {
    let record: Record
    let states: RoomStates
    let logger: Logger
    let now: @Sendable () -> Moment

    private static let interval = Duration.seconds(5)

    func run() async throws {
        await Rounds.keep(Self.interval, logger: logger, failure: "silences could not be ended") {
            try await pass()
            return nil
        }
    }

    /// Ends what has ended by now, once.
    ///
    /// - Returns: how many.
    @discardableResult
    func pass() async throws -> Int {
        let now = now()
        let rules = try await record.read { database in
            // The rules' part in an ending is their citation alone; each silence is asked with its own body's.
            try SilenceQueries(database: database).running().filter { now > $0.silence.deadline || $0.silence.isBroken }
        }
        guard !rules.isEmpty else { return 0 }
        let states = states
        return try await record.enter(
            Command { context in
                var drafts: [ActDraft] = []
                for kept in try SilenceQueries(database: context.database).running() {
                    let begun = kept.silence.begun
                    guard let room = try? states.room(begun.conference, begun.body, in: context.database, keeping: false),
                        let ended = kept.silence.ending(at: context.now, rules: room.engine.rules.silence)
                    else { continue }
                    drafts.append(
                        ConferenceCommands(office: kept.office, author: "node", form: nil).draft(ended, in: begun.conference))
                }
                return drafts
            }
        ).count
    }
}
