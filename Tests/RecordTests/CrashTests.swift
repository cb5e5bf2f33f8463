import Acts
import Foundation
import GRDB
import Ledger
import TestSupport
import Testing

import class Record.Record
import enum Record.RecordError

@testable import Record

/// Kills a process that writes, at moments drawn by lot, and looks at what it left.
@Suite("Being killed in the middle of writes")
struct CrashTests {
    /// How often; `CHANCERY_KILLS` says otherwise.
    static let kills = Int(ProcessInfo.processInfo.environment["CHANCERY_KILLS"] ?? "") ?? 200

    /// The writer's program, beside the tests'.
    static let hammer: String? = {
        var folders = [Bundle.main.bundlePath, Bundle.main.executablePath ?? ""]
        folders += CommandLine.arguments.prefix(1)
        return folders.lazy.flatMap { path -> [String] in
            let url = URL(fileURLWithPath: path)
            return [url.path, url.deletingLastPathComponent().path].map { $0 + "/record-hammer" }
        }.first { FileManager.default.isExecutableFile(atPath: $0) }
    }()

    @Test("Every acknowledged act is there, the log verifies, and the views agree: two hundred times", .enabled(if: hammer != nil))
    func kills() async throws {
        let hammer = try #require(CrashTests.hammer)
        let seed = UInt64(ProcessInfo.processInfo.environment["CHANCERY_SEED"] ?? "") ?? UInt64.random(in: 0 ... .max)
        print("crash test seed \(seed)")
        var generator = SeededGenerator(seed: seed)
        var acknowledgements = 0
        var unacknowledged = 0
        var folder = TemporaryFolder()
        var known: [Int64: String] = [:]
        for round in 0..<CrashTests.kills {
            // A fresh folder now and then, so that creation is met too and verification stays short.
            if round % 8 == 0 {
                folder = TemporaryFolder()
                known = [:]
            }
            let writers = [1, 4, 32, 200][Int(generator.next() % 4)]
            let output = try run(
                hammer, folder.path, writers: writers, prefix: "k\(round)", generator: &generator)
            for line in output.split(separator: "\n") {
                let words = line.split(separator: " ")
                guard words.count == 3, words[0] == "ack", let index = Int64(words[1]) else {
                    #expect(words.first == "open", "round \(round): \(line)")
                    continue
                }
                #expect(known[index] == nil, "round \(round): entry \(index) was acknowledged twice")
                known[index] = String(words[2])
                acknowledgements += 1
            }
            guard FileManager.default.fileExists(atPath: folder.path + "/record.sqlite") else { continue }
            try check(folder, known, unacknowledged: &unacknowledged, round: round)
            // Going on: the views agree, whether they were behind or not.
            if round % 8 == 7 || generator.next() % 4 == 0 {
                let record = try Record.open(
                    RecordConfiguration(folder: folder.path, origin: "hammer.example/record"), views: [HammerViewTwin()])
                let result = try record.verify()
                #expect(result.faults.isEmpty, "round \(round): \(result.faults)")
                #expect(result.views.count == 2)
                try record.close()
            }
        }
        print("\(CrashTests.kills) kills, \(acknowledgements) acts acknowledged, \(unacknowledged) more in the records; all sound")
    }

    /// What the record holds, read without opening it as a node would.
    private func check(_ folder: TemporaryFolder, _ known: [Int64: String], unacknowledged: inout Int, round: Int) throws {
        let store = try SQLiteRecordReading(folder.path + "/record.sqlite")
        defer { try? store.close() }
        guard (try? store.end()) ?? 0 > 0 else {
            // Killed while the file was being created: nothing was acknowledged from it.
            #expect(known.isEmpty, "round \(round)")
            return
        }
        let entries = try store.entries(from: 0, limit: .max)
        for (index, request) in known {
            guard index < Int64(entries.count) else {
                Issue.record("round \(round): entry \(index) was acknowledged and is not there")
                continue
            }
            let header = try EntryHeader(leaf: entries[Int(index)].leaf)
            #expect(header.statement.request == request, "round \(round)")
        }
        unacknowledged += entries.count - known.count
        let checkpoint = try CheckpointStore.newest(in: folder.path + "/checkpoint")
        if let last = known.keys.max() {
            // The checkpoint store need not be synced, but a killed process leaves what it wrote.
            #expect((checkpoint?.size ?? 0) > last, "round \(round)")
        }
        let result = try Record.verify(
            folder: folder.path, views: [HammerViewTwin()], comparesViews: false)
        // Between the first entry's append and its checkpoint there is none yet.
        #expect(result.faults.isEmpty || (known.isEmpty && entries.count == 1), "round \(round): \(result.faults)")
    }

    /// Runs the writer, kills it after a while drawn by lot, and returns what it said.
    private func run(
        _ program: String, _ folder: String, writers: Int, prefix: String, generator: inout SeededGenerator
    ) throws -> String {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: program)
        process.arguments = [folder, "\(writers)", prefix]
        let pipe = Pipe()
        process.standardOutput = pipe
        process.standardError = FileHandle.nullDevice
        try process.run()
        // Mostly while it writes, sometimes while it opens.
        let waitsForOpening = generator.next() % 5 != 0
        // Now and then long enough for the logs to be carried over.
        let microseconds = UInt32(generator.next() % (generator.next() % 25 == 0 ? 1_500_000 : 60_000))
        let reading = pipe.fileHandleForReading
        var output = waitsForOpening ? reading.availableData : Data()
        usleep(microseconds)
        kill(process.processIdentifier, SIGKILL)
        output += reading.readDataToEndOfFile()
        process.waitUntilExit()
        // The last line may have been cut: a line without its end was not said.
        return String(decoding: output[..<(output.lastIndex(of: 0x0A) ?? 0)], as: UTF8.self)
    }
}

/// The same view as the hammer's.
struct HammerViewTwin: RecordView {
    let name = "hammer"
    let version = 1

    func createTables(_ database: Database) throws {
        try database.execute(sql: "CREATE TABLE hammer (dossier TEXT PRIMARY KEY, acts INTEGER NOT NULL, last INTEGER NOT NULL)")
    }

    func apply(_ entry: Entry, to database: Database) throws {
        guard let dossier = entry.statement.dossier else { return }
        try database.execute(
            sql: """
                INSERT INTO hammer (dossier, acts, last) VALUES (?, 1, ?)
                ON CONFLICT (dossier) DO UPDATE SET acts = acts + 1, last = excluded.last
                """,
            arguments: [dossier, entry.index])
    }
}
