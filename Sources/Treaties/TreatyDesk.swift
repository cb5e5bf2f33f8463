public import Acts
public import Foundation
public import Hummingbird
public import Record
public import Seals
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
    /// The node's seals; `nil` where there is no data folder to keep them in, and then nothing can be sealed.
    public var seals: SealingOffice?

    public init() throws {
        actors = try ActorTable.standard
    }

    public var views: [any RecordView] { [TreatyView(), ConsentView(), CertifiedTextView()] }
    public var templates: URL? { Bundle.module.resourceURL?.appending(path: "Templates") }
    public var languages: URL? { Bundle.module.resourceURL?.appending(path: "Languages") }

    public var navigation: [NavigationItem] {
        [
            NavigationItem(key: "treaties.navigation.register", address: "/treaties"),
            NavigationItem(key: "treaties.navigation.actors", address: "/actors"),
        ]
    }

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
        router.get("/actors") { request, visit in try await desk.actorList(request, visit) }
        router.get("/actors/{actor}") { request, visit in try await desk.actor(request, visit) }
    }

    public func description(of entry: Entry, house: House, language: Language) -> ActDescription? {
        TreatyActWords(actors: actors, catalogue: house.catalogue, language: language).description(of: entry)
    }

    public func describe(_ document: inout OpenAPIDocument) {
        TreatyDescription.add(to: &document)
        if seals != nil { SealPages.describe(&document) }
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
}
