public import Acts
public import Foundation
public import Hummingbird
public import Record
public import ServiceLifecycle

/// A desk: acts of one field, the views over them and its pages. The house brings the shell, the languages, the people and the
/// record; the desk brings what only it knows.
public protocol Desk: Sendable {
    /// Lowercase; the prefix of its templates' names: `treaties`.
    var name: String { get }

    /// The tables it derives from the record.
    var views: [any RecordView] { get }

    /// The folder of its `.mustache` files; `nil` where it has no pages.
    var templates: URL? { get }

    /// The folder of its language files, `en.json` and so on. Its keys begin with the desk's name, or with `refusal.` or `kind.` and the code or kind they put in words.
    var languages: URL? { get }

    /// What the values of its refusals' arguments are called: beginnings of keys by the argument's name. Where the catalogue has one of them
    /// with the value after it, people read that text, such as "by roll-call" for `roll-call`; machines are told the value.
    var refusalWords: [String: [String]] { get }

    /// A style sheet for what only its pages have, such as its pictures; it is served in one with the house's. `nil`: none.
    var style: URL? { get }

    /// What it adds to the shell's navigation. The first page of the first desk that everybody sees is the node's first page.
    var navigation: [NavigationItem] { get }

    /// What it offers on the page of one's own account.
    var accountLinks: [NavigationItem] { get }

    /// What of it goes on now and is for everybody: shown on the node's first page, each with the way in.
    func goingOn(house: House, language: Language) async throws -> [GoingOn]

    /// What somebody who is signed in must see on whatever page, such as that an alert is open. Asked at every page: it must be quick.
    func notices(for person: Person, house: House, language: Language) async throws -> [DeskNotice]

    /// Adds its routes. Called once, at start.
    func addRoutes(to router: Router<Visit>, house: House)

    /// Says what an act of one of its kinds did, for the act's own page; `nil` for kinds that are not its own.
    func description(of entry: Entry, house: House, language: Language) -> ActDescription?

    /// What an act of one of its kinds concerns of its dossier, so that pages on another part of it stay as they are; `nil` for kinds
    /// that are not its own. Everybody can listen, so of an act that is not public it tells nothing: ``LiveReach/dossier``.
    func reach(of entry: Entry) -> LiveReach?

    /// What this visitor may do about an act now, such as correct it; offered on the act's own page.
    func actions(on entry: Entry, house: House, visit: Visit) -> [ActAction]

    /// The acts that a prepared act of one of its kinds brings: the act itself first, then what follows from it. It runs as a rule,
    /// so that whatever was lawful when the act was prepared is asked again when it is entered.
    ///
    /// - Parameters:
    ///   - act: as it was prepared; its statement says who does it, for which office.
    ///   - person: who signed or approved it; what they may do is asked here.
    /// - Returns: `nil` for kinds that are not its own.
    func drafts(entering act: SigningRequest, by person: Person, in context: RuleContext, house: House) throws -> [ActDraft]?

    /// What runs beside the pages for as long as the node serves, and ends with it.
    func services(house: House) -> [any Service]

    /// Adds its public resources to the OpenAPI document.
    func describe(_ document: inout OpenAPIDocument)

    /// What is new for a person, for the digest by e-mail: of the entries from `first` up to and without `end`.
    func digest(for person: Person, from first: Int64, before end: Int64, house: House, language: Language) async throws -> [DigestPart]
}

extension Desk {
    public var templates: URL? { nil }
    public var languages: URL? { nil }
    public var refusalWords: [String: [String]] { [:] }
    public var style: URL? { nil }
    public var navigation: [NavigationItem] { [] }
    public var accountLinks: [NavigationItem] { [] }
    public func goingOn(house: House, language: Language) async throws -> [GoingOn] { [] }
    public func notices(for person: Person, house: House, language: Language) async throws -> [DeskNotice] { [] }
    public func description(of entry: Entry, house: House, language: Language) -> ActDescription? { nil }
    public func reach(of entry: Entry) -> LiveReach? { nil }
    public func actions(on entry: Entry, house: House, visit: Visit) -> [ActAction] { [] }
    public func drafts(entering act: SigningRequest, by person: Person, in context: RuleContext, house: House) throws -> [ActDraft]? {
        nil
    }
    public func describe(_ document: inout OpenAPIDocument) {}
    public func services(house: House) -> [any Service] { [] }
    public func digest(
        for person: Person, from first: Int64, before end: Int64, house: House, language: Language
    ) async throws -> [DigestPart] { [] }
}

/// A line on every page of somebody who is signed in, with the way to what it is about.
public struct DeskNotice: Hashable, Sendable {
    /// In the person's language.
    public var text: String
    public var address: String
    /// A short name for programs that drive the pages (`data-test`).
    public var name: String

    public init(_ text: String, _ address: String, name: String) {
        self.text = text
        self.address = address
        self.name = name
    }
}

/// Something that goes on at the node, such as a conference that is open.
public struct GoingOn: Hashable, Sendable {
    /// What it is called, in the visitor's language.
    public var title: String
    public var address: String
    /// Where it stands, in few words.
    public var state: String
    /// Where it can be followed at this moment, such as the room of a meeting: what is said there, and its address.
    public var places: [Place]

    public struct Place: Hashable, Sendable {
        public var text: String
        public var address: String

        public init(_ text: String, _ address: String) {
            self.text = text
            self.address = address
        }
    }

    public init(_ title: String, _ address: String, state: String, places: [Place] = []) {
        self.title = title
        self.address = address
        self.state = state
        self.places = places
    }
}

extension House {
    /// What goes on at the node now, as templates take it.
    public func goingOn(_ visit: Visit) async throws -> [[String: Any]] {
        var rows: [[String: Any]] = []
        for desk in desks {
            for item in try await desk.goingOn(house: self, language: visit.language) {
                rows.append([
                    "title": item.title, "address": item.address, "state": item.state,
                    "places": item.places.map { ["text": $0.text, "address": $0.address] },
                ])
            }
        }
        return rows
    }
}

/// What an act did, in words.
public struct ActDescription: Sendable {
    /// One sentence: "France deposited its instrument of ratification on 9 September 2023."
    public var sentence: String
    /// Its particulars, each with its name in the visitor's language.
    public var facts: [Fact]

    public struct Fact: Sendable {
        public var name: String
        public var value: Markup

        public init(_ name: String, _ value: Markup) {
            self.name = name
            self.value = value
        }

        public init(_ name: String, text: String) {
            self.init(name, Markup(text: text))
        }
    }

    public init(sentence: String, facts: [Fact] = []) {
        self.sentence = sentence
        self.facts = facts
    }
}

/// Something that can be done about an act.
public struct ActAction: Sendable {
    /// What the button says, in the visitor's language.
    public var text: String
    public var address: String
    /// A short name for programs that drive the pages (`data-test`).
    public var name: String

    public init(_ text: String, _ address: String, name: String) {
        self.text = text
        self.address = address
        self.name = name
    }
}
