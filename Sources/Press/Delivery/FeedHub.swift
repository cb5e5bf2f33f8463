import Acts
import Crypto
import Foundation
import Ledger
import Logging
import Outbound
import Record
import ServiceLifecycle
import Synchronization
import Web

/// The node as the hub of its own feeds (WebSub): asks who asked whether they meant it, and sends feeds when they change.
///
/// Its state is the record: subscriptions are acts, what is to be sent follows from releases, and how far each was sent to is entered.
final class FeedHub: Service {
    let house: House
    let runtime: HubRuntime
    private let state = Mutex(State())

    private static let pace = Duration.milliseconds(500)
    /// Most that are sent to at one time, and of them such as failed before.
    private static let places = (all: 32, failing: 8)
    private static let longestAnswer = 4_096

    private struct State: Sendable {
        var busy: Set<String> = []
        var failures: [String: (count: Int, due: Moment)] = [:]
        var receipts: [FeedSent.Receipt] = []
        var reached: [String: Int64] = [:]
    }

    init(house: House, runtime: HubRuntime) {
        self.house = house
        self.runtime = runtime
    }

    func run() async throws {
        await cancelWhenGracefulShutdown {
            await withDiscardingTaskGroup { group in
                await Rounds.keep(Self.pace, logger: self.house.logger, failure: "feeds to subscribers") {
                    for request in self.runtime.drain(32) { group.addTask { await self.verify(request) } }
                    for (subscription, news) in try await self.due() { group.addTask { await self.send(subscription, news) } }
                    try await self.enterReceipts()
                    return nil
                }
                group.cancelAll()
            }
        }
        try? await enterReceipts()
        await runtime.client.close()
    }

    /// Does what is due now, once, and waits until it is done.
    func pass() async throws {
        let due = try await due()
        await withDiscardingTaskGroup { group in
            for request in runtime.drain(32) { group.addTask { await self.verify(request) } }
            for (subscription, news) in due { group.addTask { await self.send(subscription, news) } }
        }
        try await enterReceipts()
    }

    // MARK: Verifying (WebSub, 5.3)

    /// Asks the callback with a challenge that only it sees; what it answers with anything else is not done.
    private func verify(_ request: HubRequest) async {
        let challenge = SymmetricKey(size: .bits256).withUnsafeBytes { Hexadecimal.encode(Array($0)) }
        do {
            let answer = try await runtime.client.get(
                request.question(challenge: challenge, encode: PercentCoding.encode), accepting: "*/*", upTo: Self.longestAnswer)
            guard (200..<300).contains(answer.status), answer.body == Array(challenge.utf8) else {
                return note("a subscriber did not confirm", request.host, "\(answer.status)")
            }
            try await settle(request)
        } catch {
            note("a subscriber could not be asked", request.host, "\(error)")
        }
    }

    private func settle(_ request: HubRequest) async throws {
        try await enter { office, context in
            let queries = PublishingQueries(database: context.database)
            let known = try queries.subscription(request.topic, request.callback)
            let commands = HubCommands(office: office)
            switch request.mode {
            case .unsubscribe: return commands.end(known, .unsubscribed)
            case .subscribe:
                let counts = try queries.counts(ofHost: request.host, at: context.now)
                return try commands.subscribe(
                    request, known: known, ofHost: counts.ofHost, all: counts.all, now: context.now)
            }
        }
    }

    // MARK: Sending (WebSub, 7)

