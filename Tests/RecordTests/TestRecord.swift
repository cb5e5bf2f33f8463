import Acts
import Foundation
import GRDB
import Record
import TestSupport

import class Record.Record

/// A view like a desk's: counts the remarks of each author.
struct RemarksView: RecordView {
    let name = "test.remarks"
    var version = 1

    func createTables(_ database: Database) throws {
        try database.execute(sql: "CREATE TABLE remark (entry INTEGER PRIMARY KEY, author TEXT NOT NULL, text TEXT)")
    }

    func apply(_ entry: Entry, to database: Database) throws {
        guard entry.kind == Remark.kind else { return }
        let remark = try? entry.payload(as: Remark.self)
        try database.execute(
            sql: "INSERT INTO remark (entry, author, text) VALUES (?, ?, ?)",
            arguments: [entry.index, entry.statement.author, remark?.text])
    }
}

extension RecordConfiguration {
    static func test(_ folder: TemporaryFolder, origin: String? = "test.example/record") -> RecordConfiguration {
        RecordConfiguration(folder: folder.path, origin: origin, name: ["en": "Test"])
    }
}

extension ActDraft {
    static func remark(_ text: String, author: String = "a", request: String? = nil, references: [Reference] = []) -> ActDraft {
        ActDraft(
            Remark(text: text), dossier: "remarks", office: "depositary", author: author, references: references, request: request)
    }
}

extension Record {
    static func test(_ folder: TemporaryFolder, views: [any RecordView] = [RemarksView()]) throws -> Record {
        try Record.open(.test(folder), views: views)
    }

    func enter(_ drafts: ActDraft...) async throws -> [Entry] {
        try await enter(Command(drafts))
    }
}
