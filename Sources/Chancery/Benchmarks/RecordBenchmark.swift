import Acts
import Foundation
import GRDB
import GRDBSQLite
import Record
import Synchronization

import class Record.Record

/// Measures the record against what the machine itself can do, in one run: `chancery bench record`.
///
/// Every figure is durable: canonical, hashed, on the disk, covered by a signed checkpoint.
public enum RecordBenchmark {
    /// Many writers at once, beside bare SQLite storing the same bytes in batches of the same size.
    public struct Throughput: Sendable {
        public let writers: Int
        public let acts: Int
        /// Mean acts in one group commit.
        public let batchSize: Double
        /// Durable acts a second.
        public let rate: Double
        /// Rows a second that bare SQLite stores: same bytes, same batches, same durability.
        public let bareRate: Double

        public var ratio: Double { rate / bareRate }
        public var lines: [String] {
            [
                "\(writers) writers, 1 KiB payloads: \(whole(rate)) durable acts/s in batches of \(decimal(batchSize)) (at least 20000)",
                "bare SQLite, same bytes and batches: \(whole(bareRate)) rows/s; ratio \(decimal(ratio)) (at least 0.33)",
            ]
        }
    }

    /// One writer at a time, beside a bare write and fdatasync of the same bytes.
    public struct Latency: Sendable {
        public let acts: Int
        /// Milliseconds.
        public let median: Double
        public let p99: Double
        public let bareMedian: Double
        public let bareP99: Double

        public var ratio: Double { p99 / bareP99 }
        public var lines: [String] {
            [
                "one writer: median \(decimal(median)) ms, p99 \(decimal(p99)) ms",
                "bare write and fdatasync: median \(decimal(bareMedian)) ms, p99 \(decimal(bareP99)) ms; "
                    + "p99 ratio \(decimal(ratio)) (at most 3)",
            ]
        }
    }

    /// A long record.
    public struct Size: Sendable {
        public let entries: Int64
        public let bulkRate: Double
        /// Seconds.
        public let opening: Double
        /// Entries a second.
        public let verification: Double
        /// Entries a second to make all views anew and compare them.
        public let viewComparison: Double
        /// Bytes at most while opening and verifying.
        public let memory: Int

        public var lines: [String] {
            [
                "\(entries) acts entered in bulk at \(whole(bulkRate))/s",
                "opens in \(decimal(opening)) s (under 1), verifies at \(whole(verification)) entries/s (at least 200000), "
                    + "at most \(memory >> 20) MB (under 300); views compared at \(whole(viewComparison)) entries/s",
            ]
        }
    }

    static func whole(_ value: Double) -> String { String(Int(value.rounded())) }
    static func decimal(_ value: Double) -> String { String(format: "%.2f", value) }

    private static let payloadText = String(repeating: "The depositary notifies. ", count: 40)

    private static func draft(_ number: Int) -> ActDraft {
        ActDraft(
            Remark(text: payloadText + String(number)), dossier: "treaties/\(number % 600)", office: "depositary", author: "benchmark",
            request: "benchmark-\(number)")
    }

    static func folder(_ name: String, in parent: String) -> String {
        "\(parent)/chancery-bench-\(name)-\(getpid())"
    }

    // MARK: Throughput

    /// - Parameter parent: a folder on the disk that is to be measured.
    public static func throughput(in parent: String, acts: Int = 200_000, writers: Int = 256) async throws -> Throughput {
        let folder = folder("throughput", in: parent)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let record = try Record.open(RecordConfiguration(folder: folder, origin: "bench.example/record"), views: [])
        let clock = ContinuousClock()
        try await enter(acts / 10, from: 0, writers: writers, into: record)
        let sample = try record.entries(from: 1000, limit: 1)[0]
        var bytes = sample.leaf.count
        if case .present(let sealed) = sample.content { bytes += sealed.salt.count + sealed.bytes.count }
        let bare = try BareTable(folder: Self.folder("bare", in: parent), rowBytes: bytes)
        defer { bare.remove() }
        // In turns, so that both meet the same weather.
        let rounds = 5
        let share = acts / rounds
        var own = Duration.zero
        var others = Duration.zero
        var batches: Int64 = 0
        for round in 0..<rounds {
            let before = record.batchCount
            own += try await clock.measure { try await enter(share, from: acts / 10 + round * share, writers: writers, into: record) }
            let count = record.batchCount - before
            batches += Int64(count)
            others += try bare.insert(rows: share, batch: Int((Double(share) / Double(count)).rounded()))
        }
        try record.close()
        try bare.close()
        let entered = Double(share * rounds)
        return Throughput(
            writers: writers, acts: share * rounds, batchSize: entered / Double(batches), rate: entered / own.seconds,
            bareRate: entered / others.seconds)
    }

