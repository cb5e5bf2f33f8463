import Foundation
import Ledger
import TestSupport
import Testing

import class Record.Record
import enum Record.RecordError

@testable import Record

@Suite("What the processes of one record remember together", .enabled(if: PostgresServer.isThere))
struct SharedMemoryTests {
    private let keys = TemporaryFolder()

    private func open(_ server: PostgresServer, _ folder: TemporaryFolder) throws -> Record {
        var configuration = RecordConfiguration.test(folder)
        configuration.database = server.address
        configuration.keys = keys.path
        return try Record.open(configuration, views: [RemarksView()])
    }

    /// Counts two values up, in one transaction each time, so that locks taken in different orders would show.
    private static func count(_ times: Int, in memory: SharedMemory) throws {
        for _ in 0..<times {
            try memory.update(["b", "a"]) { values in
                ["a": [(values["a"]?.first ?? 0) + 1], "b": [(values["b"]?.first ?? 0) + 1]]
            }
        }
    }

    @Test("Of values that several processes change at once none is lost: each reads what the one before it stored")
    func race() async throws {
        let server = try PostgresServer()
        let folders = (0..<3).map { _ in TemporaryFolder() }
        let records = try folders.map { try open(server, $0) }
        let memories = try records.map { try #require($0.sharedMemory) }
        try await withThrowingTaskGroup(of: Void.self) { group in
            for memory in memories { group.addTask { try SharedMemoryTests.count(40, in: memory) } }
            try await group.waitForAll()
        }
        for record in records {
            #expect(try await record.sharedMemory?.value("a") == [120])
            #expect(try await record.sharedMemory?.value("b") == [120])
        }
        #expect(try await records[0].sharedMemory?.value("c") == nil)
        for record in records { try record.close() }
    }

    @Test("One process at a time has a thing in hand; another takes it when it is given back, or when its time is over")
    func claims() async throws {
        let server = try PostgresServer()
        let folders = (0..<3).map { _ in TemporaryFolder() }
        let records = try folders.map { try open(server, $0) }
        let held = try await withThrowingTaskGroup(of: Bool.self) { group in
            for record in records { group.addTask { try await record.claim("mail", seconds: 600) } }
            return try await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
        }
        #expect(held == 1)
        var holder: Int?
        for (place, record) in records.enumerated() where try await record.claim("mail", seconds: 600) { holder = place }
        let first = try #require(holder)
        // Given back in order.
        try records[first].close()
        let others = records.enumerated().filter { $0.offset != first }.map(\.element)
        var taken = 0
        // What is not held is asked for again after two seconds.
        for _ in 0..<100 where taken == 0 {
            for record in others where try await record.claim("mail", seconds: 600) { taken += 1 }
            try await Task.sleep(for: .milliseconds(100))
        }
        #expect(taken == 1)
        // A process that ended without a word: its time is over.
        try server.query("UPDATE chancery.claim SET holder = 'gone', until = now() - interval '1 second'")
        #expect(try server.query("SELECT count(*) FROM chancery.claim") == "1")
        let store = try PostgresRecordStore(PostgresAddress(server.address))
        #expect(try store.claim("mail", holder: "next", seconds: 600))
        #expect(try !store.claim("mail", holder: "other", seconds: 600))
        #expect(try store.claim("mail", holder: "next", seconds: 600))
        try store.close()
        for record in others { try record.close() }
    }

    @Test("A database made before there was a memory gets its tables")
    func older() async throws {
        let server = try PostgresServer()
        let folder = TemporaryFolder()
        try open(server, folder).close()
        try server.query("DROP TABLE chancery.memory, chancery.claim")
        let record = try open(server, folder)
        try record.sharedMemory?.update(["a"]) { _ in ["a": [1]] }
        #expect(try await record.sharedMemory?.value("a") == [1])
        try record.close()
    }

    @Test("A record that has one process only does everything itself")
    func alone() async throws {
        let folder = TemporaryFolder()
        let record = try Record.open(RecordConfiguration.test(folder), views: [RemarksView()])
        #expect(record.sharedMemory == nil)
        #expect(try await record.claim("mail"))
        try record.close()
    }
}

@Suite("Holding the signing")
struct SigningHoldTests {
    @Test("While it is held nothing is entered and all is read; let go, acts are entered; refused for good, never again")
    func holds() async throws {
        let folder = TemporaryFolder()
        let record = try Record.open(RecordConfiguration.test(folder), views: [RemarksView()])
        _ = try await record.enter(.remark("one"))
        let before = record.checkpoint.text
        record.hold.begin()
        record.hold.wait(because: .witnessesNotAsked(reason: "nobody answered"))
        await #expect(throws: RecordError.witnessesNotAsked(reason: "nobody answered")) { try await record.enter(.remark("two")) }
        #expect(record.checkpoint.text == before && record.size == 2)
        #expect(try record.entry(at: 1) != nil)
        #expect(record.trouble != nil)
        #expect(record.hold.release())
        #expect(record.trouble == nil)
        _ = try await record.enter(.remark("two"))
        #expect(record.size == 3)
        let error = RecordError.witnessedFurther(witness: "w.example", cosigned: 9, size: 3)
        record.hold.refuse(because: error)
        #expect(!record.hold.release())
        await #expect(throws: error) { try await record.enter(.remark("three")) }
        #expect(record.size == 3)
        try record.close()
    }

    @Test("An act that is entered while the witnesses are asked for the first time waits for them")
    func waits() async throws {
        let folder = TemporaryFolder()
        let record = try Record.open(RecordConfiguration.test(folder), views: [RemarksView()])
        record.hold.begin()
        async let entered = record.enter(.remark("one"))
        try await Task.sleep(for: .milliseconds(50))
        #expect(record.size == 1)
        record.hold.release()
        #expect(try await entered.count == 1)
        try record.close()
    }
}
