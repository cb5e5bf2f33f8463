import Foundation
import Ledger
import Record
import Synchronization
import Testing

/// What every store promises (``RecordStore``), as tests that any backend can be run through.
///
///     try await RecordStorePromises.check { reopening in try MyStore(…) }
enum RecordStorePromises {
    /// - Parameter makeStore: opens the store; `true` for what the last one left, `false` for an empty one.
    static func check(_ makeStore: @escaping @Sendable (_ reopening: Bool) throws -> any RecordStore) async throws {
        try anEmptyStoreHasNothing(makeStore(false))
        try appendsAreReadBack(makeStore)
        try appendsAreConditional(makeStore(false))
        try appendsAreWhole(makeStore(false))
        try tilesReplaceNarrowerOnes(makeStore(false))
        try erasedPayloadsAreGone(makeStore)
        try blobsAreWhole(makeStore)
        try await waitersAreWoken(makeStore(false))
        try recoveryLosesNothing(makeStore(false))
    }

    static func entry(_ number: Int, length: Int = 100) -> StoredEntry {
        StoredEntry(
            leaf: Array("leaf \(number)".utf8),
            payload: StoredPayload(
                salt: [UInt8](repeating: UInt8(number & 255), count: 32), bytes: [UInt8](repeating: 0x61, count: length)))
    }

    private static func tile(_ level: Int, _ index: UInt64, _ width: Int) throws -> Tile {
        let hashes = (0..<width).map { Hash.leaf(Array("\(level) \(index) \($0)".utf8)) }
        let coordinate = try #require(TileCoordinate(level: level, index: index, width: width))
        return try #require(Tile(coordinate, hashes: hashes))
    }

    private static func anEmptyStoreHasNothing(_ store: any RecordStore) throws {
        #expect(try store.end() == 0)
        #expect(try store.entries(from: 0, limit: 10).isEmpty)
        #expect(try store.tile(level: 0, index: 0) == nil)
        #expect(try store.blob(sha256: [UInt8](repeating: 7, count: 32)) == nil)
        try store.close()
    }

    private static func appendsAreReadBack(_ makeStore: (Bool) throws -> any RecordStore) throws {
        // Lengths on both sides of a page, and of none.
        let entries = (0..<50).map { entry($0, length: [0, 1, 4000, 9000, 70_000][$0 % 5]) }
        var store = try makeStore(false)
        try store.append(Array(entries[..<20]), at: 0, tiles: [tile(0, 0, 20)], erasing: [])
        try store.append(Array(entries[20...]), at: 20, tiles: [tile(0, 0, 50)], erasing: [])
        for _ in 0..<2 {
            #expect(try store.end() == 50)
            #expect(try store.entries(from: 0, limit: 100) == entries)
            #expect(try store.entries(from: 48, limit: 1) == [entries[48]])
            #expect(try store.entries(from: 48, limit: 10) == Array(entries[48...]))
            #expect(try store.entries(from: 50, limit: 10).isEmpty)
            #expect(try store.entries(from: 1 << 40, limit: 10).isEmpty)
            #expect(try store.tile(level: 0, index: 0) == tile(0, 0, 50).bytes)
            try store.close()
            store = try makeStore(true)
        }
        try store.close()
    }

