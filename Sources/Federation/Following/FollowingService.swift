import Acts
import Ledger
import Logging
import Record
import Web

/// Follows one peer's record for a while, and takes from it what this node's desks enter in their own.
struct Following: Sendable {
    let house: House
    let runtime: FederationRuntime

    /// How long a record that brought nothing new is left alone at the most.
    static let pause = Duration.seconds(5)

    func follow(_ peer: Peer) async {
        let name = peer.name
        do {
            let outcome = try await follower(of: peer).follow()
            if outcome.fetched > 0 {
                runtime.logger.info(
                    "another node's record was followed",
                    metadata: ["node": "\(name)", "entries": "\(outcome.fetched)", "size": "\(outcome.log.size)"])
            }
            try await Taking(house: house, runtime: runtime).take(from: peer, in: outcome.log)
            runtime.board.succeed(
                name, .following, at: runtime.now(), latency: nil, size: outcome.log.size,
                pause: min(runtime.settings.refresh, Following.pause))
        } catch let contradiction as RecordFollower.Contradiction {
            await SplitViews(runtime: runtime).report(contradiction)
            fail(name, contradiction.failure)
        } catch is CancellationError {
            fail(name, CancellationError())
        } catch {
            fail(name, error)
        }
    }

    func follower(of peer: Peer) -> RecordFollower {
        RecordFollower(
            node: peer.name, address: peer.document.origin, origin: peer.document.logOrigin, verifiers: peer.document.logVerifiers,
            client: runtime.client, store: runtime.followed)
    }

    private func fail(_ name: NodeName, _ error: any Error) {
        runtime.board.fail(name, .following, at: runtime.now(), because: FederationService.reason(error))
        runtime.logger.warning("another node's record could not be followed", metadata: ["node": "\(name)", "reason": "\(error)"])
    }
}

/// Takes acts of followed records that this node acts upon, such as full powers issued at home, into its own record, each with its
/// proof, once.
struct Taking: Sendable {
    let house: House
    let runtime: FederationRuntime

    /// The most acts of a kind that are looked at in one turn.
    private static let most = 256

    func take(from peer: Peer, in log: FollowedStore.Log) async throws {
        let again = runtime.taken.refused(of: peer.name, before: runtime.record.size)
        for entry in try await runtime.followed.entries(again, of: log) { try await take(entry, from: peer, in: log) }
        for kind in runtime.settings.takesFollowed {
            var from = runtime.taken.cursor(of: peer, kind)
            while true {
                let filter = FollowedStore.Filter(kind: kind.description, from: from, limit: Taking.most, newestFirst: false)
                let places = try await runtime.followed.acts(of: log, filter)
                for entry in try await runtime.followed.entries(places, of: log) {
                    // Not covered by the checkpoint yet: at the next turn.
                    guard try await take(entry, from: peer, in: log) else { return }
                }
                guard let last = places.last else { break }
                from = last + 1
                runtime.taken.set(from, of: peer, kind)
            }
        }
    }

    /// - Returns: whether the checkpoint covers the entry.
    @discardableResult
    private func take(_ entry: Entry, from peer: Peer, in log: FollowedStore.Log) async throws -> Bool {
        guard case .present(let payload) = entry.content else { return true }
        guard let proof = try await runtime.followed.proof(of: entry, in: log, extra: nil) else { return false }
        await enter(entry, payload, proof, from: peer)
        return true
    }

    private func enter(_ entry: Entry, _ payload: SealedPayload, _ proof: ProofFile, from peer: Peer) async {
        let act = ExchangeReceived(
            node: peer.name.description, origin: peer.document.logOrigin, index: entry.index, leaf: entry.leaf, payload: payload,
            proof: String(decoding: proof.bytes, as: UTF8.self))
        let settings = runtime.settings
        let office = peer.document.offices.first { $0.id == entry.statement.office }
        do {
            _ = try await runtime.record.enter(
                Command { context in
                    let queries = FederationQueries(database: context.database)
                    guard try queries.received(act.origin, act.index) == nil, let known = try queries.peer(peer.name), known.ended == nil
                    else { return [] }
                    try settings.examines(
                        ForeignAct(entry: entry, origin: act.origin, actor: office?.actor), context.database, context.now.date)
                    return [
                        ActDraft(
                            act, dossier: entry.statement.dossier, office: Identity.firstOffice, author: "node",
                            references: [Reference(entry.index, origin: act.origin)])
                    ]
                })
            runtime.taken.accept(peer, entry.index)
        } catch {
            let citation = (error as? Refusal)?.citation.map { " (\($0))" } ?? ""
            let reason = FederationService.reason(error) + citation
            guard runtime.taken.refuse(peer, entry.index, because: reason, at: runtime.record.size) else { return }
            runtime.logger.notice(
                "an act of a followed record was not taken",
                metadata: ["node": "\(peer.name)", "entry": "\(entry.index)", "reason": "\(reason)"])
        }
    }
}
