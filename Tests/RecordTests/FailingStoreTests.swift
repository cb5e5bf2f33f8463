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

/// A real store whose disk breaks on command.
final class BreakableStore: RecordStore {
    enum Breakage {
        /// Nothing is written.
        case beforeAppend
        /// All is written, and yet it is said to have failed: what a failing fsync may look like.
        case afterAppend
    }

    let store: any RecordStore
    private let state = Mutex<Breakage?>(nil)

    init(_ store: any RecordStore) {
        self.store = store
    }

    func breakNow(_ breakage: Breakage) {
        state.withLock { $0 = breakage }
    }

    func mend() {
        state.withLock { $0 = nil }
    }

    private static let failure = RecordError.unavailable(reason: "the disk broke")

    func append(_ entries: [StoredEntry], at position: Int64, erasing erased: [Int64], tiles: () throws -> [Tile]) throws {
        switch state.withLock({ $0 }) {
        case .beforeAppend: throw BreakableStore.failure
        case .afterAppend:
            try store.append(entries, at: position, erasing: erased, tiles: tiles)
            throw BreakableStore.failure
        case nil: try store.append(entries, at: position, erasing: erased, tiles: tiles)
        }
    }

    func recover() throws {
        guard state.withLock({ $0 == nil }) else { throw BreakableStore.failure }
        try store.recover()
    }

    func end() throws -> Int64 { try store.end() }
    func entries(from position: Int64, limit: Int) throws -> [StoredEntry] { try store.entries(from: position, limit: limit) }
    func wait(past position: Int64) async throws { try await store.wait(past: position) }
    func tile(level: Int, index: Int64) throws -> [UInt8]? { try store.tile(level: level, index: index) }
    func purge() throws { try store.purge() }
    func blob(sha256: [UInt8]) throws -> [UInt8]? { try store.blob(sha256: sha256) }
    func storeBlob(_ bytes: [UInt8]) throws -> [UInt8] { try store.storeBlob(bytes) }
    func maintain() throws { try store.maintain() }
    func close() throws { try store.close() }
}

@Suite("When an append fails")
struct FailingStoreTests {
    private func open(_ folder: TemporaryFolder) throws -> (Record, BreakableStore) {
        let made = Mutex<BreakableStore?>(nil)
        let record = try Record.open(.test(folder), views: [RemarksView()]) { layout in
            let store = BreakableStore(try SQLiteRecordStore(path: layout.record, blobs: layout.blobs))
            made.withLock { $0 = store }
            return store
        }
        return (record, try #require(made.withLock { $0 }))
    }

    private func remarks(_ record: Record) throws -> Int? {
        try record.readSync { try Int.fetchOne($0, sql: "SELECT count(*) FROM remark") }
    }

    @Test("Nobody is told yes, the views roll back, and the node goes on by itself when the cause is gone")
    func nothingWritten() async throws {
        let folder = TemporaryFolder()
        let (record, store) = try open(folder)
        defer { try? record.close() }
        _ = try await record.enter(.remark("before"))
        store.breakNow(.beforeAppend)
        #expect(record.trouble == nil)
        for _ in 0..<3 {
            await #expect(throws: RecordError.unavailable(reason: "the disk broke")) {
                try await record.enter(.remark("lost", request: "r"))
            }
            #expect(record.trouble == .unavailable(reason: "the disk broke"))
            #expect(try remarks(record) == 1)
            #expect(record.size == 2)
            #expect(try record.entry(at: 1) != nil)
        }
        store.mend()
        // Nobody need ask: it gets over it by itself, and says so.
        while record.trouble != nil { try await Task.sleep(for: .milliseconds(20)) }
        let entry = try await record.enter(.remark("again", request: "r"))[0]
        #expect(entry.index == 2)
        #expect(try remarks(record) == 2)
        #expect(try record.verify().faults.isEmpty)
    }

    @Test("An append that happened though it seemed to fail is found, signed and shown; its request is not entered twice")
    func allWritten() async throws {
        let folder = TemporaryFolder()
        let (record, store) = try open(folder)
        defer { try? record.close() }
        let seen = Task {
            var texts: [String] = []
            for try await entry in record.tail(from: 1) {
                texts.append(try entry.payload(as: Remark.self)?.text ?? "")
                if texts.count == 3 { break }
            }
            return texts
        }
        _ = try await record.enter(.remark("before"))
        store.breakNow(.afterAppend)
        await #expect(throws: RecordError.self) { try await record.enter(.remark("unsure", request: "r")) }
        #expect(try remarks(record) == 1)
        store.mend()
        await #expect { try await record.enter(.remark("unsure", request: "r")) } throws: {
            ($0 as? Refusal)?.code == "record.replayed"
        }
        #expect(record.size == 3)
        #expect(try remarks(record) == 2)
        _ = try await record.enter(.remark("after"))
        #expect(try await seen.value == ["before", "unsure", "after"])
        #expect(try record.verify().faults.isEmpty)
    }

    /// Acts that were acknowledged.
    final class Known: Sendable {
        private let acts = Mutex<[Int64: String]>([:])
        var all: [Int64: String] { acts.withLock { $0 } }
        func add(_ index: Int64, _ text: String) { acts.withLock { $0[index] = text } }
    }

    @Test("Whatever fails at whatever moment, acknowledged acts stay, and record, checkpoint and views agree")
    func atRandom() async throws {
        var generator = SeededGenerator(seed: 20_260_801)
        let folder = TemporaryFolder()
        let (record, store) = try open(folder)
        defer { try? record.close() }
        let known = Known()
        for round in 0..<30 {
            let roll = generator.next()
            await withTaskGroup(of: Void.self) { group in
                for number in 0..<60 {
                    group.addTask {
                        let text = "\(round)-\(number)"
                        // Some come too early, some after the mend.
                        if number == 59 { store.mend() }
                        guard let entry = try? await record.enter(.remark(text, request: text))[0] else { return }
                        known.add(entry.index, text)
                    }
                    if number == Int(roll % 60) {
                        store.breakNow(roll & 64 == 0 ? .beforeAppend : .afterAppend)
                    }
                }
            }
        }
        store.mend()
        _ = try await record.enter(.remark("settled"))
        for (index, text) in known.all {
            #expect(try record.entry(at: index)?.payload(as: Remark.self)?.text == text)
        }
        #expect(try record.verify().faults.isEmpty)
        #expect(known.all.count > 100)
    }
}
