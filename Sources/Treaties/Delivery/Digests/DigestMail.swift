import Acts
import Mail
import Web

/// The messages about a digest: the one that asks to confirm the address, and the digest itself.
struct DigestMail: Sendable {
    let house: House
    let sender: Mailbox

    func confirmation(_ subscription: DigestSubscription, date: Moment) -> MailMessage? {
        guard let language = Language(rawValue: subscription.request.language), let address = MailAddress(subscription.request.address)
        else { return nil }
        let node = TextArgument.text(house.configuration.name(in: language))
        let text = """
            \(words("mail.confirm", ["node": node], language))

            \(DigestLinks(house: house).confirm(subscription))

            \(words("mail.confirm-not-you", language))

            """
        return MailMessage(
            identifier: "digest-confirmation.\(subscription.entry)", from: sender, to: [Mailbox(address)],
            subject: words("mail.confirm-subject", ["node": node], language), date: date, text: text, language: language.tag)
    }

    /// - Parameter since: the first entry the digest may tell of. It makes the identifier, so that what is sent once more after a crash is
    ///   known for the same message.
    func message(_ digest: Digest, to subscription: DigestSubscription, since: Int64, date: Moment) -> MailMessage? {
        guard let language = Language(rawValue: subscription.request.language), let address = MailAddress(subscription.request.address)
        else { return nil }
        let node = TextArgument.text(house.configuration.name(in: language))
        let count = TextArgument.number(Int64(digest.count))
        let links = DigestLinks(house: house)
        var text = words("mail.lead", ["node": node, "date": .date(date.date), "count": count], language) + "\n"
        for section in digest.sections {
            text += "\n\(section.heading)\n\n"
            for item in section.items { text += "- \(item.text)\n  \(item.address)\n" }
        }
        text += "\n-- \n\(words("mail.change", language))\n\(house.configuration.origin)/desk/digest\n"
        text += "\(words("mail.end", language))\n\(links.end(subscription.request.person))\n"
        return MailMessage(
            identifier: "digest.\(subscription.entry).\(since)", from: sender, to: [Mailbox(address)],
            subject: words("mail.subject", ["node": node, "date": .date(date.date), "count": count], language), date: date, text: text,
            language: language.tag,
            list: MailList(
                name: words("mail.list", ["node": node], language), identifier: "treaty-digest.\(house.configuration.origin.host)",
                unsubscribe: links.end(subscription.request.person)))
    }

    private func words(_ key: String, _ arguments: [String: TextArgument] = [:], _ language: Language) -> String {
        house.catalogue.text("treaties.digest.\(key)", arguments, language)
    }

    private func words(_ key: String, _ language: Language) -> String { words(key, [:], language) }
}
