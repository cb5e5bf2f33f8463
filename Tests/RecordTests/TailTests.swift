import Acts
import Foundation
import GRDB
import Record
import TestSupport
import Testing

import class Record.Record

@Suite("The live tail")
struct TailTests {
    @Test("Every subscriber gets every entry once, in order, past and new, however slow it is")
    func everyEntryOnce() async throws {
        let folder = TemporaryFolder()
        let record = try Record.test(folder)
        defer { try? record.close() }
        for number in 0..<20 { _ = try await record.enter(.remark("\(number)")) }
        let total: Int64 = 1_021
        try await withThrowingTaskGroup(of: [Int64].self) { group in
            for subscriber in 0..<8 {
                let start = Int64(subscriber * 3)
                group.addTask {
                    var seen: [Int64] = []
                    for try await entry in record.tail(from: start) {
                        seen.append(entry.index)
                        if subscriber % 3 == 0, seen.count % 50 == 0 { try await Task.sleep(for: .milliseconds(5)) }
                        if entry.index == total - 1 { break }
                    }
                    return seen.first == start ? seen : []
                }
            }
            await withTaskGroup(of: Void.self) { writers in
                for number in 0..<1_000 {
                    writers.addTask { _ = try? await record.enter(.remark("\(number)")) }
                }
            }
            for try await seen in group {
                let first = try #require(seen.first)
                #expect(seen == Array(first..<total))
            }
        }
    }

    @Test("An entry is in the views and under the checkpoint before the tail tells of it")
    func afterTheViews() async throws {
        let folder = TemporaryFolder()
        let record = try Record.test(folder)
        defer { try? record.close() }
        let subscriber = Task {
            for try await entry in record.tail(from: 1) {
                let known = try record.readSync { try Int64.fetchOne($0, sql: "SELECT max(entry) FROM act") ?? 0 }
                #expect(known >= entry.index)
                #expect(record.checkpoint.size > entry.index)
                if entry.index == 100 { return }
            }
        }
        for number in 0..<100 { _ = try await record.enter(.remark("\(number)")) }
        try await subscriber.value
    }

    @Test("It ends when its task is cancelled and when the record closes")
    func ending() async throws {
        let folder = TemporaryFolder()
        let record = try Record.test(folder)
        let count: @Sendable () async throws -> Int = {
            var count = 0
            for try await _ in record.tail(from: 0) { count += 1 }
            return count
        }
        let cancelled = Task(operation: count)
        let closed = Task(operation: count)
        _ = try await record.enter(.remark("a"))
        cancelled.cancel()
        #expect(try await cancelled.value <= 2)
        while record.size < 2 { await Task.yield() }
        try record.close()
        #expect(try await closed.value <= 2)
    }
}
