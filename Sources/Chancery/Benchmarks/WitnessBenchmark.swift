import Acts
import Crypto
import Dispatch
import Federation
import Foundation
import Ledger
import Logging
import Record
import Synchronization
import Web

/// A node as a witness, asked over loopback HTTP by one client, against a bare sync in the same run: one question after another, and
/// about several logs at once.
///
/// The log grows by some leaves from question to question, each with its consistency proof; the node is a process of its own.
public enum WitnessBenchmark {
    /// One kind of question.
    public struct Result: Sendable {
        public let kind: String
        public let questions: Int
        /// Checkpoints cosigned a second.
        public let rate: Double
        /// Bare writes of 4 KiB with `fdatasync` a second, in turns with the questions, on the same disk.
        public let syncs: Double
        /// The median answer, milliseconds.
        public let median: Double

        /// What Go's witness with SQLite gave one client on the machine that this was set for, and how many times that it should be.
        public static let peer = 196.0
        public static let least = 5.0

        public var lines: [String] {
            [
                "witness, one client, \(kind): \(Int(rate)) cosigned/s over HTTP, median \(String(format: "%.2f", median)) ms, "
                    + "\(questions) questions; \(String(format: "%.1f", rate / Result.peer)) times 196/s (at least 5)",
                "bare fdatasync in the same run: \(Int(syncs))/s; cosigned to syncs \(String(format: "%.2f", rate / syncs))",
            ]
        }
    }

    /// The node did not start, or answered something else than a cosignature.
    public struct Failure: Error, CustomStringConvertible {
        public let description: String
    }

    /// - Parameters:
    ///   - program: the program to start as the node.
    ///   - parent: where its folder is made for the time of the measurement.
    ///   - questions: how many of each kind.
    public static func run(program: String, in parent: String, questions: Int = 2_000, port: Int = 18_082) async throws -> [Result] {
        let folder = "\(parent)/chancery-bench-witness-\(ProcessInfo.processInfo.processIdentifier)"
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let logs = try (1...(2 + lanes)).map { try BenchLog(number: $0, signsWithMLDSA44: $0 == 2) }
        try await accept(logs, in: folder, port: port)
        let process = Process()
        process.executableURL = URL(filePath: program)
        process.arguments = ["serve", "--data", folder, "--port", String(port)]
        process.environment = ProcessInfo.processInfo.environment.merging(["CHANCERY_LOG_LEVEL": "critical"]) { _, own in own }
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try process.run()
        defer {
            process.terminate()
            process.waitUntilExit()
        }
        let client = try await connect(port)
        let probe = try SyncProbe(folder + "/probe")
        return try logs.prefix(2).map { try measure($0, questions, client, probe) }
            + [measure(Array(logs.dropFirst(2)), questions, port, probe)]
    }

    /// How many logs the client that does not wait asks about at once: a mirror, or an operator of several logs. Questions about one
    /// log follow one another all the same, each on its own connection.
    static let lanes = 8

    /// One client that does not wait for the answer about one log before it asks about the next.
    private static func measure(_ logs: [BenchLog], _ questions: Int, _ port: Int, _ probe: SyncProbe) throws -> Result {
        let bodies = try logs.map { try $0.requests(max(1, questions / logs.count)) }
        let clock = ContinuousClock()
        let syncTime = try clock.measure { for _ in 0..<500 { try probe.sync() } }
        let answered = Mutex<Swift.Result<[Duration], any Error>>(.success([]))
        let group = DispatchGroup()
        let begun = clock.now
        for lane in bodies {
            group.enter()
            Thread.detachNewThread {
                defer { group.leave() }
                let times = Swift.Result {
                    let client = try BareClient(port: port)
                    return try lane.map { body in try clock.measure { try client.post("/witness/add-checkpoint", body) } }
                }
                answered.withLock { all in all = Swift.Result { try all.get() + times.get() } }
            }
        }
        group.wait()
        let whole = clock.now - begun
        let times = try answered.withLock { try $0.get() }.sorted()
        return Result(
            kind: "\(logs.count) logs asked about at once, checkpoints signed with Ed25519", questions: times.count,
            rate: Double(times.count) / (whole / .seconds(1)), syncs: 500 / (syncTime / .seconds(1)),
            median: times[times.count / 2] / .milliseconds(1))
    }

