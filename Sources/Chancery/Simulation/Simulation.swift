import Acts
import AsyncHTTPClient
import Foundation

/// A conference of many delegations, played against a running node over HTTP: every delegation has a session and a page that is kept up
/// to date, every act is a form that a person could send, and everything that should hold is checked.
///
/// What happens follows from the seed. The same seed gives the same kinds of acts and the same results.
public enum Simulation {
    public struct Options: Sendable {
        /// A one-time sign-in link of the node's administrator: it says where the node is.
        public var link: String
        public var delegations = 20
        public var seed: UInt64 = 1
        /// The conference's name in addresses; must be new at the node.
        public var conference: String

        public init(link: String, delegations: Int = 20, seed: UInt64 = 1, conference: String? = nil) {
            self.link = link
            self.delegations = delegations
            self.seed = seed
            self.conference = conference ?? "simulation-\(seed)"
        }
    }

    /// What arrives within this time after the last act has arrived; the rest is lost.
    static let patience = Duration.seconds(15)

    /// - Parameter say: takes a line for whoever watches.
    /// - Throws: `WorldProblem` where the conference cannot be set up or played on.
    public static func run(_ options: Options, say: @escaping @Sendable (String) -> Void) async throws -> SimulationReport {
        guard let mark = options.link.range(of: "/sign-in/link?token=") else {
            throw WorldProblem("'\(options.link)' is no sign-in link. 'chancery link' and 'chancery serve' print one.", code: 64)
        }
        let origin = String(options.link[..<mark.lowerBound])
        let client = WorldVisitor.client(connections: options.delegations * 2 + 16)
        let outcome: Result<SimulationReport, any Error>
        do {
            outcome = .success(try await play(options, origin: origin, client: client, say: say))
        } catch {
            outcome = .failure(error)
        }
        try await client.shutdown()
        return try outcome.get()
    }

    private static func play(
        _ options: Options, origin: String, client: HTTPClient, say: @escaping @Sendable (String) -> Void
    ) async throws -> SimulationReport {
        let secretariat = SimulatedSecretariat(
            visitor: WorldVisitor("the secretariat", at: origin, client: client), conference: options.conference)
        try await secretariat.takeOffice(by: options.link)
        var lot = SeededLot(seed: options.seed)
        let cast = try await SimulatedCast.assemble(options, secretariat, &lot)
        say("\(cast.delegations.count) delegations and an observer are registered at \(origin)\(secretariat.path)")
        let first = try await secretariat.size()
        let followers = (cast.delegations + [cast.observer]).map {
            LiveFollower($0.visitor, dossier: "conference/\(options.conference)", from: first)
        }
        return try await withThrowingTaskGroup(of: Void.self) { group in
            for follower in followers { group.addTask { await follower.run() } }
            defer { group.cancelAll() }
            let story = SimulatedStory(cast: cast, secretariat: secretariat, followers: followers, lot: lot, say: say)
            let start = ContinuousClock.now
            try await story.tell()
            var report = SimulationReport(
                node: origin, conference: options.conference, seed: options.seed, delegations: options.delegations)
            report.seconds = (ContinuousClock.now - start) / .seconds(1)
            report.decisions = await story.decisions
            report.refusals = await story.refusals
            report.problems = await story.problems
            report.adoption = await story.adoption
            let acts = try await secretariat.acts(from: first)
            report.kinds = acts.map(\.kind)
            try await wait(for: followers, last: acts.last?.entry ?? -1)
            await check(followers, acts, &report)
            return report
        }
    }

    private static func wait(for followers: [LiveFollower], last: Int64) async throws {
        let deadline = ContinuousClock.now + patience
        for follower in followers {
            while await follower.last ?? -1 < last, ContinuousClock.now < deadline { try await Task.sleep(for: .milliseconds(20)) }
        }
    }

    /// Holds what each listener saw against what the record lists.
    private static func check(
        _ followers: [LiveFollower], _ acts: [(entry: Int64, kind: String)], _ report: inout SimulationReport
    ) async {
        let expected = Dictionary(uniqueKeysWithValues: acts.map { ($0.entry, $0.kind) })
        var following = SimulationReport.Following(listeners: followers.count)
        for follower in followers {
            let arrivals = await follower.arrivals
            let name = follower.who.who
            following.cuts += await follower.cuts
            following.expected += acts.count
            let seen = arrivals.map(\.event.entry)
            let distinct = Set(seen)
            let lost = expected.keys.filter { !distinct.contains($0) }.count
            let misordered = zip(seen, seen.dropFirst()).count { $0 > $1 }
            following.lost += lost
            following.doubled += seen.count - distinct.count
            following.misordered += misordered
            let strangers = arrivals.filter { expected[$0.event.entry] != $0.event.kind }.count
            if lost > 0 { report.problems.append("\(name) never heard of \(lost) acts") }
            if seen.count > distinct.count { report.problems.append("\(name) heard of \(seen.count - distinct.count) acts twice") }
            if misordered > 0 { report.problems.append("\(name) heard of acts in another order than the record's") }
            if strangers > 0 { report.problems.append("\(name) heard of \(strangers) acts that the record does not list") }
            if await follower.broken > 0 { report.problems.append("\(name) was sent events that cannot be read") }
            for trouble in await follower.troubles { report.problems.append("\(name) could not follow: \(trouble)") }
            following.latencies += arrivals.filter(\.isLive).map { $0.at.milliseconds - $0.event.received.milliseconds }
        }
        report.following = following
    }
}
