import Acts
import GRDB
import HTTPTypes
public import Hummingbird
import NIOCore
import Record

/// What a page depends on, beside the language and the day.
public enum PageDependency: Hashable, Sendable {
    /// Any new entry may change it.
    case record
    /// Only entries of these dossiers change it.
    case dossiers([String])
}

extension House {
    /// An answer to a GET, made once for everybody who is not signed in, until the record changes what it depends on. It carries
    /// an entity tag, and a browser that has it already is told so (RFC 9110, 13.1.2).
    ///
    /// - Parameter make: makes the answer from the views; only answers with status 200 are kept.
    public func cached(
        _ request: Request, _ visit: Visit, dependsOn dependency: PageDependency = .record,
        _ make: @Sendable () async throws -> Response
    ) async throws -> Response {
        guard visit.session == nil else { return try await make() }
        // What other nodes' records say is on some pages too.
        let following = followed.map { "#\($0.version)" } ?? ""
        let key = PageCache.Key(
            target: (visit.rawQuery.isEmpty ? visit.path : "\(visit.path)?\(visit.rawQuery)") + following, language: visit.language,
            wish: Representation.allCases.map(visit.accept.weight(of:)), day: now().date.dayNumber)
        if let known = cache.answer(for: key), let answer = try await stillRight(known, for: key, dependency) {
            observation.cacheHit()
            return response(answer, for: key, to: request)
        }
        let position = record.size
        let response = try await make()
        guard response.status == .ok else { return response }
        let body = try await response.body.collected()
        let answer = PageCache.Answer(
            status: response.status, headers: response.headers, body: body, entityTag: EntityTag.of(body.readableBytesView),
            position: position)
        cache.keep(answer, for: key)
        return self.response(answer, for: key, to: request)
    }

    private func stillRight(
        _ answer: PageCache.Answer, for key: PageCache.Key, _ dependency: PageDependency
    ) async throws -> PageCache.Answer? {
        let size = record.size
        if answer.position == size { return answer }
        guard case .dossiers(let dossiers) = dependency else { return nil }
        // The views hold at least `size` entries when this is read, so what it does not find before `size` is not there.
        let since = answer.position
        let changed = try await record.read { database in
            try dossiers.contains { dossier in
                try Int64.fetchOne(
                    database, sql: "SELECT entry FROM act_of_dossier WHERE dossier = ? AND entry >= ? LIMIT 1", arguments: [dossier, since])
                    != nil
            }
        }
        guard !changed else { return nil }
        var answer = answer
        answer.position = size
        cache.keep(answer, for: key)
        return answer
    }

    private func response(_ answer: PageCache.Answer, for key: PageCache.Key, to request: Request) -> Response {
        var answer = answer
        var coding: ContentCoding = .identity
        if Gzip.isWanted(request.headers[.acceptEncoding]) {
            if answer.gzip == nil {
                answer.gzip = Gzip.compress(answer.body)
                if answer.gzip != nil { cache.keep(answer, for: key) }
            }
            if let gzip = answer.gzip { coding = .gzip(gzip) }
        }
        var headers = answer.headers
        headers[.cacheControl] = "no-cache"
        headers[.vary] = "Accept, Accept-Encoding, Accept-Language, Cookie"
        return coding.response(answer.status, headers, body: answer.body, entityTag: answer.entityTag, to: request)
    }
}

/// How the bytes of an answer that is the same for everybody go over the wire.
enum ContentCoding {
    case identity
    case gzip(ByteBuffer)

    /// The answer with its entity tag, or word that the browser has it already (RFC 9110, 13.1.2).
    func response(
        _ status: HTTPResponse.Status, _ headers: HTTPFields, body: ByteBuffer, entityTag: String, to request: Request
    ) -> Response {
        var headers = headers
        var body = body
        var tag = entityTag
        if case .gzip(let compressed) = self {
            body = compressed
            tag = EntityTag.ofGzip(entityTag)
            headers[.contentEncoding] = "gzip"
            // The kept headers may tell of the other bytes.
            headers[.contentLength] = String(compressed.readableBytes)
        }
        headers[.eTag] = tag
        if EntityTag.matches(request.headers[.ifNoneMatch], tag) {
            headers[.contentType] = nil
            headers[.contentEncoding] = nil
            headers[.contentLength] = nil
            return Response(status: .notModified, headers: headers)
        }
        return Response(status: status, headers: headers, body: ResponseBody(byteBuffer: body))
    }
}

extension ResponseBody {
    /// The whole body in memory.
    consuming func collected() async throws -> ByteBuffer {
        let gathered = Gathered()
        try await write(GatheringWriter(into: gathered))
        return gathered.buffer
    }

    /// Where a body is gathered. Only the one task that writes the body touches it, and only until it is written.
    private final class Gathered: @unchecked Sendable {
        var buffer = ByteBuffer()
    }

    private struct GatheringWriter: ResponseBodyWriter {
        let gathered: Gathered

        init(into gathered: Gathered) {
            self.gathered = gathered
        }

        mutating func write(_ buffer: ByteBuffer) async throws {
            gathered.buffer.writeImmutableBuffer(buffer)
        }

        consuming func finish(_ trailingHeaders: HTTPFields?) async throws {}
    }
}
