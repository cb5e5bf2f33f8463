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

@Suite("Verifying, rebuilding, copying")
struct OperationsTests {
    /// A closed record with a few hundred acts, blobs and an erasure.
    private func folder() async throws -> TemporaryFolder {
        let folder = TemporaryFolder()
        let record = try Record.test(folder)
        _ = try await record.enter(Command((0..<600).map { .remark("remark \($0)", request: "r\($0)") }))
        for number in 0..<5 { try record.storeBlob(Array("blob \(number)".utf8)) }
        _ = try await record.erase(entry: 17, ground: "A court's order.", office: "depositary", author: "a")
        try record.close()
        return folder
    }

    private func verify(_ folder: String) throws -> RecordVerification {
        try Record.verify(folder: folder, views: [RemarksView()])
    }

    @Test("A sound record verifies: closed, open, and while it grows")
    func sound() async throws {
        let folder = try await folder()
        var result = try verify(folder.path)
        #expect(result.faults.isEmpty)
        #expect(result.entries == 602)
        #expect(result.erased == 1)
        #expect(result.blobs == 5)
        #expect(result.views == ["record.acts", "test.remarks"])
        #expect(result.origin == "test.example/record")
        let record = try Record.test(folder)
        defer { try? record.close() }
        let writer = Task {
            for number in 0..<300 where !Task.isCancelled { _ = try await record.enter(.remark("growing \(number)")) }
        }
        let eraser = Task {
            for index in stride(from: Int64(30), to: 300, by: 30) where !Task.isCancelled {
                _ = try await record.erase(entry: index, ground: "g", office: "depositary", author: "a")
            }
        }
        for round in 0..<6 {
            result = try record.verify(comparesViews: round % 2 == 0)
            #expect(result.faults.isEmpty)
        }
        try await writer.value
        try await eraser.value
    }

    @Test("A payload erased while the views are compared is no fault: they are compared again")
    func erasedMeanwhile() async throws {
        let folder = TemporaryFolder()
        let record = try Record.test(folder)
        defer { try? record.close() }
        for _ in 0..<5 { _ = try await record.enter(Command((0..<1_000).map { .remark("remark \($0)") })) }
        let seen = Mutex<[Int64]>([])
        let result = try await withCheckedThrowingContinuation { continuation in
            // A thread of its own, since it waits for the erasure.
            Thread.detachNewThread {
                continuation.resume(
                    with: Result {
                        try record.verify { progress in
                            guard progress.stage == .views else { return }
                            let isFirst = seen.withLock { seen in
                                seen.append(progress.done)
                                return seen.count == 1
                            }
                            guard isFirst else { return }
                            // The first 4,096 entries were taken; one of those behind them is erased now.
                            let isErased = DispatchSemaphore(value: 0)
                            Task {
                                _ = try? await record.erase(entry: 4_500, ground: "g", office: "depositary", author: "a")
                                isErased.signal()
                            }
                            isErased.wait()
                        }
                    })
            }
        }
        #expect(result.faults.isEmpty && result.remarks.isEmpty)
        #expect(result.views == ["record.acts", "test.remarks"])
        #expect(seen.withLock { $0 } == [4_096, 5_001, 4_096, 5_002])
    }

