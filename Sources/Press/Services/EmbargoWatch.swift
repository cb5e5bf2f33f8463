import Acts
import Logging
import Record
import ServiceLifecycle

import class Record.Record

/// Releases what stands ready at its hour. What is released was sealed when it was approved, so the hour brings one act and no work.
///
/// It keeps nothing: hours are in the record, and the rule that releases asks again whether it was stopped, down to the same batch.
struct EmbargoWatch: Service {
    let record: Record
    let logger: Logger
    let now: @Sendable () -> Moment

    /// How often it looks for hours that are new to it.
    private static let pace = Duration.milliseconds(500)

    func run() async throws {
        await Rounds.keep(Self.pace, logger: logger, failure: "release at the hour") {
            // An hour that has come and could not be kept waits for the next round like everything else.
            let begun = now()
            try await pass()
            return try await record.read { try PressQueries(database: $0).nextHour(after: begun) }.map {
                .milliseconds($0.milliseconds - now().milliseconds)
            }
        }
    }

    /// Releases what is due now, once.
    func pass() async throws {
        let due = try await record.read { [now] in try PressQueries(database: $0).scheduled(by: now()) }
        for draft in due {
            let entries = try await record.enter(
                Command { context in
                    let queries = PressQueries(database: context.database)
                    guard let draft = try queries.draft(draft.draft), draft.state == .ready else { return [] }
                    return PressCommands(office: draft.office, author: "node").releaseAtItsHour(
                        draft, corrected: try draft.corrects.flatMap { try queries.statement($0) }, now: context.now)
                })
            for stopped in entries where stopped.kind == StatementStopped.kind {
                logger.warning("a statement was stopped at its hour, and a person must look", metadata: ["act": "\(stopped.index)"])
            }
        }
    }
}
