import Acts
import Fediverse
import Foundation
import Typesetting

/// Statements as feeds: one entry for each statement and language, so that a reader follows a language.
struct StatementFeed: Sendable {
    /// The newest versions, the last released first.
    let statements: [PublicStatement]
    /// The language that entries are in where a statement has it; RSS and JSON Feed have no other.
    let language: String
    let origin: String
    /// The feed's own path.
    let path: String
    let office: String?
    let title: String
    /// "withdrawn" and "corrected" in the feed's language.
    let withdrawn: String
    let corrected: String

    /// The feed's own address, which subscribers name to the hub.
    var own: String {
        "\(origin)\(path)?lang=\(language)" + (office.map { "&office=\(XMLText.escaped($0))" } ?? "")
    }

    /// Where programs ask to be sent it (WebSub, 4).
    var hub: String { "\(origin)/statements/hub" }

    private var updated: String { statements.map { $0.withdrawal?.at ?? $0.released }.max()?.description ?? "1970-01-01T00:00:00.000Z" }

    private func address(_ statement: PublicStatement, _ tag: String) -> String {
        "\(origin)/statements/\(statement.act.statement)?text=\(tag)"
    }

    /// The title as it stands now: what was withdrawn says so in its first word.
    private func title(_ statement: PublicStatement, _ tag: String) -> String {
        let title = statement.act.content.texts[tag]?.title ?? ""
        return switch statement.standing {
        case .withdrawn: "[\(withdrawn)] \(title)"
        default: statement.act.version > 1 ? "[\(corrected)] \(title)" : title
        }
    }

    private func html(_ statement: PublicStatement, _ tag: String) -> String {
        let paragraphs = statement.act.content.texts[tag]?.paragraphs ?? []
        let direction = PrintedDirection(language: tag) == .rightToLeft ? "rtl" : "ltr"
        let body = paragraphs.map { "<p>\(XMLText.escaped($0))</p>" }.joined()
        let note = statement.withdrawal.map {
            "<p><strong>\(XMLText.escaped(withdrawn)): \(XMLText.escaped(statement.name($0.reason, tag) ?? ""))</strong></p>"
        }
        let code = "<p>\(statement.act.code) · <a href=\"\(origin)/v/\(statement.act.code)\">\(origin)/v/\(statement.act.code)</a></p>"
        return "<div lang=\"\(tag)\" dir=\"\(direction)\">\(note ?? "")\(body)\(code)</div>"
    }

    /// RFC 4287: one entry for each language, with its siblings as alternates (`hreflang`).
    var atom: String {
        var xml = """
            <?xml version="1.0" encoding="utf-8"?>
            <feed xmlns="http://www.w3.org/2005/Atom" xml:lang="\(language)">
            <id>\(origin)/statements\(office.map { "?office=\(XMLText.escaped($0))" } ?? "")</id>
            <title>\(XMLText.escaped(title))</title>
            <updated>\(updated)</updated>
            <link rel="self" type="application/atom+xml" href="\(XMLText.escaped(own))"/>
            <link rel="hub" href="\(hub)"/>
            <link rel="alternate" type="text/html" href="\(origin)/statements"/>

            """
        for statement in statements {
            let languages = statement.act.content.languages
            for tag in languages {
                let changed = statement.withdrawal?.at ?? statement.released
                xml += "<entry xml:lang=\"\(tag)\">\n<id>\(XMLText.escaped(address(statement, tag)))</id>\n"
                xml += "<title>\(XMLText.escaped(title(statement, tag)))</title>\n"
                xml += "<published>\(statement.released)</published>\n<updated>\(changed)</updated>\n"
                xml +=
                    "<author><name>\(XMLText.escaped(statement.name(statement.act.officeName, tag) ?? statement.act.office))</name></author>\n"
                xml +=
                    "<link rel=\"alternate\" type=\"text/html\" hreflang=\"\(tag)\" href=\"\(XMLText.escaped(address(statement, tag)))\"/>\n"
                for other in languages where other != tag {
                    xml +=
                        "<link rel=\"related\" type=\"text/html\" hreflang=\"\(other)\" href=\"\(XMLText.escaped(address(statement, other)))\"/>\n"
                }
                xml += "<content type=\"html\">\(XMLText.escaped(html(statement, tag)))</content>\n</entry>\n"
            }
        }
        return xml + "</feed>\n"
    }

