import Acts
import Ledger
import Logging
import Outbound
import Record
import ServiceLifecycle
import Synchronization
import Web

/// Sees to the node's peers for as long as it serves: asks them to cosign its checkpoints, sends what is addressed to them, reads
/// their documents anew, and compares what they were shown of one another's logs.
struct FederationService: Service {
    let house: House
    let runtime: FederationRuntime

    static let beat = Duration.milliseconds(250)
    /// How long acts are gathered before a message begins.
    private static let gathering = Duration.milliseconds(5)

    func run() async throws {
        do {
            try await runtime.readOwn()
        } catch {
            runtime.logger.warning("the witnessed checkpoint could not be read", metadata: ["error": "\(error)"])
        }
        await cancelWhenGracefulShutdown {
            await withDiscardingTaskGroup { group in
                while !Task.isCancelled {
                    let size = runtime.record.size
                    await look(&group)
                    do { try await rest(atSize: size) } catch { break }
                }
                group.cancelAll()
            }
        }
        try await runtime.close()
    }

    /// Waits for a beat, or until something is entered: a note does not wait to be sent.
    private func rest(atSize size: Int64) async throws {
        let record = runtime.record
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await Task.sleep(for: FederationService.beat) }
            group.addTask {
                try await record.waitForEntry(at: size)
            }
            defer { group.cancelAll() }
            try await group.next()
        }
        // What is entered together is sent together.
        try await Task.sleep(for: FederationService.gathering)
    }

    /// Begins what is due with each peer and nobody is at yet; a slow peer holds up nobody but itself.
    private func look(_ group: inout DiscardingTaskGroup) async {
        do {
            try runtime.ring.refresh()
            let peers = try await runtime.activePeers()
            guard !peers.isEmpty else { return }
            switch runtime.record.hold.state {
            case .open: break
            case .refused: return
            case .asking, .waiting:
                if runtime.board.begin(runtime.settings.node, .start, at: runtime.now()) {
                    group.addTask {
                        await StartQuestion(runtime: runtime).ask(peers)
                        runtime.board.succeed(runtime.settings.node, .start, at: runtime.now(), latency: nil, pause: .seconds(3))
                    }
                }
                return
            }
            // What is followed lies beside each process's own views; what is taken from it is entered once, whoever comes first.
            let followed = try await runtime.followedNames()
            for peer in peers where followed.contains(peer.name) && runtime.board.begin(peer.name, .following, at: runtime.now()) {
                group.addTask { await Following(house: house, runtime: runtime).follow(peer) }
            }
            // Of several processes of this node one sees to the peers, so that nothing is sent twice; the others read what it learnt.
            let isInCharge = try await runtime.record.claim("federation")
            runtime.isInCharge.store(isInCharge, ordering: .relaxed)
            guard isInCharge else {
                if runtime.board.begin(runtime.settings.node, .catchingUp, at: runtime.now()) {
                    group.addTask { await follow() }
                }
                return
            }
            let size = runtime.record.size
            for peer in peers {
                let now = runtime.now()
                if !peer.document.witnessKeys.isEmpty, runtime.board.state(peer.name, .witnessing).size ?? -1 < size,
                    runtime.board.begin(peer.name, .witnessing, at: now)
                {
                    group.addTask { await WitnessRound(runtime: runtime).ask(peer, among: peers) }
                }
                if !peer.document.mirrorKeys.isEmpty, runtime.board.state(peer.name, .mirroring).size ?? -1 < size,
                    runtime.board.begin(peer.name, .mirroring, at: now)
                {
                    group.addTask { await MirrorRound(runtime: runtime).send(to: peer) }
                }
                if runtime.board.begin(peer.name, .delivery, at: now) {
                    group.addTask { await Delivery(house: house, runtime: runtime).send(to: peer) }
                }
                if runtime.board.begin(peer.name, .document, at: now) {
                    group.addTask { await PeerRefresh(runtime: runtime).read(peer) }
                }
                if runtime.board.begin(peer.name, .comparing, at: now) {
                    group.addTask { await Comparison(runtime: runtime).compare(peer, with: peers) }
                }
            }
        } catch is CancellationError {
            return
        } catch {
            runtime.logger.error("the peers could not be seen to", metadata: ["error": "\(error)"])
        }
    }

    /// Takes over the newest witnessed checkpoint from the process that sees to the peers.
    private func follow() async {
        do {
            try await runtime.readOwn()
        } catch {
            runtime.logger.warning("the witnessed checkpoint could not be read", metadata: ["error": "\(error)"])
        }
        runtime.board.succeed(runtime.settings.node, .catchingUp, at: runtime.now(), latency: nil, pause: .seconds(1))
    }
}

