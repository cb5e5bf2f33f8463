import Acts
import Foundation
import Testing

@testable import Press

@Suite("Feeds that are watched")
struct WatchedFeedTests {
    private func feed(_ text: String) throws -> WatchedFeed { try WatchedFeed(bytes: Array(text.utf8)) }

    private static let atom = """
        <?xml version="1.0" encoding="utf-8"?>
        <feed xmlns="http://www.w3.org/2005/Atom"><title>Harbour news</title><id>urn:feed</id><updated>2026-11-20T10:00:00Z</updated>
        <entry><id>urn:one</id><title type="html">Ferry &amp;lt;stopped&amp;gt; &lt;b&gt;at sea&lt;/b&gt;</title>
        <link rel="edit" href="https://example.org/edit"/><link href="https://example.org/one"/>
        <published>2026-11-20T09:00:00+01:00</published><updated>2026-11-20T08:30:00.5Z</updated>
        <content type="html">&lt;p&gt;The ferry was stopped.&lt;/p&gt;&lt;script&gt;x&lt;/script&gt;</content></entry></feed>
        """

    @Test("Atom, RSS 2.0, RSS 1.0 and JSON Feed are read for their entries' names, titles, links, dates and words")
    func formats() throws {
        let entry = try #require(try feed(Self.atom).entries.first)
        #expect(entry.id == "urn:one")
        #expect(entry.title == "Ferry <stopped> at sea")
        #expect(entry.link == "https://example.org/one")
        #expect(entry.at == Moment("2026-11-20T08:30:00.500Z") || entry.at == Moment("2026-11-20T08:30:00.000Z"))
        #expect(entry.words.contains("The ferry was stopped."))
        let rss = try feed(
            """
            <rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>Wire</title>
            <item><title>Ferry</title><link>https://example.org/2</link><guid isPermaLink="false">g2</guid>
            <pubDate>Fri, 20 Nov 2026 09:00:00 +0200</pubDate><content:encoded><![CDATA[<p>It <b>sank</b> &amp; was raised</p>]]></content:encoded></item>
            </channel></rss>
            """)
        #expect(rss.title == "Wire")
        #expect(rss.entries.map(\.id) == ["g2"])
        #expect(rss.entries[0].at == Moment("2026-11-20T07:00:00.000Z"))
        #expect(rss.entries[0].words.contains("It sank & was raised"))
        let old = try feed(
            """
            <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
             xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>Old</title></channel>
            <item rdf:about="https://example.org/3"><title>Third</title><link>https://example.org/3</link><dc:date>2026-11-20</dc:date></item></rdf:RDF>
            """)
        #expect(old.entries.map(\.id) == ["https://example.org/3"])
        #expect(old.entries[0].at == Moment("2026-11-20T00:00:00.000Z"))
        let json = try feed(
            """
            {"version": "https://jsonfeed.org/version/1.1", "title": "J", "items": [
             {"id": 4, "url": "javascript:alert(1)", "content_text": "Words without a title", "date_published": "2026-11-20T09:00:00-05:00"}]}
            """)
        #expect(json.entries.map(\.id) == ["4"])
        #expect(json.entries[0].title == "Words without a title")
        #expect(json.entries[0].link == nil)
        #expect(json.entries[0].at == Moment("2026-11-20T14:00:00.000Z"))
    }

    /// RFC 3339, 5.8; RFC 5322, 3.3 and 4.3; RFC 822, 5.1.
    @Test(
        "Dates of both kinds are read, and what is none is none",
        arguments: [
            ("1985-04-12T23:20:50Z", "1985-04-12T23:20:50.000Z"), ("1996-12-19T16:39:57-08:00", "1996-12-20T00:39:57.000Z"),
            ("1990-12-31T23:59:60Z", "1990-12-31T23:59:59.000Z"), ("2026-01-17 09:30Z", "2026-01-17T09:30:00.000Z"),
            ("Sat, 07 Sep 2002 00:00:01 GMT", "2002-09-07T00:00:01.000Z"), ("7 Sep 02 0:00 EST", "2002-09-07T05:00:00.000Z"),
            ("21 Nov 97 09:55:06 -0600", "1997-11-21T15:55:06.000Z"), ("2026-02-30T00:00:00Z", ""), ("yesterday", ""),
            ("Sat, 07 Sep 2002 25:00:01 GMT", ""), ("2026-01-17T09:30:00+0", ""), ("", ""),
        ])
    func dates(text: String, expected: String) {
        #expect(FeedDate.moment(text) == Moment(expected))
    }

    @Test("What unfolds, reaches out or is no feed is refused")
    func refused() {
        let entity = "<!DOCTYPE feed [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;\">]><feed xmlns=\"http://www.w3.org/2005/Atom\">&b;</feed>"
        let external = "<!DOCTYPE feed SYSTEM \"file:///etc/passwd\"><feed xmlns=\"http://www.w3.org/2005/Atom\"/>"
        let deep = String(repeating: "<a>", count: 5_000) + String(repeating: "</a>", count: 5_000)
        for text in [entity, external, deep, "<html/>", "{}", "{\"version\": \"1\"}", "", "words", "<feed/>", "<rss><channel><item>"] {
            #expect(throws: WatchedFeed.Fault.self, "\(text.prefix(60))") { try feed(text) }
        }
        #expect(throws: WatchedFeed.Fault.self) { try WatchedFeed(bytes: Array(repeating: 0x20, count: WatchedFeed.longest + 1)) }
    }

