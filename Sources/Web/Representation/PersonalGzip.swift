import CZlib
import NIOCore

/// The gzip content coding (RFC 1952) for a page that was made for one person.
///
/// Compression can betray what it compresses: where a page holds a secret and words that a stranger chose, the compressed length says
/// how much of the one stands in the other (the BREACH attack of 2013). So what is a person's own never comes before the
/// compressor: the templates set it between ``open`` and ``close``, and it goes over the wire as stored blocks (RFC 1951, 3.2.4), with what stands
/// before and after compressed each by itself. And the length of the whole is blurred by up to ``mostPadding`` bytes, in the
/// header's extra field, which every reader passes over (RFC 1952, 2.3.1.1).
///
/// When a page may be compressed at all is decided in `VisitMiddleware` and by the page; the reasons are in docs/threat-model.md.
enum PersonalGzip {
    /// Set in a template before what is a person's own; words in a page cannot bring it in, since they are escaped.
    static let open = "<!--apart-->"
    /// Set after it.
    static let close = "<!--/apart-->"
    /// Bytes of padding at the most.
    static let mostPadding = 255

    /// A page in pieces: what may be compressed, and what must not be.
    struct Piece: Hashable {
        var range: Range<Int>
        var isApart: Bool
    }

    /// The bytes compressed; `nil` where the page is short.
    ///
    /// - Parameter padding: how many bytes the blur takes; drawn by lot for each answer.
    static func compress(_ page: [UInt8], padding: Int = Int.random(in: 0...mostPadding)) -> ByteBuffer? {
        guard page.count >= Gzip.shortest, let body = deflated(page) else { return nil }
        var buffer = ByteBuffer()
        buffer.reserveCapacity(body.readableBytes + padding + 32)
        // ID1 ID2 CM FLG(FEXTRA) MTIME XFL OS(unknown), then one subfield `Ch` (RFC 1952, 2.3).
        buffer.writeBytes([0x1F, 0x8B, 8, 4, 0, 0, 0, 0, 0, 255])
        let padding = min(max(0, padding), mostPadding)
        buffer.writeInteger(UInt16(padding + 4), endianness: .little)
        buffer.writeString("Ch")
        buffer.writeInteger(UInt16(padding), endianness: .little)
        buffer.writeRepeatingByte(0, count: padding)
        buffer.writeImmutableBuffer(body)
        let checksum = page.withUnsafeBufferPointer { crc32(0, $0.baseAddress, UInt32($0.count)) }
        buffer.writeInteger(UInt32(truncatingIfNeeded: checksum), endianness: .little)
        buffer.writeInteger(UInt32(truncatingIfNeeded: page.count), endianness: .little)
        return buffer
    }

    /// Where what must stay apart begins and ends, the marks with it. What is not closed goes on to the end.
    static func pieces(of page: [UInt8]) -> [Piece] {
        let (open, close) = (Array(open.utf8), Array(close.utf8))
        var pieces: [Piece] = []
        var place = 0
        while let start = find(open, in: page, from: place) {
            if start > place { pieces.append(Piece(range: place..<start, isApart: false)) }
            let end = find(close, in: page, from: start + open.count).map { $0 + close.count } ?? page.count
            pieces.append(Piece(range: start..<end, isApart: true))
            place = end
        }
        if place < page.count { pieces.append(Piece(range: place..<page.count, isApart: false)) }
        return pieces
    }

    private static func find(_ mark: [UInt8], in page: [UInt8], from: Int) -> Int? {
        guard let first = mark.first, page.count >= mark.count else { return nil }
        var place = from
        while place + mark.count <= page.count {
            guard let next = page[place...(page.count - mark.count)].firstIndex(of: first) else { return nil }
            if page[next..<(next + mark.count)].elementsEqual(mark) { return next }
            place = next + 1
        }
        return nil
    }

    /// One stream of deflate. The compressor forgets everything before each piece that stays apart, and never sees the piece.
    private static func deflated(_ page: [UInt8]) -> ByteBuffer? {
        var stream = z_stream()
        guard chancery_deflate_begin_raw(&stream, 6) == Z_OK else { return nil }
        defer { deflateEnd(&stream) }
        var output = ByteBuffer()
        for piece in pieces(of: page) {
            if piece.isApart {
                store(page[piece.range], in: &output)
            } else {
                // To a whole byte, and without a memory of what came (zlib's Z_FULL_FLUSH).
                guard write(page[piece.range], Z_FULL_FLUSH, &stream, &output) else { return nil }
            }
        }
        // The last block, which is empty.
        guard write([], Z_FINISH, &stream, &output) else { return nil }
        return output
    }

    private static func write(_ bytes: ArraySlice<UInt8>, _ flush: Int32, _ stream: inout z_stream, _ output: inout ByteBuffer) -> Bool {
        // Room for the worst case and the mark of the flush, so one call takes all of it.
        let room = Int(deflateBound(&stream, UInt(bytes.count))) + 64
        var isDone = false
        output.writeWithUnsafeMutableBytes(minimumWritableBytes: room) { target in
            bytes.withUnsafeBufferPointer { input in
                stream.next_in = UnsafeMutablePointer(mutating: input.baseAddress)
                stream.avail_in = UInt32(input.count)
                stream.next_out = target.bindMemory(to: UInt8.self).baseAddress
                stream.avail_out = UInt32(target.count)
                let status = deflate(&stream, flush)
                isDone = stream.avail_in == 0 && status == (flush == Z_FINISH ? Z_STREAM_END : Z_OK) && stream.avail_out > 0
                return target.count - Int(stream.avail_out)
            }
        }
        return isDone
    }

    /// Stored blocks of 65,535 bytes at the most, none of them the last (RFC 1951, 3.2.4).
    private static func store(_ bytes: ArraySlice<UInt8>, in output: inout ByteBuffer) {
        var rest = bytes
        while !rest.isEmpty {
            let block = rest.prefix(65_535)
            output.writeInteger(UInt8(0))
            output.writeInteger(UInt16(block.count), endianness: .little)
            output.writeInteger(~UInt16(block.count), endianness: .little)
            output.writeBytes(block)
            rest = rest.dropFirst(block.count)
        }
    }

    /// Whether an answer made for one person may be compressed on account of how it was asked for: the browser itself says that one of
    /// this node's own pages asked, or the person did (Fetch Metadata, `Sec-Fetch-Site`), so that no stranger's page drew the request.
    ///
    /// A browser that does not say so gets it uncompressed.
    static func isSafe(fetchSite: String?) -> Bool { fetchSite == "same-origin" || fetchSite == "none" }
}
