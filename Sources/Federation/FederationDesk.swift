public import Acts
public import Foundation
public import Hummingbird
public import Record
public import ServiceLifecycle
public import Web

/// The desk of nodes: peers, witnessing, and what nodes send one another. Every node has it; other desks use what it carries.
public struct FederationDesk: Desk {
    public let name = "federation"
    /// `nil` while a data folder is worked on without serving: then there are tables, and no pages.
    public var runtime: FederationRuntime?

    public init(runtime: FederationRuntime? = nil) { self.runtime = runtime }

    public var views: [any RecordView] { [FederationView()] }
    public var templates: URL? { Bundle.module.resourceURL?.appending(path: "Templates") }
    public var languages: URL? { Bundle.module.resourceURL?.appending(path: "Languages") }

    public var navigation: [NavigationItem] { [NavigationItem(key: "federation.navigation", address: "/nodes")] }

    public func addRoutes(to router: Router<Visit>, house: House) {
        guard let runtime else { return }
        NodePages(house: house, runtime: runtime).addRoutes(to: router)
        WitnessPages(house: house, runtime: runtime).addRoutes(to: router)
        FollowedPages(house: house, runtime: runtime).addRoutes(to: router)
        if let mirror = runtime.mirror { MirrorPages(house: house, runtime: runtime, mirror: mirror).addRoutes(to: router) }
        ExchangePages(house: house, runtime: runtime).addRoutes(to: router)
    }

    public func services(house: House) -> [any Service] {
        runtime.map { [FederationService(house: house, runtime: $0)] } ?? []
    }

    public func description(of entry: Entry, house: House, language: Language) -> ActDescription? {
        FederationWords(house: house, language: language).description(of: entry)
    }

    public func describe(_ document: inout OpenAPIDocument) {
        FederationDescription.describe(&document)
    }
}
