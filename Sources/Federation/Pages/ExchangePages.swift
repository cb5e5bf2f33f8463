import Acts
import Foundation
import HTTPTypes
import Hummingbird
import Ledger
import Record
import Web

/// `POST /exchange/messages`: takes acts that peers send, signed (RFC 9421), and answers each with its receipt.
struct ExchangePages: Sendable {
    let house: House
    let runtime: FederationRuntime

    func addRoutes(to router: Router<Visit>) {
        let pages = self
        let house = house
        router.post("/exchange/messages") { request, visit in
            let (peer, body) = try await pages.authenticated(request, visit, upTo: ExchangeMessage.longest)
            return house.json(try await pages.answer(body, from: peer).json)
        }
        // What acts cite, ahead of the acts: sealed content that this node keeps under its hash.
        router.post("/exchange/blobs") { request, visit in
            let (_, body) = try await pages.authenticated(request, visit, upTo: ExchangeMessage.longestBlob)
            let digest = try house.record.storeBlob(body)
            return house.json(["sha256": .string(Hexadecimal.encode(digest))])
        }
    }

    /// The peer that signed the message, and the message's body.
    private func authenticated(_ request: Request, _ visit: Visit, upTo longest: Int) async throws -> (Peer, [UInt8]) {
        // The signature's own fields are looked at before the body is read, and the key's owner before it is parsed.
        let head = ExchangePages.signed(request, visit)
        let signature: MessageSignature
        let peers = try await runtime.peers()
        do {
            signature = try MessageSignature(in: head)
            guard let signer = signature.signer, peers[signer.node]?.ended == nil, peers[signer.node] != nil else {
                throw MessageSignature.Failure.unknownKey(String(signature.keyID.prefix(200)))
            }
        } catch let failure as MessageSignature.Failure {
            throw ExchangePages.refusal(failure)
        }
        let body = try await house.body(of: request, upTo: longest)
        let now = runtime.now()
        let sender: NodeName
        do {
            sender = try signature.verify(head, body: body, at: now) { node, key in
                guard let peer = peers[node], peer.ended == nil else { return nil }
                return peer.document.key(key, at: now)
            }
            guard let nonce = signature.nonce, try await runtime.nonces.take(nonce, of: sender, at: now) else {
                throw MessageSignature.Failure.replayed
            }
        } catch let failure as MessageSignature.Failure {
            if case .unknownKey = failure, let signer = signature.signer { runtime.board.hurry(signer.node) }
            throw ExchangePages.refusal(failure)
        }
        guard let peer = peers[sender] else { throw ExchangePages.refusal(.unknownKey(signature.keyID)) }
        return (peer, body)
    }

    private func answer(_ body: [UInt8], from peer: Peer) async throws -> ExchangeAnswer {
        let message: ExchangeMessage
        do {
            message = try ExchangeMessage(json: JSONParser.parse(body, limits: .init(bytes: ExchangeMessage.longest, depth: 8)))
        } catch {
            throw Refusal(
                .malformed, code: "exchange.message", "The message is not of the form that this node reads: \(error).",
                mend: "Send it as docs/federation.md says.", citation: "docs/federation.md, Exchange", arguments: ["reason": "\(error)"])
        }
        guard message.to == runtime.settings.node else {
            throw Refusal(
                .unlawful, code: "exchange.other-node", "The message is for \(message.to), and this is \(runtime.settings.node).",
                mend: "Send it to the node that it is for.", citation: "docs/federation.md, Exchange",
                arguments: ["to": message.to.description, "node": runtime.settings.node.description])
        }
        do {
            try message.checkpoint.verified(
                origin: peer.document.logOrigin, by: peer.document.logVerifiers)
        } catch {
            throw Refusal(
                .unlawful, code: "exchange.checkpoint", "The message's checkpoint is not one of the sender's log: \(error).",
                mend: "Send the acts with a checkpoint that your log signed.", citation: "C2SP tlog-checkpoint",
                arguments: ["reason": "\(error)"])
        }
        let rules = ExchangeRules(
            own: runtime.settings.node, offices: Set(try await house.offices().map(\.id)), takes: runtime.settings.takes)
        var accepted: [(item: ExchangeMessage.Item, act: ExchangeReceived, marking: Marking)] = []
        var refused: [Int64: Refusal] = [:]
        let note = message.checkpoint.note.string
        for item in message.items {
            do throws(Refusal) {
                let (act, marking) = try rules.receive(item, from: peer, in: message.checkpoint, written: note)
                accepted.append((item, act, marking))
            } catch {
                refused[item.index] = error
            }
        }
        let stopped = try await examine(accepted.map(\.act), of: peer)
        refused.merge(stopped) { first, _ in first }
        accepted.removeAll { stopped[$0.item.index] != nil }
        let entries = try await enter(accepted.map { ($0.act, $0.marking) })
        // Read after the entries are in, so that it covers them.
        let checkpoint = try runtime.record.servedCheckpoint()
        let places = message.items.compactMap { refused[$0.index] == nil ? entries[$0.index]?.entry.index : nil }
        let proofs = Dictionary(zip(places, try runtime.record.proofs(of: places, in: checkpoint))) { first, _ in first }
        var outcomes: [(act: Int64, outcome: ExchangeAnswer.Outcome)] = []
        for item in message.items {
            if let refusal = refused[item.index] {
                outcomes.append((item.index, .refused(code: refusal.code, reason: refusal.explanation)))
            } else if let (entry, isNew) = entries[item.index], case .present(let payload) = entry.content,
                let proof = proofs[entry.index]
            {
                // What was received before was kept with the proof of that time.
                let kept = isNew ? nil : (try? entry.payload(as: ExchangeReceived.self))?.proof
                outcomes.append(
                    (item.index, .received(index: entry.index, leaf: entry.leaf, salt: payload.salt, proof: proof.hashes, kept: kept)))
            }
        }
        return ExchangeAnswer(checkpoint: checkpoint, outcomes: outcomes)
    }

