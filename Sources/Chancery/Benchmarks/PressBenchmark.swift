import Acts
import Fediverse
import Foundation
import Hummingbird
import Logging
import Record
import ServiceLifecycle
import Web

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// A statement to many servers of the fediverse on loopback, some of them dead, and activities of theirs taken in.
///
/// The sinks that stand for the servers run in this process: the processor time they take is counted with the node's.
public enum PressBenchmark {
    public struct Result: Sendable {
        public let inboxes: Int
        public let dead: Int
        /// Milliseconds from the release to the first delivery and to the last.
        public let first: Double
        public let last: Double
        /// Milliseconds of processor time for a delivery, the sinks' included.
        public let processor: Double
        /// Activities verified and entered in a second.
        public let taken: Double

        public var lines: [String] {
            let alive = inboxes - dead
            return [
                "\(inboxes) inboxes, \(dead) of them dead: first delivery after \(Int(first)) ms, last after \(Int(last)) ms, "
                    + "\(Int(Double(alive) / last * 1000)) deliveries/s, \(String(format: "%.2f", processor)) ms of processor time each, "
                    + "the sinks' included",
                "\(Int(taken)) incoming activities/s verified and entered, over HTTP (limit 2000)",
            ]
        }
    }

    /// - Parameters:
    ///   - parent: where the node's folder is made for the time of the measurement.
    ///   - inboxes: how many servers follow, one follower each; every twentieth is dead.
    ///   - port: the node's; the sinks take free ones.
    public static func run(in parent: String, inboxes: Int, port: Int) async throws -> Result {
        let folder = "\(parent)/chancery-bench-press-\(ProcessInfo.processInfo.processIdentifier)"
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        let settings: JSON = ["logLevel": "error", "federation": ["privateAddresses": true]]
        try Data(settings.canonicalBytes).write(to: URL(filePath: "\(folder)/chancery.json"))
        var logger = Logger(label: "bench")
        logger.logLevel = .critical
        let node = try Node.open(try await NodeConfiguration.read(.init(dataFolder: folder, port: port)), logger: logger)
        _ = try await node.establishFirstOffice()
        let crowd = try await FediverseSinks(count: inboxes, deadEvery: 20)
        let measured = try await withThrowingTaskGroup(of: Void.self) { group in
            var application = Application(
                router: node.house.router(), server: node.house.server, configuration: .init(address: .hostname("127.0.0.1", port: port)),
                logger: logger)
            application.services += node.house.services()
            let serving = application
            group.addTask { try await serving.run() }
            let result = try await measure(node, crowd)
            group.cancelAll()
            try? await group.waitForAll()
            return result
        }
        await crowd.close()
        try node.record.close()
        return measured
    }

    private static func measure(_ node: Node, _ crowd: FediverseSinks) async throws -> Result {
        let office = Identity.firstOffice
        let internally = Marking.restricted(.init(audience: [], label: "internal"))
        let follows = crowd.servers.map { server in
            ActDraft(
                FollowerTaken(
                    office: office, actor: "\(server)/users/a", inbox: "\(server)/users/a/inbox", shared: "\(server)/inbox",
                    follow: "\(server)/users/a#follow"), office: office, author: "node", marking: internally)
        }
        crowd.count("Accept")
        for start in stride(from: 0, to: follows.count, by: 500) {
            _ = try await node.record.enter(Command(Array(follows[start..<min(start + 500, follows.count)])))
        }
        // The answers to the follows open the connections and find the dead.
        try await wait { crowd.count >= crowd.alive }
        let released = StatementReleased(
            draft: 0, office: office, officeName: ["en": "Office"],
            content: StatementContent(
                authoritative: "en",
                texts: [
                    "en": StatementText(
                        title: "On the ceasefire", paragraphs: [String(repeating: "The Government welcomes the ceasefire. ", count: 20)])
                ]))
        crowd.count("Create")
        let before = processorTime()
        let start = ContinuousClock.now
        _ = try await node.record.enter(Command([ActDraft(released, dossier: "statements", office: office, author: "node")]))
        try await wait { crowd.count >= crowd.alive }
        let processor = (processorTime() - before) / Double(crowd.alive)
        guard let first = crowd.first, let last = crowd.last else { throw PageBenchmark.Failure(description: "Nothing was delivered.") }
        let taken = try await takeIn(node, crowd, statement: released.statement)
        return Result(
            inboxes: crowd.servers.count, dead: crowd.servers.count - crowd.alive, first: (first - start) / .milliseconds(1),
            last: (last - start) / .milliseconds(1), processor: processor, taken: taken)
    }

    /// How many activities are taken in, from how many servers, over how many connections at once.
    private static let activities = 10_000
    private static let senders = 100
    private static let connections = 64

    /// Likes from many servers, signed beforehand, sent by connections that each wait for an answer before they send again.
    private static func takeIn(_ node: Node, _ crowd: FediverseSinks, statement: String) async throws -> Double {
        let origin = "\(node.configuration.origin)"
        let servers = Array(crowd.living.prefix(senders))
        let path = "/fediverse/inbox"
        let port = node.configuration.port
        let requests = try await withThrowingTaskGroup(of: [(body: [UInt8], fields: [(name: String, value: String)])].self) { group in
            let own = node.configuration.origin
            for server in servers {
                group.addTask {
                    let key = try RequestKey(id: "\(server)/users/a#main-key", pem: crowd.pem)
                    return try (0..<activities / servers.count).map { number in
                        let activity: JSON = [
                            "id": .string("\(server)/users/a#like-\(number)"), "type": "Like", "actor": .string("\(server)/users/a"),
                            "object": .string("\(origin)/notes/\(statement)/1/en"),
                        ]
                        let body = activity.canonicalBytes
                        let request = SignedRequest(
                            method: "POST", scheme: own.scheme, authority: own.authority, path: path, fields: [:], body: body)
                        return (
                            body,
                            [("content-type", ActivityStreams.mediaType)]
                                + (try CavageSignature.fields(signing: request, with: key, at: .now))
                        )
                    }
                }
            }
            // One of each server after the other, as they would come.
            var lots: [[(body: [UInt8], fields: [(name: String, value: String)])]] = []
            for try await lot in group { lots.append(lot) }
            return (0..<(lots.first?.count ?? 0)).flatMap { place in lots.map { $0[place] } }
        }
        let start = ContinuousClock.now
        try await withThrowingTaskGroup(of: Void.self) { group in
            for connection in 0..<connections {
                group.addTask {
                    try await onThread {
                        let client = try BareClient(port: port)
                        for place in stride(from: connection, to: requests.count, by: connections) {
                            try client.post(path, requests[place].body, fields: requests[place].fields, status: 202)
                        }
                    }
                }
            }
            try await group.waitForAll()
        }
        return Double(requests.count) / ((ContinuousClock.now - start) / .seconds(1))
    }

    /// What waits for the network in a thread of its own.
    private static func onThread(_ work: @escaping @Sendable () throws -> Void) async throws {
        try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Void, any Error>) in
            Thread.detachNewThread { continuation.resume(with: Swift.Result<Void, any Error> { try work() }) }
        }
    }

    private static func wait(until isSo: () -> Bool) async throws {
        let deadline = ContinuousClock.now + .seconds(300)
        while !isSo() {
            guard ContinuousClock.now < deadline else { throw PageBenchmark.Failure(description: "After five minutes not all had it.") }
            try await Task.sleep(for: .milliseconds(2))
        }
    }

    /// This process's, in milliseconds. POSIX counts a million to the second (`CLOCKS_PER_SEC`).
    private static func processorTime() -> Double { Double(clock()) / 1_000 }
}
