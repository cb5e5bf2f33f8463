import Acts
import Crypto
import Foundation
import Texts

/// A feed of somebody else's, as far as an alert needs it: Atom (RFC 4287), RSS 2.0 and 1.0, JSON Feed 1.1.
///
/// It comes from anybody, so it is bounded before it is read and cut while it is: bytes, entries, lengths. It is read for words, never
/// shown as markup, and nothing that it names is fetched.
struct WatchedFeed: Hashable, Sendable {
    struct Entry: Hashable, Sendable {
        /// What the feed tells the entry by; a hash where it is long or missing.
        let id: String
        let title: String
        /// Where it is read, if that is an address of the web.
        let link: String?
        /// The later of its dates; `nil`: it has none that can be read.
        let at: Moment?
        /// Title and text without markup.
        let words: String
    }

    /// Why it is no feed.
    struct Fault: Error, Hashable, Sendable, CustomStringConvertible {
        let description: String
    }

    static let longest = 2 << 20
    static let mostEntries = 500
    static let longestTitle = 300
    static let longestWords = 20_000
    private static let longestIdentifier = 400

    let title: String
    /// In the feed's order.
    let entries: [Entry]

    init(bytes: [UInt8]) throws(Fault) {
        guard bytes.count <= Self.longest else { throw Fault(description: "it is longer than \(Self.longest) bytes") }
        let first = bytes.first { ![0x20, 0x09, 0x0A, 0x0D, 0xEF, 0xBB, 0xBF].contains($0) }
        if first == 0x7B {
            try self.init(jsonFeed: bytes)
        } else {
            try self.init(xml: bytes)
        }
    }

    // MARK: XML

    private static let atom = "http://www.w3.org/2005/Atom"

    private init(xml bytes: [UInt8]) throws(Fault) {
        let root: XMLTree.Element
        do { root = try XMLTree(bytes: bytes).root } catch { throw Fault(description: error.reason) }
        switch root.name {
        case "feed" where root.namespace == Self.atom:
            title = Self.title(root.first("title")?.words)
            entries = root.elements.lazy.filter { $0.name == "entry" }.prefix(Self.mostEntries).map(Self.atomEntry)
        case "rss", "RDF":
            let channel = root.first("channel")
            title = Self.title(channel?.first("title")?.words)
            // RSS 1.0 has its items beside the channel, 2.0 within it.
            let items = (channel?.elements ?? []) + root.elements
            entries = items.lazy.filter { $0.name == "item" }.prefix(Self.mostEntries).map(Self.item)
        default: throw Fault(description: "it is neither Atom, RSS nor JSON Feed")
        }
    }

    private static func atomEntry(_ element: XMLTree.Element) -> Entry {
        let links = element.elements.filter { $0.name == "link" }
        let link = links.first { ["alternate", nil].contains($0.attributes["rel"]) }?.attributes["href"]
        let dates = ["updated", "published"].compactMap { element.first($0).flatMap { FeedDate.moment($0.words) } }
        let texts = ["summary", "content"].compactMap { element.first($0)?.words }
        return entry(id: element.first("id")?.words, title: element.first("title")?.words, link: link, at: dates.max(), texts: texts)
    }

    private static func item(_ element: XMLTree.Element) -> Entry {
        let link = element.first("link")?.words
        let dates = ["pubDate", "date"].compactMap { element.first($0).flatMap { FeedDate.moment($0.words) } }
        let texts = ["description", "encoded"].compactMap { element.first($0)?.words }
        return entry(
            id: element.first("guid")?.words ?? element.attributes["rdf:about"], title: element.first("title")?.words, link: link,
            at: dates.max(), texts: texts)
    }

    // MARK: JSON Feed

    private init(jsonFeed bytes: [UInt8]) throws(Fault) {
        let json: JSON
        do { json = try JSONParser.parse(bytes, limits: .init(bytes: Self.longest, depth: 16)) } catch {
            throw Fault(description: "\(error)")
        }
        guard json["version"]?.string?.hasPrefix("https://jsonfeed.org/version/") ?? false, let items = json["items"]?.array else {
            throw Fault(description: "it is JSON, and no JSON Feed")
        }
        title = Self.title(json["title"]?.string)
        entries = items.prefix(Self.mostEntries).map { item in
            let dates = ["date_published", "date_modified"].compactMap { item[$0]?.string.flatMap(FeedDate.moment) }
            let texts = ["summary", "content_text", "content_html"].compactMap { item[$0]?.string }
            return Self.entry(
                id: item["id"]?.string ?? item["id"]?.integer.map { String($0) }, title: item["title"]?.string, link: item["url"]?.string,
                at: dates.max(), texts: texts)
        }
    }

    // MARK: Bounds

    private static func entry(id: String?, title: String?, link: String?, at: Moment?, texts: [String]) -> Entry {
        let plain = texts.map { PlainWords.of($0, longest: longestWords) }.joined(separator: "\n")
        let own = self.title(title)
        let heading = own.isEmpty ? String(plain.prefix(120)) : own
        let address = link?.trimmed
        let words = String("\(heading)\n\(plain)".prefix(longestWords))
        var name = id?.trimmed ?? ""
        if name.isEmpty { name = address ?? "" }
        if name.isEmpty || name.utf8.count > longestIdentifier {
            name =
                "sha256:"
                + SHA256.hash(data: Array((name.isEmpty ? words : name).utf8)).map { byte in
                    (byte < 16 ? "0" : "") + String(byte, radix: 16)
                }.joined()
        }
        let isWeb = address.map { ($0.hasPrefix("https://") || $0.hasPrefix("http://")) && $0.utf8.count <= 1_000 } ?? false
        return Entry(id: name, title: heading, link: isWeb ? address : nil, at: at, words: words)
    }

    private static func title(_ text: String?) -> String {
        PlainWords.of(text ?? "", longest: longestTitle)
    }
}
