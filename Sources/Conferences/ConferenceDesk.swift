public import Acts
public import Federation
public import Foundation
public import Hummingbird
public import Record
public import ServiceLifecycle
public import Web

/// The conference desk: bodies and their meetings, texts negotiated in brackets, rules of procedure, decisions, and the room.
///
/// Its kinds are in `Acts/Payloads/Conferences`. `Text` is the negotiated text as data, `Procedure` the rules of procedure as data and
/// the engine over them; both are pure and know nothing of the record.
public struct ConferenceDesk: Desk {
    public let name = "conferences"

    let states: RoomStates
    let texts = TextStates()
    let shelf = MarkupShelf()
    /// Seals what delegations and groups write for themselves; `nil` where the desk only derives views.
    let sealing: PaperSealing?

    /// - Parameters:
    ///   - node: what this node is called; `nil`: no private papers are kept.
    ///   - ring: the private keys of its offices.
    /// - Throws: where the rules of procedure that come with the program cannot be read.
    public init(node: NodeName? = nil, ring: OfficeKeyring? = nil) throws {
        states = RoomStates(procedures: try ShippedProcedures.load())
        sealing = if let node, let ring { PaperSealing(node: node, ring: ring) } else { nil }
    }

    public var views: [any RecordView] {
        [
            ConferenceView(),
            RoomView(),
            SilenceView(),
            BallotView(),
            TextView(),
            PaperView(),
            NewsView(),
            AdoptionView(),
        ]
    }
    public var templates: URL? { Bundle.module.resourceURL?.appending(path: "Templates") }
    public var languages: URL? { Bundle.module.resourceURL?.appending(path: "Languages") }

    public var refusalWords: [String: [String]] {
        let families = [
            "motion": ["room.motion", "room.method", "word.motion"], "method": ["room.method", "room.fate"], "majority": ["majority"],
            "fate": ["room.fate", "word.fate"], "outcome": ["room.outcome"], "status": ["texts.status"],
            "operation": ["texts.operation"], "member": ["word.member"], "way": ["word.way"], "matter": ["word.matter"],
        ]
        return families.mapValues { $0.map { "conferences.\($0)." } }
    }

    public var style: URL? { Bundle.module.resourceURL?.appending(path: "Templates/conferences.css") }

    public var navigation: [NavigationItem] { [NavigationItem(key: "conferences.title", address: "/conferences")] }

    public func addRoutes(to router: Router<Visit>, house: House) {
        let rate = DelegationRate()
        ConferencePages(house: house, procedures: states.procedures).addRoutes(to: router)
        SecretariatPages(house: house, procedures: states.procedures).addRoutes(to: router)
        RoomPages(house: house, states: states, rate: rate, texts: texts, shelf: shelf, sealing: sealing).addRoutes(to: router)
        SilencePages(house: house, states: states).addRoutes(to: router)
        RulesPages(house: house, states: states, rate: rate).addRoutes(to: router)
        BallotPages(house: house, states: states, keys: ballotKeys(house), rate: rate).addRoutes(to: router)
        TextPages(house: house, procedures: states.procedures, texts: texts, shelf: shelf, sealing: sealing).addRoutes(to: router)
        CredentialsIssuingPages(house: house).addRoutes(to: router)
        ProgrammePages(house: house, states: states).addRoutes(to: router)
        if let sealing {
            SpacePages(house: house, states: states, sealing: sealing).addRoutes(to: router)
            PositionPages(house: house, states: states, texts: texts, sealing: sealing).addRoutes(to: router)
            DigestPages(house: house, states: states, texts: texts, sealing: sealing).addRoutes(to: router)
        }
        AdoptionPages(house: house, states: states, texts: texts).addRoutes(to: router)
        RecordPages(house: house, states: states, press: RecordPress()).addRoutes(to: router)
    }

    public func describe(_ document: inout OpenAPIDocument) { ConferenceDescription.add(to: &document) }

    public func services(house: House) -> [any Service] {
        [
            SilenceWatch(record: house.record, states: states, logger: house.logger, now: house.now),
            BallotKeyWatch(record: house.record, keys: ballotKeys(house), logger: house.logger),
        ]
    }

    private func ballotKeys(_ house: House) -> BallotKeys {
        // Several processes on one record have its database between them, on however many machines; one process has its folder.
        if let shared = house.record.sharedMemory {
            let box = house.keyBox(for: "ballot keys")
            return BallotKeys(
                shared: SharedBallotKeys(memory: shared, seal: { try box.seal($0, as: $1) }, open: { box.open($0, as: $1) }))
        }
        let folder = house.configuration.keysFolder ?? house.configuration.dataFolder
        return BallotKeys(folder: BallotKeyFolder(folder.appending(path: "ballots")))
    }

    public func digest(
        for person: Person, from first: Int64, before end: Int64, house: House, language: Language
    ) async throws -> [DigestPart] {
        let composer = MissionDigestComposer(house: house, states: states, texts: texts, sealing: sealing)
        return try await ConferenceMailDigest(composer: composer).parts(for: person, from: first, before: end, language)
    }

    public func description(of entry: Entry, house: House, language: Language) -> ActDescription? {
        if let credentials = describeCredentials(entry, house, language) { return credentials }
        guard entry.kind.name.hasPrefix("conference.") else { return nil }
        return ActDescription(sentence: house.catalogue.text("kind.\(entry.kind.name)", language))
    }
}
