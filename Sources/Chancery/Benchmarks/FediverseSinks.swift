import Acts
import Fediverse
import Foundation
import NIOCore
import NIOHTTP1
import NIOPosix
import Synchronization

/// Servers of the fediverse on loopback that answer 202 to whatever they are sent and give the document of one actor; some are dead.
final class FediverseSinks: Sendable {
    private struct Seen {
        /// What is counted: activities of one type, the first that each server is sent.
        var marker = ""
        var ports: Set<Int> = []
        var first: ContinuousClock.Instant?
        var last: ContinuousClock.Instant?
    }

    /// The addresses of all, the dead ones included.
    let servers: [String]
    let living: [String]
    /// The key that all their actors have.
    let pem: String
    private let seen = Mutex(Seen())
    private let channels: [any Channel]

    /// - Parameter deadEvery: each so-many-th refuses connections.
    init(count: Int, deadEvery: Int) async throws {
        pem = try RequestKey.makePEM()
        let publicPEM = try RequestKey(id: "", pem: pem).publicPEM
        let relay = Relay()
        var servers: [String] = []
        var living: [String] = []
        var channels: [any Channel] = []
        for place in 0..<count {
            let channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
                .serverChannelOption(.backlog, value: 64)
                .childChannelInitializer { channel in
                    channel.pipeline.configureHTTPServerPipeline().flatMapThrowing {
                        try channel.pipeline.syncOperations.addHandler(Handler(relay: relay, pem: publicPEM))
                    }
                }.bind(host: "127.0.0.1", port: 0).get()
            let address = "http://127.0.0.1:\(channel.localAddress?.port ?? 0)"
            servers.append(address)
            if place % deadEvery == deadEvery - 1 {
                try await channel.close()
            } else {
                living.append(address)
                channels.append(channel)
            }
        }
        self.servers = servers
        self.living = living
        self.channels = channels
        relay.arrived.withLock { $0 = { [weak self] body, port in self?.arrive(body, port) } }
    }

    var alive: Int { living.count }
    /// How many servers were sent what is counted.
    var count: Int { seen.withLock { $0.ports.count } }
    var first: ContinuousClock.Instant? { seen.withLock { $0.first } }
    var last: ContinuousClock.Instant? { seen.withLock { $0.last } }

    /// Begins to count anew, activities of a type such as `Create`.
    func count(_ type: String) { seen.withLock { $0 = Seen(marker: "\"type\":\"\(type)\"") } }

    func close() async {
        for channel in channels { try? await channel.close() }
    }

    private func arrive(_ body: ByteBuffer, _ port: Int) {
        let now = ContinuousClock.now
        seen.withLock { seen in
            guard strstr(String(buffer: body), seen.marker) != nil, seen.ports.insert(port).inserted else { return }
            seen.first = seen.first ?? now
            seen.last = now
        }
    }

    private final class Relay: Sendable {
        let arrived = Mutex<@Sendable (ByteBuffer, Int) -> Void>({ _, _ in })
    }

    private final class Handler: ChannelInboundHandler {
        typealias InboundIn = HTTPServerRequestPart
        typealias OutboundOut = HTTPServerResponsePart

        private let relay: Relay
        private let pem: String
        private var head: HTTPRequestHead?
        private var content = ByteBuffer()

        init(relay: Relay, pem: String) {
            self.relay = relay
            self.pem = pem
        }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            switch unwrapInboundIn(data) {
            case .head(let head):
                self.head = head
                content.clear()
            case .body(var part): content.writeBuffer(&part)
            case .end:
                var body: [UInt8] = []
                if head?.method == .GET {
                    let id = "http://\(head?.headers.first(name: "host") ?? "")\(head?.uri ?? "")"
                    let actor: JSON = [
                        "id": .string(id), "type": "Person", "inbox": .string("\(id)/inbox"),
                        "publicKey": ["id": .string("\(id)#main-key"), "owner": .string(id), "publicKeyPem": .string(pem)],
                    ]
                    body = actor.canonicalBytes
                } else {
                    relay.arrived.withLock { $0 }(content, context.localAddress?.port ?? 0)
                }
                let headers: HTTPHeaders = ["content-length": String(body.count), "content-type": ActivityStreams.mediaType]
                context.write(
                    wrapOutboundOut(.head(.init(version: .http1_1, status: head?.method == .GET ? .ok : .accepted, headers: headers))),
                    promise: nil)
                if !body.isEmpty { context.write(wrapOutboundOut(.body(.byteBuffer(ByteBuffer(bytes: body)))), promise: nil) }
                context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
            }
        }
    }
}
