import Foundation
import Hummingbird
import Logging
import NIOCore
import Record
import Treaties
import Web

/// A treaty's page of some 190 Parties, against an empty Hummingbird route, both loaded by wrk on loopback in the same run.
public enum PageBenchmark {
    /// What wrk measured of one address.
    public struct Load: Sendable {
        public let requestsPerSecond: Double
        /// Milliseconds.
        public let median: Double
        public let p99: Double
    }

    public struct Result: Sendable {
        public let treaty: String
        public let parties: Int
        public let pageBytes: Int
        public let connections: Int
        public let page: Load
        public let empty: Load

        /// Pages per second, as a part of the empty route's answers.
        public var ratio: Double { page.requestsPerSecond / empty.requestsPerSecond }

        public var lines: [String] {
            [
                "page \(treaty), \(parties) Parties, \(pageBytes) B, \(connections) readers: "
                    + "\(Int(page.requestsPerSecond)) pages/s, median \(page.median) ms, p99 \(page.p99) ms (limit: median 10 ms)",
                "empty route, \(connections) readers: \(Int(empty.requestsPerSecond)) answers/s, median \(empty.median) ms",
                "pages to answers: \(String(format: "%.2f", ratio)) (at least 0.25)",
            ]
        }
    }

    /// wrk is not there, or said nothing that can be read.
    public struct Failure: Error, CustomStringConvertible {
        public let description: String
    }

    /// - Parameters:
    ///   - parent: where the node's folder is made for the time of the measurement.
    ///   - seconds: how long each of the two is loaded.
    public static func run(in parent: String, treaty: String = "IV-11", connections: Int = 50, seconds: Int = 8) async throws -> Result {
        let folder = "\(parent)/chancery-bench-pages-\(ProcessInfo.processInfo.processIdentifier)"
        defer { try? FileManager.default.removeItem(atPath: folder) }
        var logger = Logger(label: "bench")
        logger.logLevel = .error
        var configuration = try await NodeConfiguration.read(.init(dataFolder: folder, port: 18_080))
        configuration.logLevel = "error"
        let node = try Node.open(configuration, logger: logger)
        _ = try await node.establishFirstOffice()
        _ = try await node.enterSampleRegister { _, _ in }
        let quiet = logger
        return try await withThrowingTaskGroup(of: Void.self) { group in
            let pages = Application(
                router: node.house.router(), server: node.house.server,
                configuration: .init(address: .hostname("127.0.0.1", port: 18_080)), logger: quiet)
            let router = Router()
            router.get("/") { _, _ in Response(status: .ok) }
            let empty = Application(router: router, configuration: .init(address: .hostname("127.0.0.1", port: 18_081)), logger: quiet)
            group.addTask { try await pages.run() }
            group.addTask { try await empty.run() }
            let address = "http://127.0.0.1:18080/treaties/\(treaty)"
            var body = Data()
            for _ in 0..<100 where body.isEmpty {
                try await Task.sleep(for: .milliseconds(100))
                body = (try? await output(of: ["curl", "-s", "-f", address])) ?? Data()
            }
            guard !body.isEmpty else { throw Failure(description: "The node did not answer at \(address).") }
            let standing = try await node.treaties.parties(of: treaty, in: node.record)
            _ = try await load(address, connections: connections, seconds: 2)
            let page = try await load(address, connections: connections, seconds: seconds)
            _ = try await load("http://127.0.0.1:18081/", connections: connections, seconds: 2)
            let bare = try await load("http://127.0.0.1:18081/", connections: connections, seconds: seconds)
            group.cancelAll()
            try? await group.waitForAll()
            try node.record.close()
            return Result(
                treaty: treaty, parties: standing, pageBytes: body.count, connections: connections, page: page, empty: bare)
        }
    }

    static func load(_ address: String, connections: Int, seconds: Int) async throws -> Load {
        let text = String(
            decoding: try await output(of: [
                "wrk", "-t", "1", "-c", String(connections), "-d", "\(seconds)s", "--latency", "-H", "Accept: text/html", address,
            ]), as: UTF8.self)
        guard let rate = text.split(separator: "\n").first(where: { $0.hasPrefix("Requests/sec:") })?.split(separator: " ").last,
            let requestsPerSecond = Double(rate), let median = latency("50%", in: text), let p99 = latency("99%", in: text)
        else { throw Failure(description: "wrk said nothing that can be read: \(text.prefix(200))") }
        return Load(requestsPerSecond: requestsPerSecond, median: median, p99: p99)
    }

    /// Milliseconds from a line such as `50%  812.00us`.
    private static func latency(_ name: String, in text: String) -> Double? {
        for line in text.split(separator: "\n") {
            let words = line.split(separator: " ")
            guard words.count == 2, words[0] == name else { continue }
            if words[1].hasSuffix("us") { return Double(words[1].dropLast(2)).map { $0 / 1000 } }
            if words[1].hasSuffix("ms") { return Double(words[1].dropLast(2)) }
            return Double(words[1].dropLast(1)).map { $0 * 1000 }
        }
        return nil
    }

    /// What a program prints. Runs it on a thread of its own, so that the server under load keeps its own.
    static func output(of command: [String]) async throws -> Data {
        try await withCheckedThrowingContinuation { continuation in
            Thread.detachNewThread {
                let process = Process()
                let pipe = Pipe()
                process.executableURL = URL(filePath: "/usr/bin/env")
                process.arguments = command
                process.standardOutput = pipe
                process.standardError = FileHandle.nullDevice
                do {
                    try process.run()
                    let data = try pipe.fileHandleForReading.readToEnd() ?? Data()
                    process.waitUntilExit()
                    guard process.terminationStatus == 0 else {
                        throw Failure(description: "\(command[0]) failed. Is it installed? apt-get install wrk curl")
                    }
                    continuation.resume(returning: data)
                } catch {
                    continuation.resume(throwing: error)
                }
            }
        }
    }
}
