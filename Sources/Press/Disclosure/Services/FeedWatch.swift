import Acts
import Logging
import Outbound
import Record
import ServiceLifecycle

import class Record.Record

/// Looks at the feeds that offices watch, and raises an alert for each entry that has one of the office's words, once for each entry.
///
/// What was raised is in the record; when to look again is ``FeedBoard``'s, and asked anew by a process that begins.
struct FeedWatch: Service {
    let record: Record
    let client: GuardedClient
    let board: FeedBoard
    let law: DisclosureLaw
    let logger: Logger
    let now: @Sendable () -> Moment

    private static let pace = Duration.seconds(2)

    /// An office that watches a feed.
    private struct Watcher: Sendable {
        let office: String
        let words: AlertWordsSet
        let since: Moment
    }

    func run() async throws {
        await Rounds.keep(Self.pace, logger: logger, failure: "alerts from feeds") {
            guard try await record.claim("press.feeds", seconds: 120) else { return nil }
            try await pass()
            return nil
        }
        await client.close()
    }

    /// Looks at what is due now, once.
    func pass() async throws {
        let (feeds, words) = try await record.read { database in
            (try AlertQueries(database: database).feeds(), try DisclosureQueries(database: database).alertWords())
        }
        guard !feeds.isEmpty else { return }
        let spoken = Dictionary(words.map { ($0.office, (act: $0.act, since: $0.since)) }, uniquingKeysWith: { $1 })
        var watchers: [String: [Watcher]] = [:]
        var acts: [String: Int64] = [:]
        var minutes: [String: Int64] = [:]
        for (office, act, entry, since) in feeds {
            guard let words = spoken[office], !words.act.words.isEmpty else { continue }
            for address in act.feeds {
                let begun = max(since[address] ?? words.since, words.since.adding(milliseconds: -FeedRules.lookBack))
                watchers[address, default: []].append(Watcher(office: office, words: words.act, since: begun))
                acts[address] = max(acts[address] ?? -1, entry)
                minutes[address] = min(minutes[address] ?? act.minutes, act.minutes)
            }
        }
        let due = board.due(acts, at: now())
        // One slow server holds up no other.
        try await withThrowingTaskGroup(of: Void.self) { group in
            for (address, state) in due {
                let (watching, pace) = (watchers[address] ?? [], minutes[address] ?? FeedRules.minutes.upperBound)
                group.addTask { try await look(at: address, state, for: watching, minutes: pace) }
            }
            try await group.waitForAll()
        }
    }

    private func look(at address: String, _ known: FeedBoard.State, for watchers: [Watcher], minutes: Int64) async throws {
        var state = known
        var retryAfter: Int?
        do {
            // RFC 9110, 13.1: what has not changed is not sent again.
            var fields: [(name: String, value: String)] = []
            if let tag = state.entityTag { fields.append(("if-none-match", tag)) }
            if let date = state.lastModified { fields.append(("if-modified-since", date)) }
            let answer = try await client.get(
                address, accepting: "application/atom+xml, application/feed+json, application/rss+xml, application/xml;q=0.9, */*;q=0.1",
                fields: fields, upTo: WatchedFeed.longest)
            retryAfter = answer.retryAfter
            switch answer.status {
            case 200:
                let feed = try WatchedFeed(bytes: answer.body)
                let undated = Set(feed.entries.filter { $0.at == nil }.map(\.id))
                let before = state.undated ?? undated
                let isWhole = try await raise(feed, from: address, undated: before, for: watchers)
                state.undated = before
                state.title = feed.title
                // What was left for the next look must come again.
                state.entityTag = isWhole ? answer.entityTag : nil
                state.lastModified = isWhole ? answer.lastModified : nil
            case 304: break
            default: throw WatchedFeed.Fault(description: "the server answered \(answer.status)")
            }
            state.failures = 0
            state.fault = nil
            state.readAt = now()
        } catch let fault as WatchedFeed.Fault {
            state.failures += 1
            state.fault = fault.description
        } catch let failure as GuardedClient.Failure {
            state.failures += 1
            state.fault = failure.description
        }
        state.next = now().adding(
            milliseconds: FeedRules.pause(minutes: minutes, failures: state.failures, retryAfter: retryAfter))
        board.keep(state, of: address)
    }

    /// - Returns: whether nothing was left for the next look.
    private func raise(_ feed: WatchedFeed, from address: String, undated: Set<String>, for watchers: [Watcher]) async throws -> Bool {
        var left = FeedRules.mostAlerts
        // The oldest first: feeds have the newest at the top.
        for entry in feed.entries.reversed() {
            let text = MessageUptake.words(entry.words)
            for watcher in watchers
            where FeedRules.isNew(entry.at, since: watcher.since, wasThereAtFirst: undated.contains(entry.id))
                && FeedRules.matches(text, watcher.words.words)
            {
                let about = FeedRules.about(address, entry.id)
                let office = watcher.office
                if try await record.read({ try DisclosureQueries(database: $0).hasAlert(about: about, of: office) }) { continue }
                guard left > 0 else { return false }
                left -= 1
                let commands = DisclosureCommands(office: office, author: "node", law: law)
                let (ask, moment) = (watcher.words.ask, entry.at)
                _ = try await record.enter(
                    Command { context in
                        let queries = DisclosureQueries(database: context.database)
                        guard try !queries.hasAlert(about: about, of: office) else { return [] }
                        let year = context.now.date.year
                        // A date that has not come is the feed's mistake, not when it happened.
                        let event = moment.flatMap { $0 <= context.now ? $0 : nil }
                        return commands.raise(
                            AlertRaised(
                                alert: "ale-\(year)-\(try queries.next("ale", in: year))", title: entry.title, source: .feed,
                                from: entry.link ?? address, event: event, ask: ask, about: about), form: nil)
                    })
            }
        }
        return true
    }
}
