import Acts
import Federation
import Foundation
import Logging
import Record
import Web

/// The conference that `bench conference` measures, made in a folder before the node is started on it.
struct BenchmarkConference: Sendable {
    static let name = "bench"

    /// Tokens of one-time sign-in links, delegation by delegation.
    let links: [String]
    let chairLink: String

    static func prepare(_ options: ConferenceBenchmark.Options, in folder: String) async throws -> BenchmarkConference {
        var logger = Logger(label: "bench")
        logger.logLevel = .critical
        let configuration = try await NodeConfiguration.read(.init(dataFolder: folder, port: options.port))
        let node = try Node.open(configuration, logger: logger)
        _ = try await node.establishFirstOffice()
        let states = try ActorTable.standard.actors.filter { $0.kind == .state && $0.validUntil == nil }
        guard states.count >= options.delegations else {
            throw ConferenceBenchmark.Failure(description: "There are no more than \(states.count) States.")
        }
        let actors = states.prefix(options.delegations).map(\.code)
        let drafts = accounts(actors, options) + conference(actors)
        _ = try await node.record.enter(Command(drafts))
        var links: [String] = []
        for actor in actors {
            for number in 0..<options.people {
                links.append(try await Identity.issueLink(for: person(actor, number), in: node.record))
            }
        }
        let chairLink = try await Identity.issueLink(for: "bench-chair", in: node.record)
        try await node.federation.close()
        try node.record.close()
        return BenchmarkConference(links: links, chairLink: chairLink)
    }

    private static func office(_ actor: ActorCode) -> String { "mission-\(actor.rawValue.lowercased())" }
    private static func person(_ actor: ActorCode, _ number: Int) -> String { "bench-\(actor.rawValue.lowercased())-\(number)" }

    private static func accounts(_ actors: [ActorCode], _ options: ConferenceBenchmark.Options) -> [ActDraft] {
        let internally = Marking.restricted(.init(audience: [String](), label: "internal"))
        var drafts = [
            ActDraft(
                PersonAppointed(person: "bench-chair", name: "Chair", office: Identity.firstOffice, roles: [.conferenceOfficer]),
                office: Identity.firstOffice, author: "node", marking: internally)
        ]
        for actor in actors {
            let office = office(actor)
            drafts.append(
                ActDraft(
                    OfficeEstablished(office: office, name: ["en": "Mission of \(actor.rawValue)"], actor: actor), office: office,
                    author: "node"))
            for number in 0..<options.people {
                let act = PersonAppointed(
                    person: person(actor, number), name: "\(actor.rawValue) \(number)", office: office, roles: [.delegate])
                drafts.append(ActDraft(act, office: office, author: "node", marking: internally))
            }
        }
        return drafts
    }

    private static func conference(_ actors: [ActorCode]) -> [ActDraft] {
        func draft(_ payload: some Payload) -> ActDraft {
            ActDraft(payload, dossier: "conference/\(name)", office: Identity.firstOffice, author: "bench-chair")
        }
        var drafts = [
            draft(
                ConferenceConvened(
                    conference: name, symbol: "BENCH/CONF.1", title: ["en": "Bench"], place: "Here", opens: CalendarDate(dayNumber: 20_759),
                    closes: nil, zone: "Europe/Zurich", procedure: "general-assembly", languages: ["en"])),
            draft(ConferenceBodyEstablished(conference: name, body: "plenary", form: .plenary, name: ["en": "Plenary"])),
        ]
        for actor in actors {
            drafts.append(
                draft(
                    ConferenceDelegationRegistered(
                        conference: name, actor: actor, standing: .participant, office: office(actor), members: [])))
        }
        drafts.append(draft(ConferenceMeetingChanged(conference: name, body: "plenary", meeting: 1, change: .opened, isPublic: true)))
        for actor in actors {
            drafts.append(
                draft(ConferencePresenceNoted(conference: name, body: "plenary", meeting: 1, actor: actor, isPresent: true)))
        }
        return drafts
    }
}