    /// Each changes one thing that nobody may change, behind the record's back.
    static let tamperings: [(String, String, String)] = [
        (
            "record", "UPDATE entry SET leaf = CAST(replace(CAST(leaf AS TEXT), 'depositary', 'depositarx') AS BLOB) WHERE position = 300",
            "tile"
        ),
        (
            "record", "UPDATE entry SET payload = CAST(replace(CAST(payload AS TEXT), 'remark 4', 'remark 5') AS BLOB) WHERE position = 41",
            "entry 41"
        ),
        ("record", "UPDATE entry SET salt = zeroblob(32) WHERE position = 500", "entry 500"),
        ("record", "UPDATE entry SET salt = NULL, payload = NULL WHERE position = 99", "entry 99"),
        ("record", "UPDATE entry SET salt = x'00', payload = x'00' WHERE position = 17", "entry 17"),
        ("record", "DELETE FROM entry WHERE position = 250", "entry 250"),
        ("record", "DELETE FROM entry WHERE position = 601", "checkpoint"),
        ("record", "UPDATE entry SET position = 900 WHERE position = 601", "entry"),
        ("record", "UPDATE tile SET hashes = zeroblob(8192) WHERE level = 0 AND place = 1", "tile/0"),
        ("record", "UPDATE tile SET hashes = zeroblob(64) WHERE level = 1", "tile/1"),
        ("record", "DELETE FROM tile WHERE level = 0 AND place = 0", "tile/0"),
        ("views", "UPDATE remark SET text = 'other' WHERE entry = 30", "view test.remarks"),
        ("views", "DELETE FROM act WHERE entry = 30", "view record.acts"),
        ("views", "INSERT INTO remark (entry, author) VALUES (1000, 'x')", "view test.remarks"),
        ("views", "DELETE FROM request WHERE entry = 12", "view record.acts"),
        ("views", "ALTER TABLE remark ADD COLUMN more TEXT", "view test.remarks"),
    ]

    @Test("Whatever is changed behind its back is found, and its place named", arguments: tamperings)
    func tampering(file: String, sql: String, place: String) async throws {
        let folder = try await folder()
        let database = try DatabaseQueue(path: "\(folder.path)/\(file).sqlite")
        try await database.write { try $0.execute(sql: sql) }
        try database.close()
        let result = try verify(folder.path)
        #expect(!result.isSound)
        #expect(result.faults.contains { $0.place.hasPrefix(place) }, "\(result.faults)")
    }

    @Test("A forged checkpoint, and a blob that is not what its name says, are found")
    func forgeries() async throws {
        let folder = try await folder()
        let layout = FolderLayout(folder: folder.path)
        let newest = try #require(try CheckpointStore.newest(in: layout.checkpoint))
        let stranger = try Ed25519NoteSigner(name: KeyName("test.example/record"), seed: [UInt8](repeating: 9, count: 32))
        let store = try CheckpointStore(layout.checkpoint)
        try store.store(SignedCheckpoint(newest.checkpoint, signers: [stranger]))
        var result = try verify(folder.path)
        #expect(result.faults.map(\.place) == ["checkpoint"])
        let signer = try #require(try LogKey.load(layout, name: KeyName("test.example/record")))
        try store.store(
            SignedCheckpoint(
                Checkpoint(origin: newest.origin, size: newest.checkpoint.size, root: Hash.leaf([1])), signers: [signer]))
        result = try verify(folder.path)
        #expect(result.faults.map(\.place) == ["checkpoint"])
        try store.store(newest)
        #expect(try verify(folder.path).isSound)
        let blob = try #require(try BlobFolder(layout.blobs).all().first)
        let name = try #require(Hash(blob)).hexadecimal
        try Data([0]).write(to: URL(fileURLWithPath: "\(layout.blobs)/\(name.prefix(2))/\(name.dropFirst(2))"))
        result = try verify(folder.path)
        #expect(result.faults.map(\.place) == ["blob \(name)"])
    }

