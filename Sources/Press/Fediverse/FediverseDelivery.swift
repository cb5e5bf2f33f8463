import Acts
import Fediverse
import Foundation
import Logging
import Outbound
import Record
import ServiceLifecycle
import Web

/// Sends followers what was released, corrected and withdrawn, and answers who asked to follow or to quote.
///
/// Its state is the record: what an inbox is to have follows from the acts, and how far it was sent to is entered as receipts.
struct FediverseDelivery: Service {
    let house: House
    let runtime: FediverseRuntime
    private let rendered = RenderedActivities()

    /// How often servers that failed are looked at, and receipts entered.
    private static let beat = Duration.milliseconds(500)
    private static let mostReceipts = 1_000

    init(house: House, runtime: FediverseRuntime) {
        self.house = house
        self.runtime = runtime
    }

    func run() async throws {
        await cancelWhenGracefulShutdown {
            await withDiscardingTaskGroup { group in
                var next: Int64 = 0
                while !Task.isCancelled {
                    let size = house.record.size
                    do {
                        // Where several processes have the record, one delivers; who takes over reads the receipts anew.
                        let isInCharge = try await house.record.claim("fediverse")
                        if !isInCharge { next = 0 }
                        if isInCharge, size > next {
                            let from = next
                            runtime.board.add(try await house.record.read { try FediverseQueries(database: $0).due(from: from) })
                            next = size
                        }
                        let open = isInCharge ? runtime.board.open(at: runtime.now()) : (fast: 0, slow: 0)
                        for _ in 0..<open.fast { group.addTask { await work(slow: false) } }
                        for _ in 0..<open.slow { group.addTask { await work(slow: true) } }
                        try await enterReceipts()
                    } catch is CancellationError {
                        break
                    } catch {
                        house.logger.error("delivery to the fediverse", metadata: ["error": "\(error)"])
                    }
                    do { try await rest(at: max(size, next)) } catch { break }
                }
                group.cancelAll()
            }
        }
        try? await enterReceipts()
        await runtime.client.close()
    }

