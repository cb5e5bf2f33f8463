import Acts
import Mail

/// A notification as the message that one addressee gets.
struct NotificationMail: Sendable {
    let notification: TreatyNotificationIssued
    /// The node's public address, without a slash at the end.
    let origin: String
    /// The address by which the addressee alone acknowledges it.
    let acknowledgement: String
    /// The act with its proof, to be checked without the node.
    let proof: [UInt8]?
    /// The notification on paper (PDF).
    let paper: [UInt8]?

    func message(
        to mailbox: Mailbox, actor: ActorCode, language: String?, from sender: Mailbox, date: Moment
    ) -> MailMessage {
        let languages: [DocumentLanguage] = language.flatMap { DocumentLanguage(rawValue: $0) }.map { [$0] } ?? DocumentLanguage.allCases
        let first = languages.first ?? .english
        let sheet = notification.sheets[first.rawValue]
        let page = "\(origin)/notifications/\(notification.number)"
        var text = NotificationText(notification: notification).text(languages: languages)
        text += "\n\n" + String(repeating: "-", count: 72) + "\n"
        for language in languages {
            text +=
                language == .english
                ? "\nPlease acknowledge receipt:\n\(acknowledgement)\n\nThe notification, with the proof of its entry in the record:\n\(page)\n"
                : "\nVeuillez en accuser réception :\n\(acknowledgement)\n\nLa notification, avec la preuve de son inscription :\n\(page)\n"
        }
        let attachments = [
            paper.flatMap { MailMessage.Attachment(name: "\(notification.number).pdf", mediaType: "application/pdf", bytes: $0) },
            proof.flatMap { MailMessage.Attachment(name: "\(notification.number).tlog-proof", mediaType: "text/plain", bytes: $0) },
        ]
        // The same notification to the same address is the same message, whenever and however often it is tried.
        return MailMessage(
            identifier: "\(notification.number).\(actor).\(mailbox.address)", from: sender, to: [mailbox],
            subject: "\(notification.number)\(first.colon) \(sheet?.subject ?? "")", date: date, text: text,
            language: languages.count == 1 ? first.rawValue : nil, attachments: attachments.compactMap(\.self))
    }
}
