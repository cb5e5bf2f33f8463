import Acts
import Logging
import Record
import ServiceLifecycle
import Web

import class Record.Record

/// Enters each day's visitor-days when the day is over.
struct VisitorDays: Service {
    let record: Record
    let access: Access
    let count: VisitorCount
    let logger: Logger
    let now: @Sendable () -> Moment

    func run() async throws {
        await Rounds.keep(.seconds(30), logger: logger, failure: "visitor-days") {
            try await pass()
            return nil
        }
    }

    /// Enters the day that is over, if there is one and the node has an office to enter it.
    func pass() async throws {
        guard let day = count.finished(before: now().date) else { return }
        let access = access
        _ = try await record.enter(
            Command { context in
                guard let office = try access.offices(in: context.database).first else { return [] }
                return [
                    ActDraft(
                        VisitorsCounted(day: day.day, total: day.total, languages: day.languages), dossier: DisclosureCommands.dossier,
                        office: office.id, author: "node")
                ]
            })
    }
}