    @Test("Views are made anew while acts are entered, and nothing is missed")
    func rebuilding() async throws {
        let folder = try await folder()
        let record = try Record.test(folder)
        defer { try? record.close() }
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                for number in 0..<200 { _ = try await record.enter(.remark("beside \(number)")) }
            }
            group.addTask {
                for _ in 0..<50 {
                    _ = try await record.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM remark") }
                }
            }
            for _ in 0..<3 { try await record.rebuildViews() }
            try await group.waitForAll()
        }
        _ = try await record.enter(.remark("after"))
        #expect(try record.verify().faults.isEmpty)
        #expect(try record.readSync { try Int.fetchOne($0, sql: "SELECT count(*) FROM remark") } == 801)
    }

    @Test("Spoilt views are mended by making them anew, on a closed folder too")
    func rebuildingClosed() async throws {
        let folder = try await folder()
        let database = try DatabaseQueue(path: folder.path + "/views.sqlite")
        try await database.write { try $0.execute(sql: "DELETE FROM remark") }
        try database.close()
        #expect(try !verify(folder.path).isSound)
        try Record.rebuildViews(.test(folder), views: [RemarksView()])
        #expect(try verify(folder.path).isSound)
    }

    @Test("A backup made while acts are entered holds a moment of the record, verifies, and can be restored and gone on from")
    func backup() async throws {
        let folder = try await folder()
        let backups = TemporaryFolder()
        let record = try Record.test(folder)
        let before = record.size
        let writer = Task {
            for number in 0..<300 {
                _ = try record.storeBlob(Array("beside \(number)".utf8))
                _ = try await record.enter(.remark("beside \(number)"))
            }
        }
        let copy = try record.backUp(to: backups.path + "/one", includesKeys: true)
        let without = try Record.backUp(folder: folder.path, to: backups.path + "/two")
        try await writer.value
        let after = record.size
        try record.close()
        #expect(before <= copy.entries && copy.entries <= without.entries && without.entries <= after)
        #expect(try verify(copy.folder).faults.isEmpty)
        #expect(!FileManager.default.fileExists(atPath: without.folder + "/keys"))
        #expect(throws: RecordError.notEmpty(folder: copy.folder)) {
            try Record.backUp(folder: folder.path, to: copy.folder)
        }
        let restored = TemporaryFolder()
        let restoration = try Record.restore(from: copy.folder, to: restored.path)
        #expect(restoration.verification.isSound)
        #expect(restoration.copy.entries == copy.entries)
        #expect(throws: RecordError.notEmpty(folder: restored.path)) { try Record.restore(from: copy.folder, to: restored.path) }
        let again = try Record.test(restored)
        #expect(again.size == copy.entries)
        _ = try await again.enter(.remark("goes on"))
        #expect(try again.verify().faults.isEmpty)
        try again.close()
        // The checkpoint that survives the old folder tells that newer entries are lost.
        try FileManager.default.removeItem(atPath: restored.path)
        _ = try Record.restore(from: copy.folder, to: restored.path)
        try FileManager.default.removeItem(atPath: restored.path + "/checkpoint")
        try FileManager.default.copyItem(atPath: folder.path + "/checkpoint", toPath: restored.path + "/checkpoint")
        if copy.entries < after {
            #expect(throws: RecordError.behindCheckpoint(size: copy.entries, signed: after)) { try Record.test(restored) }
        }
    }

    @Test("A damaged backup is not restored, and leaves nothing behind")
    func damagedBackup() async throws {
        let folder = try await folder()
        let backups = TemporaryFolder()
        _ = try Record.backUp(folder: folder.path, to: backups.path, includesKeys: true)
        let database = try DatabaseQueue(path: backups.path + "/record.sqlite")
        try await database.write { try $0.execute(sql: "UPDATE entry SET salt = zeroblob(32) WHERE position = 5") }
        try database.close()
        let target = TemporaryFolder()
        #expect(throws: RecordError.self) { try Record.restore(from: backups.path, to: target.path) }
        #expect(!FileManager.default.fileExists(atPath: target.path))
    }

    @Test("Exported files are the log as C2SP lays it out; a second export writes only what is new")
    func exporting() async throws {
        let folder = try await folder()
        let target = TemporaryFolder()
        let record = try Record.test(folder)
        defer { try? record.close() }
        let first = try record.export(to: target.path)
        #expect(try first.checkpoint == record.servedCheckpoint())
        #expect(first.kept == 0)
        let second = try record.export(to: target.path)
        #expect(second.written == 0)
        _ = try await record.enter(Command((0..<300).map { .remark("new \($0)") }))
        let third = try record.export(to: target.path)
        #expect(third.kept > 0 && third.written > 0)
        let beside = try Record.export(folder: folder.path, to: target.path)
        #expect(try beside.checkpoint == record.servedCheckpoint() && beside.written == 0)

        // Read back as a stranger would: from the files alone.
        let checkpoint = try SignedCheckpoint(parsing: Array(Data(contentsOf: URL(fileURLWithPath: target.path + "/checkpoint"))))
        let keys = [record.verifierKey, record.mlDSA44VerifierKey]
        #expect(try checkpoint.verified(origin: record.origin, by: keys.map { try $0.verifier() }).count == 2)
        struct Files: TileReader {
            let folder: String
            func hashes(of coordinate: TileCoordinate) throws -> [Hash] {
                let bytes = try Data(contentsOf: URL(fileURLWithPath: "\(folder)/\(coordinate.path)"))
                return try #require(Hash.run(of: bytes))
            }
        }
        #expect(try Hash.root(ofTreeOf: UInt64(checkpoint.size), tiles: Files(folder: target.path)) == checkpoint.root)
        var leaves: [Hash] = []
        for index in 0...(checkpoint.size / 256) {
            let width = Int(min(256, checkpoint.size - index * 256))
            let coordinate = try #require(EntryBundleCoordinate(index: UInt64(index), width: width))
            let bytes = try Data(contentsOf: URL(fileURLWithPath: "\(target.path)/\(coordinate.path)"))
            leaves += try EntryBundle(parsing: Array(bytes)).leaves
        }
        #expect(Hash.root(over: leaves) == checkpoint.root)
    }

    @Test("Erasing: the bytes leave every file, the log verifies, the views forget, and it is entered that it was done")
    func erasing() async throws {
        let folder = TemporaryFolder()
        var record = try Record.test(folder)
        var secret = ""
        for number in 0..<40 {
            let text = "secret-\(number)-\(UUID().uuidString)"
            if number == 20 { secret = text }
            _ = try await record.enter(.remark(String(repeating: text, count: 30)))
        }
        let entered = try await record.erase(entry: 21, ground: "GDPR, article 17", office: "registry", author: "clerk")
        #expect(try entered.payload(as: PayloadErased.self) == PayloadErased(entry: 21, ground: "GDPR, article 17"))
        #expect(entered.statement.references == [Reference(21)])
        #expect(try #require(try record.entry(at: 21)).content == .erased)
        for _ in 0..<2 {
            #expect(try record.verify().faults.isEmpty)
            try record.readSync { database in
                let row = try #require(try Row.fetchOne(database, sql: "SELECT text FROM remark WHERE entry = 21"))
                let isGone = (row["text"] as String?) == nil
                #expect(isGone)
                let erased = try Int.fetchOne(database, sql: "SELECT erased FROM act WHERE entry = 21")
                #expect(erased == 1)
            }
            for case let file as String in try #require(FileManager.default.enumerator(atPath: folder.path)) {
                guard let bytes = FileManager.default.contents(atPath: folder.path + "/" + file) else { continue }
                #expect(bytes.range(of: Data(secret.utf8)) == nil, "\(file) still holds the payload")
            }
            await #expect { try await record.erase(entry: 21, ground: "g", office: "o", author: "a") } throws: {
                ($0 as? Refusal)?.code == "record.already-erased"
            }
            try record.close()
            record = try Record.test(folder)
        }
        await #expect { try await record.erase(entry: 999, ground: "g", office: "o", author: "a") } throws: {
            ($0 as? Refusal)?.kind == .notFound
        }
        for own: Int64 in [0, entered.index] {
            await #expect { try await record.erase(entry: own, ground: "g", office: "o", author: "a") } throws: {
                ($0 as? Refusal)?.code == "record.own-kind"
            }
        }
        try record.close()
    }
}
