import Acts
import Foundation
import GRDB
import Ledger
import Record
import TestSupport
import Testing

import class Record.Record

@Suite("Entering acts")
struct EnteringTests {
    @Test("A new record opens with its own first act, signed")
    func opening() throws {
        let folder = TemporaryFolder()
        let record = try Record.test(folder)
        defer { try? record.close() }
        #expect(record.size == 1)
        #expect(record.checkpoint.size == 1)
        #expect(record.checkpoint.origin == "test.example/record")
        #expect(try record.entry(at: 0)?.kind == RecordOpened.kind)
        try record.checkpoint.verified(origin: record.origin, by: [record.verifierKey.verifier()])
    }

    @Test("What was entered is there after reopening, with its views")
    func reopening() async throws {
        let folder = TemporaryFolder()
        var record = try Record.test(folder)
        let entries = try await record.enter(.remark("one"), .remark("two"))
        #expect(entries.map(\.index) == [1, 2])
        let checkpoint = record.checkpoint
        #expect(checkpoint.size == 3)
        try record.close()
        record = try Record.test(folder)
        defer { try? record.close() }
        #expect(record.checkpoint == checkpoint)
        #expect(try record.entries(from: 1, limit: 10) == entries)
        #expect(try record.readSync { try String.fetchAll($0, sql: "SELECT text FROM remark ORDER BY entry") } == ["one", "two"])
        #expect(try record.readSync { try Int.fetchOne($0, sql: "SELECT count(*) FROM act") } == 3)
    }

    @Test("The acts of a dossier and of a kind are found on both sides of a chunk's end, and by the end of the record as of its middle")
    func dossiers() async throws {
        let folder = TemporaryFolder()
        let record = try Record.test(folder)
        defer { try? record.close() }
        let chunk = Int(ActsView.chunk)
        func counted() throws -> [String: Int64] {
            let rows = try record.readSync { try Row.fetchAll($0, sql: "SELECT dossier, count(*) FROM act_of_dossier GROUP BY dossier") }
            return Dictionary(uniqueKeysWithValues: rows.map { ($0[0], $0[1]) })
        }
        // The record's own first act is of no dossier.
        for (acts, expected) in [(chunk - 2, chunk - 2), (1, chunk - 1), (1, chunk), (chunk, 2 * chunk)] {
            let drafts = (0..<acts).map { number in
                ActDraft(Remark(text: "\(number)"), dossier: "d/\(number % 7)", office: "depositary", author: "a")
            }
            _ = try await record.enter(Command(drafts))
            #expect(try counted().values.reduce(0, +) == Int64(expected))
            #expect(
                try record.readSync { database in
                    try Int.fetchOne(
                        database,
                        sql: "SELECT count(*) FROM (SELECT dossier, entry FROM act_of_dossier EXCEPT SELECT dossier, entry FROM act)")
                } == 0)
            // Every act is found by its kind, the record's own first one too.
            #expect(
                try record.readSync { database in
                    try Int.fetchOne(
                        database, sql: "SELECT count(*) FROM act a JOIN act_of_kind k ON k.entry = a.entry AND k.kind = a.kind")
                } == expected + 1)
        }
        #expect(try record.verify().isSound)
    }

    @Test("Five hundred writers at once: each gets its own place, and the tree covers all")
    func manyWriters() async throws {
        let folder = TemporaryFolder()
        let record = try Record.test(folder)
        defer { try? record.close() }
        let places = try await withThrowingTaskGroup(of: Int64.self) { group in
            for number in 0..<500 {
                group.addTask { try await record.enter(.remark("\(number)", request: "r\(number)"))[0].index }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(places.sorted() == Array(1...500))
        #expect(record.checkpoint.size == 501)
        let leaves = try record.entries(from: 0, limit: 501).map(\.leaf)
        #expect(Hash.root(over: Hash.leaves(leaves)) == record.checkpoint.root)
    }

    @Test("A refusal undoes its own command and no other of the batch")
    func refusals() async throws {
        let folder = TemporaryFolder()
        let record = try Record.test(folder)
        defer { try? record.close() }
        let refusal = Refusal(.unlawful, code: "test.no", "No.", mend: "Do not.")
        let outcomes = await withTaskGroup(of: (Int, Result<[Entry], any Error>).self) { group in
            for number in 0..<100 {
                group.addTask {
                    do {
                        return (
                            number,
                            .success(
                                try await record.enter(
                                    Command { _ in
                                        if number % 3 == 0 { throw refusal }
                                        return [.remark("\(number)")]
                                    }))
                        )
                    } catch {
                        return (number, .failure(error))
                    }
                }
            }
            return await group.reduce(into: [:]) { $0[$1.0] = $1.1 }
        }
        for (number, outcome) in outcomes {
            switch outcome {
            case .success(let entries): #expect(number % 3 != 0 && entries.count == 1)
            case .failure(let error): #expect(number % 3 == 0 && error as? Refusal == refusal)
            }
        }
        #expect(record.size == 1 + 66)
        #expect(try await record.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM remark") } == 66)
    }

    @Test("A request identifier is good for one command")
    func replays() async throws {
        let folder = TemporaryFolder()
        let record = try Record.test(folder)
        defer { try? record.close() }
        let first = try await record.enter(.remark("x", request: "form-1"), .remark("y", request: "form-1"))
        await #expect {
            try await record.enter(.remark("x", request: "form-1"))
        } throws: { error in
            (error as? Refusal)?.code == "record.replayed" && (error as? Refusal)?.arguments == ["entry": "\(first[0].index)"]
        }
        #expect(record.size == 3)
    }
}
