public import Acts
public import Foundation
public import Hummingbird
import Ledger
public import Mail
public import Record
public import Seals
public import ServiceLifecycle
public import Texts
public import Web

public import class Record.Record

/// The treaty desk: the register of treaties, who takes part in them, and when they enter into force.
///
/// Its kinds are in `Acts/Payloads/Treaties`, its law in `Rules`, its tables in `Views`, its pages in `Pages`, the forms it reads
/// and writes in `Formats`.
public struct TreatyDesk: Desk {
    public let name = "treaties"
    /// States, organizations, and their names.
    let actors: ActorTable
    let standings = StandingCache()
    let texts = TextShelf()
    let deadlines = DeadlineCache()
    let press = PaperPress(office: Identity.firstOffice)
    /// The node's seals; `nil` where there is no data folder to keep them in, and then nothing can be sealed.
    public var seals: SealingOffice?

    /// How the depositary speaks.
    let depositary: DepositarySettings
    /// Who takes its mail; `nil`: nothing is sent.
    let mail: (any MailSender)?

    /// - Parameter mail: the server that takes notifications; `nil`: nothing is sent.
    public init(depositary: DepositarySettings = .standard, mail: SMTPSettings? = nil) throws {
        try self.init(depositary: depositary, sender: mail.map(SMTPClient.init))
    }

    init(depositary: DepositarySettings, sender: (any MailSender)?) throws {
        actors = try ActorTable.standard
        self.depositary = depositary
        mail = sender
    }

    public var views: [any RecordView] {
        [
            TreatyView(), ConsentView(), CertifiedTextView(), TreatyTextView(), DepositaryView(), DeadlineView(), DigestView(),
            AdoptedTextView(),
        ]
    }
    public var templates: URL? { Bundle.module.resourceURL?.appending(path: "Templates") }
    public var languages: URL? { Bundle.module.resourceURL?.appending(path: "Languages") }

    public var style: URL? { Bundle.module.resourceURL?.appending(path: "Templates/treaties.css") }

    public var navigation: [NavigationItem] {
        [
            NavigationItem(key: "treaties.navigation.desk", address: "/desk", isForSignedIn: true),
            NavigationItem(key: "treaties.navigation.register", address: "/treaties"),
            NavigationItem(key: "treaties.navigation.notifications", address: "/notifications"),
            NavigationItem(key: "treaties.navigation.actors", address: "/actors"),
        ]
    }

    public var accountLinks: [NavigationItem] { [NavigationItem(key: "treaties.digest.title", address: "/desk/digest")] }

    public func addRoutes(to router: Router<Visit>, house: House) {
        let desk = TreatyPages(desk: self, house: house)
        if let seals { SealPages(house: house, seals: seals).addRoutes(to: router) }
        router.get("/treaties") { request, visit in try await desk.register(request, visit) }
        router.get("/treaties/{treaty}") { request, visit in try await desk.treaty(request, visit) }
        router.get("/treaties/{treaty}/acts") { request, visit in try await desk.acts(request, visit) }
        router.get("/treaties/{treaty}/record") { request, visit in try await desk.recordForm(request, visit) }
        router.post("/treaties/{treaty}/record") { request, visit in try await desk.record(request, visit) }
        router.get("/treaties/{treaty}/acts/{entry}/correct") { request, visit in try await desk.correctionForm(request, visit) }
        router.post("/treaties/{treaty}/acts/{entry}/correct") { request, visit in try await desk.correct(request, visit) }
        router.post("/treaties/{treaty}/entry-into-force") { request, visit in try await desk.confirm(request, visit) }
        ConsentPages(pages: desk).addRoutes(to: router)
        CertifiedCopyPages(pages: desk).addRoutes(to: router)
        OpeningPages(desk: self, house: house).addRoutes(to: router)
        TextPages(desk: self, house: house).addRoutes(to: router)
        ImportPages(pages: desk).addRoutes(to: router)
        DeadlinePages(pages: desk).addRoutes(to: router)
        RelationPages(pages: desk).addRoutes(to: router)
        DeskPages(pages: desk).addRoutes(to: router)
        DigestPages(pages: desk).addRoutes(to: router)
        router.get("/actors") { request, visit in try await desk.actorList(request, visit) }
        router.get("/actors/{actor}") { request, visit in try await desk.actor(request, visit) }
        DepositaryPages(pages: desk).addRoutes(to: router)
    }

    public func description(of entry: Entry, house: House, language: Language) -> ActDescription? {
        TreatyActWords(actors: actors, catalogue: house.catalogue, language: language).description(of: entry)
            ?? InstrumentActWords(actors: actors, catalogue: house.catalogue, language: language).description(of: entry)
            ?? DepositaryActWords(actors: actors, catalogue: house.catalogue, language: language).description(of: entry)
            ?? DeadlineWords(actors: actors, catalogue: house.catalogue, language: language).description(of: entry)
            ?? DigestActWords(catalogue: house.catalogue, language: language).description(of: entry)
            ?? ImportActWords(catalogue: house.catalogue, language: language).description(of: entry)
    }

