import Acts
import Federation
import GRDB
import Logging
import Record
import ServiceLifecycle

import class Record.Record

/// Releases joint statements at this node: once all have signed, or at the hour where enough have.
struct JointWatch: Service {
    let record: Record
    let node: NodeName
    /// What an office is called, by language tag.
    let officeName: @Sendable (_ office: String, Database) throws -> [String: String]
    let logger: Logger
    let now: @Sendable () -> Moment

    private static let pace = Duration.milliseconds(500)

    func run() async throws {
        await Rounds.keep(Self.pace, logger: logger, failure: "release of joint statements") {
            let begun = now()
            try await pass()
            let hours = try await record.read { try JointQueries(database: $0).open().compactMap(\.act.at) }
            return hours.filter { $0 > begun }.min().map { .milliseconds($0.milliseconds - now().milliseconds) }
        }
    }

    /// Releases what is due now, once.
    func pass() async throws {
        let (node, officeName) = (node, officeName)
        let open = try await record.read { [now] database in try JointQueries(database: database).open().filter { $0.isDue(at: now()) } }
        for joint in open {
            // Who has not signed says nothing; who has not released the statement has nothing to change.
            guard joint.change == nil || joint.change?.statement != nil else { continue }
            for office in joint.offices(at: node) where joint.signed.contains(SealingParty(node: node, office: office).description) {
                _ = try await record.enter(
                    Command { context in
                        guard let joint = try JointQueries(database: context.database).joint(joint.entry) else { return [] }
                        let queries = PressQueries(database: context.database)
                        return PressCommands(office: office, author: "node").release(
                            joint, changed: try joint.change?.statement.flatMap { try queries.statement($0) }, at: node,
                            settings: try queries.settings(of: office),
                            officeName: try officeName(office, context.database), now: context.now)
                    })
            }
        }
    }
}
