import Acts
import Ledger
import Logging
import Outbound
import Record

/// Brings one peer, which mirrors this node's record, up to the newest checkpoint (C2SP tlog-mirror).
struct MirrorRound: Sendable {
    let runtime: FederationRuntime

    /// Bytes of one request at most, so that it goes through within a question's time.
    private static let longest = 4 << 20
    /// Requests of one round at most; what is left is sent in the next.
    private static let mostRequests = 64

    /// Why a mirror did not take the record.
    private struct Failure: Error, CustomStringConvertible {
        let description: String
    }

    func send(to peer: Peer) async {
        do {
            let size = try await bring(peer)
            runtime.board.succeed(peer.name, .mirroring, at: runtime.now(), latency: nil, size: size, pause: .seconds(2))
        } catch {
            runtime.board.fail(peer.name, .mirroring, at: runtime.now(), because: FederationService.reason(error))
            runtime.logger.warning("a mirror did not take the record", metadata: ["node": "\(peer.name)", "reason": "\(error)"])
        }
    }

    /// - Returns: the size that the mirror vouches for afterwards.
    private func bring(_ peer: Peer) async throws -> Int64? {
        let checkpoint = try runtime.record.servedCheckpoint()
        let bare = try SignedCheckpoint(checkpoint.note.keepingSignatures { $0.name.text == checkpoint.origin })
        let known = runtime.board.state(peer.name, .mirroring).size ?? 0
        try await announce(bare, from: known, to: peer, mayRetry: true)
        var start = UInt64(known)
        var ticket: [UInt8] = []
        for _ in 0..<MirrorRound.mostRequests {
            try Task.checkCancellation()
            let header = try AddEntriesHeader(origin: bare.origin, entries: start..<bare.checkpoint.size, ticket: ticket)
            let answer = try await runtime.client.post(
                "\(peer.document.origin)/mirror/add-entries", try body(header), as: "application/octet-stream", upTo: 128 << 10)
            switch answer.status {
            case 200:
                let signatures = try cosignatures(in: answer.body, of: peer, on: bare)
                runtime.record.cosignatures.add(signatures, to: checkpoint)
                return bare.size
            case 202, 409:
                guard let info = MirrorInfo(parsing: answer.body) else { throw Failure(description: "It does not say how far it is.") }
                guard info.size == bare.checkpoint.size, info.nextEntry <= bare.checkpoint.size else {
                    throw Failure(description: "It goes on to \(info.size) entries, and this record's checkpoint is at \(bare.size).")
                }
                // After a part was taken the next begins later; what conflicts begins elsewhere.
                guard answer.status == 202 ? info.nextEntry > start : info.nextEntry != start else {
                    throw Failure(description: "It asks for the same entries again and again.")
                }
                (start, ticket) = (info.nextEntry, info.ticket)
            default:
                throw Failure(description: "It answered \(answer.status): \(MirrorRound.line(answer.body))")
            }
        }
        return nil
    }

    /// Has the mirror expect the checkpoint.
    private func announce(_ checkpoint: SignedCheckpoint, from old: Int64, to peer: Peer, mayRetry: Bool) async throws {
        let proof = old == 0 ? [] : try runtime.record.consistencyProof(from: old, to: checkpoint.size).hashes
        let request = try AddCheckpointRequest(oldSize: UInt64(old), proof: proof, checkpoint: checkpoint)
        let answer = try await runtime.client.post(
            "\(peer.document.origin)/mirror/add-checkpoint", request.bytes, as: "text/plain; charset=utf-8", upTo: 64 << 10)
        switch answer.status {
        case 200: return
        case 409 where answer.contentType.hasPrefix(WitnessReply.size) && mayRetry:
            let text = String(decoding: answer.body.prefix(32), as: UTF8.self)
            guard text.hasSuffix("\n"), let size = Int64(text.dropLast()), size >= 0, size <= checkpoint.size else {
                throw Failure(description: "It expects a checkpoint that this record has not come to.")
            }
            try await announce(checkpoint, from: size, to: peer, mayRetry: false)
        default:
            throw Failure(description: "It answered \(answer.status): \(MirrorRound.line(answer.body))")
        }
    }

    /// The packages of an upload, as many as one request should have.
    private func body(_ header: AddEntriesHeader) throws -> [UInt8] {
        let whole = try runtime.record.addEntries(header)
        var length = 0
        let packages = whole.packages.enumerated().prefix { place, package in
            length += package.entries.reduce(0) { $0 + $1.count + 2 }
            return place == 0 || length <= MirrorRound.longest
        }
        return try AddEntriesRequest(header, packages: packages.map(\.element)).bytes
    }

    /// Signature lines by the mirror's keys; others are passed over, wrong ones refused.
    private func cosignatures(in body: [UInt8], of peer: Peer, on checkpoint: SignedCheckpoint) throws -> [NoteSignature] {
        let lines = String(decoding: body, as: UTF8.self).split(separator: "\n").prefix(16)
        var note = checkpoint.note.keepingSignatures { _ in false }
        for line in lines {
            guard let signature = NoteSignature(line: line) else { throw Failure(description: "It answered with what is no signature.") }
            try note.add(signature)
        }
        return try note.verified(by: peer.document.mirrorVerifiers)
    }

    private static func line(_ body: [UInt8]) -> String {
        String(decoding: body.prefix(300), as: UTF8.self).split(whereSeparator: \.isNewline).first.map(String.init) ?? "without a reason"
    }
}