    private static func appendsAreConditional(_ store: any RecordStore) throws {
        try store.append([entry(0), entry(1)], at: 0, tiles: [tile(0, 0, 2)], erasing: [])
        for position: Int64 in [0, 1, 3, 100] {
            #expect(throws: RecordError.positionTaken(position: position, end: 2)) {
                let tile = try tile(0, 0, 3)
                try store.append([entry(9)], at: position, tiles: [tile], erasing: [0])
            }
        }
        #expect(try store.end() == 2)
        #expect(try store.entries(from: 0, limit: 9) == [entry(0), entry(1)])
        #expect(try store.tile(level: 0, index: 0) == tile(0, 0, 2).bytes)
        try store.append([entry(2)], at: 2, tiles: [], erasing: [])
        #expect(try store.end() == 3)
        try store.close()
    }

    /// Two at one position, from two threads: one of them, whole.
    private static func appendsAreWhole(_ store: any RecordStore) throws {
        for round in 0..<20 {
            let position = try store.end()
            let winners = Mutex<[Int]>([])
            DispatchQueue.concurrentPerform(iterations: 4) { writer in
                let entries = (0..<5).map { entry(round * 100 + writer * 10 + $0) }
                let won = (try? store.append(entries, at: position, tiles: [], erasing: [])) != nil
                if won { winners.withLock { $0.append(writer) } }
            }
            let won = winners.withLock { $0 }
            #expect(won.count == 1)
            let winner = try #require(won.first)
            #expect(try store.entries(from: position, limit: 100) == (0..<5).map { entry(round * 100 + winner * 10 + $0) })
        }
        try store.close()
    }

    private static func tilesReplaceNarrowerOnes(_ store: any RecordStore) throws {
        try store.append([entry(0)], at: 0, tiles: [tile(0, 0, 1), tile(1, 0, 3)], erasing: [])
        try store.append([entry(1)], at: 1, tiles: [tile(0, 0, 256), tile(0, 1, 1)], erasing: [])
        #expect(try store.tile(level: 0, index: 0) == tile(0, 0, 256).bytes)
        #expect(try store.tile(level: 0, index: 1) == tile(0, 1, 1).bytes)
        #expect(try store.tile(level: 1, index: 0) == tile(1, 0, 3).bytes)
        #expect(try store.tile(level: 0, index: 2) == nil)
        try store.close()
    }

    private static func erasedPayloadsAreGone(_ makeStore: (Bool) throws -> any RecordStore) throws {
        var store = try makeStore(false)
        let entries = (0..<10).map { entry($0, length: 5000) }
        try store.append(entries, at: 0, tiles: [], erasing: [])
        try store.append([entry(10)], at: 10, tiles: [], erasing: [3, 10])
        try store.purge()
        for _ in 0..<2 {
            let read = try store.entries(from: 0, limit: 20)
            #expect(read.count == 11)
            for (position, entry) in read.enumerated() {
                #expect((entry.payload == nil) == [3, 10].contains(position))
                #expect(entry.leaf == Array("leaf \(position)".utf8))
            }
            try store.close()
            store = try makeStore(true)
        }
        try store.close()
    }

    private static func blobsAreWhole(_ makeStore: (Bool) throws -> any RecordStore) throws {
        var store = try makeStore(false)
        for length in [0, 1, 100_000] {
            let bytes = [UInt8](repeating: 0x5A, count: length)
            let name = try store.storeBlob(bytes)
            #expect(name.count == 32)
            #expect(try store.storeBlob(bytes) == name)
            #expect(try store.blob(sha256: name) == bytes)
        }
        let name = try store.storeBlob([1, 2, 3])
        try store.close()
        store = try makeStore(true)
        #expect(try store.blob(sha256: name) == [1, 2, 3])
        #expect(try store.blob(sha256: Array(name.dropLast())) == nil)
        try store.close()
    }

    private static func waitersAreWoken(_ store: any RecordStore) async throws {
        try store.append([entry(0)], at: 0, tiles: [], erasing: [])
        try await store.wait(past: 0)
        async let later: Void = store.wait(past: 2)
        let cancelled = Task { try await store.wait(past: 1_000) }
        try store.append([entry(1)], at: 1, tiles: [], erasing: [])
        try store.append([entry(2)], at: 2, tiles: [], erasing: [])
        try await later
        cancelled.cancel()
        await #expect(throws: CancellationError.self) { try await cancelled.value }
        try store.close()
    }

    private static func recoveryLosesNothing(_ store: any RecordStore) throws {
        try store.append([entry(0), entry(1)], at: 0, tiles: [tile(0, 0, 2)], erasing: [])
        try store.recover()
        #expect(try store.entries(from: 0, limit: 9) == [entry(0), entry(1)])
        #expect(try store.tile(level: 0, index: 0) == tile(0, 0, 2).bytes)
        try store.append([entry(2)], at: 2, tiles: [], erasing: [])
        #expect(try store.end() == 3)
        try store.close()
    }
}