/// Asks one peer to cosign the newest checkpoint (C2SP tlog-witness).
struct WitnessRound: Sendable {
    let runtime: FederationRuntime

    /// Why a witness did not cosign.
    private struct Failure: Error, CustomStringConvertible {
        let description: String
    }

    func ask(_ peer: Peer, among peers: [Peer]) async {
        do {
            let checkpoint = try runtime.record.servedCheckpoint()
            let (size, latency) = try await ask(
                peer, for: checkpoint, from: runtime.board.state(peer.name, .witnessing).size ?? 0, mayRetry: true, among: peers)
            runtime.board.succeed(
                peer.name, .witnessing, at: runtime.now(), latency: latency, size: size, pause: FederationService.beat)
        } catch {
            runtime.board.fail(peer.name, .witnessing, at: runtime.now(), because: "\(error)")
            runtime.logger.warning("a witness did not cosign", metadata: ["node": "\(peer.name)", "reason": "\(error)"])
        }
    }

    private func ask(
        _ peer: Peer, for checkpoint: SignedCheckpoint, from old: Int64, mayRetry: Bool, among peers: [Peer]
    ) async throws -> (size: Int64, latency: Duration) {
        let proof = old == 0 ? [] : try runtime.record.consistencyProof(from: old, to: checkpoint.size).hashes
        let bare = try SignedCheckpoint(checkpoint.note.keepingSignatures { $0.name.text == checkpoint.origin })
        let request = try AddCheckpointRequest(oldSize: UInt64(old), proof: proof, checkpoint: bare)
        let answer = try await runtime.client.post(
            "\(peer.document.origin)/witness/add-checkpoint", request.bytes, as: "text/plain; charset=utf-8", upTo: 64 << 10)
        switch answer.status {
        case 200:
            let signatures = try cosignatures(in: answer.body, of: peer, on: bare)
            let dressed = runtime.record.cosignatures.add(signatures, to: checkpoint)
            await settle(dressed, among: peers)
            return (checkpoint.size, answer.duration)
        case 409 where answer.contentType.hasPrefix(WitnessReply.size):
            let text = String(decoding: answer.body.prefix(32), as: UTF8.self)
            guard text.hasSuffix("\n"), let size = Int64(text.dropLast()), size >= 0 else {
                throw Failure(description: "It named no size that it had cosigned.")
            }
            guard size <= checkpoint.size else {
                // It signed more than this record holds: this record was cut, or the log signs two histories. A number proves nothing;
                // what it cosigned does, and then nothing is entered any more.
                try await StartQuestion(runtime: runtime).compare(with: peer)
                throw Failure(
                    description:
                        "It has cosigned \(size) entries of this record, which has \(checkpoint.size): an older backup was restored.")
            }
            guard mayRetry else { throw Failure(description: "It named another size each time it was asked.") }
            return try await ask(peer, for: checkpoint, from: size, mayRetry: false, among: peers)
        default:
            let reason = String(decoding: answer.body.prefix(300), as: UTF8.self).split(whereSeparator: \.isNewline).first.map(String.init)
            throw Failure(description: "It answered \(answer.status): \(reason ?? "without a reason")")
        }
    }

