import Acts
import AsyncHTTPClient
import Foundation
import Synchronization

extension ConferenceBenchmark {
    static func measure(
        _ house: BenchmarkConference, _ options: Options, process: Int32, client: HTTPClient, _ result: inout Result,
        say: @Sendable (String) -> Void
    ) async throws {
        let origin = "http://localhost:\(options.port)"
        try await answers(origin, client)
        result.memory = [memory(of: process).now]
        let room = SimulatedRoom(path: "/conferences/\(BenchmarkConference.name)/rooms/plenary")
        let people = try await signIn(house.links, origin: origin, client: client)
        say("\(people.count) people have signed in")
        let crowd = LiveCrowd()
        let path = "/live?dossier=conference/\(BenchmarkConference.name)"
        for number in 0..<(people.count + options.gallery) {
            let cookie = number < people.count ? people[number].cookie.map { "Cookie: \($0)\r\n" } ?? "" : ""
            try await crowd.join(
                port: options.port,
                request: "GET \(path) HTTP/1.1\r\nHost: localhost:\(options.port)\r\nAccept: text/event-stream\r\n\(cookie)\r\n")
        }
        try await Task.sleep(for: .seconds(3))
        result.listeners = crowd.count
        result.memory.append(memory(of: process).now)
        say("\(result.listeners) listen")
        let decision = try await openVote(room, house, origin: origin, client: client, people: people, options)
        // Each person's page is open before the vote: its forms' tokens are at hand.
        let voters = stride(from: 0, to: people.count, by: options.people).map { people[$0] }
        let ballots = try await Ballots(voters, room, decision, acts: options.rate * options.seconds + 60)
        say("\(voters.count) delegations are ready to vote")
        try await Task.sleep(for: .seconds(1))

        crowd.forget()
        var wholes: [Double] = []
        for number in 1...40 {
            let start = ContinuousClock.now
            try await ballots.cast()
            _ = try await crowd.wait(forEvents: number * result.listeners, seconds: 10)
            wholes.append((ContinuousClock.now - start) / .milliseconds(1))
        }
        result.alone = crowd.look().waits
        result.whole = wholes.sorted()[wholes.count / 2]
        try await sustain(options, ballots, crowd, &result)
        result.memory.append(memory(of: process).most)
        await crowd.close()
        result.bare = try await bare(result.listeners)
    }

    private static func answers(_ origin: String, _ client: HTTPClient) async throws {
        let visitor = WorldVisitor("the bench", at: origin, client: client)
        for _ in 0..<300 {
            if let answer = try? await visitor.get("/health"), answer.status == 200 { return }
            try await Task.sleep(for: .milliseconds(100))
        }
        throw Failure(description: "The node did not answer at \(origin).")
    }

    private static func signIn(_ links: [String], origin: String, client: HTTPClient) async throws -> [WorldVisitor] {
        var people: [WorldVisitor] = []
        for (number, token) in links.enumerated() {
            let visitor = WorldVisitor("person \(number)", at: origin, client: client)
            try await visitor.signIn(by: "\(origin)/sign-in/link?token=\(token)")
            people.append(visitor)
        }
        return people
    }

    private static func openVote(
        _ room: SimulatedRoom, _ house: BenchmarkConference, origin: String, client: HTTPClient, people: [WorldVisitor], _ options: Options
    ) async throws -> String {
        let chair = WorldVisitor("the chair", at: origin, client: client)
        try await chair.signIn(by: "\(origin)/sign-in/link?token=\(house.chairLink)")
        guard let first = people.first else { throw Failure(description: "Nobody signed in.") }
        try await room.act(first, "propose", [("text", "Decides to measure.")])
        let proposal = try await room.facts(chair)["proposals"]?.array?.last?["proposal"]?.string ?? ""
        try await room.act(chair, "rule", [("subject", "circulation"), ("concerns", proposal), ("allowed", "yes")])
        try await room.act(chair, "open", [("method", "recorded"), ("concerns", proposal)])
        return try await room.facts(chair)["decisions"]?.array?.last?["decision"]?.string ?? ""
    }

