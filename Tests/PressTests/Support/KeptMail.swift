import Mail
import Synchronization

/// A mail server in memory that does what an address tells it to, and keeps what it takes.
final class KeptMail: MailSender, Sendable {
    let sender = Mailbox(MailAddress("press@mfa.example")!)
    private let taken = Mutex<[MailMessage]>([])
    private let closed = Mutex<Set<String>>([])

    var messages: [MailMessage] { taken.withLock { $0 } }

    func messages(to address: String, _ kind: String = "") -> [MailMessage] {
        messages.filter { $0.to.first?.address.description == address && $0.identifier.hasPrefix(kind) }
    }

    /// Refuses what is for an address until it is opened again, for now or for good where its name begins with `never`.
    func close(_ address: String) { closed.withLock { _ = $0.insert(address) } }
    func open(_ address: String) { closed.withLock { _ = $0.remove(address) } }

    func send(_ message: MailMessage) async throws(MailError) -> SMTPReply {
        let address = message.to.first?.address.description ?? ""
        if closed.withLock({ $0.contains(address) }) {
            throw MailError(.recipient, isTemporary: !address.hasPrefix("never"), reason: "closed")
        }
        taken.withLock { $0.append(message) }
        return SMTPReply(code: 250, lines: ["taken"])
    }
}
