import Acts
import NIOCore
import NIOPosix
import NIOSSL

/// A conversation with a mail server, from its greeting to QUIT (RFC 5321, 3). One task uses it.
public final class SMTPSession: Sendable {
    private let connection: SMTPConnection
    private let settings: SMTPSettings
    /// What the server offers, in capitals: `STARTTLS`, `AUTH PLAIN LOGIN`.
    private let offers: [String]

    private init(_ connection: SMTPConnection, _ settings: SMTPSettings, offers: [String]) {
        self.connection = connection
        self.settings = settings
        self.offers = offers
    }

    /// Connects, encrypts as the settings ask, and signs in where there are credentials.
    public static func open(_ settings: SMTPSettings) async throws(MailError) -> SMTPSession {
        let connection = try await connect(settings)
        do {
            return try await greet(connection, settings)
        } catch {
            connection.channel.close(promise: nil)
            throw error
        }
    }

    private static func connect(_ settings: SMTPSettings) async throws(MailError) -> SMTPConnection {
        let encryption: (@Sendable () throws -> NIOSSLClientHandler)?
        do {
            encryption = settings.security == .tls ? try SMTPSession.encryption(settings) : nil
        } catch {
            throw MailError(.encryption, isTemporary: true, reason: "the certificates to trust cannot be read: \(error)")
        }
        let ending = SMTPConnection.Ending()
        do {
            let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
                .connectTimeout(.seconds(Int64(min(settings.timeout, 60))))
                .channelInitializer { channel in
                    channel.eventLoop.makeCompletedFuture {
                        if let encryption { try channel.pipeline.syncOperations.addHandler(try encryption()) }
                        try channel.pipeline.syncOperations.addHandler(SMTPExchangeHandler(ending))
                    }
                }
                .connect(host: settings.host, port: settings.port).get()
            return SMTPConnection(channel: channel, ending: ending)
        } catch {
            throw MailError(
                .connection, isTemporary: true, reason: "no connection to \(settings.host), port \(settings.port): \(error)")
        }
    }

    private static func greet(_ connection: SMTPConnection, _ settings: SMTPSettings) async throws(MailError) -> SMTPSession {
        func say(_ line: String?, encryption: (@Sendable () throws -> NIOSSLClientHandler)? = nil) async throws(MailError) -> SMTPReply {
            try await SMTPSession.say(line, to: connection, settings, encryption: encryption)
        }
        let greeting = try await say(nil)
        guard greeting.code == 220 else { throw MailError(.greeting, greeting) }
        // The sender's domain names us; the machine's own name tells strangers about our network.
        let hello = "EHLO \(settings.sender.address.domain)"
        var offered = try await say(hello)
        guard offered.isPositive else { throw MailError(.greeting, offered) }
        if settings.security == .startTLS {
            guard offers(of: offered).contains("STARTTLS") else {
                throw MailError(
                    .encryption, isTemporary: false, reason: "the server does not offer STARTTLS, and nothing is sent in the clear")
            }
            let encryption: @Sendable () throws -> NIOSSLClientHandler
            do {
                encryption = try SMTPSession.encryption(settings)
            } catch {
                throw MailError(.encryption, isTemporary: true, reason: "the certificates to trust cannot be read: \(error)")
            }
            let ready = try await say("STARTTLS", encryption: encryption)
            guard ready.isPositive else { throw MailError(.encryption, ready) }
            // What it offered in the clear is forgotten (RFC 3207, 4.2).
            offered = try await say(hello)
            guard offered.isPositive else { throw MailError(.greeting, offered) }
        }
        let session = SMTPSession(connection, settings, offers: offers(of: offered))
        if let credentials = settings.credentials { try await session.signIn(credentials) }
        return session
    }

    /// The lines after the first, in capitals (RFC 5321, 4.1.1.1).
    private static func offers(of reply: SMTPReply) -> [String] { reply.lines.dropFirst().map { $0.uppercased() } }

    private func offers(_ name: String) -> Bool { offers.contains { $0 == name || $0.hasPrefix(name + " ") } }

    private static func encryption(_ settings: SMTPSettings) throws -> @Sendable () throws -> NIOSSLClientHandler {
        var configuration = TLSConfiguration.makeClientConfiguration()
        configuration.minimumTLSVersion = .tlsv12
        if let file = settings.trustedCertificates { configuration.trustRoots = .file(file) }
        let context = try NIOSSLContext(configuration: configuration)
        let host = settings.host
        // A name is checked against the certificate; for a bare network address, the address itself is.
        let name = (try? SocketAddress(ipAddress: host, port: 0)) == nil ? host : nil
        return { try NIOSSLClientHandler(context: context, serverHostname: name) }
    }

    private static func say(
        _ line: String?, to connection: SMTPConnection, _ settings: SMTPSettings,
        encryption: (@Sendable () throws -> NIOSSLClientHandler)? = nil
    ) async throws(MailError) -> SMTPReply {
        try await exchange(line.map { Array("\($0)\r\n".utf8) }, with: connection, settings, encryption: encryption)
    }