    public func describe(_ document: inout OpenAPIDocument) {
        TreatyDescription.add(to: &document)
        InstrumentDescription.add(to: &document)
        DepositaryDescription.add(to: &document)
        if seals != nil { SealPages.describe(&document) }
    }

    public func services(house: House) -> [any Service] {
        var services: [any Service] = [DeadlineWatch(desk: self, record: house.record, logger: house.logger, now: house.now)]
        if let mail {
            services.append(
                NotificationDelivery(
                    house: house, actors: actors, settings: depositary, sender: mail, press: press, seals: seals))
            services.append(DigestDelivery(house: house, desk: self, sender: mail))
        }
        return services
    }

    /// How many Parties a treaty has today.
    public func parties(of treaty: String, in record: Record) async throws -> Int {
        let rule = StandingRule(actors: actors)
        return try await record.read {
            try TreatyQueries(database: $0).standing(of: treaty, asOf: Moment.now.date, rule: rule)?.parties ?? 0
        }
    }

    /// Whether no treaty is in the register yet.
    public func isEmpty(_ record: Record) async throws -> Bool {
        try await record.read { try TreatyQueries(database: $0).treaties().isEmpty }
    }

    /// Enters a register in the compact form of `Sample/register.json`, a treaty at a time.
    ///
    /// - Parameters:
    ///   - progress: called after each treaty with how many are done.
    /// - Returns: how many acts were entered.
    public func enter(
        _ register: SampleRegister, into record: Record, office: String, author: String,
        progress: @Sendable (Int) -> Void = { _ in }
    ) async throws -> Int {
        var entered = 0
        let commands = TreatyCommands(actors: actors, office: office, author: author)
        for (index, treaty) in register.treaties.enumerated() {
            let entries = try await record.enter(
                Command { context in
                    let exists = try TreatyQueries(database: context.database).treaty(treaty.opened.treaty) != nil
                    return try commands.open(treaty, exists: exists, first: context.nextIndex, asOf: context.now.date)
                })
            entered += entries.count
            progress(index + 1)
        }
        return entered
    }

    /// Opens the sample agreement, enters its texts, and records its adoption and authentication.
    ///
    /// - Returns: how many acts were entered.
    public func enterSampleAgreement(into record: Record, office: String, author: String) async throws -> Int {
        let sample = try SampleAgreement.shipped()
        let commands = InstrumentCommands(actors: actors, office: office, author: author)
        let number = SampleAgreement.number
        var entered = try await record.enter(
            Command { context in
                let isTaken = try TreatyQueries(database: context.database).treaty(number) != nil
                return try commands.open(sample.opened, isTaken: isTaken, parent: nil, request: nil)
            }
        ).count
        for text in sample.texts {
            entered += try await enter(text.content, as: text.label, of: number, into: record, office: office, author: author, source: nil)
        }
        entered += try await record.enter(
            Command { context in
                guard let file = try TreatyQueries(database: context.database).instrument(number) else { return [] }
                let adopted = TreatyAdopted(
                    treaty: number, date: SampleAgreement.adoptedOn, place: "Geneva", body: "Conference on Weather Observations",
                    rule: .consentOfAll, texts: file.authenticTexts)
                return try commands.adopt(adopted, in: file, today: context.now.date, request: nil)
            }
        ).count
        entered += try await record.enter(
            Command { context in
                guard let file = try TreatyQueries(database: context.database).instrument(number),
                    let set = TextRule.setHash(of: file.authenticTexts)
                else { return [] }
                let authenticated = TreatyAuthenticated(
                    treaty: number, date: SampleAgreement.adoptedOn, procedure: .finalAct, texts: file.authenticTexts, textSet: set)
                return try commands.authenticate(authenticated, in: file, today: context.now.date, request: nil)
            }
        ).count
        return entered
    }

    /// Enters a text as the next version in its language.
    ///
    /// - Parameters:
    ///   - label: what the version is called.
    ///   - source: where it comes from, where that should be said.
    /// - Returns: how many acts were entered: one.
    /// - Throws: a `Refusal` where the text may not be entered, such as after its authentication (VCLT art. 79).
    public func enter(
        _ text: InstrumentText, as label: String, of treaty: String, into record: Record, office: String, author: String, source: String?
    ) async throws -> Int {
        let commands = InstrumentCommands(actors: actors, office: office, author: author)
        guard let hash = Hash(try record.storeBlob(AkomaNtoso.bytes(of: text))) else { return 0 }
        return try await record.enter(
            Command { context in
                guard let file = try TreatyQueries(database: context.database).instrument(treaty) else {
                    throw Refusal(
                        .notFound, code: "treaty.unknown-treaty", "There is no treaty with the number \(treaty) in this register.",
                        mend: "Look it up in the register.", arguments: ["treaty": treaty])
                }
                let tag = text.language.tag
                let act = TreatyTextEntered(
                    treaty: treaty, language: tag, version: (file.current(in: tag)?.text.version ?? 0) + 1, label: label, sha256: hash,
                    isAuthentic: text.authenticity.isAuthentic, provisions: Int64(text.places.count), source: source)
                return try commands.enter(act, in: file, expected: nil, today: context.now.date, request: nil)
            }
        ).count
    }
}
