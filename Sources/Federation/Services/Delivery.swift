import Acts
import Ledger
import Logging
import Outbound
import Record
import Web

/// Sends a peer what is addressed to it, oldest first, and enters its receipts.
struct Delivery: Sendable {
    let house: House
    let runtime: FederationRuntime

    private struct Failure: Error, CustomStringConvertible {
        let description: String
    }

    /// A message that is ready to go, with the entries it is made of.
    private struct Parcel: Sendable {
        let message: ExchangeMessage
        let entries: [Int64: Entry]
        /// The place of the last act that was looked at for it.
        let last: Int64
    }

    func send(to peer: Peer) async {
        do {
            try await sendAll(to: peer)
            runtime.board.succeed(peer.name, .delivery, at: runtime.now(), latency: nil)
        } catch {
            runtime.board.fail(peer.name, .delivery, at: runtime.now(), because: FederationService.reason(error))
            runtime.logger.warning("acts could not be sent", metadata: ["node": "\(peer.name)", "reason": "\(error)"])
        }
    }

    /// One message after the other, so that the acts arrive in order; while the other node works on one, the receipts for the one before
    /// are entered and the next is made ready.
    private func sendAll(to peer: Peer) async throws {
        var current = try await prepare(for: peer, after: -1)
        var answered: (parcel: Parcel, answer: ExchangeAnswer)?
        while current != nil || answered != nil, !Task.isCancelled {
            let (sending, settling) = (current, answered)
            async let settled: Void = settle(settling, peer)
            async let answer = post(sending, to: peer)
            async let next = prepare(for: peer, after: sending)
            // What was answered is entered, whatever becomes of the message after it.
            try await settled
            answered = try await answer
            current = try await next
        }
    }

    private func prepare(for peer: Peer, after parcel: Parcel?) async throws -> Parcel? {
        guard let parcel else { return nil }
        return try await prepare(for: peer, after: parcel.last)
    }

    /// The next message; `nil` where nothing waits.
    private func prepare(for peer: Peer, after place: Int64) async throws -> Parcel? {
        let waiting = try await runtime.record.read {
            try FederationQueries(database: $0).waiting(for: peer.name, after: place, limit: ExchangeMessage.most)
        }
        guard !waiting.isEmpty else { return nil }
        let checkpoint = try runtime.record.servedCheckpoint()
        var found: [(index: Int64, entry: Entry, payload: SealedPayload)] = []
        var last = place
        var length = 0
        for index in waiting where index < checkpoint.size {
            guard let entry = try runtime.record.entry(at: index) else { continue }
            // Erased before it was sent: there is nothing to send any more.
            guard case .present(let payload) = entry.content else {
                try await settle([refused(index, peer, "exchange.erased", "It was erased before it was sent.", entry)], peer)
                last = index
                continue
            }
            length += (entry.leaf.count + payload.bytes.count) * 4 / 3 + 4_096
            if !found.isEmpty, length > ExchangeMessage.longest / 2 { break }
            try await sendBlobs(of: payload, to: peer)
            found.append((index, entry, payload))
            last = index
        }
        guard !found.isEmpty else { return last > place ? try await prepare(for: peer, after: last) : nil }
        let proofs = try runtime.record.proofs(of: found.map(\.index), in: checkpoint)
        let items = zip(found, proofs).map { one, proof in
            ExchangeMessage.Item(index: one.index, leaf: one.entry.leaf, payload: one.payload, proof: proof.hashes)
        }
        return Parcel(
            message: ExchangeMessage(to: peer.name, checkpoint: checkpoint, items: items),
            entries: Dictionary(found.map { ($0.index, $0.entry) }) { first, _ in first }, last: last)
    }

    private func post(_ parcel: Parcel?, to peer: Peer) async throws -> (parcel: Parcel, answer: ExchangeAnswer)? {
        guard let parcel else { return nil }
        let answer = try await runtime.client.post(
            "\(peer.document.origin)/exchange/messages", parcel.message.json.canonicalBytes, as: "application/json",
            signedBy: (runtime.settings.node, try runtime.ring.current(at: runtime.now())), upTo: ExchangeMessage.longest)
        guard answer.status == 200 else { throw Failure(description: Delivery.problem(answer)) }
        let read = try ExchangeAnswer(json: JSONParser.parse(answer.body, limits: .init(bytes: ExchangeMessage.longest, depth: 8)))
        try read.checkpoint.verified(origin: peer.document.logOrigin, by: peer.document.logVerifiers)
        return (parcel, read)
    }

