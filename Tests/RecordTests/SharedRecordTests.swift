import Acts
import Foundation
import GRDB
import Ledger
import TestSupport
import Testing

import class Record.Record
import enum Record.RecordError

@testable import Record

@Suite("One record, several processes", .enabled(if: PostgresServer.isThere))
struct SharedRecordTests {
    private let keys = TemporaryFolder()

    private func open(_ server: PostgresServer, _ folder: TemporaryFolder) throws -> Record {
        var configuration = RecordConfiguration.test(folder)
        configuration.database = server.address
        configuration.keys = keys.path
        return try Record.open(configuration, views: [RemarksView()])
    }

    private func remarks(_ record: Record) throws -> [String] {
        try record.readSync { try String.fetchAll($0, sql: "SELECT text FROM remark ORDER BY entry") }
    }

    @Test("What one enters, the other reads, follows, and builds on")
    func twoProcesses() async throws {
        let server = try PostgresServer()
        let folders = [TemporaryFolder(), TemporaryFolder()]
        let one = try open(server, folders[0])
        let other = try open(server, folders[1])
        #expect(one.origin == other.origin)
        #expect(one.verifierKey == other.verifierKey)
        #expect(one.size == 1)
        #expect(other.size == 1)
        // Without a request of its own.
        let first = try await one.enter(.remark("one"))[0]
        var tail = other.tail(from: 1).makeAsyncIterator()
        #expect(try await tail.next()?.index == first.index)
        #expect(try remarks(other) == ["one"])
        #expect(other.checkpoint.text == one.checkpoint.text)
        // In the other's turn, at once.
        let second = try await other.enter(.remark("two", references: [Reference(first.index)]))[0]
        let third = try await one.enter(.remark("three", references: [Reference(second.index)]))[0]
        #expect(third.index == 3)
        #expect(third.header.received >= second.header.received)
        await #expect(throws: Refusal.self) { try await other.enter(.remark("four", references: [Reference(4)])) }
        // A request identifier is good once, whichever process it comes to.
        _ = try await one.enter(.remark("once", request: "r"))
        await #expect(throws: Refusal.self) { try await other.enter(.remark("once", request: "r")) }
        #expect(try remarks(other) == ["one", "two", "three", "once"])
        try one.close()
        try other.close()
    }

    @Test("Many writers in three processes at once: no act lost, none doubled, all views alike, one checkpoint")
    func manyWriters() async throws {
        let server = try PostgresServer()
        let folders = (0..<3).map { _ in TemporaryFolder() }
        let records = try folders.map { try open(server, $0) }
        let indexes = try await withThrowingTaskGroup(of: [Int64].self) { group in
            for (process, record) in records.enumerated() {
                for writer in 0..<20 {
                    group.addTask {
                        var indexes: [Int64] = []
                        for number in 0..<10 { indexes.append(try await record.enter(.remark("\(process).\(writer).\(number)"))[0].index) }
                        return indexes
                    }
                }
            }
            return try await group.reduce(into: []) { $0 += $1 }
        }
        #expect(indexes.sorted() == (1...600).map(Int64.init))
        for record in records {
            try await record.waitForEntry(at: 600)
            #expect(record.size == 601)
            #expect(record.checkpoint.text == records[0].checkpoint.text)
            #expect(try remarks(record) == remarks(records[0]))
            #expect(Set(try remarks(record)).count == 600)
        }
        for record in records { try record.close() }
    }

    @Test("Where somebody appends out of turn, the batch is run again after it")
    func outOfTurn() async throws {
        let server = try PostgresServer()
        let folders = [TemporaryFolder(), TemporaryFolder()]
        let one = try open(server, folders[0])
        let other = try open(server, folders[1])
        // The lock is held by somebody else for good: both go on without, and only the primary key is between them.
        let address = try PostgresAddress(server.address)
        let holder = try PostgresConnection(address)
        try holder.run(
            "SET idle_in_transaction_session_timeout = 0; BEGIN; SELECT pg_advisory_xact_lock(\(PostgresFeatures.lock(of: address)))")
        for number in 0..<2 {
            async let first = one.enter(.remark("one \(number)"))
            async let second = other.enter(.remark("other \(number)"))
            let indexes = try await [first[0].index, second[0].index]
            #expect(Set(indexes).count == 2)
        }
        #expect(try holder.run("SELECT count(*) FROM entry").text(0, 0) == "5")
        try one.close()
        try other.close()
    }

    @Test("A server that lacks what was signed, or has another history, is refused")
    func olderServer() async throws {
        let server = try PostgresServer()
        let folder = TemporaryFolder()
        var record = try open(server, folder)
        for number in 0..<5 { _ = try await record.enter(.remark("\(number)")) }
        try server.query("CREATE TABLE public.saved AS SELECT * FROM chancery.entry WHERE position > 3")
        try server.query("DELETE FROM chancery.entry WHERE position > 3")
        // While it is open, too.
        await #expect(throws: RecordError.behindCheckpoint(size: 4, signed: 6)) { try await record.enter(.remark("six")) }
        try record.close()
        #expect(throws: RecordError.behindCheckpoint(size: 4, signed: 6)) { _ = try open(server, folder) }
        try server.query("INSERT INTO chancery.entry SELECT * FROM public.saved")
        record = try open(server, folder)
        _ = try await record.enter(.remark("six"))
        #expect(record.size == 7)
        try record.close()
        // A process that comes anew holds it against what the others have kept in the database.
        try server.query("DELETE FROM chancery.entry WHERE position > 5")
        #expect(throws: RecordError.behindCheckpoint(size: 6, signed: 7)) { _ = try open(server, TemporaryFolder()) }
    }

    @Test("What one erases, the other forgets")
    func erasure() async throws {
        let server = try PostgresServer()
        let folders = [TemporaryFolder(), TemporaryFolder()]
        let one = try open(server, folders[0])
        let other = try open(server, folders[1])
        let entry = try await one.enter(.remark("to be forgotten"))[0]
        try await other.waitForEntry(at: entry.index)
        let erased = try await one.erase(entry: entry.index, ground: "test", office: "depositary", author: "a")
        try await other.waitForEntry(at: erased.index)
        for record in [one, other] {
            #expect(try record.entry(at: entry.index)?.content == .erased)
            #expect(try record.readSync { try String.fetchAll($0, sql: "SELECT text FROM remark WHERE text IS NOT NULL") }.isEmpty)
        }
        try one.close()
        try other.close()
    }
}