    private func rest(at size: Int64) async throws {
        let record = house.record
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await Task.sleep(for: Self.beat) }
            group.addTask { try await record.waitForEntry(at: size) }
            defer { group.cancelAll() }
            try await group.next()
        }
    }

    private func enterReceipts() async throws {
        let receipts = runtime.board.takeReceipts(most: Self.mostReceipts)
        guard !receipts.isEmpty else { return }
        do {
            _ = try await house.record.enter(
                Command([
                    ActDraft(
                        FediverseDelivered(receipts: receipts), dossier: PressCommands.draftsDossier, office: Identity.firstOffice,
                        author: "node", marking: .restricted(.init(audience: [], label: "internal")))
                ]))
        } catch {
            runtime.board.giveBack(receipts)
            throw error
        }
    }

    /// Sends to one inbox after another until none of the lane is left.
    private func work(slow: Bool) async {
        while !Task.isCancelled, let work = runtime.board.take(slow: slow, at: runtime.now()) {
            var sentUpTo: Int64?
            var outcome = FediverseDelivered.Outcome.delivered
            var end = DeliveryBoard.End.answered
            var manner = work.manner
            entries: for entry in work.entries {
                do {
                    let messages = try await messages(of: entry)
                    for message in messages {
                        switch try await send(message, to: work.destination, &manner) {
                        case .delivered: break
                        case .refused, .otherSignature: outcome = .refused
                        case .gone:
                            end = .gone
                            break entries
                        case .failed(let after):
                            end = .failed(after: after)
                            break entries
                        }
                    }
                    sentUpTo = entry
                    if messages.contains(where: \.beginsWithFormer) {
                        end = .rests
                        break entries
                    }
                } catch {
                    house.logger.debug("a delivery failed", metadata: ["reason": "\(error)"])
                    end = .failed(after: nil)
                    break entries
                }
            }
            runtime.board.end(work, sentUpTo: sentUpTo, outcome: outcome, end, manner, at: runtime.now())
        }
    }

    /// Sends a message, signed so that who holds either of an office's keys believes it while both count.
    ///
    /// A server that verifies before it answers refuses one of them, and is then sent the other alone. Others answer first and drop what they do
    /// not believe without a word (snac), so they are sent it under both: the same activity twice is one to them.
    private func send(
        _ message: RenderedActivities.Message, to inbox: String, _ manner: inout InboxManner
    ) async throws -> DeliveryRules.Outcome {
        guard let former = message.former, runtime.now().milliseconds < former.until else {
            return try await knock(message.body, message.key, at: inbox, &manner)
        }
        let beginsWithFormer = manner.takesFormerKey ?? message.beginsWithFormer
        let keys = beginsWithFormer ? [former.key, message.key] : [message.key, former.key]
        let first = try await knock(message.body, keys[0], at: inbox, &manner)
        if first == Self.notBelieved {
            let second = try await knock(message.body, keys[1], at: inbox, &manner)
            if second == .delivered { manner.takesFormerKey = !beginsWithFormer }
            return second
        }
        guard first == .delivered, manner.takesFormerKey == nil else { return first }
        switch try await knock(message.body, keys[1], at: inbox, &manner) {
        case Self.notBelieved: manner.takesFormerKey = beginsWithFormer
        case .failed(let after): return .failed(after: after)
        default: break
        }
        return .delivered
    }

    private static let notBelieved = DeliveryRules.Outcome.refused(status: 401)

    /// Sends with one key, in the form of signature that the server takes.
    private func knock(
        _ body: [UInt8], _ key: RequestKey, at inbox: String, _ manner: inout InboxManner
    ) async throws -> DeliveryRules.Outcome {
        let first = try await post(body, key, to: inbox, standard: manner.wantsStandard, isSecondKnock: false)
        guard first == .otherSignature else { return first }
        let second = try await post(body, key, to: inbox, standard: !manner.wantsStandard, isSecondKnock: true)
        if second == .delivered { manner.wantsStandard.toggle() }
        return second
    }

    private func post(
        _ body: [UInt8], _ key: RequestKey, to inbox: String, standard: Bool, isSecondKnock: Bool
    ) async throws -> DeliveryRules.Outcome {
        guard let url = URLComponents(string: inbox), let origin = Origin(inbox) else { return .refused(status: 0) }
        let request = SignedRequest(
            method: "POST", scheme: origin.scheme, authority: origin.authority,
            path: url.percentEncodedPath.isEmpty ? "/" : url.percentEncodedPath, query: url.percentEncodedQuery ?? "", fields: [:],
            body: body)
        let fields =
            standard
            ? try StandardSignature.fields(signing: request, with: key, at: runtime.now())
            : try CavageSignature.fields(signing: request, with: key, at: runtime.now())
        let client = runtime.client
        func ask() async throws -> GuardedClient.Answer {
            try await client.post(
                inbox, body, as: ActivityStreams.mediaType, accepting: ActivityStreams.mediaType, fields: fields, upTo: 64 << 10)
        }
        let answer: GuardedClient.Answer
        do {
            answer = try await ask()
        } catch GuardedClient.Failure.unreachable {
            // Some servers close a connection that is kept without saying so: once more, on a new one.
            answer = try await ask()
        }
        return DeliveryRules.outcome(status: answer.status, retryAfter: answer.retryAfter, isSecondKnock: isSecondKnock)
    }

    // MARK: What an entry says to other servers

    /// The activities of an entry, made and proved once for all inboxes.
    private func messages(of entry: Int64) async throws -> [RenderedActivities.Message] {
        if let known = rendered[entry] { return known }
        if let roll = try await house.record.read({ try FediverseQueries(database: $0).roll(at: entry) }) {
            return try await messages(of: entry, roll.office, rolledAt: roll.at)
        }
        let origin = "\(house.configuration.origin)"
        let (activities, office, moment) = try await house.record.read { database -> ([JSONObject], String, Moment) in
            let queries = FediverseQueries(database: database)
            if let answer = try queries.answer(entry) {
                guard let (activity, office) = FediverseDelivery.answer(answer, entry: entry, origin: origin, queries) else {
                    return ([], "", .now)
                }
                return ([activity], office, .now)
            }
            guard let found = try queries.statement(at: entry) else { return ([], "", .now) }
            let versions = try PressQueries(database: database).versions(of: found.statement)
            guard let first = versions.first else { return ([], "", .now) }
            if found.isWithdrawal {
                return (StatementNotes.withdrawn(versions, origin: origin), first.act.office, first.withdrawal?.at ?? .now)
            }
            return (
                StatementNotes.released(found.version, of: versions, origin: origin), first.act.office,
                versions.first { $0.act.version == found.version }?.released ?? .now
            )
        }
        guard !activities.isEmpty else { return [] }
        let messages = try await signed(activities, office, at: moment)
        rendered.keep(messages, for: entry)
        return messages
    }

    /// What followers are told where an office's keys were rolled. What was made ready before is signed anew.
    private func messages(of entry: Int64, _ office: String, rolledAt moment: Moment) async throws -> [RenderedActivities.Message] {
        rendered.forget()
        let actor = try await FediverseActors(house: house, runtime: runtime).actor(office)
        var messages = try await signed([OutgoingActivity.update(actor, at: moment)], office, at: moment)
        // The key that they know vouches for the new one.
        for place in messages.indices { messages[place].beginsWithFormer = true }
        rendered.keep(messages, for: entry)
        return messages
    }

    private func signed(_ activities: [JSONObject], _ office: String, at moment: Moment) async throws -> [RenderedActivities.Message] {
        let actor = StatementNotes.actor(office, origin: "\(house.configuration.origin)")
        let actors = FediverseActors(house: house, runtime: runtime)
        let now = runtime.now()
        let ring = try await house.record.read { try FediverseQueries(database: $0).keys(of: office, at: now) }
        let key = try runtime.keys.pair(office, actor: actor, key: ring.current).request
        let former = try ring.former.map { former in
            RenderedActivities.FormerKey(key: try runtime.keys.pair(office, actor: actor, key: former.key).request, until: former.until)
        }
        return try activities.map { activity in
            let proved = try actors.proved(activity, office: office, ring, at: moment)
            return RenderedActivities.Message(key: key, former: former, body: JSON.object(proved).canonicalBytes)
        }
    }

    private static func answer(
        _ answer: FediverseQueries.Answer, entry: Int64, origin: String, _ queries: FediverseQueries
    ) -> (JSONObject, String)? {
        if answer.form == "follow", let act = try? FollowerTaken(json: answer.act) {
            let actor = StatementNotes.actor(act.office, origin: origin)
            return (
                OutgoingActivity.answer(true, id: "\(actor)#accept-\(entry)", actor: actor, follow: act.follow, from: act.actor), act.office
            )
        }
        if answer.form == "following", let act = try? FollowingAsked(json: answer.act) {
            let follow = FollowedActor.follow(act.office, asked: entry, origin: origin)
            return (
                OutgoingActivity.follow(act.actor, id: follow, actor: StatementNotes.actor(act.office, origin: origin)), act.office
            )
        }
        if answer.form == "ending", let act = try? FollowingEnded(json: answer.act) {
            let (actor, follow) = (
                StatementNotes.actor(act.office, origin: origin), FollowedActor.follow(act.office, asked: act.asked, origin: origin)
            )
            return (OutgoingActivity.unfollow(act.actor, id: "\(actor)#unfollow-\(entry)", follow: follow, actor: actor), act.office)
        }
        guard answer.form == "quote", let act = try? ReactionHeard(json: answer.act), let post = act.post,
            let statement = try? PressQueries(database: queries.database).statement(act.statement, version: act.version)
        else { return nil }
        let actor = StatementNotes.actor(statement.act.office, origin: origin)
        return (
            OutgoingActivity.acceptQuote(
                id: "\(actor)#accept-\(entry)", actor: actor, request: act.activity, from: act.actor, quote: post,
                of: StatementNotes.id(act.statement, act.version, act.language, origin: origin),
                authorization: "\(origin)/fediverse/quotes/\(entry)"), statement.act.office
        )
    }
}
