/// Whoever takes messages to send: a mail server, or in tests something that fails when told to.
public protocol MailSender: Sendable {
    /// Who the messages are from.
    var sender: Mailbox { get }

    /// Hands one message over.
    /// - Returns: the server's word that it has taken responsibility.
    func send(_ message: MailMessage) async throws(MailError) -> SMTPReply
}

/// Sends by a mail server, with a connection for each message.
///
///     let client = SMTPClient(settings)
///     let reply = try await client.send(MailMessage(from: client.sender, to: [mission], subject: "…", date: .now, text: "…"))
public struct SMTPClient: MailSender {
    public let settings: SMTPSettings

    public init(_ settings: SMTPSettings) {
        self.settings = settings
    }

    public var sender: Mailbox { settings.sender }

    public func send(_ message: MailMessage) async throws(MailError) -> SMTPReply {
        let session = try await SMTPSession.open(settings)
        do {
            let reply = try await session.send(message)
            await session.close()
            return reply
        } catch {
            await session.close()
            throw error
        }
    }
}
