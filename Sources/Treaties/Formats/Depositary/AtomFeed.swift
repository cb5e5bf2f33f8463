import Acts

/// A feed in Atom (RFC 4287), written whole.
struct AtomFeed: Sendable {
    struct Entry: Sendable {
        /// An address or a tag (RFC 4151) that never changes (RFC 4287, 4.2.6).
        var id: String
        var title: String
        var updated: Moment
        var published: Moment
        /// Where it is read.
        var address: String
        var summary: String
        /// Words to sort by, such as the subject and the treaty.
        var categories: [String]
    }

    static let mediaType = "application/atom+xml"

    var id: String
    var title: String
    var subtitle: String?
    var language: String
    var author: String
    /// This feed's own address, and the page it tells the news of.
    var address: String
    var page: String
    /// When there is no entry.
    var updated: Moment
    /// Newest first.
    var entries: [Entry]

    var bytes: [UInt8] {
        var xml = XMLText()
        xml.raw("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"")
        xml.text(language)
        xml.raw("\">\n")
        xml.element("id", id)
        xml.element("title", title)
        if let subtitle { xml.element("subtitle", subtitle) }
        xml.element("updated", (entries.map(\.updated).max() ?? updated).description)
        xml.link(address, relation: "self", mediaType: Self.mediaType)
        xml.link(page, relation: "alternate", mediaType: "text/html")
        xml.raw("<author>")
        xml.element("name", author)
        xml.raw("</author>\n<generator>Chancery</generator>\n")
        for entry in entries {
            xml.raw("<entry>\n")
            xml.element("id", entry.id)
            xml.element("title", entry.title)
            xml.element("updated", entry.updated.description)
            xml.element("published", entry.published.description)
            xml.link(entry.address, relation: "alternate", mediaType: "text/html")
            for category in entry.categories {
                xml.raw("<category term=\"")
                xml.text(category)
                xml.raw("\"/>\n")
            }
            xml.element("summary", entry.summary)
            xml.raw("</entry>\n")
        }
        xml.raw("</feed>\n")
        return xml.bytes
    }
}

/// XML text, escaped; characters that XML 1.0 does not have are left out (XML 1.0, 2.2).
private struct XMLText {
    private(set) var bytes: [UInt8] = []

    mutating func raw(_ literal: StaticString) {
        literal.withUTF8Buffer { bytes.append(contentsOf: $0) }
    }

    mutating func text(_ text: String) {
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": bytes += Array("&amp;".utf8)
            case "<": bytes += Array("&lt;".utf8)
            case ">": bytes += Array("&gt;".utf8)
            case "\"": bytes += Array("&quot;".utf8)
            case "\t", "\n": bytes.append(UInt8(scalar.value))
            case "\u{0}"..."\u{1F}", "\u{FFFE}", "\u{FFFF}": continue
            default: bytes += Array(String(scalar).utf8)
            }
        }
    }

    mutating func element(_ name: StaticString, _ content: String) {
        raw("<")
        raw(name)
        raw(">")
        text(content)
        raw("</")
        raw(name)
        raw(">\n")
    }

    mutating func link(_ address: String, relation: StaticString, mediaType: String) {
        raw("<link rel=\"")
        raw(relation)
        raw("\" type=\"")
        text(mediaType)
        raw("\" href=\"")
        text(address)
        raw("\"/>\n")
    }
}
