import Acts
import HTTPTypes
import Hummingbird
import Ledger
import NIOCore
import Record

/// The record as other logs' tools read it: checkpoint, tiles and entry bundles (C2SP tlog-tiles). Bundles hold leaves only, which
/// are public whatever the payloads are.
struct TilePages: Sendable {
    let house: House

    func addRoutes(to router: Router<Visit>) {
        let pages = self
        router.get("/record/checkpoint") { request, _ in try pages.checkpoint(request) }
        router.get("/record/tile/**") { request, visit in try pages.tile(request, visit) }
        router.get("/record/payloads/**") { request, visit in try pages.payloads(request, visit) }
    }

    private func checkpoint(_ request: Request) throws -> Response {
        let text = try house.record.servedCheckpoint().text
        let tag = EntityTag.of(Array(text.utf8))
        var headers: HTTPFields = [
            .contentType: "text/plain; charset=utf-8", .cacheControl: "no-cache", .eTag: tag, .accessControlAllowOrigin: "*",
            .vary: "Accept-Encoding",
        ]
        guard !EntityTag.matches(request.headers[.ifNoneMatch], tag) else {
            headers[.contentType] = nil
            return Response(status: .notModified, headers: headers)
        }
        return Response(status: .ok, headers: headers, body: ResponseBody(byteBuffer: ByteBuffer(string: text)))
    }

    /// The public payloads of a bundle's entries. They may be erased or released later, so they are not kept for ever.
    private func payloads(_ request: Request, _ visit: Visit) throws -> Response {
        let path = String(visit.path.dropFirst("/record/payloads/".count))
        guard let bundle = EntryBundleCoordinate(path: "tile/entries/\(path)"),
            let bytes = try house.record.payloadBundle(bundle, on: house.now().date)
        else { throw TilePages.noTile }
        return Response(
            status: .ok,
            headers: [
                .contentType: "application/octet-stream", .cacheControl: "public, max-age=60", .accessControlAllowOrigin: "*",
                .vary: "Accept-Encoding",
            ],
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes)))
    }

    private static var noTile: Refusal {
        Refusal(
            .notFound, code: "record.no-tile", "The record has published no such tile.",
            mend: "Take the size from /record/checkpoint and ask for tiles that it has.", citation: "C2SP tlog-tiles")
    }

    private func tile(_ request: Request, _ visit: Visit) throws -> Response {
        let path = String(visit.path.dropFirst("/record/".count))
        let bytes: [UInt8]?
        if let bundle = EntryBundleCoordinate(path: path) {
            bytes = try house.record.entryBundle(index: Int64(bundle.index), width: bundle.width)
        } else if let tile = TileCoordinate(path: path) {
            bytes = try house.record.tile(tile)
        } else {
            bytes = nil
        }
        guard let bytes else { throw TilePages.noTile }
        return Response(
            status: .ok,
            headers: [
                .contentType: "application/octet-stream", .cacheControl: "public, max-age=31536000, immutable",
                .accessControlAllowOrigin: "*", .vary: "Accept-Encoding",
            ],
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes)))
    }
}
