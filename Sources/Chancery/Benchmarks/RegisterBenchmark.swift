import Acts
import Foundation
import Hummingbird
import Logging
import Record
import Treaties
import Web

/// A register the size of the United Nations' own: how long its views take to be made anew, and how quick its pages stay.
public enum RegisterBenchmark {
    public struct Result: Sendable {
        public let treaties: Int
        public let entries: Int64
        /// Seconds to enter it all, a treaty a command.
        public let entering: Double
        /// Seconds to make all views anew.
        public let rebuilding: Double
        /// Seconds; what rebuilding may take.
        public let limit: Double
        /// By address: milliseconds of the first answer, and the median of those after it, to a person who is signed in.
        public let pages: [(address: String, first: Double, median: Double)]

        public var lines: [String] {
            [
                "register: \(treaties) treaties, \(entries) entries, entered in \(text(entering)) s",
                "views made anew in \(text(rebuilding)) s, \(text(rebuilding / limit)) of the limit of \(text(limit)) s",
            ] + pages.map { "\($0.address): first \(text($0.first)) ms, median \(text($0.median)) ms" }
        }

        private func text(_ value: Double) -> String { String(format: "%.2f", value) }
    }

    /// - Parameters:
    ///   - parent: where the node's folder is made for the time of the measurement.
    ///   - port: a free port of this machine, for the pages.
    public static func run(in parent: String, treaties: Int = 600, acts: Int = 60_000, port: Int) async throws -> Result {
        let folder = "\(parent)/chancery-bench-register-\(ProcessInfo.processInfo.processIdentifier)"
        defer { try? FileManager.default.removeItem(atPath: folder) }
        var logger = Logger(label: "bench")
        logger.logLevel = .error
        let quiet = logger
        var configuration = try await NodeConfiguration.read(.init(dataFolder: folder, port: port))
        configuration.logLevel = "error"
        let node = try Node.open(configuration, logger: quiet)
        let link = try await node.signInLink(for: Node.firstOfficer)
        let register = try SampleRegister.generated(treaties: treaties, acts: acts)
        let clock = ContinuousClock()
        let entering = try await clock.measure {
            _ = try await node.treaties.enter(register, into: node.record, office: "depositary", author: "node")
        }
        let rebuilding = try await clock.measure { try await node.record.rebuildViews() }
        let number = register.treaties[treaties / 2].opened.treaty
        let pages = try await withThrowingTaskGroup(of: Void.self) { group in
            let application = Application(
                router: node.house.router(), server: node.house.server,
                configuration: .init(address: .hostname("127.0.0.1", port: port)), logger: quiet)
            group.addTask { try await application.run() }
            let origin = "http://127.0.0.1:\(port)"
            let jar = "\(folder)/cookies"
            try await signIn(origin, link: link, jar: jar)
            var pages: [(address: String, first: Double, median: Double)] = []
            for path in ["/treaties", "/treaties/\(number)", "/treaties/\(number)/relations", "/desk"] {
                let times = try await times(of: origin + path, jar: jar)
                pages.append((path, times[0], times.dropFirst().sorted()[times.count / 2 - 1]))
            }
            group.cancelAll()
            try? await group.waitForAll()
            return pages
        }
        let entries = node.record.size
        try node.record.close()
        return Result(
            treaties: treaties, entries: entries, entering: entering.seconds, rebuilding: rebuilding.seconds, limit: 10, pages: pages)
    }

    /// Milliseconds of a few answers, one after another.
    private static func times(of address: String, jar: String) async throws -> [Double] {
        var times: [Double] = []
        for _ in 0..<12 {
            let output = try await PageBenchmark.output(of: [
                "curl", "-s", "-f", "-b", jar, "-H", "Accept: text/html", "-o", "/dev/null", "-w", "%{time_total}", address,
            ])
            guard let seconds = Double(String(decoding: output, as: UTF8.self)) else {
                throw PageBenchmark.Failure(description: "curl said nothing that can be read of \(address).")
            }
            times.append(seconds * 1000)
        }
        return times
    }

    /// Signs in by the one-time link, as a browser would.
    private static func signIn(_ origin: String, link: String, jar: String) async throws {
        var page = ""
        for _ in 0..<100 where page.isEmpty {
            try await Task.sleep(for: .milliseconds(100))
            let data = try? await PageBenchmark.output(of: ["curl", "-s", "-f", "-c", jar, "\(origin)/sign-in/link?token=\(link)"])
            page = String(decoding: data ?? Data(), as: UTF8.self)
        }
        guard let mark = page.range(of: "name=\"request\" value=\"") else {
            throw PageBenchmark.Failure(description: "The node did not answer at \(origin).")
        }
        let request = page[mark.upperBound...].prefix { $0 != "\"" }
        _ = try await PageBenchmark.output(of: [
            "curl", "-s", "-f", "-b", jar, "-c", jar, "-o", "/dev/null", "-H", "Origin: \(origin)", "--data-urlencode",
            "request=\(request)",
            "--data-urlencode", "token=\(link)", "\(origin)/sign-in/link",
        ])
    }
}
