public import Acts
public import Foundation
public import Hummingbird
public import Record
public import Web

/// The conference desk: bodies and their meetings, texts negotiated in brackets, rules of procedure, decisions, and the room.
///
/// Its kinds are in `Acts/Payloads/Conferences`. `Text` is the negotiated text as data, `Procedure` the rules of procedure as data and
/// the engine over them; both are pure and know nothing of the record.
public struct ConferenceDesk: Desk {
    public let name = "conferences"

    public init() {}

    public var views: [any RecordView] { [ConferenceView()] }
    public var templates: URL? { Bundle.module.resourceURL?.appending(path: "Templates") }
    public var languages: URL? { Bundle.module.resourceURL?.appending(path: "Languages") }

    public var style: URL? { Bundle.module.resourceURL?.appending(path: "Templates/conferences.css") }

    public var navigation: [NavigationItem] { [NavigationItem(key: "conferences.title", address: "/conferences")] }

    public func addRoutes(to router: Router<Visit>, house: House) {
        ConferencePages(house: house).addRoutes(to: router)
        SecretariatPages(house: house, procedures: ["general-assembly"]).addRoutes(to: router)
    }

    public func description(of entry: Entry, house: House, language: Language) -> ActDescription? {
        guard entry.kind.name.hasPrefix("conference.") else { return nil }
        return ActDescription(sentence: house.catalogue.text("kind.\(entry.kind.name)", language))
    }
}
