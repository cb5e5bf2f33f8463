import NIOCore
import NIOPosix
import Synchronization

/// The named peer of `bench conference`: a bare NIO server on loopback that writes the same bytes to as many connections, and does nothing
/// else.
final class BareBroadcast: Sendable {
    private let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
    private let children = Mutex<[any Channel]>([])
    private let server = Mutex<(any Channel)?>(nil)

    /// - Returns: the port it listens at.
    func start() async throws -> Int {
        let channel = try await ServerBootstrap(group: group)
            .serverChannelOption(.backlog, value: 1_024)
            .childChannelInitializer { channel in
                self.children.withLock { $0.append(channel) }
                return channel.eventLoop.makeSucceededVoidFuture()
            }
            .bind(host: "127.0.0.1", port: 0).get()
        server.withLock { $0 = channel }
        return channel.localAddress?.port ?? 0
    }

    /// How many connections it has taken.
    var count: Int { children.withLock { $0.count } }

    func send(_ text: String) {
        let buffer = ByteBuffer(string: text)
        for child in children.withLock({ $0 }) { child.writeAndFlush(buffer, promise: nil) }
    }

    func close() async {
        for child in children.withLock({ $0 }) { try? await child.close() }
        if let server = server.withLock({ $0 }) { try? await server.close() }
        try? await group.shutdownGracefully()
    }
}
