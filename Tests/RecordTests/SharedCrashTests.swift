import Acts
import Foundation
import GRDB
import Ledger
import Synchronization
import TestSupport
import Testing

import class Record.Record
import enum Record.RecordError

@testable import Record

/// Three processes that write to one record in PostgreSQL, while processes are killed, connections cut and servers lost.
@Suite("Several processes under load, killed and cut off", .enabled(if: PostgresServer.isThere && CrashTests.hammer != nil), .serialized)
struct SharedCrashTests {
    /// A hammer process and all that it has said.
    final class Hammer: Sendable {
        private let process: Mutex<Process?>
        private let said = Mutex<[String]>([])
        private let done = DispatchSemaphore(value: 0)
        let folder: TemporaryFolder

        init(_ folder: TemporaryFolder, _ address: String, _ keys: String, writers: Int, prefix: String) throws {
            self.folder = folder
            let process = Process()
            process.executableURL = URL(fileURLWithPath: try #require(CrashTests.hammer))
            process.arguments = [folder.path, "\(writers)", prefix, address, keys]
            let pipe = Pipe()
            process.standardOutput = pipe
            process.standardError = FileHandle.nullDevice
            try process.run()
            self.process = Mutex(process)
            let thread = Thread { [self] in
                var rest = Data()
                while true {
                    let data = pipe.fileHandleForReading.availableData
                    if data.isEmpty { break }
                    rest += data
                    // A line without its end was not said.
                    guard let end = rest.lastIndex(of: 0x0A) else { continue }
                    let lines = String(decoding: rest[..<end], as: UTF8.self).split(separator: "\n").map(String.init)
                    said.withLock { $0 += lines }
                    rest = Data(rest[rest.index(after: end)...])
                }
                done.signal()
            }
            thread.start()
        }

        var lines: [String] { said.withLock { $0 } }

        var acknowledged: Int { lines.count { $0.hasPrefix("ack ") } }

        /// Waits until that many more acts were acknowledged; a minute at the most.
        func wait(forMore count: Int) throws {
            let goal = acknowledged + count
            for _ in 0..<1200 {
                if acknowledged >= goal { return }
                usleep(50_000)
            }
            Issue.record("no act was acknowledged for a minute; the last lines were \(lines.suffix(3))")
        }

        /// Has it sleep for a while, in the middle of whatever it does, holding what it holds.
        func sleep(microseconds: UInt32) {
            process.withLock { process in
                guard let identifier = process?.processIdentifier else { return }
                Foundation.kill(identifier, SIGSTOP)
                usleep(microseconds)
                Foundation.kill(identifier, SIGCONT)
            }
        }

        func kill() {
            process.withLock { process in
                guard let running = process.take() else { return }
                Foundation.kill(running.processIdentifier, SIGKILL)
                running.waitUntilExit()
                done.wait()
            }
        }

        deinit { kill() }
    }

    /// The three, and those that were killed.
    private final class Load {
        let address: String
        let keys = TemporaryFolder()
        let folders = (0..<3).map { _ in TemporaryFolder() }
        private(set) var running: [Hammer] = []
        private(set) var ended: [Hammer] = []

        init(_ address: String) throws {
            self.address = address
            running = try (0..<3).map { try start($0) }
        }

        private func start(_ place: Int) throws -> Hammer {
            try Hammer(folders[place], address, keys.path, writers: 8, prefix: "p\(place)-\(ended.count)")
        }

        func killAndRestart(_ place: Int) throws {
            running[place].kill()
            ended.append(running[place])
            running[place] = try start(place)
        }

        func waitForAll(_ count: Int) throws {
            for hammer in running { try hammer.wait(forMore: count) }
        }

