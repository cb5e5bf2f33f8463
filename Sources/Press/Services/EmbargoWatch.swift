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
    private static let interval: Int64 = 500

    func run() async throws {
        while !Task.isCancelled, !Task.isShuttingDownGracefully {
            var wait = Self.interval
            do {
                try await pass()
                if let hour = try await record.read({ try PressQueries(database: $0).nextHour() }) {
                    wait = min(wait, max(1, hour.milliseconds - now().milliseconds))
                }
            } catch is CancellationError {
                return
            } catch {
                logger.error("release at the hour", metadata: ["error": "\(error)"])
            }
            do {
                let milliseconds = wait
                try await cancelWhenGracefulShutdown { try await Task.sleep(for: .milliseconds(milliseconds)) }
            } catch {
                return
            }
        }
    }

    /// Releases what is due now, once.
    func pass() async throws {
        let due = try await record.read { [now] in try PressQueries(database: $0).scheduled(by: now()) }
        for draft in due {
            do {
                _ = try await record.enter(
                    Command { context in
                        let queries = PressQueries(database: context.database)
                        guard let draft = try queries.draft(draft.draft), draft.state == .ready else { return [] }
                        return try PressCommands(office: draft.office, author: "node").releaseReady(
                            draft, corrected: try draft.corrects.flatMap { try queries.statement($0) }, now: context.now, form: nil)
                    })
            } catch let refusal as Refusal {
                // The statement it corrects was withdrawn or corrected again: a person must look. Its text is in no log.
                logger.warning(
                    "a statement was not released at its hour", metadata: ["draft": "\(draft.draft)", "reason": "\(refusal.code)"])
            }
        }
    }
}
