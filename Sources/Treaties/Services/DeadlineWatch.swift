import Acts
import Logging
import Record
import ServiceLifecycle

import class Record.Record

/// Says in the record that a deadline has passed, once and on its day: at start for the days the node was off, and then as they come.
///
/// It keeps nothing. What has been said is in the record, and the rule that says it looks there at its turn.
struct DeadlineWatch: Service {
    let desk: TreatyDesk
    let record: Record
    let logger: Logger
    let now: @Sendable () -> Moment
    /// Waits; tests bring their own.
    let pause: @Sendable (Duration) async throws -> Void

    init(
        desk: TreatyDesk, record: Record, logger: Logger, now: @escaping @Sendable () -> Moment,
        pause: @escaping @Sendable (Duration) async throws -> Void = { try await Task.sleep(for: $0) }
    ) {
        self.desk = desk
        self.record = record
        self.logger = logger
        self.now = now
        self.pause = pause
    }

    /// How long until the day and the record are looked at again. A machine may sleep over midnight, so midnight is not waited for.
    private static let interval = Duration.seconds(60)

    func run() async throws {
        var seen: (size: Int64, day: CalendarDate)?
        while !Task.isCancelled, !Task.isShuttingDownGracefully {
            let size = record.size
            let today = now().date
            if seen == nil || seen?.size != size || seen?.day != today {
                do {
                    let entries = try await pass()
                    if !entries.isEmpty { logger.notice("deadlines passed", metadata: ["count": .stringConvertible(entries.count)]) }
                    seen = (size, today)
                } catch {
                    // A full disk, say: what is due now is due in a minute too.
                    logger.error("deadlines could not be entered", metadata: ["error": .string("\(error)")])
                }
            }
            do {
                try await cancelWhenGracefulShutdown { try await pause(Self.interval) }
            } catch is CancellationError {
                return
            }
        }
    }

    /// Enters what has passed by now and is not in the record yet.
    @discardableResult
    func pass() async throws -> [Entry] {
        let today = now().date
        let rule = StandingRule(actors: desk.actors)
        let due = try await record.read { database -> [String] in
            let queries = DeadlineQueries(database: database, rule: rule)
            return try TreatyQueries(database: database).treaties().filter { listed in
                try desk.deadlines.deadlines(of: listed, on: today, in: queries)
                    .contains { try $0.passesOn <= today && !queries.isEntered($0) }
            }.map(\.opened.treaty)
        }
        guard !due.isEmpty else { return [] }
        let commands = TreatyCommands(actors: desk.actors, office: "depositary", author: "node")
        return try await record.enter(
            Command { context in
                let queries = DeadlineQueries(database: context.database, rule: rule)
                let today = context.now.date
                var drafts: [ActDraft] = []
                for treaty in due {
                    drafts += try commands.pass(try queries.deadlines(of: treaty), today: today, isEntered: queries.isEntered)
                }
                return drafts
            })
    }
}
