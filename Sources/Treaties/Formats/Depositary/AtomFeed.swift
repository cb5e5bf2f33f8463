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
    var language: String
    var author: String
    /// This feed's own address, and the page it tells the news of.
    var address: String
    var page: String
    /// When there is no entry.
    var updated: Moment
    /// Newest first.
    var entries: [Entry]

    var text: String {
        var xml = """
            <?xml version="1.0" encoding="utf-8"?>
            <feed xmlns="http://www.w3.org/2005/Atom" xml:lang="\(XMLText.escaped(language))">
            \(Self.element("id", id))
            \(Self.element("title", title))
            \(Self.element("updated", (entries.map(\.updated).max() ?? updated).description))
            \(Self.link(address, relation: "self", mediaType: Self.mediaType))
            \(Self.link(page, relation: "alternate", mediaType: "text/html"))
            <author>\(Self.element("name", author))</author>
            <generator>Chancery</generator>

            """
        for entry in entries {
            let parts =
                [
                    Self.element("id", entry.id), Self.element("title", entry.title), Self.element("updated", entry.updated.description),
                    Self.element("published", entry.published.description),
                    Self.link(entry.address, relation: "alternate", mediaType: "text/html"),
                ] + entry.categories.map { "<category term=\"\(XMLText.escaped($0))\"/>" } + [Self.element("summary", entry.summary)]
            xml += "<entry>\n\(parts.joined(separator: "\n"))\n</entry>\n"
        }
        return xml + "</feed>\n"
    }

    private static func element(_ name: String, _ content: String) -> String { "<\(name)>\(XMLText.escaped(content))</\(name)>" }

    private static func link(_ address: String, relation: String, mediaType: String) -> String {
        "<link rel=\"\(relation)\" type=\"\(mediaType)\" href=\"\(XMLText.escaped(address))\"/>"
    }
}
