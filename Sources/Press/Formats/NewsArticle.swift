import Acts

/// A statement in the words of schema.org, for search engines: `NewsArticle` by a `GovernmentOrganization`.
struct NewsArticle {
    let json: JSON

    init(_ statement: PublicStatement, language tag: String, origin: String) {
        let act = statement.act
        let text = act.content.texts[tag]
        let own = "\(origin)/statements/\(act.statement)"
        var article: JSONObject = [
            "@context": "https://schema.org", "@type": "NewsArticle", "headline": .string(text?.title ?? ""), "inLanguage": .string(tag),
            "datePublished": .string(statement.released.description), "url": .string("\(own)?text=\(tag)"),
            "identifier": .string(act.code), "version": .string(String(act.version)),
            "articleBody": .string((text?.paragraphs ?? []).joined(separator: "\n\n")),
        ]
        let office: JSON = [
            "@type": "GovernmentOrganization", "name": .string(statement.name(act.officeName, tag) ?? act.office), "url": .string(origin),
        ]
        (article["author"], article["publisher"]) = (office, office)
        if let correction = statement.name(act.correction, tag) {
            article["correction"] = ["@type": "CorrectionComment", "text": .string(correction)]
        }
        if statement.withdrawal != nil { article["creativeWorkStatus"] = "Withdrawn" }
        if tag != act.content.authoritative {
            article["translationOfWork"] = ["@type": "NewsArticle", "url": .string("\(own)?text=\(act.content.authoritative)")]
        }
        json = .object(article)
    }

    /// Fit for a `script` element: nothing in it can end one (HTML, 4.12.1.3).
    var scriptText: String { json.canonicalText.replacing("<", with: "\\u003c") }
}