        /// Stops all, and holds the record against what was acknowledged and against the views of every process.
        func check() throws -> Int {
            // Those behind take a moment to see the rest.
            for hammer in running { hammer.kill() }
            let store = try PostgresRecordStore(PostgresAddress(address), createsWhereNone: false)
            let entries = try store.entries(from: 0, limit: .max)
            try store.close()
            var requests: [String: Int64] = [:]
            for (index, entry) in entries.enumerated() {
                guard let request = try EntryHeader(leaf: entry.leaf).statement.request else { continue }
                #expect(requests[request] == nil, "\(request) was entered twice")
                requests[request] = Int64(index)
            }
            var acknowledged = 0
            for hammer in running + ended {
                var tail: Int64?
                for line in hammer.lines {
                    let words = line.split(separator: " ").map(String.init)
                    switch words[0] {
                    case "ack" where words.count == 3:
                        #expect(requests[words[2]] == Int64(words[1]), "\(line)")
                        acknowledged += 1
                    case "tail":
                        let index = Int64(words[1])
                        if let tail { #expect(index == tail + 1, "the tail went from \(tail) to \(words[1])") }
                        tail = index
                    case "error": #expect(!line.contains("the tail ended"))
                    default: #expect(words[0] == "open")
                    }
                }
            }
            // Each process's views, brought up to date, are what the record makes; and all sign the same.
            var texts: Set<String> = []
            for folder in folders {
                var configuration = RecordConfiguration(folder: folder.path, origin: "hammer.example/record")
                configuration.database = address
                configuration.keys = keys.path
                let record = try Record.open(configuration, views: [HammerViewTwin()])
                #expect(record.size == Int64(entries.count))
                texts.insert(record.checkpoint.text)
                let result = try record.verify()
                #expect(result.isSound, "\(result.faults)")
                #expect(result.views.count == 2)
                try record.close()
            }
            #expect(texts.count == 1)
            return acknowledged
        }
    }

    @Test("Any of them killed or put to sleep, any connection cut, the server crashed: no act lost, none doubled, views equal, tails whole")
    func killsAndCuts() throws {
        let server = try PostgresServer()
        let seed = UInt64(ProcessInfo.processInfo.environment["CHANCERY_SEED"] ?? "") ?? UInt64.random(in: 0 ... .max)
        print("shared crash test seed \(seed)")
        var generator = SeededGenerator(seed: seed)
        let load = try Load(server.address)
        try load.waitForAll(10)
        let rounds = max(12, CrashTests.kills / 10)
        for _ in 0..<rounds {
            usleep(UInt32(generator.next() % 200_000))
            switch generator.next() % 8 {
            case 0, 1, 2: try load.killAndRestart(Int(generator.next() % 3))
            case 6: load.running[Int(generator.next() % 3)].sleep(microseconds: UInt32(generator.next() % 5_000_000))
            case 7:
                server.stop()
                usleep(UInt32(generator.next() % 300_000))
                try server.start()
            default:
                _ = try? server.query(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'chancery' AND random() < 0.5")
            }
        }
        try load.waitForAll(10)
        let acknowledged = try load.check()
        print("\(rounds) kills, cuts and crashes; \(acknowledged) acts acknowledged; all sound")
    }

    @Test("The server fails over to its synchronous standby: nothing acknowledged is lost, and all go on there")
    func failover() throws {
        let first = try PostgresServer()
        let second = try PostgresServer(settings: ["hot_standby": "on"]) { folder in
            try PostgresServer.run(
                "pg_basebackup",
                ["-h", "127.0.0.1", "-p", "\(first.port)", "-U", "chancery", "-D", folder, "-R", "-X", "stream", "--no-sync", "-c", "fast"])
        }
        // The standby's name in `primary_conninfo` is by default that of its program.
        try first.query("ALTER SYSTEM SET synchronous_standby_names = '*'")
        try first.query("SELECT pg_reload_conf()")
        for _ in 0..<200 where try first.query("SELECT count(*) FROM pg_stat_replication WHERE sync_state = 'sync'") != "1" {
            usleep(50_000)
        }
        #expect(try first.query("SELECT count(*) FROM pg_stat_replication WHERE sync_state = 'sync'") == "1")
        let load = try Load("postgres://chancery@127.0.0.1:\(first.port),127.0.0.1:\(second.port)/postgres?connect_timeout=3")
        try load.waitForAll(30)
        first.stop()
        try second.query("SELECT pg_promote()")
        try load.waitForAll(30)
        let acknowledged = try load.check()
        print("failed over with \(acknowledged) acts acknowledged; all sound")
    }
}
