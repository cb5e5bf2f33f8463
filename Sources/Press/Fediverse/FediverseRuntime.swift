import Acts
import Fediverse
public import Foundation
import GRDB
import Outbound
import Synchronization
import Web

/// What the operator says about the fediverse.
public struct FediverseSettings: Sendable {
    /// Where the node's keys lie.
    public var keysFolder: URL
    /// Whether servers at private and loopback addresses, and without TLS, may be talked to: for tests and closed networks.
    public var allowsPrivateAddresses: Bool

    public init(keysFolder: URL, allowsPrivateAddresses: Bool = false) {
        self.keysFolder = keysFolder
        self.allowsPrivateAddresses = allowsPrivateAddresses
    }
}

/// What the fediverse's rooms share while a node runs: keys, the client, whom it has seen, what is on its way.
final class FediverseRuntime: Sendable {
    let keys: FediverseKeys
    let client: GuardedClient
    let replays = ReplayMemory()
    let allowsPrivateAddresses: Bool
    let board = DeliveryBoard()
    /// How much one host may bring: follows apart, since each costs an answer.
    let follows = Mutex(FollowLimit(burst: 60, perSecond: 1))
    let activities = Mutex(FollowLimit(burst: 600, perSecond: 20))
    let fetches = Mutex(FollowLimit(burst: 60, perSecond: 2))
    /// What was deleted before it came, for a while.
    let deleted = Mutex<[String: Int64]>([:])
    /// Who is heard, as decided a moment ago.
    let standings = Mutex<FediverseStandings?>(nil)
    /// Versions of statements that were answered: what is remembered of one never changes.
    private let statements = Mutex<[String: AnsweredStatement]>([:])
    private let known = Mutex<[String: Known]>([:])
    let now: @Sendable () -> Moment

    private struct Known {
        /// `nil`: it was asked for and not found.
        var actor: RemoteActor?
        var at: Int64
    }

    /// Actors that are remembered at most, and for how long in milliseconds: found ones, and such as could not be had.
    private static let most = 20_000
    private static let remembered: Int64 = 86_400_000
    private static let missed: Int64 = 30_000
    /// Longest actor document.
    private static let longest = 256 << 10

    init(settings: FediverseSettings, now: @escaping @Sendable () -> Moment = { .now }) {
        keys = FediverseKeys(folder: settings.keysFolder)
        client = GuardedClient(allowsPrivateAddresses: settings.allowsPrivateAddresses, limit: .seconds(15), connections: 8, now: now)
        self.now = now
        allowsPrivateAddresses = settings.allowsPrivateAddresses
    }

    /// Why an actor cannot be had.
    enum Missing: Error, Sendable {
        /// It may be there later.
        case notNow(String)
        /// Its server says that it is not there.
        case gone
        case wrong(String)
    }

    func isFresh(_ actor: String, within milliseconds: Int64) -> Bool {
        known.withLock { ($0[actor]?.at).map { now().milliseconds - $0 < milliseconds } ?? false }
    }

    /// The document of an actor of another server, asked for with the node's own signature.
    ///
    /// - Parameters:
    ///   - anew: asks even where it is known.
    ///   - node: the address of the node's own actor.
    func actor(_ id: String, anew: Bool, as node: String) async throws(Missing) -> RemoteActor {
        let time = now().milliseconds
        if let entry = known.withLock({ $0[id] }) {
            if let actor = entry.actor, !anew, time - entry.at < Self.remembered { return actor }
            if entry.actor == nil, time - entry.at < Self.missed { throw .notNow("It could not be had a moment ago.") }
        }
        guard let origin = Origin(id) else { throw .wrong("It is no address of the web.") }
        guard fetches.withLock({ $0.take(origin.authority, at: now()) }) == nil else { throw .notNow("Its host was asked too often.") }
        do {
            let answer = try await fetch(id, as: node)
            if answer.status == 404 || answer.status == 410 { throw Missing.gone }
            guard answer.status == 200 else { throw Missing.notNow("It answered \(answer.status).") }
            guard ActivityStreams.isMediaType(answer.contentType) else { throw Missing.wrong("It is no ActivityStreams document.") }
            let json = try JSONParser.parse(answer.body, limits: .init(bytes: Self.longest, depth: 16))
            let actor = try RemoteActor(json: json, at: id)
            remember(id, Known(actor: actor, at: time))
            return actor
        } catch let missing as Missing {
            if case .notNow = missing { remember(id, Known(actor: nil, at: time)) }
            throw missing
        } catch let failure as GuardedClient.Failure {
            remember(id, Known(actor: nil, at: time))
            switch failure {
            case .badAddress, .notSecure, .privateAddress: throw .wrong(failure.description)
            default: throw .notNow(failure.description)
            }
        } catch {
            throw .wrong("\(error)")
        }
    }

    private func fetch(_ id: String, as node: String) async throws -> GuardedClient.Answer {
        guard let url = URLComponents(string: id), let origin = Origin(id) else { throw GuardedClient.Failure.badAddress(id) }
        let request = SignedRequest(
            method: "GET", scheme: origin.scheme, authority: origin.authority,
            path: url.percentEncodedPath.isEmpty ? "/" : url.percentEncodedPath, query: url.percentEncodedQuery ?? "", fields: [:])
        let key = try keys.pair(FediverseActors.node, actor: node).request
        return try await client.get(
            id, accepting: "\(ActivityStreams.mediaType), \(ActivityStreams.longMediaType)",
            fields: try CavageSignature.fields(signing: request, with: key, at: now()), upTo: Self.longest)
    }

    private func remember(_ id: String, _ entry: Known) {
        known.withLock { known in
            if known.count >= Self.most {
                let oldest = known.sorted { $0.value.at < $1.value.at }.prefix(Self.most / 4).map(\.key)
                for key in oldest { known[key] = nil }
            }
            // A document that is there stays where it cannot be had anew.
            if entry.actor == nil, known[id]?.actor != nil { return }
            known[id] = entry
        }
    }

    /// The version of a statement that something is said to; `nil` where there is none.
    func answered(_ statement: String, _ version: Int64?, in database: Database) throws -> AnsweredStatement? {
        let key = version.map { "\(statement) \($0)" }
        if let key, let known = statements.withLock({ $0[key] }) { return known }
        guard let act = try PressQueries(database: database).statement(statement, version: version)?.act else { return nil }
        let found = AnsweredStatement(
            version: act.version, authoritative: act.content.authoritative, languages: Set(act.content.languages))
        // Without a version the newest is meant, which changes.
        if let key {
            statements.withLock { statements in
                if statements.count >= 1_000 { statements = [:] }
                statements[key] = found
            }
        }
        return found
    }

    func markDeleted(_ subject: String) {
        let time = now().milliseconds
        deleted.withLock { deleted in
            if deleted.count >= 10_000 { deleted = deleted.filter { time - $0.value < 600_000 } }
            if deleted.count < 10_000 { deleted[subject] = time }
        }
    }

    func wasDeleted(_ subject: String) -> Bool { deleted.withLock { $0[subject] != nil } }
}
