import CZlib
import HTTPTypes
import NIOCore

/// The gzip content coding (RFC 9110, 8.4.1.3; RFC 1952), for answers that are the same for everybody.
///
/// What is made for one person is compressed by ``PersonalGzip`` or not at all: where a page holds a secret and words that a stranger
/// can choose, its compressed length tells of the secret (the BREACH attack of 2013).
enum Gzip {
    /// Shorter bodies gain nothing.
    static let shortest = 1_024

    /// The bytes compressed; `nil` where that makes nothing smaller.
    static func compress(_ body: ByteBuffer) -> ByteBuffer? {
        guard body.readableBytes >= shortest else { return nil }
        var stream = z_stream()
        guard chancery_deflate_begin_gzip(&stream, 6) == Z_OK else { return nil }
        defer { deflateEnd(&stream) }
        var compressed = ByteBuffer()
        // Room for the worst case, so one call makes all of it.
        let room = Int(deflateBound(&stream, UInt(body.readableBytes)))
        let written = compressed.writeWithUnsafeMutableBytes(minimumWritableBytes: room) { output in
            body.withUnsafeReadableBytes { input in
                stream.next_in = UnsafeMutablePointer(mutating: input.bindMemory(to: UInt8.self).baseAddress)
                stream.avail_in = UInt32(input.count)
                stream.next_out = output.bindMemory(to: UInt8.self).baseAddress
                stream.avail_out = UInt32(output.count)
                return deflate(&stream, Z_FINISH) == Z_STREAM_END ? Int(stream.total_out) : 0
            }
        }
        return written > 0 && written < body.readableBytes ? compressed : nil
    }

    /// Whether an `Accept-Encoding` header wants it (RFC 9110, 12.5.3). An absent header does not ask for it.
    static func isWanted(_ header: String?) -> Bool {
        let ranges = AcceptHeader(header).ranges
        let own = ranges.first { $0.value == "gzip" || $0.value == "x-gzip" } ?? ranges.first { $0.value == "*" }
        return (own?.weight ?? 0) > 0
    }
}

extension EntityTag {
    /// The tag of the same representation in gzip: other bytes, so another strong tag (RFC 9110, 8.8.3.3).
    static func ofGzip(_ tag: String) -> String { tag.dropLast() + "-gzip\"" }
}
