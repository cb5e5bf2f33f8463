import Acts
import AsyncHTTPClient
import Conferences
import Foundation
import Logging
import Record
import Web

/// A conference of the size of the United Nations on this machine: delegations with sessions, a gallery, a recorded vote, and how long it
/// takes until every act has reached everybody; and a text of that size, opened and amended.
///
/// The node is a process of its own; the listeners are this one's. A page that hears of an act loads itself anew: that is not part of
/// what is measured here.
public enum ConferenceBenchmark {
    public struct Options: Sendable {
        public var delegations = 193
        public var people = 4
        public var gallery = 2_000
        /// Acts a second, and for how many seconds.
        public var rate = 50
        public var seconds = 20
        public var port = 18_084
        /// A file with a text to measure instead of a made-up one.
        public var text: String?

        public init() {}
    }

    /// The node did not start, or an act was refused.
    public struct Failure: Error, CustomStringConvertible {
        public let description: String
    }

    public struct Result: Sendable {
        public var listeners = 0
        /// Milliseconds from the node's taking an act to its being at a listener: one act at a time, and at the rate.
        public var alone: [Int64] = []
        public var sustained: [Int64] = []
        /// Acts a second that were entered, and events that never arrived.
        public var rate = 0.0
        public var wished = 0
        public var lost = 0
        public var outOfOrder = 0
        /// Milliseconds until a form was answered, at the rate.
        public var answers: [Int64] = []
        /// Milliseconds until a bare server's bytes were at all of as many connections: the middle one of several.
        public var bare = 0.0
        /// Milliseconds until one act was at all listeners: the middle one of several.
        public var whole = 0.0
        /// Kibibytes of the node's memory: before anybody came, with everybody, and at most.
        public var memory: [Int] = []
        public var text = TextFigures()

        public var lines: [String] {
            let format = { (value: Double) in String(format: "%.1f", value) }
            return [
                "conference: \(listeners) listeners. One act at a time: p50 \(percentile(alone, 0.5)) ms, p99 \(percentile(alone, 0.99)) ms, "
                    + "longest \(alone.max() ?? 0) ms (limit: p99 500)",
                "at \(format(rate)) acts/s (wished \(wished), limit 50): p50 \(percentile(sustained, 0.5)) ms, "
                    + "p99 \(percentile(sustained, 0.99)) ms, longest \(sustained.max() ?? 0) ms; \(lost) events lost, \(outOfOrder) out of order; "
                    + "forms answered p50 \(percentile(answers, 0.5)) ms, p99 \(percentile(answers, 0.99)) ms",
                "an act at all: \(format(whole)) ms; a bare NIO server's same bytes at as many: \(format(bare)) ms; ratio "
                    + format(whole / max(bare, 0.1)),
                "memory of the node: \((memory.first ?? 0) >> 10) MiB alone, \((memory.dropFirst().first ?? 0) >> 10) MiB with everybody, "
                    + "\((memory.last ?? 0) >> 10) MiB at most",
            ] + text.lines
        }

        private func percentile(_ values: [Int64], _ share: Double) -> Int64 {
            let sorted = values.sorted()
            return sorted.isEmpty ? 0 : sorted[min(sorted.count - 1, Int(Double(sorted.count) * share))]
        }
    }

    /// - Parameters:
    ///   - program: the program to start as the node.
    ///   - parent: where its folder is made for the time of the measurement.
    public static func run(
        _ options: Options, program: String, in parent: String, say: @Sendable (String) -> Void
    ) async throws -> Result {
        guard FileLimit.raise() > options.gallery + options.delegations * options.people + 400 else {
            throw Failure(description: "So many connections need a higher limit of open files: ulimit -n 20000.")
        }
        let folder = "\(parent)/chancery-bench-conference-\(ProcessInfo.processInfo.processIdentifier)"
        defer { try? FileManager.default.removeItem(atPath: folder) }
        var result = Result()
        result.wished = options.rate
        result.text = try TextFigures.measure(options.text)
        let house = try await BenchmarkConference.prepare(options, in: folder)
        say("\(options.delegations) delegations of \(options.people) are registered")
        let process = Process()
        process.executableURL = URL(filePath: program)
        process.arguments = ["serve", "--data", folder, "--port", String(options.port)]
        process.environment = ProcessInfo.processInfo.environment.merging(["CHANCERY_LOG_LEVEL": "critical"]) { _, own in own }
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try process.run()
        defer {
            process.terminate()
            process.waitUntilExit()
        }
        let client = WorldVisitor.client(connections: 64)
        let outcome: Swift.Result<Void, any Error>
        do {
            try await measure(house, options, process: process.processIdentifier, client: client, &result, say: say)
            outcome = .success(())
        } catch {
            outcome = .failure(error)
        }
        try await client.shutdown()
        try outcome.get()
        return result
    }

    /// The node's memory now and at most, in KiB (proc(5), `VmRSS` and `VmHWM`).
    static func memory(of process: Int32) -> (now: Int, most: Int) {
        let status = (try? String(contentsOfFile: "/proc/\(process)/status", encoding: .utf8)) ?? ""
        func value(_ name: String) -> Int {
            let line = status.split(separator: "\n").first { $0.hasPrefix(name) } ?? ""
            return line.split(whereSeparator: { $0 == " " || $0 == "\t" }).dropFirst().first.flatMap { Int($0) } ?? 0
        }
        return (value("VmRSS:"), value("VmHWM:"))
    }
}
