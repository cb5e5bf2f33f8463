import Acts
import Mail
import Web

/// The messages to those who asked for statements: the one that asks to confirm an address, a release, a correction, a withdrawal.
///
/// Nothing in them is fetched from anywhere, so nobody learns that they were read.
struct StatementMail: Sendable {
    let house: House
    let sender: Mailbox

    private var origin: String { house.configuration.origin.description }

    /// The language of the words around the text: the first asked for that the house speaks.
    private func language(_ tags: [String]) -> Language {
        tags.lazy.compactMap(house.catalogue.language).first ?? .english
    }

    private func words(_ key: String, _ arguments: [String: TextArgument] = [:], _ language: Language) -> String {
        house.catalogue.text("press.mail.\(key)", arguments, language)
    }

    func confirmation(_ request: MailRequest, date: Moment) -> MailMessage? {
        guard let address = MailAddress(request.address) else { return nil }
        let language = language(request.languages)
        let node = TextArgument.text(house.configuration.name(in: language))
        let text = """
            \(words("confirm", ["node": node], language))

            \(MailingLinks(house: house).confirm(request))

            \(words("confirm.not-you", [:], language))

            """
        return MailMessage(
            identifier: "statements-confirmation.\(request.entry)", from: sender, to: [Mailbox(address)],
            subject: words("confirm.subject", ["node": node], language), date: date, text: text, language: language.tag)
    }

    /// - Parameters:
    ///   - statement: the version that was released, or the newest one of what was withdrawn.
    ///   - news: says which of the two.
    func message(_ statement: PublicStatement, _ news: StatementNews, to subscriber: MailSubscriber) -> MailMessage? {
        guard let address = MailAddress(subscriber.request.address) else { return nil }
        let language = language(subscriber.request.languages)
        let act = statement.act
        // Every language that was asked for and that it has; where it has none of them, the authoritative text.
        var tags = subscriber.request.languages.filter { act.content.texts[$0] != nil }
        if tags.isEmpty { tags = [act.content.authoritative] }
        let isWithdrawal = news.version == nil
        let kind = isWithdrawal ? "withdrawal" : act.version > 1 ? "correction" : "release"
        let title = act.content.texts[tags[0]]?.title ?? act.code
        var text = ""
        var html = ""
        for tag in tags {
            let (plain, marked) = part(statement, tag, isWithdrawal ? statement.withdrawal : nil)
            text += (text.isEmpty ? "" : "\n\n* * *\n\n") + plain
            html += marked
        }
        let end = MailingLinks(house: house).end(subscriber.request.subscriber)
        let node = TextArgument.text(house.configuration.name(in: language))
        let check = "\(origin)/v/\(act.code)"
        let read = "\(origin)/statements/\(act.statement)?text=\(tags[0])"
        let foot = [
            (words("read", [:], language), read), (words("check", ["code": .text(act.code)], language), check),
        ]
        text += "\n\n" + foot.map { "\($0.0)\n\($0.1)\n" }.joined() + "\n-- \n\(words("why", ["node": node], language))\n"
        text += "\(words("end", [:], language))\n\(end)\n"
        let direction = language.direction.rawValue
        html += "<hr><div lang=\"\(language.tag)\" dir=\"\(direction)\">"
        html += foot.map { "<p>\(XMLText.escaped($0.0)) <a href=\"\(XMLText.escaped($0.1))\">\(XMLText.escaped($0.1))</a></p>" }.joined()
        html += "<p><small>\(XMLText.escaped(words("why", ["node": node], language))) "
        html += "<a href=\"\(XMLText.escaped(end))\">\(XMLText.escaped(words("end", [:], language)))</a></small></p></div>"
        let reader = subscriber.request.subscriber
        func identifier(_ version: Int64, _ suffix: String = "") -> String { "statement.\(act.statement).\(version)\(suffix).\(reader)" }
        let earlier = (1..<max(act.version, 1)).map { identifier($0) } + (isWithdrawal ? [identifier(act.version)] : [])
        return MailMessage(
            identifier: isWithdrawal ? identifier(act.version, ".withdrawn") : identifier(act.version), from: sender,
            to: [Mailbox(address)],
            subject: kind == "release" ? title : words("subject.\(kind)", ["title": .text(title)], language), date: news.at, text: text,
            html: """
                <!doctype html><html lang="\(tags[0])"><head><meta charset="utf-8"><title>\(XMLText.escaped(title))</title></head>
                <body>\(html)</body></html>

                """, language: tags.joined(separator: ", "),
            references: earlier.map { "\(MailMessage.token($0))@\(sender.address.domain)" },
            list: MailList(
                name: words("list", ["node": node], language), identifier: "statements.\(house.configuration.origin.host)", unsubscribe: end
            ))
    }

    /// A statement in one of its languages, as text and as HTML.
    private func part(_ statement: PublicStatement, _ tag: String, _ withdrawal: PublicStatement.Withdrawal?) -> (String, String) {
        let act = statement.act
        let language = language([tag])
        let body = act.content.texts[tag]
        let office = statement.name(act.officeName, tag) ?? act.office
        let head = "\(office) · \(language.text(statement.released)) · \(act.code)"
        var notes: [String] = []
        if let withdrawal {
            notes = [
                words("withdrawn", ["moment": .text(language.text(withdrawal.at))], language), statement.name(withdrawal.reason, tag) ?? "",
            ]
        } else if let correction = statement.name(act.correction, tag) {
            notes = [words("corrected", [:], language), correction]
        }
        notes = notes.filter { !$0.isEmpty }
        let holder = statement.name(act.holder, tag)
        let text = ([body?.title ?? "", head] + notes + (body?.paragraphs ?? []) + [holder].compactMap(\.self)).joined(separator: "\n\n")
        var html = "<div lang=\"\(tag)\" dir=\"\(Language.direction(ofTag: tag).rawValue)\"><h1>\(XMLText.escaped(body?.title ?? ""))</h1>"
        html += "<p>\(XMLText.escaped(head))</p>"
        html += notes.map { "<p><strong>\(XMLText.escaped($0))</strong></p>" }.joined()
        html += (body?.paragraphs ?? []).map { "<p>\(XMLText.escaped($0))</p>" }.joined()
        if let holder { html += "<p><em>\(XMLText.escaped(holder))</em></p>" }
        return (text, html + "</div>")
    }
}
