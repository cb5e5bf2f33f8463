import CZlib

/// Reads a body in the gzip content coding (RFC 1952) piece by piece, so that a small body that unfolds to a huge one never lies in
/// memory whole.
public final class GzipReader {
    /// Why a body is none.
    public enum Failure: Error, Hashable, CustomStringConvertible {
        case noMemory
        case malformed

        public var description: String {
            switch self {
            case .noMemory: "there is no memory to unfold the body"
            case .malformed: "the body is not in gzip, though it says so"
            }
        }
    }

    /// Bytes of one piece at most.
    public static let piece = 65_536

    // zlib keeps the address of its stream, so it must not move.
    private let stream: UnsafeMutablePointer<z_stream>
    private var waiting: [UInt8] = []
    private var isOver = false
    /// The last piece was full: there may be more without anything coming first.
    private var wasFull = false

    public init() throws(Failure) {
        stream = .allocate(capacity: 1)
        stream.initialize(to: z_stream())
        guard chancery_inflate_begin_gzip(stream) == Z_OK else {
            stream.deallocate()
            throw .noMemory
        }
    }

    deinit {
        inflateEnd(stream)
        stream.deallocate()
    }

    /// Takes the next bytes as they came.
    public func add(_ bytes: [UInt8]) { waiting += bytes }

    /// The next piece of what they unfold to, ``piece`` bytes at the most; `nil` where more must come first, or all has been given.
    ///
    /// What follows the first member of a gzip file is not looked at.
    public func next() throws(Failure) -> [UInt8]? {
        guard !isOver, wasFull || !waiting.isEmpty else { return nil }
        var output = [UInt8](repeating: 0, count: GzipReader.piece)
        var status = Z_OK
        var used = 0
        let made = output.withUnsafeMutableBufferPointer { output in
            waiting.withUnsafeMutableBufferPointer { input in
                stream.pointee.next_in = input.baseAddress
                stream.pointee.avail_in = UInt32(clamping: input.count)
                stream.pointee.next_out = output.baseAddress
                stream.pointee.avail_out = UInt32(output.count)
                status = inflate(stream, Z_NO_FLUSH)
                used = input.count - Int(stream.pointee.avail_in)
                return output.count - Int(stream.pointee.avail_out)
            }
        }
        waiting.removeFirst(used)
        wasFull = made == output.count
        switch status {
        case Z_STREAM_END: isOver = true
        case Z_OK, Z_BUF_ERROR: break
        default: throw .malformed
        }
        guard made > 0 else { return nil }
        return Array(output.prefix(made))
    }
}
