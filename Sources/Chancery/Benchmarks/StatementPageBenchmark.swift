import Foundation
import Hummingbird
import Logging
import NIOCore
import Press
import Record
import Web

/// A statement's page against a treaty's page and against that page's bare text from an empty Hummingbird route, loaded one after the other by
/// wrk on loopback in the same run.
public enum StatementPageBenchmark {
    public struct Result: Sendable {
        public let statementBytes: Int
        public let treatyBytes: Int
        public let statement: PageBenchmark.Load
        public let treaty: PageBenchmark.Load
        /// The bytes of the treaty's page, from a route that does nothing else.
        public let bare: PageBenchmark.Load

        public var lines: [String] {
            func line(_ name: String, _ bytes: Int, _ load: PageBenchmark.Load) -> String {
                "\(name), \(bytes) B: \(Int(load.requestsPerSecond)) requests/s, median \(load.median) ms, p99 \(load.p99) ms"
            }
            return [
                line("statement's page", statementBytes, statement), line("treaty's page", treatyBytes, treaty),
                line("the treaty page's bare text", treatyBytes, bare),
                "statement's page to bare text: \(String(format: "%.2f", statement.requestsPerSecond / bare.requestsPerSecond)) (at least 0.5)",
            ]
        }
    }

    /// - Parameters:
    ///   - parent: where the node's folder is made for the time of the measurement.
    ///   - port: the node's; the bare text is served at the next one.
    ///   - seconds: how long each of the three is loaded.
    public static func run(in parent: String, port: Int, connections: Int = 50, seconds: Int = 5) async throws -> Result {
        let folder = "\(parent)/chancery-bench-statement-\(ProcessInfo.processInfo.processIdentifier)"
        defer { try? FileManager.default.removeItem(atPath: folder) }
        var logger = Logger(label: "bench")
        logger.logLevel = .error
        var configuration = try await NodeConfiguration.read(.init(dataFolder: folder, port: port))
        configuration.logLevel = "error"
        let node = try Node.open(configuration, logger: logger)
        _ = try await node.establishFirstOffice()
        _ = try await node.enterSampleRegister { _, _ in }
        _ = try await node.enterSampleStatements()
        let quiet = logger
        let result = try await withThrowingTaskGroup(of: Void.self) { group in
            let pages = Application(
                router: node.house.router(), server: node.house.server,
                configuration: .init(address: .hostname("127.0.0.1", port: port)), logger: quiet)
            group.addTask { try await pages.run() }
            let origin = "http://127.0.0.1:\(port)"
            let list = try await page("\(origin)/statements", accept: "application/json")
            guard let json = try JSONSerialization.jsonObject(with: list) as? [String: Any],
                let statement = (json["statements"] as? [[String: Any]])?.first?["statement"] as? String
            else { throw PageBenchmark.Failure(description: "The node has no statement.") }
            let addresses = (statement: "\(origin)/statements/\(statement)", treaty: "\(origin)/treaties/IV-11")
            let (statementBody, treatyBody) = (try await page(addresses.statement), try await page(addresses.treaty))
            let router = Router()
            let text = ByteBuffer(bytes: treatyBody)
            router.get("/") { _, _ in
                Response(
                    status: .ok, headers: [.contentType: "text/plain; charset=utf-8"], body: ResponseBody(byteBuffer: text))
            }
            let bare = Application(
                router: router, configuration: .init(address: .hostname("127.0.0.1", port: port + 1)), logger: quiet)
            group.addTask { try await bare.run() }
            let bareAddress = "http://127.0.0.1:\(port + 1)/"
            _ = try await page(bareAddress)
            func measured(_ address: String) async throws -> PageBenchmark.Load {
                _ = try await PageBenchmark.load(address, connections: connections, seconds: 2)
                return try await PageBenchmark.load(address, connections: connections, seconds: seconds)
            }
            let result = Result(
                statementBytes: statementBody.count, treatyBytes: treatyBody.count, statement: try await measured(addresses.statement),
                treaty: try await measured(addresses.treaty), bare: try await measured(bareAddress))
            group.cancelAll()
            try? await group.waitForAll()
            return result
        }
        try node.record.close()
        return result
    }

    /// A page's bytes, once its server answers.
    private static func page(_ address: String, accept: String = "text/html") async throws -> Data {
        for _ in 0..<100 {
            if let body = try? await PageBenchmark.output(of: ["curl", "-s", "-f", "-H", "Accept: \(accept)", address]), !body.isEmpty {
                return body
            }
            try await Task.sleep(for: .milliseconds(100))
        }
        throw PageBenchmark.Failure(description: "Nothing answers at \(address).")
    }
}
