public import Acts
public import Federation
public import Foundation
public import Hummingbird
public import Mail
public import Record
public import ServiceLifecycle
public import Web

/// The correspondence desk: notes between offices of this node and of others, sealed end to end, and the hotline.
///
/// Its kinds are in `Acts/Payloads/Correspondence`. Whatever is confidential is sealed in acts, views and blobs alike and opened only
/// while a page is made for a person of its audience.
public struct CorrespondenceDesk: Desk {
    public let name = "correspondence"
    /// The dossier that all its acts are in, those received from other nodes included.
    public static let dossier = CorrespondenceCommands.dossier
    let sealing: LetterSealing
    let book: any AddressBook
    /// Who takes the hotline's mail; `nil`: none is sent.
    let mail: (any MailSender)?

    /// - Parameters:
    ///   - node: what this node is called.
    ///   - ring: the private keys of its offices.
    ///   - book: who else can be written to.
    ///   - mail: the server that takes the hotline's mail; `nil`: none is sent.
    public init(node: NodeName, ring: OfficeKeyring, book: any AddressBook = EmptyAddressBook(), mail: SMTPSettings? = nil) {
        self.init(node: node, ring: ring, book: book, sender: mail.map(SMTPClient.init))
    }

    init(node: NodeName, ring: OfficeKeyring, book: any AddressBook, sender: (any MailSender)?) {
        sealing = LetterSealing(node: node, ring: ring)
        self.book = book
        mail = sender
    }

    var node: NodeName { sealing.node }

    /// What content for one of this node's offices is sealed to; made when it is first asked for.
    public func publicKey(of office: String) throws -> [UInt8] { try sealing.ring.publicKey(of: office).bytes }

    /// Whether acts of that kind are taken from other nodes.
    public func takes(_ kind: ActKind) -> Bool { ExchangedAct.kinds.contains(kind) }

    public var views: [any RecordView] { [CorrespondenceView(), HotlineView()] }
    public var templates: URL? { Bundle.module.resourceURL?.appending(path: "Templates") }
    public var languages: URL? { Bundle.module.resourceURL?.appending(path: "Languages") }
    public var style: URL? { Bundle.module.resourceURL?.appending(path: "Templates/correspondence.css") }

    public var navigation: [NavigationItem] {
        [
            NavigationItem(key: "correspondence.title", address: "/correspondence", isForSignedIn: true),
            NavigationItem(key: "correspondence.hotline.title", address: "/hotline", isForSignedIn: true),
        ]
    }

    public func addRoutes(to router: Router<Visit>, house: House) {
        CorrespondencePages(desk: self, house: house).addRoutes(to: router)
        HotlinePages(desk: self, house: house).addRoutes(to: router)
    }

    public func description(of entry: Entry, house: House, language: Language) -> ActDescription? {
        let kinds = [
            NoteDrafted.kind, NoteApproved.kind, NoteReturned.kind, NoteSent.kind, NoteAcknowledged.kind, NoteForwarded.kind,
            NoteClosed.kind, NoteReminded.kind, HotlineSet.kind, HotlineCalled.kind, HotlineAcknowledged.kind, HotlineEscalated.kind,
            HotlineEnded.kind,
        ]
        guard kinds.contains(entry.kind) else { return nil }
        return ActDescription(sentence: house.catalogue.text("kind.\(entry.kind.name)", language))
    }

    /// The hotline's message in the language of whom it goes to: that a call waits, and where; never from whom or why.
    private func words(_ house: House, _ tag: String?) -> HotlineWatch.Words {
        let language = house.catalogue.languageToWriteIn(tag)
        let address = "\(house.configuration.origin)/hotline"
        return HotlineWatch.Words(
            language: language.tag, subject: house.catalogue.text("correspondence.hotline.mail.subject", language),
            text: house.catalogue.text("correspondence.hotline.mail.text", ["address": .text(address)], language) + "\n")
    }

    public func services(house: House) -> [any Service] {
        [
            HotlineWatch(
                record: house.record, sealing: sealing, book: book, mail: mail, words: { words(house, $0) }, logger: house.logger,
                now: house.now),
            NoteReminders(record: house.record, node: node, logger: house.logger, now: house.now),
        ]
    }
}
