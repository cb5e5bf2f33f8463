/// Why a message was not taken by the mail server, and whether it is worth trying again.
public struct MailError: Error, Hashable, Sendable, CustomStringConvertible {
    /// Where in the conversation it happened.
    public enum Stage: String, Hashable, Sendable, CaseIterable {
        case connection
        case greeting
        case encryption
        case authentication
        case sender
        case recipient
        case data
    }

    public let stage: Stage
    /// Whether a later attempt may succeed (RFC 5321, 4.2.1: replies that begin with 4; and everything the network does).
    public let isTemporary: Bool
    /// The server's reply, where it gave one.
    public let reply: SMTPReply?
    /// In English, in one line.
    public let reason: String

    public init(_ stage: Stage, isTemporary: Bool, reply: SMTPReply? = nil, reason: String) {
        self.stage = stage
        self.isTemporary = isTemporary
        self.reply = reply
        self.reason = reason
    }

    /// For a reply that was not the one hoped for.
    init(_ stage: Stage, _ reply: SMTPReply) {
        self.init(stage, isTemporary: reply.code < 500, reply: reply, reason: "the server answered \(reply)")
    }

    public var description: String { "\(stage.rawValue): \(reason)" }
}