    @Test("Bounds are kept: entries, titles, words, identifiers")
    func bounds() throws {
        let long = String(repeating: "word ", count: 60_000)
        let item =
            "<item><guid>\(String(repeating: "g", count: 9_000))</guid><title>\(long)</title><description>\(long)</description></item>"
        let found = try feed("<rss><channel>\(item)</channel></rss>")
        #expect(found.entries[0].title.count <= WatchedFeed.longestTitle)
        #expect(found.entries[0].words.count <= WatchedFeed.longestWords)
        #expect(found.entries[0].id.hasPrefix("sha256:"))
        let many = try feed("<rss><channel>\(String(repeating: "<item><title>t</title></item>", count: 2_000))</channel></rss>")
        #expect(many.entries.count == WatchedFeed.mostEntries)
    }

    @Test("Whatever bytes come, the reader gives a feed within its bounds or says why not", arguments: 0..<60)
    func fuzz(seed: Int) {
        // The seed is in the test's name; the same seed gives the same bytes.
        var state = UInt64(seed) &* 0x9E37_79B9_7F4A_7C15 | 1
        func next() -> UInt64 {
            state ^= state << 13
            state ^= state >> 7
            state ^= state << 17
            return state
        }
        let json = "{\"version\":\"https://jsonfeed.org/version/1\",\"items\":[{\"id\":\"a\",\"content_html\":\"&#x41;<b>\"}]}"
        var bytes = Array((seed % 2 == 0 ? Self.atom : json).utf8)
        for _ in 0..<(1 + next() % 40) {
            let place = Int(next() % UInt64(bytes.count))
            switch next() % 4 {
            case 0: bytes[place] = UInt8(truncatingIfNeeded: next())
            case 1: bytes.remove(at: place)
            case 2: bytes.insert(contentsOf: Array("<&;\"{]".utf8).prefix(Int(next() % 6)), at: place)
            default: bytes.insert(contentsOf: bytes[place..<min(bytes.count, place + Int(next() % 200))], at: place)
            }
            if bytes.isEmpty { bytes = [0x3C] }
        }
        do {
            let feed = try WatchedFeed(bytes: bytes)
            #expect(feed.entries.count <= WatchedFeed.mostEntries, "seed \(seed)")
            for entry in feed.entries {
                #expect(entry.title.count <= WatchedFeed.longestTitle, "seed \(seed)")
                #expect(!entry.id.isEmpty && entry.id.utf8.count <= 500, "seed \(seed)")
            }
        } catch {
            #expect(!error.description.isEmpty, "seed \(seed)")
        }
    }

    /// RFC 9110, 10.2.3.
    @Test(
        "A feed is looked at at the office's pace, ever later while it fails, and never sooner than its server asks",
        arguments: [
            (Int64(5), 0, nil, Int64(300_000)), (5, 0, 900, 900_000), (5, 1, nil, 600_000), (5, 3, nil, 2_400_000),
            (5, 60, nil, 86_400_000),
            (0, 0, nil, 60_000), (1_440, 5, nil, 86_400_000), (5, 1, 10, 600_000),
        ] as [(Int64, Int, Int?, Int64)])
    func pace(minutes: Int64, failures: Int, retryAfter: Int?, expected: Int64) {
        #expect(FeedRules.pause(minutes: minutes, failures: failures, retryAfter: retryAfter) == expected)
    }

    @Test("What was there before the office began to watch raises nothing")
    func news() throws {
        let since = try #require(Moment("2026-11-20T12:00:00.000Z"))
        #expect(!FeedRules.isNew(since.adding(milliseconds: -1), since: since, wasThereAtFirst: false))
        #expect(FeedRules.isNew(since, since: since, wasThereAtFirst: true))
        #expect(FeedRules.isNew(nil, since: since, wasThereAtFirst: false))
        #expect(!FeedRules.isNew(nil, since: since, wasThereAtFirst: true))
        #expect(FeedRules.matches(MessageUptake.words("The FERRY, stopped"), ["ferry stopped"]))
        #expect(!FeedRules.matches(MessageUptake.words("ferries stopped"), ["ferry"]))
    }

    @Test(
        "An address of a feed is one of the web, without a user",
        arguments: [
            ("https://example.org/feed.xml", true), ("http://example.org/feed.xml", false), ("https://u:p@example.org/", false),
            ("file:///etc/passwd", false), ("https:///x", false), ("https://example.org/a b", false), ("", false),
        ])
    func addresses(text: String, isGood: Bool) {
        #expect(FeedRules.isAddress(text, allowsPlain: false) == isGood)
    }
}
