import Acts
import Correspondence
import Federation
import Foundation
import GRDB
import Hummingbird
import Logging
import Record
import Web

/// Sealed notes from one node to another on loopback, end to end: drafted, approved and sealed by the sender, entered, sent, verified and
/// entered by the receiver, and the receipt verified and entered by the sender.
///
/// The sender runs in this process, its writers beside it; the receiver is a process of its own.
public enum NotesBenchmark {
    public struct Result: Sendable {
        public let notes: Int
        public let writers: Int
        /// Until the last note was entered by its sender.
        public let sending: Double
        /// Until the last receipt was entered.
        public let whole: Double
        /// Milliseconds from a lone note's first draft to its receipt, the middle one of several.
        public let alone: Double

        public var rate: Double { Double(notes) / whole }

        public var lines: [String] {
            [
                "notes: \(notes) of \(writers) writers, sealed, sent, received and receipted in \(String(format: "%.2f", whole)) s: "
                    + "\(Int(rate)) notes/s end to end (limit: 500); the sender's own part took \(String(format: "%.2f", sending)) s",
                "one note alone, from the first draft to its receipt: median \(String(format: "%.0f", alone)) ms",
            ]
        }
    }

    /// - Parameters:
    ///   - parent: where the nodes' folders are made for the time of the measurement.
    ///   - program: the built `chancery` program, for the receiving node.
    ///   - port: the sender's; the receiver has the next.
    public static func run(in parent: String, notes: Int, writers: Int, program: String, port: Int) async throws -> Result {
        let folder = "\(parent)/chancery-bench-notes-\(ProcessInfo.processInfo.processIdentifier)"
        defer { try? FileManager.default.removeItem(atPath: folder) }
        var logger = Logger(label: "bench")
        logger.logLevel = .error
        // That connections end when the measurement does is no matter for the log.
        var quiet = logger
        quiet.logLevel = .critical
        let sender = try Node.open(try await configuration("\(folder)/sender", port), logger: logger)
        _ = try await sender.establishFirstOffice()
        let receiver = try await prepare(try await configuration("\(folder)/receiver", port + 1), for: sender, logger)
        let process = Process()
        process.executableURL = URL(filePath: program)
        process.arguments = ["serve", "--data", "\(folder)/receiver", "--port", String(port + 1)]
        process.standardOutput = FileHandle.nullDevice
        try process.run()
        defer {
            process.terminate()
            process.waitUntilExit()
        }
        return try await withThrowingTaskGroup(of: Void.self) { group in
            var application = Application(
                router: sender.house.router(), server: sender.house.server,
                configuration: .init(address: .hostname("127.0.0.1", port: port)), logger: quiet)
            application.services += sender.house.services()
            let serving = application
            group.addTask { try await serving.run() }
            try await waitUntilServing(port + 1)
            let measured = Measured(node: sender, to: SealingParty(node: receiver, office: Identity.firstOffice))
            try await measured.send(min(notes, 100), writers: writers)
            try await measured.waitForReceipts()
            var alone: [Double] = []
            for _ in 0..<9 {
                let start = ContinuousClock.now
                try await measured.send(1, writers: 1)
                try await measured.waitForReceipts()
                alone.append((ContinuousClock.now - start) / .milliseconds(1))
            }
            let start = ContinuousClock.now
            try await measured.send(notes, writers: writers)
            let sending = (ContinuousClock.now - start) / .seconds(1)
            try await measured.waitForReceipts()
            let whole = (ContinuousClock.now - start) / .seconds(1)
            group.cancelAll()
            try? await group.waitForAll()
            try sender.record.close()
            return Result(notes: notes, writers: writers, sending: sending, whole: whole, alone: alone.sorted()[alone.count / 2])
        }
    }

    private static func configuration(_ folder: String, _ port: Int) async throws -> NodeConfiguration {
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        let settings: JSON = ["logLevel": "error", "federation": ["privateAddresses": true]]
        try Data(settings.canonicalBytes).write(to: URL(filePath: "\(folder)/chancery.json"))
        return try await NodeConfiguration.read(.init(dataFolder: folder, port: port))
    }

    /// Makes the receiving node's record, and each node the other's peer.
    private static func prepare(_ configuration: NodeConfiguration, for sender: Node, _ logger: Logger) async throws -> NodeName {
        let receiver = try Node.open(configuration, logger: logger)
        _ = try await receiver.establishFirstOffice()
        let documents = (try await sender.federation.introduction(sender.house), try await receiver.federation.introduction(receiver.house))
        try await accept(documents.1, at: sender)
        try await accept(documents.0, at: receiver)
        try await receiver.federation.close()
        try receiver.record.close()
        guard let name = NodeName(configuration.origin.authority) else {
            throw PageBenchmark.Failure(description: "\(configuration.origin) does not name a node.")
        }
        return name
    }

    private static func accept(_ document: JSON, at node: Node) async throws {
        let name = document["document"]?["node"]?.string ?? ""
        _ = try await node.record.enter(
            Command([ActDraft(PeerAccepted(node: name, document: document), office: Identity.firstOffice, author: "node")]))
    }

    private static func waitUntilServing(_ port: Int) async throws {
        for _ in 0..<200 {
            if (try? await PageBenchmark.output(of: ["curl", "-s", "-f", "http://127.0.0.1:\(port)/health"])) != nil { return }
            try await Task.sleep(for: .milliseconds(100))
        }
        throw PageBenchmark.Failure(description: "The receiving node did not answer at port \(port).")
    }

    /// The sender's side of one measurement.
    private struct Measured: Sendable {
        let node: Node
        let to: SealingParty

        func send(_ notes: Int, writers: Int) async throws {
            let body = String(repeating: "The Ministry presents its compliments and has the honour to state its position. ", count: 12)
            try await withThrowingTaskGroup(of: Void.self) { group in
                for writer in 0..<writers {
                    let count = notes / writers + (writer < notes % writers ? 1 : 0)
                    group.addTask {
                        for number in 0..<count {
                            _ = try await node.correspondence.send(
                                subject: "Note \(number) of \(writer)", body: body, from: Identity.firstOffice, to: [to],
                                draftedBy: "drafter", approvedBy: "approver", in: node.record)
                        }
                    }
                }
                try await group.waitForAll()
            }
        }

        func waitForReceipts() async throws {
            let deadline = ContinuousClock.now + .seconds(300)
            while try await node.record.read({ database in
                if let code = try String.fetchOne(database, sql: "SELECT node FROM exchange_out WHERE state = 'refused' LIMIT 1") {
                    throw PageBenchmark.Failure(description: "\(code) refused a note.")
                }
                return try Int.fetchOne(database, sql: "SELECT count(*) FROM exchange_out WHERE state = 'waiting'") ?? 0
            }) > 0 {
                guard ContinuousClock.now < deadline else {
                    throw PageBenchmark.Failure(description: "After five minutes notes still wait for their receipts.")
                }
                try await Task.sleep(for: .milliseconds(5))
            }
        }
    }
}
