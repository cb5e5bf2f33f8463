import Acts
import Foundation
import GRDB
import Record

import class Record.Record

/// Writes to a record as fast as it can and tells each act that was acknowledged, until it is killed. The crash tests' other half.
///
///     record-hammer FOLDER WRITERS PREFIX
@main
struct RecordHammer {
    static func main() async throws {
        let arguments = CommandLine.arguments
        guard arguments.count == 4, let writers = Int(arguments[2]) else { exit(64) }
        let record = try Record.open(
            RecordConfiguration(folder: arguments[1], origin: "hammer.example/record"), views: [HammerView()])
        say("open \(record.size)")
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
                        do {
                            let entry = try await record.enter(Command { _ in [draft] })[0]
                            say("ack \(entry.index) \(request)")
                        } catch {
                            say("error \(error)")
                            return
                        }
                    }
                }
            }
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
