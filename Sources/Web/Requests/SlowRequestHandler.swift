import Acts
import HTTPTypes
import Logging
import NIOCore
import NIOHTTPTypes

/// Ends connections that send too slowly: a request's head or body that comes in drops would hold a connection for as long as it likes
/// (the attacks known as Slowloris and "R.U.D.Y.").
///
/// Only the time counts for which the node itself waits for bytes: while it works on what has come, or does not read, nobody is slow.
/// What is too slow is answered with 408 (RFC 9110, 15.5.9), in the form of RFC 9457, and the connection is closed.
final class SlowRequestHandler: ChannelDuplexHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPRequestPart
    typealias InboundOut = HTTPRequestPart
    typealias OutboundIn = HTTPResponsePart
    typealias OutboundOut = HTTPResponsePart

    /// What a connection is given.
    struct Limits: Sendable {
        /// How long the first request's head may take from the connection on. Later ones are bounded by the server's idle time.
        var head = TimeAmount.seconds(30)
        /// How long a body is waited for before its rate is looked at.
        var grace = TimeAmount.seconds(20)
        /// Bytes a second that a body must bring on average after that.
        var rate: Int64 = 1_024
        /// How long a body is waited for at the most, whatever its rate.
        var whole = TimeAmount.minutes(15)
    }

    private let limits: Limits
    private let logger: Logger
    private var check: Scheduled<Void>?
    private var isFirst = true
    private var isBodyComing = false
    private var hasAnswerBegun = false
    private var isOver = false
    private var received: Int64 = 0
    /// For how long this body was waited for, up to the last bytes.
    private var waited = TimeAmount.nanoseconds(0)
    /// Since when bytes are waited for; `nil` while they are not.
    private var waitingSince: NIODeadline?

    init(limits: Limits, logger: Logger) {
        self.limits = limits
        self.logger = logger
    }

    func handlerAdded(context: ChannelHandlerContext) {
        if context.channel.isActive { begin(context) }
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        check?.cancel()
    }

    func channelActive(context: ChannelHandlerContext) {
        begin(context)
        context.fireChannelActive()
    }

    func channelInactive(context: ChannelHandlerContext) {
        isOver = true
        check?.cancel()
        context.fireChannelInactive()
    }

    private func begin(_ context: ChannelHandlerContext) {
        guard check == nil else { return }
        schedule(context, in: limits.head)
    }

    private func schedule(_ context: ChannelHandlerContext, in time: TimeAmount) {
        check?.cancel()
        let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
        check = context.eventLoop.scheduleTask(in: time) {
            let (handler, context) = bound.value
            handler.look(context)
        }
    }

    func read(context: ChannelHandlerContext) {
        if waitingSince == nil { waitingSince = .now() }
        context.read()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head:
            isFirst = false
            isBodyComing = true
            hasAnswerBegun = false
            received = 0
            waited = .nanoseconds(0)
            if waitingSince != nil { waitingSince = .now() }
            schedule(context, in: limits.grace)
        case .body(let buffer):
            received += Int64(buffer.readableBytes)
        case .end:
            isBodyComing = false
            check?.cancel()
        }
        context.fireChannelRead(data)
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        if let since = waitingSince {
            waited = waited + (.now() - since)
            waitingSince = nil
        }
        context.fireChannelReadComplete()
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        hasAnswerBegun = true
        guard !isOver else {
            promise?.fail(ChannelError.ioOnClosedChannel)
            return
        }
        context.write(data, promise: promise)
    }

    /// Whether too much time went by, at one of the times at which that is looked at.
    private func look(_ context: ChannelHandlerContext) {
        guard !isOver else { return }
        if isFirst {
            logger.info("a connection was closed: no request came", metadata: ["seconds": "\(limits.head.nanoseconds / 1_000_000_000)"])
            return end(context)
        }
        guard isBodyComing else { return }
        let time = waited + (waitingSince.map { .now() - $0 } ?? .nanoseconds(0))
        let seconds = max(1, time.nanoseconds / 1_000_000_000)
        guard time >= limits.whole || (time >= limits.grace && received < limits.rate * seconds) else {
            return schedule(context, in: .seconds(1))
        }
        logger.notice(
            "a request was refused: its body came too slowly", metadata: ["bytes": "\(received)", "seconds": "\(seconds)"])
        end(context)
    }

    private func end(_ context: ChannelHandlerContext) {
        isOver = true
        if !hasAnswerBegun {
            let body = ByteBuffer(bytes: SlowRequestHandler.problem.canonicalBytes)
            let head = HTTPResponse(
                status: .requestTimeout,
                headerFields: [
                    .contentType: "application/problem+json", .contentLength: String(body.readableBytes), .connection: "close",
                    .cacheControl: "no-store",
                ])
            context.write(wrapOutboundOut(.head(head)), promise: nil)
            context.write(wrapOutboundOut(.body(body)), promise: nil)
            context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
        }
        context.close(promise: nil)
    }

    private static let explanation =
        "The request came too slowly: the node waits 20 seconds, and then for as long as 1024 bytes a second come."
    private static let mend = "Send it again over a better connection, or less at a time."

    /// In English: whose language it is was not read.
    private static let problem: JSON = [
        "type": "/refusals/request.too-slow", "title": "Too slow", "status": 408, "code": "request.too-slow",
        "detail": .string("\(explanation) \(mend)"), "explanation": .string(explanation), "mend": .string(mend),
        "citation": "RFC 9110, 15.5.9",
    ]
}