    static func enter(_ acts: Int, from first: Int, writers: Int, into record: Record) async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            for writer in 0..<writers {
                group.addTask {
                    for number in stride(from: first + writer, to: first + acts, by: writers) {
                        let draft = draft(number)
                        _ = try await record.enter(Command { _ in [draft] })
                    }
                }
            }
            try await group.waitForAll()
        }
    }

    /// What SQLite does by itself: one table, one prepared statement, write-ahead log, `synchronous=FULL`.
    private final class BareTable {
        private let folder: String
        private let database: DatabaseQueue
        private let content: [UInt8]
        private var next: Int64 = 0

        init(folder: String, rowBytes: Int) throws {
            self.folder = folder
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
            var configuration = Configuration()
            configuration.journalMode = .wal
            database = try DatabaseQueue(path: folder + "/bare.sqlite", configuration: configuration)
            content = (0..<rowBytes).map { _ in UInt8.random(in: 0...255) }
            try database.writeWithoutTransaction { database in
                try database.execute(sql: "PRAGMA synchronous = FULL; CREATE TABLE row (id INTEGER PRIMARY KEY, content BLOB)")
            }
        }

        func insert(rows: Int, batch: Int) throws -> Duration {
            let first = next
            next += Int64(rows)
            return try database.writeWithoutTransaction { database in
                let statement = try database.cachedStatement(sql: "INSERT INTO row (id, content) VALUES (?, ?)")
                let insert = statement.sqliteStatement
                return try ContinuousClock().measure {
                    defer { withExtendedLifetime(statement) {} }
                    for start in stride(from: first, to: next, by: batch) {
                        try database.execute(sql: "BEGIN IMMEDIATE")
                        for id in start..<min(start + Int64(batch), next) {
                            sqlite3_bind_int64(insert, 1, id)
                            content.withUnsafeBytes { _ = sqlite3_bind_blob(insert, 2, $0.baseAddress, CInt($0.count), nil) }
                            sqlite3_step(insert)
                            sqlite3_reset(insert)
                        }
                        try database.execute(sql: "COMMIT")
                    }
                }
            }
        }

        func close() throws { try database.close() }
        func remove() { try? FileManager.default.removeItem(atPath: folder) }
    }

    // MARK: Latency

    public static func latency(in parent: String, acts: Int = 3_000) async throws -> Latency {
        let folder = folder("latency", in: parent)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let record = try Record.open(RecordConfiguration(folder: folder, origin: "bench.example/record"), views: [])
        let clock = ContinuousClock()
        var own: [Double] = []
        var bare: [Double] = []
        let sample = draft(0)
        let bytes = [UInt8](repeating: 0x61, count: sample.payload.bytes.count + sample.statement.canonicalBytes.count + 64)
        let path = folder + "/bare"
        let descriptor = open(path, O_RDWR | O_CREAT | O_TRUNC, 0o600)
        defer { close(descriptor) }
        // In turns, so that both meet the same weather.
        for number in 0..<acts {
            let start = clock.now
            let draft = draft(number)
            _ = try await record.enter(Command { _ in [draft] })
            own.append((clock.now - start).seconds * 1000)
            let bareStart = clock.now
            bytes.withUnsafeBytes { _ = write(descriptor, $0.baseAddress, $0.count) }
            fdatasync(descriptor)
            bare.append((clock.now - bareStart).seconds * 1000)
        }
        try record.close()
        own.sort()
        bare.sort()
        return Latency(
            acts: acts, median: own[acts / 2], p99: own[acts * 99 / 100], bareMedian: bare[acts / 2], bareP99: bare[acts * 99 / 100])
    }

    // MARK: Size

    /// Builds a long record, then opens and verifies it.
    public static func size(in parent: String, entries: Int = 1_000_000) async throws -> Size {
        let folder = folder("size", in: parent)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let configuration = RecordConfiguration(folder: folder, origin: "bench.example/record")
        let clock = ContinuousClock()
        var record = try Record.open(configuration, views: [])
        let building = try await clock.measure {
            let commandSize = 500
            // A few commands at once, so that a batch is large and the next is ready when it ends.
            try await withThrowingTaskGroup(of: Void.self) { group in
                let next = NextNumber()
                for _ in 0..<4 {
                    group.addTask { [record] in
                        while let first = next.take(commandSize, below: entries) {
                            let drafts = (first..<min(first + commandSize, entries)).map { draft($0) }
                            _ = try await record.enter(Command(drafts))
                        }
                    }
                }
                try await group.waitForAll()
            }
        }
        try record.close()
        resetPeakMemory()
        var isOpen: Record?
        let opening = try clock.measure { isOpen = try Record.open(configuration, views: []) }
        guard let opened = isOpen else { throw RecordError.closed }
        record = opened
        let size = record.size
        let result = try record.verify(comparesViews: false)
        let memory = peakMemory()
        let compared = try record.verify()
        try record.close()
        guard result.isSound, compared.isSound else {
            throw RecordError.damaged(file: folder, reason: "\((result.faults + compared.faults).prefix(3))")
        }
        return Size(
            entries: size, bulkRate: Double(entries) / building.seconds, opening: opening.seconds,
            verification: Double(size) / (result.fileDuration + result.logDuration).seconds,
            viewComparison: Double(size) / compared.viewDuration.seconds, memory: memory)
    }

    private final class NextNumber: Sendable {
        private let next = Mutex(0)

        func take(_ count: Int, below limit: Int) -> Int? {
            next.withLock { next in
                guard next < limit else { return nil }
                defer { next += count }
                return next
            }
        }
    }

    /// Linux counts the peak of a process's memory until told to begin anew (proc(5), `clear_refs`).
    private static func resetPeakMemory() {
        guard let file = FileHandle(forWritingAtPath: "/proc/self/clear_refs") else { return }
        try? file.write(contentsOf: Data("5".utf8))
        try? file.close()
    }

    /// The most memory that was resident since, in bytes.
    private static func peakMemory() -> Int {
        let status = (try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)) ?? ""
        let line = status.split(separator: "\n").first { $0.hasPrefix("VmHWM:") } ?? ""
        return (Int(line.filter(\.isNumber)) ?? 0) * 1024
    }
}

extension Duration {
    var seconds: Double {
        Double(components.seconds) + Double(components.attoseconds) / 1e18
    }
}