    private static func measure(_ log: BenchLog, _ questions: Int, _ client: BareClient, _ probe: SyncProbe) throws -> Result {
        let bodies = try log.requests(questions + 50)
        for body in bodies.prefix(50) { _ = try client.post("/witness/add-checkpoint", body) }
        var times: [Duration] = []
        var syncTime = Duration.zero
        var syncs = 0
        let clock = ContinuousClock()
        for round in stride(from: 50, to: bodies.count, by: 100) {
            for body in bodies[round..<min(round + 100, bodies.count)] {
                times.append(try clock.measure { try client.post("/witness/add-checkpoint", body) })
            }
            syncTime += try clock.measure { for _ in 0..<100 { try probe.sync() } }
            syncs += 100
        }
        let whole = times.reduce(Duration.zero, +)
        return Result(
            kind: log.signsWithMLDSA44 ? "checkpoints signed with Ed25519 and ML-DSA-44" : "checkpoints signed with Ed25519",
            questions: times.count, rate: Double(times.count) / (whole / .seconds(1)), syncs: Double(syncs) / (syncTime / .seconds(1)),
            median: times.sorted()[times.count / 2] / .milliseconds(1))
    }

    /// Begins a record in which the logs' nodes are peers. They are no witnesses, so nobody is asked at the start.
    private static func accept(_ logs: [BenchLog], in folder: String, port: Int) async throws {
        var logger = Logger(label: "bench")
        logger.logLevel = .critical
        let configuration = try await NodeConfiguration.read(.init(dataFolder: folder, port: port))
        let node = try Node.open(configuration, logger: logger)
        _ = try await node.establishFirstOffice()
        for log in logs {
            let act = PeerAccepted(node: log.node, document: try log.document().json)
            _ = try await node.record.enter(Command([ActDraft(act, office: "depositary", author: "node")]))
        }
        try await node.federation.close()
        try node.record.close()
    }

    private static func connect(_ port: Int) async throws -> BareClient {
        for _ in 0..<200 {
            if let client = try? BareClient(port: port) { return client }
            try await Task.sleep(for: .milliseconds(100))
        }
        throw Failure(description: "The node did not listen at 127.0.0.1:\(port).")
    }
}

/// A log that only grows, with its keys: what a peer's node would be.
private struct BenchLog {
    let node: String
    let signsWithMLDSA44: Bool
    private let ed25519: Ed25519NoteSigner
    private let mlDSA44: MLDSA44Cosigner
    private let key = NodeKey(Curve25519.Signing.PrivateKey(), validity: KeyValidity(from: .now))

    init(number: Int, signsWithMLDSA44: Bool) throws {
        node = "log-\(number).bench.invalid"
        self.signsWithMLDSA44 = signsWithMLDSA44
        let name = try KeyName("\(node)/record")
        ed25519 = try Ed25519NoteSigner(name: name, seed: [UInt8](repeating: UInt8(number), count: 32))
        mlDSA44 = try MLDSA44Cosigner(name: name, seed: [UInt8](repeating: UInt8(number), count: 32))
    }

    func document() throws -> SignedNodeDocument {
        guard let name = NodeName(node) else { throw WitnessBenchmark.Failure(description: "'\(node)' is no node's name.") }
        return try SignedNodeDocument(
            NodeDocument(
                node: name, issued: .now, title: ["en": "Bench"], languages: ["en"], origin: "https://\(node)",
                logKeys: [ed25519.verifierKey, mlDSA44.verifierKey], witnessKeys: [],
                keys: [.init(publicKey: key.publicKey, validity: key.validity)]),
            signedBy: [key])
    }

    /// Questions that follow one another, each seven leaves further, as a node's group commits are.
    func requests(_ count: Int) throws -> [[UInt8]] {
        var tree = TiledTree()
        var shelf = TileShelf()
        var old: UInt64 = 0
        return try (0..<count).map { round in
            for tile in tree.append((0..<7).map { Hash.leaf(Array("\(node) \(round) \($0)".utf8)) }) { shelf.store(tile) }
            let signers: [any NoteSigner] = signsWithMLDSA44 ? [ed25519, mlDSA44.logSigner] : [ed25519]
            let checkpoint = try SignedCheckpoint(
                Checkpoint(origin: "\(node)/record", size: tree.size, root: tree.root), signers: signers)
            let proof = old == 0 ? [] : try ConsistencyProof(from: old, to: tree.size, tiles: shelf).hashes
            defer { old = tree.size }
            return try AddCheckpointRequest(oldSize: old, proof: proof, checkpoint: checkpoint).bytes
        }
    }
}