    /// Signature lines by the peer's witness keys; others are passed over, wrong ones refused.
    private func cosignatures(in body: [UInt8], of peer: Peer, on checkpoint: SignedCheckpoint) throws -> [NoteSignature] {
        let lines = String(decoding: body, as: UTF8.self).split(separator: "\n").prefix(16)
        var note = checkpoint.note.keepingSignatures { _ in false }
        for line in lines {
            guard let signature = NoteSignature(line: line) else { throw Failure(description: "It answered with what is no signature.") }
            try note.add(signature)
        }
        return try note.verified(by: peer.document.witnessVerifiers)
    }

    /// Whether enough have cosigned by now.
    private func settle(_ checkpoint: SignedCheckpoint, among peers: [Peer]) async {
        guard let policy = runtime.policy(of: peers) else { return }
        do {
            try policy.evaluate(checkpoint, knownLogs: [runtime.record.verifierKey])
        } catch {
            return
        }
        runtime.record.cosignatures.setWitnessed(checkpoint)
        do {
            try await runtime.witness.keepOwn(checkpoint)
        } catch {
            runtime.logger.warning("the witnessed checkpoint could not be kept", metadata: ["error": "\(error)"])
        }
    }
}

/// Reads a peer's document anew, and enters a newer one that its known keys vouch for.
struct PeerRefresh: Sendable {
    let runtime: FederationRuntime

    func read(_ peer: Peer) async {
        do {
            guard let origin = WebOrigin(peer.document.origin) else { throw NodeClient.Failure.badAddress(peer.document.origin) }
            let signed = try await runtime.fetchDocument(at: origin)
            let now = runtime.now()
            @Sendable func isNews(to known: NodeDocument) -> Bool {
                signed.document.issued > known.issued && !signed.document.saysTheSame(as: known)
            }
            if isNews(to: peer.document) {
                guard signed.succeeds(peer.document, at: now) else {
                    throw Refusal(
                        .unlawful, code: "node.unvouched", "\(peer.name) has a new document that none of its known keys signed.",
                        mend: "Ask its operator, and accept the document by hand if it is right.", citation: "docs/federation.md, Keys",
                        arguments: ["node": peer.name.description])
                }
                let act = PeerAccepted(node: peer.name.description, document: signed.json)
                _ = try await runtime.record.enter(
                    Command { context in
                        let known = try FederationQueries(database: context.database).peer(peer.name)
                        // Somebody may have accepted it while it was fetched.
                        guard let known, known.ended == nil, isNews(to: known.document), signed.succeeds(known.document, at: context.now)
                        else { return [] }
                        return [ActDraft(act, office: Identity.firstOffice, author: "node")]
                    })
                runtime.logger.notice("a peer's newer document was entered", metadata: ["node": "\(peer.name)"])
            }
            runtime.board.succeed(peer.name, .document, at: now, latency: nil, pause: runtime.settings.refresh)
        } catch {
            runtime.board.fail(peer.name, .document, at: runtime.now(), because: FederationService.reason(error))
        }
    }
}

/// Compares what one peer was shown of the others' logs with what this node was shown.
struct Comparison: Sendable {
    let runtime: FederationRuntime

    func compare(_ peer: Peer, with peers: [Peer]) async {
        do {
            for other in peers where other.name != peer.name {
                let origin = other.document.logOrigin
                guard let known = try await runtime.witness.known(origin) else { continue }
                let hash = WitnessKnown.hash(of: origin)
                let answer = try await runtime.client.get(
                    "\(peer.document.origin)/witness/\(hash)/checkpoint", accepting: "text/plain", upTo: 64 << 10)
                guard answer.status == 200 else { continue }
                let found = try SignedCheckpoint(parsing: answer.body)
                try found.verified(origin: origin, by: other.document.logVerifiers)
                await SplitViews(runtime: runtime).report(known: known.note, found: found)
            }
            runtime.board.succeed(
                peer.name, .comparing, at: runtime.now(), latency: nil, pause: min(runtime.settings.refresh, .seconds(60)))
        } catch {
            runtime.board.fail(peer.name, .comparing, at: runtime.now(), because: FederationService.reason(error))
        }
    }
}

extension FederationService {
    /// A reason in one sentence, in English.
    static func reason(_ error: any Error) -> String {
        (error as? Refusal)?.explanation ?? "\(error)"
    }
}
