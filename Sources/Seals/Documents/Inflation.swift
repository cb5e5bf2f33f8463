import CZlib

/// Unfolds what `FlateDecode` folded (ISO 32000-1, 7.4.4; RFC 1950), up to a bound: a small stream may unfold to a huge one.
enum Inflation {
    /// - Returns: `nil` where the bytes are not in that form, or unfold to more than the bound.
    static func bytes(of folded: some Collection<UInt8>, upTo bound: Int) -> [UInt8]? {
        var input = Array(folded)
        var stream = z_stream()
        guard chancery_inflate_begin_zlib(&stream) == Z_OK else { return nil }
        defer { inflateEnd(&stream) }
        var result: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: 65_536)
        return input.withUnsafeMutableBufferPointer { input -> [UInt8]? in
            stream.next_in = input.baseAddress
            stream.avail_in = UInt32(clamping: input.count)
            while true {
                let (status, made) = piece.withUnsafeMutableBufferPointer { piece -> (Int32, Int) in
                    stream.next_out = piece.baseAddress
                    stream.avail_out = UInt32(piece.count)
                    let status = inflate(&stream, Z_NO_FLUSH)
                    return (status, piece.count - Int(stream.avail_out))
                }
                guard status == Z_OK || status == Z_STREAM_END, result.count + made <= bound else { return nil }
                result += piece[..<made]
                if status == Z_STREAM_END { return result }
                // Nothing came and nothing is left: the stream breaks off.
                guard made > 0 || stream.avail_in > 0 else { return nil }
            }
        }
    }
}
