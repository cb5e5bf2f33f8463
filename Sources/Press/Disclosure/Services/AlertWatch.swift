import Acts
import Logging
import Record
import ServiceLifecycle
import Web

import class Record.Record

/// Raises an alert when a node that this one follows says one of an office's words in a statement, once for each statement. It keeps
/// nothing: what was raised is in the record.
struct AlertWatch: Service {
    let record: Record
    let followed: any FollowedRecords
    let law: DisclosureLaw
    let logger: Logger

    private static let pace = Duration.seconds(2)
    /// The most statements of one record that are looked at.
    private static let mostStatements = 2_000

    func run() async throws {
        var seen: Int64 = -1
        var last: Int64 = -1
        await Rounds.keep(Self.pace, logger: logger, failure: "alerts from other nodes") {
            let (version, size) = (followed.version, record.size)
            // Nothing to look for while neither another's record nor this one's own changed.
            if version != seen || size != last {
                try await pass()
                (seen, last) = (version, size)
            }
            return nil
        }
    }

    /// Raises what is due now, once.
    func pass() async throws {
        let watching = try await record.read { try DisclosureQueries(database: $0).alertWords() }.filter { !$0.act.words.isEmpty }
        guard !watching.isEmpty else { return }
        for said in try await followed.acts(ofKind: StatementReleased.kind, limit: Self.mostStatements) {
            guard let statement = try? said.entry.payload(as: StatementReleased.self) else { continue }
            let words = MessageUptake.words(
                statement.content.texts.sorted { $0.key < $1.key }.flatMap { [$0.value.title] + $0.value.paragraphs }.joined(
                    separator: "\n"))
            let title = statement.content.texts[statement.content.authoritative]?.title ?? statement.code
            for (office, act, since) in watching where said.entry.header.received >= since {
                guard act.words.contains(where: { MessageUptake.contains(MessageUptake.words($0), in: words) }) else { continue }
                let about = "\(said.origin)#\(said.entry.index)"
                let (event, node, ask) = (said.entry.header.received, said.node, act.ask)
                let commands = DisclosureCommands(office: office, author: "node", law: law)
                _ = try await record.enter(
                    Command { context in
                        let queries = DisclosureQueries(database: context.database)
                        guard try !queries.hasAlert(about: about, of: office) else { return [] }
                        let year = context.now.date.year
                        return commands.raise(
                            AlertRaised(
                                alert: "ale-\(year)-\(try queries.next("ale", in: year))", title: String(title.prefix(300)), source: .peer,
                                from: node, event: event, ask: ask, about: about), form: nil)
                    })
            }
        }
    }
}
