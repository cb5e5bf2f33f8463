import Acts
import Foundation
import GRDB
import Ledger
import TestSupport
import Testing

import class Record.Record
import enum Record.RecordError

@testable import Record

@Suite("Truncated and bit-flipped files")
struct DamageTests {
    /// Changes drawn by lot for each file; `CHANCERY_DAMAGES` asks for more.
    private static let rounds = Int(ProcessInfo.processInfo.environment["CHANCERY_DAMAGES"] ?? "") ?? 16

    /// A closed record; and what is in it.
    private func original() async throws -> (TemporaryFolder, [Entry]) {
        let folder = TemporaryFolder()
        let record = try Record.test(folder)
        for batch in 0..<3 {
            _ = try await record.enter(
                Command((0..<100).map { .remark("remark \(batch) \($0)", request: "\(batch)-\($0)") }))
        }
        try record.storeBlob(Array("a text".utf8))
        let entries = try record.entries(from: 0, limit: .max)
        try record.close()
        return (folder, entries)
    }

    private func copy(_ folder: TemporaryFolder) throws -> TemporaryFolder {
        let copy = TemporaryFolder()
        try FileManager.default.copyItem(atPath: folder.path, toPath: copy.path)
        return copy
    }

    /// Every file of a data folder, the lock aside, which holds nothing.
    private static let files = ["record.sqlite", "views.sqlite", "checkpoint", "keys/log.key", "keys/log-mldsa44.key", "blob"]

    private func path(_ file: String, in folder: TemporaryFolder) throws -> String {
        guard file == "blob" else { return "\(folder.path)/\(file)" }
        let blobs = FolderLayout(folder: folder.path).blobs
        let name = try #require(try BlobFolder(blobs).all().first.flatMap { Hash($0)?.hexadecimal })
        return "\(blobs)/\(name.prefix(2))/\(name.dropFirst(2))"
    }

    /// Whatever is wrong with the files: it opens or says clearly why not; what it still shows is what was entered; and where a
    /// verification finds no fault, nothing is missing.
    private func examine(_ folder: TemporaryFolder, _ entries: [Entry], _ what: String) throws {
        let result = try? Record.verify(folder: folder.path, views: [RemarksView()], comparesViews: what.hasPrefix("views"))
        let record: Record
        do {
            record = try Record.test(folder)
        } catch let error as RecordError {
            #expect(!error.reason.isEmpty && !error.mend.isEmpty, "\(what)")
            // Byte 18 of a database says who may write it: whoever only reads, as a verification does, finds nothing wrong.
            let mayOnlyBeRead = what.hasPrefix("record.sqlite changed at 18,")
            #expect(result?.isSound != true || isOfKeyOrView(error) || mayOnlyBeRead, "\(what): sound, but \(error)")
            return
        } catch {
            Issue.record("\(what): \(error)")
            return
        }
        defer { try? record.close() }
        // An entry is shown as it was entered, or said to be damaged; never shown changed.
        for index in stride(from: Int64(0), to: Int64(entries.count), by: 7) {
            do {
                #expect(try record.entry(at: index) == entries[Int(index)], "\(what): entry \(index)")
            } catch let error as RecordError {
                #expect(!error.reason.isEmpty, "\(what)")
                #expect(result?.isSound != true, "\(what): sound, but \(error)")
            }
        }
        if result?.isSound == true {
            #expect(try record.entries(from: 0, limit: .max) == entries, "\(what)")
        }
    }

    private func isOfKeyOrView(_ error: RecordError) -> Bool {
        switch error {
        case .keyMissing, .otherKey: true
        case .damaged(let file, _), .unavailable(let file): file.contains("keys") || file.contains("views")
        default: false
        }
    }

    @Test("Every file, cut at any length", arguments: files)
    func truncation(file: String) async throws {
        let (folder, entries) = try await original()
        var generator = SeededGenerator(seed: 7)
        let length = try #require(FileManager.default.attributesOfItem(atPath: path(file, in: folder))[.size] as? Int)
        var lengths = [0, 1, 15, 16, 17, 99, 100, 101, 4095, 4096, 8191, 8192, length - 1, length / 2].filter { $0 < length && $0 >= 0 }
        for _ in 0..<4 { lengths.append(Int(generator.next() % UInt64(length))) }
        for cut in lengths {
            let copy = try copy(folder)
            let path = try path(file, in: copy)
            let handle = try #require(FileHandle(forWritingAtPath: path))
            try handle.truncate(atOffset: UInt64(cut))
            try handle.close()
            try examine(copy, entries, "\(file) cut to \(cut) of \(length)")
        }
    }

    @Test("Every file, a bit flipped anywhere", arguments: files)
    func flips(file: String) async throws {
        let (folder, entries) = try await original()
        let seed = UInt64(ProcessInfo.processInfo.environment["CHANCERY_SEED"] ?? "") ?? UInt64.random(in: 0 ... .max)
        print("damage test seed \(seed)")
        var generator = SeededGenerator(seed: seed)
        let bytes = try Data(contentsOf: URL(fileURLWithPath: path(file, in: folder)))
        for round in 0..<DamageTests.rounds {
            let copy = try copy(folder)
            var changed = bytes
            // One bit, or a run of bytes as a bad sector leaves it. The first page more often: it says what all others are.
            let place = Int(generator.next() % UInt64(round % 4 == 0 ? min(100, bytes.count) : bytes.count))
            if round % 5 == 4 {
                let end = min(bytes.count, place + 512)
                changed.replaceSubrange(place..<end, with: Data(count: end - place))
            } else {
                changed[place] ^= 1 << UInt8(generator.next() % 8)
            }
            try changed.write(to: URL(fileURLWithPath: path(file, in: copy)))
            try examine(copy, entries, "\(file) changed at \(place), seed \(seed)")
        }
    }

    @Test("Every file, missing", arguments: files)
    func missing(file: String) async throws {
        let (folder, entries) = try await original()
        try FileManager.default.removeItem(atPath: path(file, in: folder))
        try examine(folder, entries, "\(file) missing")
    }
}
