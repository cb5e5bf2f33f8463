import NIOCore
import NIOSSL
import Synchronization

/// One step of the conversation: what is said, and the reply that answers it.
struct SMTPExchange: Sendable {
    /// With its CRLF; `nil` only waits, for the greeting.
    var line: ByteBuffer?
    var reply: EventLoopPromise<SMTPReply>
    /// Seconds until the reply is given up.
    var timeout: Int
    /// Encrypt from here on when the reply is positive (RFC 3207, 4).
    var encryption: (@Sendable () throws -> NIOSSLClientHandler)?
}

/// A connection, and what ended it: that outlasts the handlers, which go with the closed channel.
struct SMTPConnection: Sendable {
    /// The first reason why a connection is of no more use.
    final class Ending: Sendable {
        private let first = Mutex<MailError?>(nil)

        var error: MailError? { first.withLock { $0 } }

        func note(_ error: MailError) { first.withLock { $0 = $0 ?? error } }
    }

    let channel: any Channel
    let ending: Ending
}

/// Speaks with the server, a step at a time, on the connection's own event loop.
final class SMTPExchangeHandler: ChannelDuplexHandler {
    typealias InboundIn = ByteBuffer
    typealias InboundOut = Never
    typealias OutboundIn = SMTPExchange
    typealias OutboundOut = ByteBuffer

    private var parser = SMTPReplyParser()
    private var waiting: SMTPExchange?
    private var timer: Scheduled<Void>?
    private let ending: SMTPConnection.Ending

    init(_ ending: SMTPConnection.Ending) {
        self.ending = ending
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        let exchange = unwrapOutboundIn(data)
        if let failure = ending.error {
            exchange.reply.fail(failure)
            promise?.succeed()
            return
        }
        waiting = exchange
        let channel = context.channel
        timer = context.eventLoop.scheduleTask(in: .seconds(Int64(exchange.timeout))) {
            channel.pipeline.fireErrorCaught(
                MailError(.connection, isTemporary: true, reason: "the server did not answer within \(exchange.timeout) seconds"))
        }
        if let line = exchange.line { context.writeAndFlush(wrapOutboundOut(line), promise: promise) } else { promise?.succeed() }
        answer(context)
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        do {
            try parser.append(unwrapInboundIn(data).readableBytesView)
        } catch {
            fail(MailError(.connection, isTemporary: true, reason: error.reason), context)
            return
        }
        answer(context)
    }

    private func answer(_ context: ChannelHandlerContext) {
        guard let exchange = waiting else { return }
        do {
            guard let reply = try parser.next() else { return }
            waiting = nil
            timer?.cancel()
            if reply.isPositive, let encryption = exchange.encryption {
                // Whatever came in the clear behind the reply is somebody else's (CVE-2011-0411): it must not pass for encrypted.
                guard parser.isEmpty else {
                    throw SMTPReplyParser.Malformed(reason: "the server said more than it should before encryption")
                }
                try context.pipeline.syncOperations.addHandler(try encryption(), position: .first)
            }
            exchange.reply.succeed(reply)
        } catch let malformed as SMTPReplyParser.Malformed {
            waiting = exchange
            fail(MailError(.connection, isTemporary: true, reason: malformed.reason), context)
        } catch {
            waiting = exchange
            fail(MailError(.encryption, isTemporary: true, reason: "\(error)"), context)
        }
    }

    func channelInactive(context: ChannelHandlerContext) {
        fail(MailError(.connection, isTemporary: true, reason: "the server closed the connection"), context)
        context.fireChannelInactive()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        fail(MailError(broken: error), context)
    }

    private func fail(_ error: MailError, _ context: ChannelHandlerContext) {
        timer?.cancel()
        ending.note(error)
        if let exchange = waiting {
            waiting = nil
            exchange.reply.fail(error)
        }
        context.close(promise: nil)
    }
}

extension MailError {
    /// For whatever broke the connection. A failed handshake fails what was waiting to be written as well as the connection itself: both ways
    /// it is the encryption that failed.
    init(broken error: any Error) {
        switch error {
        case let error as MailError: self = error
        case is NIOSSLError, is NIOSSLExtraError, is BoringSSLError: self.init(.encryption, isTemporary: true, reason: "\(error)")
        default: self.init(.connection, isTemporary: true, reason: "the connection broke: \(error)")
        }
    }
}