    /// What stands in the way of acts by the rules of the desks that read them, by their places; nothing for what was received before.
    private func examine(_ acts: [ExchangeReceived], of peer: Peer) async throws -> [Int64: Refusal] {
        let foreign = acts.compactMap { act -> (ExchangeReceived, ForeignAct)? in
            guard let inner = try? act.entry() else { return nil }
            let actor = peer.document.offices.first { $0.id == inner.statement.office }?.actor
            return (act, ForeignAct(entry: inner, origin: act.origin, actor: actor))
        }
        let (examines, today) = (runtime.settings.examines, runtime.now().date)
        return try await runtime.record.read { database in
            let queries = FederationQueries(database: database)
            var refusals: [Int64: Refusal] = [:]
            for (act, foreign) in foreign where try queries.received(act.origin, act.index) == nil {
                do {
                    try examines(foreign, database, today)
                } catch let refusal as Refusal {
                    refusals[act.index] = refusal
                }
            }
            return refusals
        }
    }

    /// Enters what is new; what was received before keeps the entry it has, so that a sender that asks again gets the same receipt.
    ///
    /// - Returns: by the act's place in the sender's record, the entry here, and whether it was made now.
    private func enter(_ acts: [(act: ExchangeReceived, marking: Marking)]) async throws -> [Int64: (entry: Entry, isNew: Bool)] {
        guard !acts.isEmpty else { return [:] }
        let prepared = acts.map { act, marking in
            ActDraft(
                act, dossier: (try? EntryHeader(leaf: act.leaf)).flatMap { runtime.settings.dossier($0.statement.kind) },
                office: Identity.firstOffice, author: "node", marking: marking)
        }
        let keys = acts.map { ($0.act.origin, $0.act.index) }
        let made = try await runtime.record.enter(
            Command { context in
                let queries = FederationQueries(database: context.database)
                var seen: Set<Int64> = []
                return try zip(keys, prepared).filter { key, _ in
                    try queries.received(key.0, key.1) == nil && seen.insert(key.1).inserted
                }.map(\.1)
            })
        let new = Dictionary(made.map { ($0.index, $0) }) { first, _ in first }
        let places = try await runtime.record.read { database in
            let queries = FederationQueries(database: database)
            var places: [Int64: Int64] = [:]
            for (origin, place) in keys { places[place] = try queries.received(origin, place) }
            return places
        }
        var found: [Int64: (entry: Entry, isNew: Bool)] = [:]
        for (act, place) in places {
            if let entry = new[place] {
                found[act] = (entry, true)
            } else if let entry = try runtime.record.entry(at: place) {
                found[act] = (entry, false)
            }
        }
        return found
    }

    private static func signed(_ request: Request, _ visit: Visit) -> MessageSignature.Request {
        var fields: [String: String] = [:]
        for field in request.headers {
            let name = field.name.canonicalName
            let value = field.value.trimmingCharacters(in: .whitespaces)
            fields[name] = fields[name].map { "\($0), \(value)" } ?? value
        }
        return MessageSignature.Request(
            method: request.method.rawValue, authority: request.head.authority ?? "", path: visit.path,
            query: visit.rawQuery.isEmpty ? "" : "?\(visit.rawQuery)", fields: fields)
    }

    static func refusal(_ failure: MessageSignature.Failure) -> Refusal {
        let kind: Refusal.Kind =
            switch failure {
            case .missing: .unauthenticated
            case .malformed: .malformed
            default: .forbidden
            }
        return Refusal(
            kind, code: "exchange.signature", failure.description, mend: failure.mend, citation: failure.citation,
            arguments: ["reason": failure.description, "way": failure.mend])
    }
}
