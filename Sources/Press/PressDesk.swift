public import Foundation
public import Hummingbird
public import Record
public import Web

/// The press desk: statements to the public, drafted in several languages, cleared, released by two persons, corrected and withdrawn in
/// sight of everybody, and known again wherever they are met.
///
/// Its kinds are in `Acts/Payloads/Press`. Until a statement is released, whatever is said in it is marked for the offices that work on
/// it: it is in no tile, on no public page, in no feed and in no log.
public struct PressDesk: Desk {
    public let name = "press"

    public init() {}

    public var views: [any RecordView] { [] }
    public var templates: URL? { Bundle.module.resourceURL?.appending(path: "Templates") }
    public var languages: URL? { Bundle.module.resourceURL?.appending(path: "Languages") }
    public var style: URL? { Bundle.module.resourceURL?.appending(path: "Templates/press.css") }

    public var navigation: [NavigationItem] {
        [
            NavigationItem(key: "press.statements.title", address: "/statements"),
            NavigationItem(key: "press.title", address: "/press", isForSignedIn: true),
        ]
    }

    public func addRoutes(to router: Router<Visit>, house: House) {
        StatementPages(house: house).addRoutes(to: router)
    }
}
