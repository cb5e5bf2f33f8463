public import Acts
public import Federation
public import Foundation
public import Hummingbird
public import Mail
public import Record
public import Seals
public import ServiceLifecycle
public import Web

/// The press desk: statements to the public, drafted in several languages, cleared, released by two persons, corrected and withdrawn in
/// sight of everybody, and known again wherever they are met.
///
/// Its kinds are in `Acts/Payloads/Press`. Until a statement is released, whatever is said in it is marked for the offices that work on
/// it: it is in no tile, on no public page, in no feed and in no log.
public struct PressDesk: Desk {
    public let name = "press"
    private(set) var press = StatementPress()
    /// The node's seals, which sign where its files come from; `nil`: files go out without manifests.
    public var seals: SealingOffice? {
        didSet { press = StatementPress(provenance: seals) }
    }
    let disclosure: DisclosureRooms
    /// Further representations of a statement at its address.
    let renderings: [any StatementRendering]
    /// What the fediverse's rooms share; `nil`: this node does not speak there.
    let fediverse: FediverseRuntime?

    /// What this node is called; `nil`: it makes no joint statements.
    let node: NodeName?
    /// Who else can be asked to speak with it.
    let book: any AddressBook
    /// Who takes mail to subscribers; `nil`: none is sent.
    var mail: (any MailSender)?
    /// What sends feeds to programs.
    let hub: HubRuntime

    /// - Parameters:
    ///   - node: what this node is called; `nil`: it makes no joint statements.
    ///   - book: the offices of other nodes.
    ///   - fediverse: how it speaks on the fediverse; `nil`: it does not, nor does it watch feeds or tell people of alerts.
    ///   - mail: the server that takes its mail; `nil`: none is sent.
    public init(
        node: NodeName? = nil, book: any AddressBook = EmptyAddressBook(), fediverse: FediverseSettings? = nil, mail: SMTPSettings? = nil
    ) {
        self.init(node: node, book: book, fediverse: fediverse, sender: mail.map(SMTPClient.init))
    }

    init(node: NodeName?, book: any AddressBook, fediverse: FediverseSettings?, sender: (any MailSender)?) {
        disclosure = DisclosureRooms(reach: fediverse.map { AlertReach(settings: $0, mail: sender) })
        mail = sender
        hub = HubRuntime(allowsPrivateAddresses: fediverse?.allowsPrivateAddresses ?? false)
        self.fediverse = fediverse.map { FediverseRuntime(settings: $0) }
        renderings = fediverse == nil ? [] : [StatementNoteRendering()]
        self.node = node
        self.book = book
    }

    /// Whether acts of that kind are taken from other nodes.
    public func takes(_ kind: ActKind) -> Bool { node != nil && ReceivedJointAct.kinds.contains(kind) }

    /// The dossier that acts of other nodes are received in.
    public static let dossier = PressCommands.draftsDossier

    public var views: [any RecordView] {
        [
            PressView(), JointView(), DisclosureView(), FediverseView(), AlertView(), CampaignView(), AccessFormView(), MailingView(),
            PublishingView(),
        ]
    }
    public var templates: URL? { Bundle.module.resourceURL?.appending(path: "Templates") }
    public var languages: URL? { Bundle.module.resourceURL?.appending(path: "Languages") }
    public var style: URL? { Bundle.module.resourceURL?.appending(path: "Templates/press.css") }

    public var navigation: [NavigationItem] {
        [
            NavigationItem(key: "press.statements.title", address: "/statements"),
            NavigationItem(key: "press.disclosure.title", address: "/disclosures"),
            NavigationItem(key: "press.title", address: "/press", isForSignedIn: true),
        ]
    }

    public func addRoutes(to router: Router<Visit>, house: House) {
        disclosure.count(on: router, house: house)
        FeedPages(house: house, hub: hub).addRoutes(to: router)
        EventPages(house: house).addRoutes(to: router)
        MailingPages(house: house, sendsMail: mail != nil).addRoutes(to: router)
        EmbedPages(house: house).addRoutes(to: router)
        StatementPages(house: house, renderings: renderings, press: press).addRoutes(to: router)
        GenuinePages(house: house, press: press).addRoutes(to: router)
        FediverseRulePages(house: house, runtime: fediverse).addRoutes(to: router)
        if let fediverse {
            FediversePages(house: house, runtime: fediverse, law: disclosure.law).addRoutes(to: router)
            FollowingPages(house: house, runtime: fediverse).addRoutes(to: router)
            DeliveryPages(house: house, runtime: fediverse).addRoutes(to: router)
        }
        ReactionPages(house: house).addRoutes(to: router)
        let joints = node.map { JointPages(house: house, node: $0, book: book) }
        joints?.addRoutes(to: router)
        PressPages(house: house, joints: joints).addRoutes(to: router)
        disclosure.addRoutes(to: router, house: house)
    }

    public func description(of entry: Entry, house: House, language: Language) -> ActDescription? {
        guard entry.kind.name.hasPrefix("press.") else { return nil }
        return ActDescription(sentence: house.catalogue.text("kind.\(entry.kind.name)", language))
    }

    public func notices(for person: Person, house: House, language: Language) async throws -> [DeskNotice] {
        try await disclosure.notices(for: person, house: house, language: language)
    }

    public func services(house: House) -> [any Service] {
        var services: [any Service] = [EmbargoWatch(record: house.record, logger: house.logger, now: house.now)]
        services.append(RenderingWatch(house: house, press: press))
        services += disclosure.services(house: house)
        if let node {
            let access = house.access
            services.append(
                JointWatch(
                    record: house.record, node: node,
                    officeName: { office, database in try access.offices(in: database).first { $0.id == office }?.names ?? [:] },
                    logger: house.logger, now: house.now))
        }
        services.append(StatementMailing(house: house, sender: mail))
        services.append(FeedHub(house: house, runtime: hub))
        if let fediverse { services.append(FediverseDelivery(house: house, runtime: fediverse)) }
        return services
    }

    public func describe(_ document: inout OpenAPIDocument) {
        PressDescription.add(to: &document)
        PublishingDescription.add(to: &document)
        DisclosureDescription.add(to: &document)
        FediverseDescription.add(to: &document)
        CampaignDescription.add(to: &document)
    }
}
