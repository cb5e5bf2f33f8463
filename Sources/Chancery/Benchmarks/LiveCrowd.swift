import Acts
import NIOCore
import NIOPosix
import Synchronization

/// Many listeners on bare connections of this process, which note when each event reached each of them.
///
/// Owns what was noted, guarded by a lock for each connection's event loop's turn: a listener notes after it has read.
final class LiveCrowd: Sendable {
    /// The wait of one event at one listener, milliseconds.
    struct Notes: Sendable {
        var waits: [Int64] = []
        var events = 0
        var bytes = 0
        var outOfOrder = 0
    }

    private let notes = Mutex(Notes())
    private let group: MultiThreadedEventLoopGroup
    private let channels = Mutex<[any Channel]>([])

    init(threads: Int = 1) {
        group = MultiThreadedEventLoopGroup(numberOfThreads: threads)
    }

    /// Opens one connection more and asks for the stream.
    ///
    /// - Parameter request: the bytes of the request; empty: nothing is asked.
    func join(port: Int, request: String) async throws {
        let channel = try await ClientBootstrap(group: group)
            .connectTimeout(.seconds(20))
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(Listener(crowd: self))
                }
            }
            .connect(host: "127.0.0.1", port: port).get()
        if !request.isEmpty { try await channel.writeAndFlush(ByteBuffer(string: request)) }
        channels.withLock { $0.append(channel) }
    }

    var count: Int { channels.withLock { $0.filter(\.isActive).count } }

    func look() -> Notes { notes.withLock { $0 } }
    func forget() { notes.withLock { $0 = Notes() } }

    /// Waits until so many events were noted, for so long at most.
    func wait(forEvents events: Int, seconds: Int) async throws -> Bool {
        for _ in 0..<(seconds * 100) {
            if notes.withLock({ $0.events }) >= events { return true }
            try await Task.sleep(for: .milliseconds(10))
        }
        return false
    }

    func close() async {
        for channel in channels.withLock({ $0 }) { try? await channel.close() }
        try? await group.shutdownGracefully()
    }

    /// Reads `id:` and `"received":"…"` of each event, and nothing else: a crowd must cost little beside what it measures.
    private final class Listener: ChannelInboundHandler {
        typealias InboundIn = ByteBuffer
        typealias InboundOut = Never

        private let crowd: LiveCrowd
        private var last: Int64 = -1
        private var rest: [UInt8] = []

        init(crowd: LiveCrowd) {
            self.crowd = crowd
        }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            let now = Moment.now.milliseconds
            let buffer = unwrapInboundIn(data)
            rest.append(contentsOf: buffer.readableBytesView)
            var waits: [Int64] = []
            var events = 0
            var outOfOrder = 0
            var start = 0
            while let end = rest[start...].firstIndex(of: 0x0A) {
                let line = rest[start..<end]
                start = end + 1
                if line.starts(with: Self.id), let entry = Int64(String(decoding: line.dropFirst(4), as: UTF8.self)) {
                    if entry <= last { outOfOrder += 1 }
                    last = entry
                    events += 1
                } else if line.starts(with: Self.data), let received = Self.received(line) {
                    waits.append(now - received)
                }
            }
            rest.removeFirst(start)
            if rest.count > 1 << 16 { rest = [] }
            crowd.notes.withLock { notes in
                notes.waits += waits
                notes.events += events
                notes.bytes += buffer.readableBytes
                notes.outOfOrder += outOfOrder
            }
        }

        private static let id = Array("id: ".utf8)
        private static let data = Array("data: ".utf8)
        private static let member = Array("\"received\":\"".utf8)

        /// The moment in an event's data: 24 characters behind the member's name, which stands last.
        private static func received(_ line: ArraySlice<UInt8>) -> Int64? {
            guard line.count > 60 else { return nil }
            let tail = line.suffix(member.count + 26)
            for start in tail.indices where tail[start...].starts(with: member) {
                let text = tail[(start + member.count)...].prefix(24)
                return Moment(String(decoding: text, as: UTF8.self))?.milliseconds
            }
            return nil
        }
    }
}