    private static func exchange(
        _ bytes: [UInt8]?, with connection: SMTPConnection, _ settings: SMTPSettings,
        encryption: (@Sendable () throws -> NIOSSLClientHandler)? = nil
    ) async throws(MailError) -> SMTPReply {
        let channel = connection.channel
        let promise = channel.eventLoop.makePromise(of: SMTPReply.self)
        let exchange = SMTPExchange(
            line: bytes.map { ByteBuffer(bytes: $0) }, reply: promise, timeout: settings.timeout, encryption: encryption)
        channel.writeAndFlush(exchange).whenFailure { promise.fail($0) }
        do {
            return try await promise.futureResult.get()
        } catch {
            // What ended the connection says more than that it is closed.
            throw connection.ending.error ?? MailError(broken: error)
        }
    }

    private func say(_ line: String, _ stage: MailError.Stage) async throws(MailError) -> SMTPReply {
        let reply = try await SMTPSession.say(line, to: connection, settings)
        guard reply.isPositive else { throw MailError(stage, reply) }
        return reply
    }

    /// RFC 4954, over TLS only: a password never goes out in the clear.
    private func signIn(_ credentials: SMTPSettings.Credentials) async throws(MailError) {
        guard settings.security != .none else {
            throw MailError(.authentication, isTemporary: false, reason: "nobody signs in over a connection in the clear")
        }
        let methods = offers.first { $0.hasPrefix("AUTH ") }?.split(separator: " ").dropFirst().map(String.init) ?? []
        if methods.contains("PLAIN") {
            let bytes = [0] + Array(credentials.user.utf8) + [0] + Array(credentials.password.utf8)
            _ = try await say("AUTH PLAIN \(Base64.encode(bytes))", .authentication)
        } else if methods.contains("LOGIN") {
            for line in ["AUTH LOGIN", Base64.encode(Array(credentials.user.utf8)), Base64.encode(Array(credentials.password.utf8))] {
                _ = try await say(line, .authentication)
            }
        } else {
            throw MailError(
                .authentication, isTemporary: false, reason: "the server offers neither PLAIN nor LOGIN to sign in with")
        }
    }

    /// Hands a message over, to all it is addressed to or to none.
    ///
    /// - Returns: the server's word that it has taken responsibility (RFC 5321, 4.2.5 and 6.1).
    public func send(_ message: MailMessage) async throws(MailError) -> SMTPReply {
        do {
            return try await handOver(message)
        } catch {
            // The next message begins afresh (RFC 5321, 4.1.1.5). After a broken connection this fails too, and says nothing new.
            _ = try? await SMTPSession.say("RSET", to: connection, settings)
            throw error
        }
    }

    private func handOver(_ message: MailMessage) async throws(MailError) -> SMTPReply {
        guard !message.to.isEmpty else { throw MailError(.recipient, isTemporary: false, reason: "the message is addressed to nobody") }
        var parameters = ""
        let addresses = [message.from.address] + message.to.map(\.address)
        if addresses.contains(where: \.isInternational) {
            guard offers("SMTPUTF8"), offers("8BITMIME") else {
                throw MailError(
                    .recipient, isTemporary: false, reason: "the server cannot carry addresses beyond ASCII (SMTPUTF8, RFC 6531)")
            }
            parameters = " BODY=8BITMIME SMTPUTF8"
        }
        let bytes = message.bytes
        if let size = offers.first(where: { $0.hasPrefix("SIZE ") }).flatMap({ Int($0.dropFirst(5)) }), size > 0, bytes.count > size {
            throw MailError(.data, isTemporary: false, reason: "the message has \(bytes.count) bytes, and the server takes \(size)")
        }
        _ = try await say("MAIL FROM:<\(message.from.address)>\(parameters)", .sender)
        for mailbox in message.to { _ = try await say("RCPT TO:<\(mailbox.address)>", .recipient) }
        _ = try await say("DATA", .data)
        let reply = try await SMTPSession.exchange(SMTPSession.stuffed(bytes), with: connection, settings)
        guard reply.isPositive else { throw MailError(.data, reply) }
        return reply
    }

    /// The message with a further dot before every line that begins with one, and the lone dot that ends it (RFC 5321, 4.5.2).
    static func stuffed(_ bytes: [UInt8]) -> [UInt8] {
        var stuffed: [UInt8] = []
        stuffed.reserveCapacity(bytes.count + 64)
        var isLineStart = true
        for byte in bytes {
            if isLineStart, byte == 0x2E { stuffed.append(0x2E) }
            stuffed.append(byte)
            isLineStart = byte == 0x0A
        }
        if !isLineStart { stuffed += [0x0D, 0x0A] }
        return stuffed + Array(".\r\n".utf8)
    }

    /// Says good-bye and closes. What was acknowledged stays so, whatever happens here.
    public func close() async {
        _ = try? await SMTPSession.say("QUIT", to: connection, settings)
        try? await connection.channel.close().get()
    }
}