    /// RSS 2.0, in one language.
    var rss: String {
        var xml = """
            <?xml version="1.0" encoding="utf-8"?>
            <rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom">
            <channel>
            <title>\(XMLText.escaped(title))</title>
            <link>\(origin)/statements</link>
            <description>\(XMLText.escaped(title))</description>
            <language>\(language)</language>
            <atom:link rel="self" type="application/rss+xml" href="\(XMLText.escaped(own))"/>
            <atom:link rel="hub" href="\(hub)"/>

            """
        for statement in statements {
            let tag = statement.language(wished: language)
            xml += "<item>\n<title>\(XMLText.escaped(title(statement, tag)))</title>\n"
            xml += "<link>\(XMLText.escaped(address(statement, tag)))</link>\n"
            xml += "<guid isPermaLink=\"false\">\(statement.act.code)</guid>\n"
            // RFC 822 with four digits of the year, as RSS 2.0 wants it: HTTP writes the same.
            xml += "<pubDate>\(HTTPDate.text(statement.released))</pubDate>\n"
            xml += "<description>\(XMLText.escaped(html(statement, tag)))</description>\n</item>\n"
        }
        return xml + "</channel>\n</rss>\n"
    }

    /// JSON Feed 1.1, in one language.
    var jsonFeed: String {
        let items = statements.map { statement -> JSON in
            let tag = statement.language(wished: language)
            return [
                "id": .string(statement.act.code), "url": .string(address(statement, tag)), "title": .string(title(statement, tag)),
                "content_html": .string(html(statement, tag)), "date_published": .string(statement.released.description),
                "date_modified": .string((statement.withdrawal?.at ?? statement.released).description), "language": .string(tag),
                "authors": [["name": .string(statement.name(statement.act.officeName, tag) ?? statement.act.office)]],
            ]
        }
        let feed: JSON = [
            "version": "https://jsonfeed.org/version/1.1", "title": .string(title), "home_page_url": .string("\(origin)/statements"),
            "feed_url": .string(own), "hubs": [["type": "WebSub", "url": .string(hub)]],
            "language": .string(language), "items": .array(items),
        ]
        return feed.canonicalText
    }

    /// The addresses of all language versions, each with its alternates (sitemaps.org; hreflang by `xhtml:link`).
    var sitemap: String {
        var xml = """
            <?xml version="1.0" encoding="utf-8"?>
            <urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml">

            """
        for statement in statements {
            let languages = statement.act.content.languages
            for tag in languages {
                xml += "<url><loc>\(XMLText.escaped(address(statement, tag)))</loc>"
                xml += "<lastmod>\(statement.withdrawal?.at ?? statement.released)</lastmod>"
                for other in languages {
                    xml += "<xhtml:link rel=\"alternate\" hreflang=\"\(other)\" href=\"\(XMLText.escaped(address(statement, other)))\"/>"
                }
                xml += "</url>\n"
            }
        }
        return xml + "</urlset>\n"
    }

    /// What is news now, for those who read news sitemaps: one address for each language version.
    var newsSitemap: String {
        var xml = """
            <?xml version="1.0" encoding="utf-8"?>
            <urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">

            """
        // What was taken back is news no more.
        for statement in statements where statement.withdrawal == nil {
            for tag in statement.act.content.languages {
                let name = statement.name(statement.act.officeName, tag) ?? statement.act.office
                xml += "<url><loc>\(XMLText.escaped(address(statement, tag)))</loc><news:news><news:publication>"
                xml += "<news:name>\(XMLText.escaped(name))</news:name><news:language>\(Self.newsLanguage(tag))</news:language>"
                xml += "</news:publication><news:publication_date>\(statement.released)</news:publication_date>"
                xml += "<news:title>\(XMLText.escaped(title(statement, tag)))</news:title></news:news></url>\n"
            }
        }
        return xml + "</urlset>\n"
    }

    /// ISO 639 without more, but for Chinese, which has two (Google's rules of news sitemaps).
    private static func newsLanguage(_ tag: String) -> String {
        let parts = tag.lowercased().split(separator: "-").map(String.init)
        guard parts.first == "zh" else { return parts.first ?? tag }
        return parts.contains("hant") || parts.contains("tw") || parts.contains("hk") ? "zh-tw" : "zh-cn"
    }
}
