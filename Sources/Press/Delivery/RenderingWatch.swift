import Acts
import Logging
import Record
import ServiceLifecycle
import Synchronization
import Web

/// Sets what stands sealed under embargo on paper, in all its languages, before its hour, and what was released without one as soon as it is:
/// the release itself costs no typesetting, and the first reader does not wait for any.
///
/// What is set beforehand is kept in this process's memory alone (``StatementPress``); a process that begins anew sets it anew.
final class RenderingWatch: Service {
    let house: House
    let press: StatementPress
    private let done: Mutex<Done>

    private static let pace = Duration.seconds(1)
    /// Statements set beforehand at most, the next to be released first.
    private static let most = 20

    private struct Done: Sendable {
        /// The record's length when there was last nothing to set.
        var size: Int64?
        /// What was released before this process began is set when somebody asks.
        var released: Int64
        /// The codes of sealed versions that are set, with their hours.
        var sealed: [String: Moment] = [:]
    }

    init(house: House, press: StatementPress) {
        self.house = house
        self.press = press
        done = Mutex(Done(released: house.record.size))
    }

    func run() async throws {
        await Rounds.keep(Self.pace, logger: house.logger, failure: "statements set beforehand") {
            try await pass()
            return nil
        }
    }

    /// Sets what is to be set now, once.
    func pass() async throws {
        let size = house.record.size
        let (known, released) = done.withLock { ($0.size, $0.released) }
        guard known != size else { return }
        let (sealed, fresh) = try await house.record.read { database in
            let queries = PressQueries(database: database)
            let fresh = try MailingQueries(database: database).news(after: released - 1, limit: Self.most)
                .compactMap { news in try news.version.flatMap { try queries.statement(news.statement, version: $0) } }
            return (try queries.scheduled(limit: Self.most), fresh)
        }
        for statement in fresh { try await set(statement) }
        var codes: [String: Moment] = [:]
        for draft in sealed {
            guard let at = draft.at, let json = try? draft.sealed?.json(), let act = try? StatementReleased(json: json) else { continue }
            codes[act.code] = at
            guard done.withLock({ $0.sealed[act.code] }) != at else { continue }
            // As it will stand: the date on paper is to the minute, and the node releases within it.
            try await set(PublicStatement(entry: 0, act: act, released: at, newest: act.version, withdrawal: nil))
        }
        done.withLock { done in
            done.size = size
            done.released = size
            done.sealed = codes
        }
    }

    private func set(_ statement: PublicStatement) async throws {
        let renderings = StatementRenderings(house: house, press: press)
        for tag in statement.act.content.languages {
            try Task.checkCancellation()
            do {
                _ = try await renderings.pdf(statement, tag)
                _ = try await renderings.png(statement, tag)
            } catch is CancellationError {
                throw CancellationError()
            } catch {
                // Too long for paper, say: who asks for it is told so.
                house.logger.warning("a statement could not be set", metadata: ["language": "\(tag)", "reason": "\(type(of: error))"])
            }
        }
    }
}
