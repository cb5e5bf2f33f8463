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
        guard runtime.settings.isWitness else { return }
        let pages = self
        router.post("/witness/add-checkpoint") { request, _ in try await pages.add(request) }
        router.get("/witness/{hash}/checkpoint") { _, visit in try pages.checkpoint(visit) }
    }

    private func add(_ request: Request) async throws -> Response {
        let body: [UInt8]
        do {
            body = try await house.body(of: request, upTo: AddCheckpointRequest.longest)
        } catch let refusal as Refusal where refusal.kind == .tooLarge {
            return WitnessPages.response(
                WitnessReply(status: 413, contentType: WitnessReply.text, body: "\(refusal.explanation)\n"))
        }
        let logs = try await runtime.watchedLogs()
        let seconds = UInt64(max(0, runtime.now().milliseconds / 1000))
        let decision = try await runtime.witness.add(body, at: seconds) { logs[$0] }
        if let known = decision.known, let found = try? AddCheckpointRequest(parsing: body).checkpoint {
            await SplitViews(runtime: runtime).report(known: known, found: found)
        }
        return WitnessPages.response(decision.outcome.reply(cosignatures: decision.cosignatures))
    }

    private func checkpoint(_ visit: Visit) throws -> Response {
        guard let known = runtime.witness.known(hash: try visit.parameter("hash")) else {
            throw Refusal(
                .notFound, code: "witness.unknown-log", "This witness has cosigned no such log.",
                mend: "Ask by the SHA-256 of the log's origin, in lowercase hexadecimal.", citation: "C2SP tlog-witness")
        }
        return WitnessPages.response(
            WitnessReply(status: 200, contentType: WitnessReply.text, body: try runtime.witness.cosigned(known).string))
    }

    private static func response(_ reply: WitnessReply) -> Response {
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
