public import Acts
import Foundation
public import Hummingbird
public import HummingbirdCore
public import Logging
public import Record
public import ServiceLifecycle

/// What pages are made with: the record, the words, the templates, the people and who may do what.
///
/// Everything in it is either immutable or guards itself, so every route of every desk shares the one house.
public final class House: Sendable {
    public let configuration: HouseConfiguration
    public let record: Record
    public let catalogue: LanguageCatalogue
    public let access = Access()
    public let identity: Identity
    public let logger: Logger
    /// The node's clock; tests bring their own.
    public let now: @Sendable () -> Moment
    /// What the node follows of other nodes' records; `nil` where it follows none.
    public let followed: (any FollowedRecords)?
    let desks: [any Desk]
    let templates: TemplateLibrary
    let staticFiles: StaticFiles
    let cache: PageCache
    let keys: HouseKeys
    /// What the node counts, for `/metrics`. Give it to swift-metrics too: `MetricsSystem.bootstrap(house.metrics)`.
    public let metrics: PrometheusRegistry
    let observation: Observation
    /// Who follows new entries in open pages. It is one of the ``services()``.
    let live: LiveHub

    /// Every desk's ``Desk/refusalWords``.
    let refusalWords: [String: [String]]

    /// Loads languages, templates and static files, and the keys for cookies (made where there are none).
    public init(
        configuration: HouseConfiguration, record: Record, desks: [any Desk], logger: Logger,
        followed: (any FollowedRecords)? = nil, now: @escaping @Sendable () -> Moment = { .now }
    ) throws {
        self.configuration = configuration
        self.record = record
        self.desks = desks
        self.followed = followed
        self.logger = logger
        self.now = now
        let resources = try House.resources
        catalogue = try LanguageCatalogue(folders: [resources.appending(path: "Languages")] + desks.compactMap(\.languages))
        templates = try TemplateLibrary(
            folders: [.init(prefix: "", url: resources.appending(path: "Templates"))]
                + desks.compactMap { desk in desk.templates.map { .init(prefix: desk.name, url: $0) } },
            catalogue: catalogue)
        refusalWords = desks.reduce(into: [:]) { all, desk in all.merge(desk.refusalWords) { $0 + $1 } }
        staticFiles = try StaticFiles(folder: resources.appending(path: "Static"), styles: desks.compactMap(\.style))
        cache = PageCache()
        keys = try HouseKeys(folder: configuration.keysFolder ?? configuration.dataFolder)
        identity = Identity(record: record, configuration: configuration, keys: keys, now: now)
        metrics = PrometheusRegistry()
        observation = Observation(registry: metrics)
        live = LiveHub(record: record) { entry in desks.lazy.compactMap { $0.reach(of: entry) }.first ?? .dossier }
    }

    /// The node's offices, as the record has them now.
    public func offices() async throws -> [Office] { try await record.read { try IdentityView.offices($0) } }

    /// The views a record must be opened with: the house's own and every desk's.
    public static func views(of desks: [any Desk]) -> [any RecordView] {
        [IdentityView(), SigningView()] + desks.flatMap(\.views)
    }

    private static var resources: URL {
        get throws {
            guard let url = Bundle.module.resourceURL else {
                throw TemplateError(template: "Web", reason: "has no resources beside the program")
            }
            return url
        }
    }

    /// All routes of the house and its desks, behind the checks every request passes.
    public func router() -> Router<Visit> {
        let router = Router(context: Visit.self, options: .autoGenerateHeadEndpoints)
        let routes = RouteTable()
        router.addMiddleware {
            ObservationMiddleware(house: self)
            SecurityHeadersMiddleware(house: self)
            VisitMiddleware(house: self)
            RefusalMiddleware(house: self, routes: routes)
            RequestChecksMiddleware(house: self)
        }
        HousePages(house: self).addRoutes(to: router)
        for desk in desks { desk.addRoutes(to: router, house: self) }
        routes.fill(from: router.routes.map { ($0.path, $0.method) })
        return router
    }

    /// What the house and its desks do beside answering requests.
    public func services() -> [any Service] { [live] + desks.flatMap { $0.services(house: self) } }

    /// What the server should allow a connection: bounded headers, an end to idleness, and no slower than a poor line is.
    public var server: HTTPServerBuilder {
        let logger = logger
        return .http1(
            configuration: .init(
                additionalChannelHandlers: [SlowRequestHandler(limits: .init(), logger: logger)], idleTimeout: .seconds(60),
                httpDecoderConfiguration: .init(maxHeaderFieldSize: 16_384, maxHeaderListSize: 32_768, maxHeaderFieldCount: 100)))
    }
}
