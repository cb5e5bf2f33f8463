import Acts
import AsyncHTTPClient
import Foundation
import UnixSignals

/// A world to try: several nodes on this machine, introduced to each other, and a short story among them.
///
/// Everything happens as persons and operators do it: nodes are processes of this program with folders and ports of their own, people
/// sign in by one-time links and send forms, and the operator uses the command line. What has happened is not done twice: each step
/// looks first at what the nodes say, so a world that was stopped goes on where it was.
public final class World: Sendable {
    /// The first of five ports in a row.
    public static let firstPort = 8090

    let folder: String
    let nodes: [WorldNode]
    let client: HTTPClient
    let people: WorldPeople
    private let say: @Sendable (String) -> Void

    /// - Parameters:
    ///   - folder: holds a folder and a log for each node, and the keys of the story's people.
    ///   - program: the path of `chancery`.
    ///   - say: takes a line for whoever watches.
    public init(folder: String, firstPort: Int, program: String, say: @escaping @Sendable (String) -> Void) throws {
        guard (1_024...65_000).contains(firstPort) else {
            throw WorldProblem("\(firstPort) is no port for a world. Give one from 1024 to 65000 with --port.", code: 64)
        }
        self.folder = folder
        self.say = say
        client = WorldVisitor.client()
        nodes = WorldCast.members.map { WorldNode($0, in: folder, firstPort: firstPort, program: program) }
        people = WorldPeople(client: client, keysFolder: "\(folder)/keys")
    }

    /// Brings the world up, tells the story, and leaves it running until it is told to stop; at the end no process is left.
    ///
    /// - Parameters:
    ///   - once: whether to stop as soon as the story is told.
    ///   - isReady: called with the outcome when the story is told and the nodes are there to be looked at.
    public func run(once: Bool, isReady: @escaping @Sendable (WorldReport) -> Void) async throws {
        let signals = await UnixSignalsSequence(trapping: .sigint, .sigterm)
        let outcome: Result<Void, any Error>
        do {
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { for await _ in signals { return } }
                group.addTask {
                    isReady(try await self.bringUp())
                    if !once { try await self.watch() }
                }
                // A signal or the end, whichever comes first.
                defer { group.cancelAll() }
                try await group.next()
            }
            outcome = .success(())
        } catch {
            outcome = .failure(error)
        }
        await stop()
        try await client.shutdown()
        try outcome.get()
    }

    private func stop() async {
        await withTaskGroup(of: Void.self) { group in
            for node in nodes { group.addTask { await node.stop() } }
        }
    }

    /// Says so and ends where a node has ended.
    private func watch() async throws {
        while true {
            try await Task.sleep(for: .seconds(1))
            for node in nodes where !node.isRunning {
                throw WorldProblem("\(node.title) has stopped; \(node.logPath) says why. The others were stopped too.", code: 75)
            }
        }
    }

    // MARK: Bringing up

    private func bringUp() async throws -> WorldReport {
        try FreePort.check(nodes.map(\.port))
        say("Starting \(nodes.count) nodes in \(folder)")
        try await withThrowingTaskGroup(of: Void.self) { group in
            for node in nodes { group.addTask { try await self.start(node) } }
            try await group.waitForAll()
        }
        let story = WorldStory(world: self)
        var steps: [WorldReport.Step] = []
        for (number, chapter) in story.chapters.enumerated() {
            try Task.checkCancellation()
            let step: WorldReport.Step
            do {
                step = try await chapter.tell()
            } catch let problem as WorldProblem {
                throw WorldProblem(
                    "Step \(number + 1) of the story, \(chapter.title.lowercased()), did not come to pass. \(problem.description)",
                    code: problem.code)
            }
            steps.append(step)
            say("\(number + 1). \(chapter.title)")
            for line in step.words { say("   \(line)") }
            say("   Look: \(step.address)")
        }
        return WorldReport(nodes: try await cast(), steps: steps)
    }

    /// Starts a node and signs its administrator in.
    func start(_ node: WorldNode) async throws {
        try node.configure()
        let link = try await node.administratorLink()
        let visitor = WorldVisitor("the administrator of \(node.member.name)", at: node.origin, client: client)
        guard let link = try await node.start(visitor) ?? link else { throw WorldProblem("\(node.title) gave no sign-in link.", code: 75) }
        try await visitor.signIn(by: link)
        people.keep(visitor, as: WorldPeople.administrator, at: node)
    }

    func node(_ member: WorldCast.Member) throws -> WorldNode {
        guard let node = nodes.first(where: { $0.member == member }) else { throw WorldProblem("There is no node of \(member.name).") }
        return node
    }

    /// The nodes with a fresh sign-in link for each person.
    private func cast() async throws -> [WorldReport.Node] {
        var cast: [WorldReport.Node] = []
        for node in nodes {
            var persons: [WorldReport.Person] = []
            for (name, office) in try await people.everybody(at: node) {
                persons.append(.init(name: name, office: office, link: try await people.link(for: name, in: office, at: node)))
            }
            cast.append(
                .init(
                    key: node.member.key, title: node.member.title, address: node.origin + "/", folder: node.folder, log: node.logPath,
                    people: persons))
        }
        return cast
    }

    /// Asks again and again, for half a minute at the most, until something is so.
    func wait<Found>(
        for what: String, seconds: Int = 30, _ look: () async throws -> Found?
    ) async throws -> Found {
        for _ in 0..<(seconds * 5) {
            if let found = try await look() { return found }
            try await Task.sleep(for: .milliseconds(200))
        }
        throw WorldProblem("Waited \(seconds) seconds in vain for \(what).")
    }
}
