import Acts
import HTTPTypes
import Hummingbird
import NIOCore
import Record
import Web

/// Statements for programs that follow them: Atom, which is the canonical one, RSS, JSON Feed, sitemaps, and the hub that sends feeds.
struct FeedPages: Sendable {
    let house: House
    let hub: HubRuntime

    struct Form: Sendable {
        let name: String
        let title: String
        let type: String
        let text: @Sendable (StatementFeed) -> String

        var contentType: String { type.hasSuffix("json") ? type : "\(type); charset=utf-8" }
        /// Whether the hub sends it.
        var isFeed: Bool { FeedTopic.forms.contains(name) }
    }

    static let forms = [
        Form(name: "feed.atom", title: "Atom", type: "application/atom+xml") { $0.atom },
        Form(name: "feed.rss", title: "RSS", type: "application/rss+xml") { $0.rss },
        Form(name: "feed.json", title: "JSON Feed", type: "application/feed+json") { $0.jsonFeed },
        Form(name: "sitemap.xml", title: "Sitemap", type: "application/xml") { $0.sitemap },
        Form(name: "news-sitemap.xml", title: "News sitemap", type: "application/xml") { $0.newsSitemap },
    ]

    /// Most statements of a feed and of the sitemap (which may have 50,000 addresses: sitemaps.org).
    static let mostEntries = 50
    static let mostAddresses = 2_000
    /// Statements of a news sitemap, with all languages of each far below the 1,000 addresses that it may have, and how long they are news, in
    /// milliseconds (Google's rules of news sitemaps).
    static let mostNews = 100
    static let news: Int64 = 2 * 86_400_000

    func addRoutes(to router: Router<Visit>) {
        for form in Self.forms {
            router.get(RouterPath("/statements/\(form.name)")) { request, visit in try await give(form, request, visit) }
        }
        router.post("/statements/hub") { request, visit in try await ask(request) }
    }

    private func give(_ form: Form, _ request: Request, _ visit: Visit) async throws -> Response {
        let isNews = form.name == "news-sitemap.xml"
        let most = isNews ? Self.mostNews : form.isFeed ? Self.mostEntries : Self.mostAddresses
        let make: @Sendable () async throws -> Response = {
            let asked = try visit.query.filled("office", longest: 64)
            // What names no office is not repeated in the feed's address.
            let office = asked.flatMap { PressCommands.isShortName($0) ? $0 : nil }
            let since = isNews ? house.now().adding(milliseconds: -Self.news) : nil
            let feed = try await FeedContent(house: house).feed(
                form.name, language: visit.language, office: office, most: asked != nil && office == nil ? 0 : most, since: since)
            var headers: HTTPFields = [.contentType: form.contentType]
            if form.isFeed, let link = HTTPField.Name("Link") {
                headers[link] = "<\(feed.hub)>; rel=\"hub\", <\(feed.own)>; rel=\"self\""
            }
            return Response(status: .ok, headers: headers, body: ResponseBody(byteBuffer: ByteBuffer(string: form.text(feed))))
        }
        // What is news ends with the hour and not with an act.
        return isNews ? try await make() : try await house.cached(request, visit, dependsOn: StatementPages.dependency, make)
    }

    /// What a subscriber asks is answered at once, and done when it has said that it meant it (WebSub, 5.2).
    private func ask(_ request: Request) async throws -> Response {
        let fields = try await house.openForm(from: request)
        let asked = try HubRequest(
            { name throws(Refusal) in try fields.filled(name, longest: 2_048) }, origin: house.configuration.origin.description)
        try hub.take(asked, at: house.now())
        return Response(status: .accepted)
    }
}
