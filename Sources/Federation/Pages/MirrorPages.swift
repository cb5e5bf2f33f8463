import Acts
import HTTPTypes
import Hummingbird
import Ledger
import NIOCore
import Record
import Web

/// The node as a mirror (C2SP tlog-mirror): `POST /mirror/add-checkpoint`, `/mirror/add-entries` and `/mirror/sign-subtree`, and the
/// copies under `/mirror/HASH/`, as C2SP tlog-tiles has them.
struct MirrorPages: Sendable {
    let house: House
    let runtime: FederationRuntime
    let mirror: Mirror

    /// More bytes than one package and the header before it can have never wait to be read.
    private static let mostWaiting = 16_779_265 + 2 * 65_537 + 16

    func addRoutes(to router: Router<Visit>) {
        let pages = self
        router.post("/mirror/add-checkpoint") { request, _ in try await pages.addCheckpoint(request) }
        router.post("/mirror/add-entries") { request, _ in try await pages.addEntries(request) }
        router.post("/mirror/sign-subtree") { request, _ in try await pages.signSubtree(request) }
        router.get("/mirror/{hash}/checkpoint") { _, visit in try await pages.checkpoint(visit) }
        router.get("/mirror/{hash}/tile/**") { _, visit in try await pages.tile(visit) }
    }

    private static func plain(_ status: Int, _ words: String) -> Response {
        WitnessPages.response(WitnessReply(status: status, contentType: WitnessReply.text, body: "\(words)\n"))
    }

    /// What refuses everything while it is not known whether the copies are the newest.
    private var notYet: Response? {
        if case .open = runtime.record.hold.state { return nil }
        return MirrorPages.plain(
            503, "this mirror has started and does not know yet whether it holds all that it cosigned; ask again later")
    }

    // MARK: Taking

    private func addCheckpoint(_ request: Request) async throws -> Response {
        if let notYet { return notYet }
        let body: [UInt8]
        do {
            body = try await house.body(of: request, upTo: AddCheckpointRequest.longest)
        } catch let refusal as Refusal where refusal.kind == .tooLarge {
            return MirrorPages.plain(413, refusal.explanation)
        }
        let asked: AddCheckpointRequest
        do throws(AddCheckpointRequestError) {
            asked = try AddCheckpointRequest(parsing: body)
        } catch {
            return WitnessPages.response(AddCheckpointOutcome.malformed(error).reply())
        }
        let logs = try await runtime.mirroredLogs()
        let origin = asked.checkpoint.origin
        if let refusal = AddCheckpointOutcome.refusal(of: asked, log: logs[origin]) { return WitnessPages.response(refusal.reply()) }
        let log = try mirror.log(origin)
        let outcome = try await log.expect(asked)
        if case .otherRoot = outcome, let known = try await log.state().pending.last {
            await SplitViews(runtime: runtime).report(known: known.note.bytes, found: asked.checkpoint)
        }
        // Without cosignatures: it does not hold what it has promised to fetch.
        return WitnessPages.response(outcome.reply())
    }

    private func addEntries(_ request: Request) async throws -> Response {
        if let notYet { return notYet }
        guard (request.headers[.contentType] ?? "").hasPrefix("application/octet-stream") else {
            return MirrorPages.plain(415, "send the entries as application/octet-stream")
        }
        var intake = MirrorIntake(mirror: mirror, logs: try await runtime.mirroredLogs())
        var gzip: GzipReader?
        switch request.headers[.contentEncoding]?.lowercased() {
        case nil, "identity": break
        case "gzip", "x-gzip": gzip = try GzipReader()
        default: return MirrorPages.plain(415, "send the entries plain, or in gzip")
        }
        let now = runtime.now()
        do {
            for try await buffer in request.body {
                if let gzip {
                    gzip.add(Array(buffer.readableBytesView))
                    while let piece = try gzip.next() {
                        if let answer = try await intake.take(piece) { return WitnessPages.response(answer.reply()) }
                    }
                } else if let answer = try await intake.take(Array(buffer.readableBytesView)) {
                    return WitnessPages.response(answer.reply())
                }
                guard intake.waiting <= MirrorPages.mostWaiting else {
                    return MirrorPages.plain(400, "a package is longer than any can be")
                }
                if intake.isDone { break }
            }
        } catch let failure as GzipReader.Failure {
            return MirrorPages.plain(400, failure.description)
        }
        let mirror = mirror
        let (outcome, cosignatures) = try await intake.finish { try mirror.cosign($0, at: UInt64(max(0, now.milliseconds / 1000))) }
        return WitnessPages.response(outcome.reply(cosignatures: cosignatures))
    }

    private func signSubtree(_ request: Request) async throws -> Response {
        let body: [UInt8]
        do {
            body = try await house.body(of: request, upTo: AddCheckpointRequest.longest)
        } catch let refusal as Refusal where refusal.kind == .tooLarge {
            return MirrorPages.plain(413, refusal.explanation)
        }
        let logs = try await runtime.mirroredLogs()
        return WitnessPages.response(try SubtreeSigning.answer(body, cosigners: mirror.cosigners) { logs[$0] })
    }

    // MARK: Serving

    /// The copy of a log by the SHA-256 of its origin; also where it is mirrored no more, as long as it is there.
    private func log(_ visit: Visit) async throws -> MirrorLog {
        let hash = try visit.parameter("hash")
        guard let origin = try await runtime.peers().values.map(\.document.logOrigin).first(where: { WitnessKnown.hash(of: $0) == hash }),
            let log = try mirror.existing(origin)
        else {
            throw Refusal(
                .notFound, code: "mirror.unknown-log", "This mirror holds no such log.",
                mend: "Ask by the SHA-256 of the log's origin, in lowercase hexadecimal.", citation: "C2SP tlog-mirror")
        }
        return log
    }

    private func checkpoint(_ visit: Visit) async throws -> Response {
        guard let note = try await log(visit).checkpoint() else {
            throw Refusal(
                .notFound, code: "mirror.not-whole", "This mirror does not hold the log whole yet.", mend: "Ask again later.",
                citation: "C2SP tlog-mirror")
        }
        return Response(
            status: .ok,
            headers: [.contentType: WitnessReply.text, .cacheControl: "no-cache", .accessControlAllowOrigin: "*"],
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: note)))
    }

    private func tile(_ visit: Visit) async throws -> Response {
        let log = try await log(visit)
        let path = visit.path.split(separator: "/", maxSplits: 2, omittingEmptySubsequences: true).last ?? ""
        let bytes: [UInt8]?
        if let bundle = EntryBundleCoordinate(path: path) {
            bytes = try await log.bundle(bundle)
        } else if let tile = TileCoordinate(path: path) {
            bytes = try await log.tile(tile)
        } else {
            bytes = nil
        }
        guard let bytes else {
            throw Refusal(
                .notFound, code: "mirror.no-tile", "This mirror holds no such tile.",
                mend: "Take the size from the mirror's checkpoint and ask for tiles that it has.", citation: "C2SP tlog-tiles")
        }
        return Response(
            status: .ok,
            headers: [
                .contentType: "application/octet-stream", .cacheControl: "public, max-age=31536000, immutable",
                .accessControlAllowOrigin: "*",
            ], body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes)))
    }
}
