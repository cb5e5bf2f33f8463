import Acts
import HTTPTypes
import Hummingbird
import Ledger
import NIOCore
import Record
import Web

/// The node as a witness (C2SP tlog-witness): `POST /witness/add-checkpoint`, and what it cosigned under `/witness/`.
struct WitnessPages: Sendable {
    let house: House
    let runtime: FederationRuntime

    func addRoutes(to router: Router<Visit>) {
        let pages = self
        router.post("/witness/add-checkpoint") { request, _ in try await pages.add(request) }
        router.post("/witness/sign-subtree") { request, _ in try await pages.signSubtree(request) }
        router.get("/witness/{hash}/checkpoint") { _, visit in try await pages.checkpoint(visit) }
    }

    /// The body, or the reply that refuses it.
    private func body(of request: Request) async throws -> Result<[UInt8], Failure> {
        do {
            return .success(try await house.body(of: request, upTo: AddCheckpointRequest.longest))
        } catch let refusal as Refusal where refusal.kind == .tooLarge {
            return .failure(
                Failure(reply: WitnessReply(status: 413, contentType: WitnessReply.text, body: "\(refusal.explanation)\n")))
        }
    }

    private struct Failure: Error {
        let reply: WitnessReply
    }

    private func add(_ request: Request) async throws -> Response {
        let body: [UInt8]
        switch try await self.body(of: request) {
        case .success(let bytes): body = bytes
        case .failure(let failure): return WitnessPages.response(failure.reply)
        }
        // What this witness remembers lies beside the record. Where that may be of an older day, so may the memory.
        if case .open = runtime.record.hold.state {
        } else {
            return WitnessPages.response(
                WitnessReply(
                    status: 503, contentType: WitnessReply.text,
                    body: "this witness has started and does not know yet whether it remembers all that it cosigned; ask again later\n"))
        }
        let logs = try await runtime.watchedLogs()
        let seconds = UInt64(max(0, runtime.now().milliseconds / 1000))
        let decision = try await runtime.witness.add(body, at: seconds) { logs[$0] }
        if let known = decision.known, let found = try? AddCheckpointRequest(parsing: body).checkpoint {
            await SplitViews(runtime: runtime).report(known: known, found: found)
        }
        return WitnessPages.response(decision.outcome.reply(cosignatures: decision.cosignatures))
    }

    private func signSubtree(_ request: Request) async throws -> Response {
        switch try await self.body(of: request) {
        case .success(let body):
            let logs = try await runtime.watchedLogs()
            return WitnessPages.response(try SubtreeSigning.answer(body, cosigners: runtime.witness.cosigners) { logs[$0] })
        case .failure(let failure): return WitnessPages.response(failure.reply)
        }
    }

    private func checkpoint(_ visit: Visit) async throws -> Response {
        guard let known = try await runtime.witness.known(hash: try visit.parameter("hash")) else {
            throw Refusal(
                .notFound, code: "witness.unknown-log", "This witness has cosigned no such log.",
                mend: "Ask by the SHA-256 of the log's origin, in lowercase hexadecimal.", citation: "C2SP tlog-witness")
        }
        return WitnessPages.response(
            WitnessReply(status: 200, contentType: WitnessReply.text, body: try runtime.witness.cosigned(known).string))
    }

    static func response(_ reply: WitnessReply) -> Response {
        Response(
            status: .init(code: reply.status), headers: [.contentType: reply.contentType, .cacheControl: "no-store"],
            body: ResponseBody(byteBuffer: ByteBuffer(string: reply.body)))
    }
}

/// The logs of peers, by origin, with the keys trusted for each.
struct WatchedLogs: Sendable {
    private let logs: [String: WitnessedLog]

    init(_ peers: some Sequence<Peer>) {
        logs = Dictionary(
            peers.map { peer in
                (
                    peer.document.logOrigin,
                    WitnessedLog(origin: peer.document.logOrigin, verifiers: peer.document.logVerifiers)
                )
            }
        ) { first, _ in first }
    }

    subscript(origin: String) -> WitnessedLog? { logs[origin] }
}
