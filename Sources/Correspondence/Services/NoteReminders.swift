import Acts
import Federation
import Logging
import Record
import ServiceLifecycle

import class Record.Record

/// Reminds the offices of this node of answers whose day is near or has passed, once for each, so that open pages show it at once and the
/// record shows when it was known. It keeps nothing: what was said is in the record.
struct NoteReminders: Service {
    let record: Record
    let node: NodeName
    let logger: Logger
    let now: @Sendable () -> Moment

    private static let interval = Duration.seconds(30)

    func run() async throws {
        while !Task.isCancelled, !Task.isShuttingDownGracefully {
            do {
                try await pass()
            } catch is CancellationError {
                return
            } catch {
                logger.error("reminders of notes", metadata: ["error": "\(error)"])
            }
            do {
                try await cancelWhenGracefulShutdown { try await Task.sleep(for: Self.interval) }
            } catch {
                return
            }
        }
    }

    /// Enters what is due now, once.
    func pass() async throws {
        let today = now().date
        let due = try await record.read { try CorrespondenceQueries(database: $0).awaitingAnswers(by: NoteFile.lastSoonDay(on: today)) }
        for note in due {
            let node = node
            _ = try await record.enter(
                Command { context in
                    let queries = CorrespondenceQueries(database: context.database)
                    guard let note = try queries.note(note.entry) else { return [] }
                    return CorrespondenceCommands.reminders(
                        of: note, at: node, on: context.now.date, given: Set(try queries.events(of: note.entry).map(\.what)))
                })
        }
    }
}
