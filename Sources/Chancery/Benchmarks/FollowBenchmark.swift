import Acts
import Crypto
import Federation
import Foundation
import GRDB
import Ledger
import Record

import class Record.Record

/// Measures how fast a new node follows a long record that another process serves over loopback: `chancery bench follow`.
public enum FollowBenchmark {
    public struct Result: Sendable {
        public let entries: Int64
        /// Mean bytes of leaf, salt and payload of an entry.
        public let entryBytes: Int
        /// Entries a second: fetched, checked, on the disk.
        public let rate: Double
        /// Entries a second with nothing but SHA-256 of the leaves and bare SQLite storing the same bytes.
        public let bareRate: Double
        /// Bytes of the copy.
        public let size: Int

        public var lines: [String] {
            [
                "\(entries) entries of \(entryBytes) bytes followed from another process: \(RecordBenchmark.whole(rate)) entries/s "
                    + "(at least 50000)",
                "bare SHA-256 and SQLite, same bytes, no network, no checks: \(RecordBenchmark.whole(bareRate)) entries/s; "
                    + "ratio \(RecordBenchmark.decimal(rate / bareRate)); the copy takes \(size >> 20) MB",
            ]
        }
    }

    /// Why nothing was measured.
    public struct Failure: Error, CustomStringConvertible {
        public let description: String
    }

    /// - Parameters:
    ///   - program: this program, which serves the record as another process.
    ///   - parent: a folder on the disk that is to be measured.
    ///   - payload: bytes of text in each payload.
    public static func run(
        program: String, in parent: String, entries: Int = 1_000_000, payload: Int = 240, say: @escaping @Sendable (String) -> Void
    ) async throws -> Result {
        let folder = RecordBenchmark.folder("follow", in: parent)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let port = Int.random(in: 20_000...55_000)
        let origin = "localhost:\(port)/record"
        let record = try Record.open(RecordConfiguration(folder: "\(folder)/data", origin: origin), views: [])
        try await fill(record, entries: entries, payload: payload)
        let keys = [record.verifierKey, record.mlDSA44VerifierKey]
        let size = record.size
        try record.close()
        say("a record of \(size) entries is made; its node starts")
        let process = try serve(program, folder, port)
        defer { stop(process) }
        guard let node = NodeName("localhost:\(port)"), let copy = RecordCopy(node: node, address: "http://localhost:\(port)", keys: keys)
        else { throw Failure(description: "The node has no name.") }
        try await waitUntilReady(copy, process)
        let path = "\(folder)/followed.sqlite"
        let clock = ContinuousClock()
        var kept: (new: Int64, size: Int64) = (0, 0)
        let time = try await clock.measure { kept = try await copy.follow(into: path, allowsPrivateAddresses: true) }
        // The node may have entered acts of its own since.
        guard kept.size >= size else { throw Failure(description: "\(kept.size) of \(size) entries were followed.") }
        stop(process)
        let bytes = (try FileManager.default.attributesOfItem(atPath: path)[.size] as? Int) ?? 0
        let (bare, mean) = try bareTime(of: "\(folder)/data", in: folder, entries: size)
        return Result(
            entries: kept.size, entryBytes: mean, rate: Double(kept.size) / time.seconds, bareRate: Double(size) / bare.seconds, size: bytes
        )
    }

    private static func fill(_ record: Record, entries: Int, payload: Int) async throws {
        let text = String(String(repeating: "The depositary notifies. ", count: payload / 25 + 1).prefix(payload))
        for first in stride(from: 0, to: entries, by: 1_000) {
            let drafts = (first..<min(first + 1_000, entries)).map { number in
                ActDraft(
                    Remark(text: text + String(number)), dossier: "treaties/\(number % 600)", office: "depositary", author: "benchmark",
                    request: "benchmark-\(number)")
            }
            _ = try await record.enter(Command(drafts))
        }
    }

    private static func serve(_ program: String, _ folder: String, _ port: Int) throws -> Process {
        let process = Process()
        process.executableURL = URL(filePath: program)
        process.arguments = ["serve", "--data", "\(folder)/data", "--port", String(port)]
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        do {
            try process.run()
        } catch {
            throw Failure(description: "\(program) cannot be run: \(error)")
        }
        return process
    }

    private static func stop(_ process: Process) {
        guard process.isRunning else { return }
        process.terminate()
        process.waitUntilExit()
    }

    private static func waitUntilReady(_ copy: RecordCopy, _ process: Process) async throws {
        for _ in 0..<6_000 {
            guard process.isRunning else { throw Failure(description: "The node that serves the record ended.") }
            if await copy.isServed(allowsPrivateAddresses: true) { return }
            try await Task.sleep(for: .milliseconds(100))
        }
        throw Failure(description: "The node that serves the record did not become ready.")
    }

    /// SHA-256 over every leaf and one row for each entry, in transactions of the same size, from memory.
    private static func bareTime(of data: String, in folder: String, entries: Int64) throws -> (time: Duration, meanBytes: Int) {
        var configuration = Configuration()
        configuration.journalMode = .wal
        let source = try DatabaseQueue(path: "\(data)/record.sqlite")
        let target = try DatabaseQueue(path: "\(folder)/bare.sqlite", configuration: configuration)
        try target.writeWithoutTransaction { database in
            try database.execute(
                sql: "PRAGMA synchronous = NORMAL; CREATE TABLE row (id INTEGER PRIMARY KEY, leaf BLOB, salt BLOB, payload BLOB)")
        }
        var time = Duration.zero
        var bytes = 0
        let batch: Int64 = 16_384
        for first in stride(from: Int64(0), to: entries, by: Int64.Stride(batch)) {
            let rows = try source.read { database in
                try Row.fetchAll(
                    database, sql: "SELECT leaf, salt, payload FROM entry WHERE position >= ? ORDER BY position LIMIT ?",
                    arguments: [first, batch]
                ).map { ($0["leaf"] as Data, $0["salt"] as Data?, $0["payload"] as Data?) }
            }
            bytes += rows.reduce(0) { $0 + $1.0.count + ($1.1?.count ?? 0) + ($1.2?.count ?? 0) }
            time += try ContinuousClock().measure {
                try target.write { database in
                    let statement = try database.cachedStatement(sql: "INSERT INTO row (id, leaf, salt, payload) VALUES (?, ?, ?, ?)")
                    for (offset, row) in rows.enumerated() {
                        _ = SHA256.hash(data: row.0)
                        try statement.execute(arguments: [first + Int64(offset), row.0, row.1, row.2])
                    }
                }
            }
        }
        try source.close()
        try target.close()
        return (time, bytes / max(1, Int(entries)))
    }
}