    /// Enters the receipts of an answer, each held against what was sent.
    private func settle(_ answered: (parcel: Parcel, answer: ExchangeAnswer)?, _ peer: Peer) async throws {
        guard let (parcel, answer) = answered else { return }
        let checkpoint = parcel.message.checkpoint
        let (note, theirs) = (checkpoint.note.string, answer.checkpoint.note.string)
        let outcomes = Dictionary(answer.outcomes.map { ($0.act, $0.outcome) }) { first, _ in first }
        var drafts: [(entry: Int64, draft: ActDraft)] = []
        for item in parcel.message.items {
            guard let outcome = outcomes[item.index], let entry = parcel.entries[item.index] else { continue }
            switch outcome {
            case .refused(let code, let reason):
                drafts.append(refused(item.index, peer, code, reason, entry))
            case .received(let index, let leaf, let salt, let proof, let kept):
                let made = try ProofFile(
                    InclusionProof(index: UInt64(item.index), size: checkpoint.checkpoint.size, hashes: item.proof),
                    checkpoint: checkpoint)
                let sent = ExchangeReceived(
                    node: runtime.settings.node.description, origin: runtime.record.origin, index: item.index, leaf: item.leaf,
                    payload: item.payload,
                    proof: kept ?? made.head + note)
                let receipt = try ExchangeRules.receipt(
                    index: index, leaf: leaf, salt: salt, proof: proof, for: sent, in: answer.checkpoint, written: theirs)
                drafts.append(
                    (
                        item.index,
                        ActDraft(
                            ExchangeDelivered(entry: item.index, node: peer.name.description, receipt: receipt),
                            dossier: entry.statement.dossier, office: entry.statement.office, author: "node",
                            marking: Delivery.marking(of: entry), references: [Reference(item.index)])
                    ))
            }
        }
        guard !drafts.isEmpty else { throw Failure(description: "It answered for none of the acts.") }
        try await settle(drafts, peer)
    }

    /// What the act's payload cites in its member `blobs`, SHA-256 in hexadecimal each.
    private func sendBlobs(of payload: SealedPayload, to peer: Peer) async throws {
        guard let names = try? payload.json()["blobs"]?.array else { return }
        for name in names.compactMap(\.string) {
            guard let hash = Hexadecimal.decode(name.utf8), hash.count == 32, let blob = try runtime.record.blob(sha256: hash) else {
                throw Failure(description: "The blob \(name.prefix(64)) that the act cites is not there.")
            }
            guard blob.count <= ExchangeMessage.longestBlob else {
                throw Failure(description: "The blob \(name) has \(blob.count) bytes; \(ExchangeMessage.longestBlob) may be sent.")
            }
            let answer = try await runtime.client.post(
                "\(peer.document.origin)/exchange/blobs", blob, as: "application/octet-stream",
                signedBy: (runtime.settings.node, try runtime.ring.current(at: runtime.now())), upTo: 64 << 10)
            guard answer.status == 200 else { throw Failure(description: Delivery.problem(answer)) }
        }
    }

    private func refused(_ index: Int64, _ peer: Peer, _ code: String, _ reason: String, _ entry: Entry) -> (Int64, ActDraft) {
        (
            index,
            ActDraft(
                ExchangeRefused(entry: index, node: peer.name.description, code: code, reason: reason), dossier: entry.statement.dossier,
                office: entry.statement.office, author: "node", marking: Delivery.marking(of: entry), references: [Reference(index)])
        )
    }

    private func settle(_ drafts: [(Int64, ActDraft)], _ peer: Peer) async throws {
        let drafts = drafts
        _ = try await runtime.record.enter(
            Command { context in
                let queries = FederationQueries(database: context.database)
                return try drafts.filter { try queries.isWaiting($0.0, for: peer.name) }.map(\.1)
            })
    }

    /// Who may read what was sent may read how it fared, at this node.
    private static func marking(of entry: Entry) -> Marking {
        guard case .restricted(let restriction) = entry.statement.marking else { return .public }
        return .restricted(
            .init(
                audience: restriction.audience.filter { NodeName(audienceMember: $0) == nil }, label: restriction.label,
                release: restriction.release))
    }

    /// What a refusal as RFC 9457 says, in a line.
    private static func problem(_ answer: NodeClient.Answer) -> String {
        let json = try? JSONParser.parse(answer.body, limits: .init(bytes: 64 << 10, depth: 8))
        let detail = json?["detail"]?.string ?? json?["title"]?.string ?? "without a reason"
        return "It answered \(answer.status): \(detail.prefix(300))"
    }
}
