import Acts
import HTTPTypes
import Hummingbird
import NIOCore
import Record
import Web

/// Statements for programs that follow them: Atom, which is the canonical one, RSS, JSON Feed, and a sitemap.
struct FeedPages: Sendable {
    let house: House

    struct Form: Sendable {
        let name: String
        let title: String
        let type: String
    }

    static let forms = [
        Form(name: "feed.atom", title: "Atom", type: "application/atom+xml"),
        Form(name: "feed.rss", title: "RSS", type: "application/rss+xml"),
        Form(name: "feed.json", title: "JSON Feed", type: "application/feed+json"),
        Form(name: "sitemap.xml", title: "Sitemap", type: "application/xml"),
    ]

    /// Most statements of a feed and of the sitemap (which may have 50,000 addresses: sitemaps.org).
    static let mostEntries = 50
    static let mostAddresses = 2_000

    func addRoutes(to router: Router<Visit>) {
        router.get("/statements/feed.atom") { request, visit in try await give(request, visit, Self.forms[0].type) { $0.atom } }
        router.get("/statements/feed.rss") { request, visit in try await give(request, visit, Self.forms[1].type) { $0.rss } }
        router.get("/statements/feed.json") { request, visit in try await give(request, visit, Self.forms[2].type) { $0.jsonFeed } }
        router.get("/statements/sitemap.xml") { request, visit in
            try await give(request, visit, Self.forms[3].type, most: Self.mostAddresses) { $0.sitemap }
        }
    }

    private func give(
        _ request: Request, _ visit: Visit, _ type: String, most: Int = FeedPages.mostEntries,
        _ text: @escaping @Sendable (StatementFeed) -> String
    ) async throws -> Response {
        try await house.cached(request, visit, dependsOn: StatementPages.dependency) {
            let asked = try visit.query.filled("office", longest: 64)
            // What names no office is not repeated in the feed's address.
            let office = asked.flatMap { PressCommands.isShortName($0) ? $0 : nil }
            let statements =
                asked != nil && office == nil
                ? [] : try await house.record.read { try PressQueries(database: $0).statements(of: office, limit: most) }
            let path = "/statements/\(Self.forms.first { $0.type == type }?.name ?? "")"
            let feed = StatementFeed(
                statements: statements, language: visit.language.tag, origin: "\(house.configuration.origin)", path: path, office: office,
                title: "\(house.configuration.name(in: visit.language)): \(house.text("press.statements.title", visit))",
                withdrawn: house.text("press.standing.withdrawn", visit), corrected: house.text("press.standing.corrected", visit))
            return Response(
                status: .ok, headers: [.contentType: type.hasSuffix("json") ? type : "\(type); charset=utf-8"],
                body: ResponseBody(byteBuffer: ByteBuffer(string: text(feed))))
        }
    }
}