    private final class Times: Sendable {
        let all = Mutex<[Int64]>([])
    }

    /// So many acts a second, each at its time whether the one before was answered or not.
    private static func sustain(_ options: Options, _ ballots: Ballots, _ crowd: LiveCrowd, _ result: inout Result) async throws {
        crowd.forget()
        let count = options.rate * options.seconds
        let times = Times()
        let start = ContinuousClock.now
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 0..<count {
                let due = start + .microseconds(1_000_000 / options.rate) * number
                try await Task.sleep(until: due, clock: .continuous)
                group.addTask {
                    let began = ContinuousClock.now
                    try await ballots.cast()
                    let taken = Int64((ContinuousClock.now - began) / .milliseconds(1))
                    times.all.withLock { $0.append(taken) }
                }
            }
            try await group.waitForAll()
        }
        result.rate = Double(count) / ((ContinuousClock.now - start) / .seconds(1))
        _ = try await crowd.wait(forEvents: count * result.listeners, seconds: 20)
        let notes = crowd.look()
        result.sustained = notes.waits
        result.answers = times.all.withLock { $0 }
        result.lost = count * result.listeners - notes.events
        result.outOfOrder = notes.outOfOrder
    }

    /// Milliseconds until a bare server's bytes are at all of so many connections.
    private static func bare(_ listeners: Int) async throws -> Double {
        let peer = BareBroadcast()
        let port = try await peer.start()
        let crowd = LiveCrowd()
        for _ in 0..<listeners { try await crowd.join(port: port, request: "") }
        for _ in 0..<500 where peer.count < listeners { try await Task.sleep(for: .milliseconds(10)) }
        var times: [Double] = []
        for number in 1...20 {
            let text =
                "id: \(number)\nevent: entry\ndata: {\"dossier\":\"conference/bench\",\"entry\":\(number),"
                + "\"kind\":\"conference.vote-changed@1\",\"received\":\"\(Moment.now)\"}\n\n"
            let start = ContinuousClock.now
            peer.send(text)
            guard try await crowd.wait(forEvents: number * listeners, seconds: 10) else { break }
            times.append((ContinuousClock.now - start) / .milliseconds(1))
        }
        await crowd.close()
        await peer.close()
        return times.sorted().dropFirst(times.count / 2).first ?? 0
    }

    /// Votes that are ready to be cast: whose they are, and the tokens of the forms on their open pages.
    final class Ballots: Sendable {
        private struct Ballot: Sendable {
            let voter: Int
            let token: String
        }

        private let voters: [WorldVisitor]
        private let path: String
        private let decision: String
        private let waiting: Mutex<[Ballot]>

        init(_ voters: [WorldVisitor], _ room: SimulatedRoom, _ decision: String, acts: Int) async throws {
            self.voters = voters
            self.decision = decision
            path = room.path
            var ballots: [Ballot] = []
            for _ in 0..<200 where ballots.count < acts {
                for (number, voter) in voters.enumerated() where ballots.count < acts {
                    let page = try await voter.get(room.path).text
                    let tokens = Set(PageForm.all(in: page).filter { $0.action.hasPrefix(room.path) }.compactMap { $0["request"] })
                    guard !tokens.isEmpty else { throw Failure(description: "The room's page has no form for \(voter.who).") }
                    ballots += tokens.map { Ballot(voter: number, token: $0) }
                }
            }
            // One voter's votes do not follow upon one another.
            waiting = Mutex(ballots.shuffled())
        }

        /// Casts one vote, or changes it where the delegation has voted.
        func cast() async throws {
            guard let ballot = waiting.withLock({ $0.popLast() }) else {
                throw Failure(description: "There are no tokens left to vote with.")
            }
            let vote = ["yes", "no", "abstain"].randomElement() ?? "yes"
            let answer = try await voters[ballot.voter].post(
                "\(path)/vote", [("request", ballot.token), ("name", decision), ("vote", vote), ("change", "yes")])
            guard answer.status == 303 else {
                throw Failure(description: "A vote was answered \(answer.status): \(answer.text.prefix(300))")
            }
        }
    }
}
