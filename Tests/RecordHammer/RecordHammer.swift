import Acts
import Foundation
import GRDB
import Record

import class Record.Record
import enum Record.RecordError

/// Writes to a record as fast as it can and tells each act that was acknowledged, until it is killed. The crash tests' other half.
///
///     record-hammer FOLDER WRITERS PREFIX [DATABASE KEYS]
///
/// With a database it goes on after a failure, and asks by the same request identifier whether the act was entered: then it says so.
@main
struct RecordHammer {
    static func main() async throws {
        let arguments = CommandLine.arguments
        guard arguments.count == 4 || arguments.count == 6, let writers = Int(arguments[2]) else { exit(64) }
        let isShared = arguments.count == 6
        var configuration = RecordConfiguration(folder: arguments[1], origin: "hammer.example/record")
        if isShared {
            configuration.database = arguments[4]
            configuration.keys = arguments[5]
        }
        let record = try open(configuration, tries: isShared ? 100 : 1)
        say("open \(record.size)")
        if isShared { follow(record) }
        let prefix = arguments[3]
        await withTaskGroup(of: Void.self) { group in
            for writer in 0..<writers {
                group.addTask {
                    var number = 0
                    while true {
                        let request = "\(prefix)-\(writer)-\(number)"
                        number += 1
                        let draft = ActDraft(
                            Remark(text: request + String(repeating: ".", count: number % 700)), dossier: "hammer/\(writer)",
                            office: "hammer", author: "hammer", request: request)
                        var isEntered = false
                        while !isEntered {
                            do {
                                let entry = try await record.enter(Command { _ in [draft] })[0]
                                say("ack \(entry.index) \(request)")
                                isEntered = true
                            } catch let refusal as Refusal where isShared && refusal.code == "record.replayed" {
                                // Entered by an attempt whose answer was lost.
                                say("ack \(refusal.arguments["entry"] ?? "") \(request)")
                                isEntered = true
                            } catch {
                                say("error \(error)")
                                guard isShared else { return }
                                try? await Task.sleep(for: .milliseconds(50))
                            }
                        }
                    }
                }
            }
        }
    }

    /// Opens the record, again where its server is not there yet.
    private static func open(_ configuration: RecordConfiguration, tries: Int) throws -> Record {
        for _ in 1..<max(tries, 2) where tries > 1 {
            do {
                return try Record.open(configuration, views: [HammerView()])
            } catch let error as RecordError {
                guard case .unavailable = error else { throw error }
                usleep(100_000)
            }
        }
        return try Record.open(configuration, views: [HammerView()])
    }

    /// Tells each entry as a live page would get it, so that one that was missed or came twice shows.
    private static func follow(_ record: Record) {
        Task {
            for try await entry in record.tail(from: record.size) { say("tail \(entry.index)") }
            say("error the tail ended")
        }
    }

    /// One write call a line, so that a line is out whole or not at all.
    private static func say(_ line: String) {
        let bytes = Array((line + "\n").utf8)
        _ = write(1, bytes, bytes.count)
    }
}

/// Counts acts by dossier: a view whose rows change, so that a lost or doubled entry shows.
struct HammerView: RecordView {
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