    private func due() async throws -> [(FeedSubscription, StatementNews)] {
        // Where several processes have the record, one sends.
        guard try await house.record.claim("press.feeds") else { return [] }
        let now = house.now()
        let (subscriptions, news) = try await house.record.read { database in
            let subscriptions = try PublishingQueries(database: database).subscriptions(at: now)
            guard let least = subscriptions.map(\.upTo).min() else { return (subscriptions, [StatementNews]()) }
            return (subscriptions, try MailingQueries(database: database).news(after: least))
        }
        guard !news.isEmpty else { return [] }
        let origin = house.configuration.origin.description
        return state.withLock { state in
            var due: [(FeedSubscription, StatementNews)] = []
            var failing = state.busy.count { state.failures[$0] != nil }
            for subscription in subscriptions {
                let name = Self.name(subscription)
                let upTo = max(subscription.upTo, state.reached[name] ?? 0)
                guard state.busy.count < Self.places.all, !state.busy.contains(name),
                    let topic = FeedTopic(subscription.topic, origin: origin),
                    let last = news.last(where: { $0.entry > upTo && topic.isChanged(by: $0) })
                else { continue }
                if let failure = state.failures[name] {
                    guard failure.due <= now, failing < Self.places.failing else { continue }
                    failing += 1
                }
                state.busy.insert(name)
                due.append((subscription, last))
            }
            return due
        }
    }

    private static func name(_ subscription: FeedSubscription) -> String { "\(subscription.topic) \(subscription.callback)" }

    /// Sends the feed as it stands: whoever missed several changes is sent them all at once.
    private func send(_ subscription: FeedSubscription, _ last: StatementNews) async {
        let name = Self.name(subscription)
        defer { state.withLock { _ = $0.busy.remove(name) } }
        guard let topic = FeedTopic(subscription.topic, origin: house.configuration.origin.description) else { return }
        do {
            guard let content = try await FeedContent(house: house).sent(topic) else { return }
            var fields = [(name: "link", value: "<\(content.hub)>; rel=\"hub\", <\(subscription.topic)>; rel=\"self\"")]
            if let secret = subscription.secret {
                let code = HMAC<SHA256>.authenticationCode(for: content.body, using: SymmetricKey(data: Array(secret.utf8)))
                fields.append((name: "x-hub-signature", value: "sha256=\(Hexadecimal.encode(Array(code)))"))
            }
            let answer = try await runtime.client.post(
                subscription.callback, content.body, as: content.type, accepting: "*/*", fields: fields, upTo: Self.longestAnswer)
            switch answer.status {
            case 200..<300:
                state.withLock { state in
                    state.failures[name] = nil
                    state.reached[name] = last.entry
                    state.receipts.append(
                        FeedSent.Receipt(topic: subscription.topic, callback: subscription.callback, upTo: last.entry))
                }
            case 410:
                try await enter { office, context in
                    let known = try PublishingQueries(database: context.database).subscription(subscription.topic, subscription.callback)
                    return HubCommands(office: office).end(known, .gone)
                }
                state.withLock { $0.failures[name] = nil }
            default: postpone(name, "\(answer.status)")
            }
        } catch is CancellationError {
            return
        } catch {
            postpone(name, "\(error)")
        }
    }

    /// It is tried again, ever later, until its lease ends.
    private func postpone(_ name: String, _ reason: String) {
        let now = house.now()
        state.withLock { state in
            let count = (state.failures[name]?.count ?? 0) + 1
            state.failures[name] = (count, DeliveryPause.feed.next(after: count, now: now))
        }
        note("a feed was not taken", String(name.prefix(400)), reason)
    }

    private func note(_ what: Logger.Message, _ whom: String, _ reason: String) {
        house.logger.debug(what, metadata: ["subscriber": "\(whom)", "reason": "\(reason)"])
    }

    // MARK: What is entered

    private func enterReceipts() async throws {
        let receipts = state.withLock { state in
            defer { state.receipts = [] }
            return state.receipts
        }
        guard !receipts.isEmpty else { return }
        try await enter { office, _ in HubCommands(office: office).sent(receipts) }
        state.withLock { state in
            for receipt in receipts {
                let name = "\(receipt.topic) \(receipt.callback)"
                if (state.reached[name] ?? 0) <= receipt.upTo { state.reached[name] = nil }
            }
        }
    }

    private func enter(_ decide: @escaping @Sendable (String, RuleContext) throws -> [ActDraft]) async throws {
        let (record, access) = (house.record, house.access)
        let command = Command { context in
            guard let office = try access.offices(in: context.database).first else { return [] }
            return try decide(office.id, context)
        }
        // A task of its own, which this one waits for: an answer that was given is put on record though the node is told to stop.
        _ = try await Task { try await record.enter(command) }.value
    }
}
