import Acts

/// What others put on their own pages to show that a statement can be checked: a link and, if they want it, the picture of the statement. No
/// script: whoever reads that page runs nothing of ours, and the link leads to the answer and not to a claim.
struct EmbedCode: Hashable, Sendable {
    /// `<a href="…">…</a>`.
    let link: String
    /// The same around the picture.
    let picture: String
    /// What programs that ask for oEmbed are told (oEmbed 1.0, 2.3.4.3: type `link`).
    let json: JSON

    /// - Parameters:
    ///   - tag: the language of the text.
    ///   - words: what the link says, in that language: "Is it genuine? 7K3M-92QD".
    ///   - provider: the node's name.
    init(_ statement: PublicStatement, language tag: String, words: String, provider: String, origin: String) {
        let act = statement.act
        let title = act.content.texts[tag]?.title ?? act.code
        let office = statement.name(act.officeName, tag) ?? act.office
        let check = "\(origin)/v/\(act.code)"
        let card = "\(origin)/statements/\(act.statement)/card.png?text=\(tag)&version=\(act.version)"
        func element(_ inner: String) -> String {
            "<a href=\"\(XMLText.escaped(check))\" hreflang=\"\(tag)\" lang=\"\(tag)\">\(inner)</a>"
        }
        link = element(XMLText.escaped("\(office): \(title) · \(words)"))
        picture = element(
            "<img src=\"\(XMLText.escaped(card))\" width=\"600\" height=\"315\" loading=\"lazy\" alt=\"\(XMLText.escaped("\(office): \(title) · \(words)"))\">"
        )
        json = [
            "version": "1.0", "type": "link", "title": .string(title), "author_name": .string(office),
            "author_url": .string("\(origin)/statements?office=\(act.office)"), "provider_name": .string(provider),
            "provider_url": .string(origin), "thumbnail_url": .string(card), "thumbnail_width": 1200, "thumbnail_height": 630,
        ]
    }
}
