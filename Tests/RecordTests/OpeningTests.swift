import Acts
import Foundation
import GRDB
import Ledger
import TestSupport
import Testing

import class Record.Record
import enum Record.RecordError

@testable import Record

/// What stands in the way of opening a record, each with its reason and its mend.
@Suite("Opening a record")
struct OpeningTests {
    /// Why it does not open.
    private func refusal(_ folder: TemporaryFolder, origin: String? = "test.example/record") -> RecordError? {
        do {
            try Record.open(.test(folder, origin: origin), views: [RemarksView()]).close()
            return nil
        } catch {
            let error = error as? RecordError
            #expect(error?.reason.isEmpty == false && error?.mend.isEmpty == false)
            return error
        }
    }

    /// A folder with a closed record of one act of its own and some remarks.
    private func folder(remarks: Int) async throws -> TemporaryFolder {
        let folder = TemporaryFolder()
        let record = try Record.test(folder)
        for number in 0..<remarks { _ = try await record.enter(.remark("\(number)")) }
        try record.close()
        return folder
    }

    private func copy(_ file: String, of folder: TemporaryFolder, to name: String) throws {
        try FileManager.default.copyItem(atPath: "\(folder.path)/\(file)", toPath: "\(folder.path)/\(name)")
    }

    private func put(_ name: String, of folder: TemporaryFolder, as file: String) throws {
        for file in FolderLayout.files(of: "\(folder.path)/\(file)") { try FolderLayout.remove(file) }
        try FileManager.default.copyItem(atPath: "\(folder.path)/\(name)", toPath: "\(folder.path)/\(file)")
    }

    @Test("A second opening of one folder is refused, naming the process that has it")
    func lock() async throws {
        let folder = TemporaryFolder()
        let record = try Record.test(folder)
        #expect(refusal(folder) == .inUse(folder: folder.path, process: ProcessInfo.processInfo.processIdentifier))
        try record.close()
        #expect(refusal(folder) == nil)
    }

    @Test("A new record needs a name that can name a log; an old one keeps its own")
    func origin() async throws {
        #expect(refusal(TemporaryFolder(), origin: nil) == .originMissing)
        #expect(refusal(TemporaryFolder(), origin: "two words") == .badOrigin("two words"))
        let folder = try await folder(remarks: 1)
        #expect(refusal(folder, origin: nil) == nil)
        #expect(
            refusal(folder, origin: "other.example/record")
                == .otherOrigin(recorded: "test.example/record", configured: "other.example/record"))
    }

    @Test("Where there is none, none is made unless asked for")
    func noRecord() throws {
        let folder = TemporaryFolder()
        var configuration = RecordConfiguration.test(folder)
        configuration.createsWhereNone = false
        #expect(throws: RecordError.noRecord(folder: folder.path)) { try Record.open(configuration, views: []) }
        #expect(!FileManager.default.fileExists(atPath: folder.path))
    }

    @Test("The log's key: its own file that only its owner reads; never made anew over a record; another's is refused")
    func key() async throws {
        let folder = try await folder(remarks: 1)
        let path = folder.path + "/keys/log.key"
        let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
        #expect(mode == 0o600)
        let other = try await self.folder(remarks: 1)
        try copy("keys/log.key", of: folder, to: "kept.key")
        try FileManager.default.removeItem(atPath: path)
        #expect(refusal(folder) == .keyMissing(file: path))
        try FileManager.default.copyItem(atPath: other.path + "/keys/log.key", toPath: path)
        guard case .otherKey = refusal(folder) else {
            Issue.record("another log's key was taken")
            return
        }
        try put("kept.key", of: folder, as: "keys/log.key")
        #expect(refusal(folder) == nil)
    }

    @Test("A record begun with one key gets the other, readable by its owner only; a damaged one is refused and not replaced")
    func secondKey() async throws {
        let folder = try await folder(remarks: 1)
        let path = folder.path + "/keys/log-mldsa44.key"
        try FileManager.default.removeItem(atPath: path)
        let first = try Record.test(folder)
        let key = first.mlDSA44VerifierKey
        try first.close()
        #expect(try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int == 0o600)
        let second = try Record.test(folder)
        #expect(second.mlDSA44VerifierKey == key)
        try second.close()
        // The other key's file is not taken for it.
        try FileManager.default.removeItem(atPath: path)
        try FileManager.default.copyItem(atPath: folder.path + "/keys/log.key", toPath: path)
        guard case .damaged(path, _) = refusal(folder) else {
            Issue.record("a file of another kind was taken for the key")
            return
        }
    }

    @Test("A record that lost entries which this node has signed is refused; so is one without its last checkpoint")
    func behind() async throws {
        let folder = try await folder(remarks: 5)
        try copy("record.sqlite", of: folder, to: "older.sqlite")
        let record = try Record.test(folder)
        for number in 0..<3 { _ = try await record.enter(.remark("later \(number)")) }
        try record.close()
        try copy("record.sqlite", of: folder, to: "newer.sqlite")
        try put("older.sqlite", of: folder, as: "record.sqlite")
        #expect(refusal(folder) == .behindCheckpoint(size: 6, signed: 9))
        // The newer one is the mend.
        try put("newer.sqlite", of: folder, as: "record.sqlite")
        #expect(refusal(folder) == nil)
        try FileManager.default.removeItem(atPath: folder.path + "/checkpoint")
        #expect(refusal(folder) == .checkpointMissing(file: folder.path + "/checkpoint", size: 9))
    }

    @Test("Another record of the same size under the same checkpoint is refused")
    func differs() async throws {
        let folder = try await folder(remarks: 5)
        let other = try await self.folder(remarks: 5)
        try FileManager.default.copyItem(atPath: other.path + "/record.sqlite", toPath: folder.path + "/other.sqlite")
        try put("other.sqlite", of: folder, as: "record.sqlite")
        guard case .differsFromCheckpoint(signed: 6, _) = refusal(folder) else {
            Issue.record("another record was taken for this one")
            return
        }
    }

    @Test("A record ahead of its checkpoint, as a crash between the two leaves it, is checked and signed anew, to the same bytes")
    func ahead() async throws {
        let folder = try await folder(remarks: 300)
        try copy("checkpoint", of: folder, to: "older")
        var record = try Record.test(folder)
        for number in 0..<300 { _ = try await record.enter(.remark("later \(number)")) }
        let checkpoint = record.checkpoint
        try record.close()
        try put("older", of: folder, as: "checkpoint")
        record = try Record.test(folder)
        #expect(record.checkpoint == checkpoint)
        #expect(try record.verify().isSound)
        try record.close()
    }

    @Test("A checkpoint whose writing was cut short leaves the one before it")
    func tornCheckpoint() async throws {
        for slot in 0..<2 {
            let folder = try await folder(remarks: 4)
            let path = folder.path + "/checkpoint"
            var bytes = try Data(contentsOf: URL(fileURLWithPath: path))
            bytes.replaceSubrange((slot * 4096 + 100)..<(slot * 4096 + 4096), with: Data(count: 3996))
            try bytes.write(to: URL(fileURLWithPath: path))
            #expect(refusal(folder) == nil)
        }
    }

    @Test("Views from another record, from an older state or of another version are made anew")
    func strangeViews() async throws {
        let folder = try await folder(remarks: 5)
        let other = try await self.folder(remarks: 9)
        func remarks(version: Int = 1) throws -> Int? {
            var view = RemarksView()
            view.version = version
            let record = try Record.test(folder, views: [view])
            defer { try? record.close() }
            #expect(try record.verify().isSound)
            return try record.readSync { try Int.fetchOne($0, sql: "SELECT count(*) FROM remark") }
        }
        try FileManager.default.copyItem(atPath: other.path + "/views.sqlite", toPath: folder.path + "/other.sqlite")
        try put("other.sqlite", of: folder, as: "views.sqlite")
        #expect(try remarks() == 5)
        #expect(try remarks(version: 2) == 5)
        try FileManager.default.removeItem(atPath: folder.path + "/views.sqlite")
        #expect(try remarks() == 5)
        // A view that is gone takes its tables along.
        let record = try Record.test(folder, views: [])
        #expect(try record.readSync { try !$0.tableExists("remark") })
        try record.close()
    }

    @Test("A loss is accepted only on purpose, is entered for all to see, and keeps the evidence")
    func acceptingLoss() async throws {
        let folder = try await folder(remarks: 5)
        try copy("record.sqlite", of: folder, to: "older.sqlite")
        var record = try Record.test(folder)
        _ = try await record.enter(.remark("lost"))
        let lost = record.checkpoint
        try record.close()
        func accept(_ understands: Bool = true) async throws -> Record {
            try await Record.acceptTruncation(
                .test(folder), views: [RemarksView()], understandsThatHistoryIsLost: understands, ground: "The disk broke.",
                office: "depositary", author: "operator")
        }
        await #expect { try await accept() } throws: { ($0 as? Refusal)?.code == "record.no-loss" }
        try put("older.sqlite", of: folder, as: "record.sqlite")
        await #expect { try await accept(false) } throws: { ($0 as? Refusal)?.code == "record.loss-not-understood" }
        #expect(refusal(folder) == .behindCheckpoint(size: 6, signed: 7))
        record = try await accept()
        #expect(record.size == 7)
        let entry = try #require(try record.entry(at: 6))
        let loss = try #require(try entry.payload(as: HistoryLossAccepted.self))
        #expect(loss == HistoryLossAccepted(signedSize: 7, signedRoot: lost.root.bytes, ground: "The disk broke."))
        #expect(try record.verify().isSound)
        try record.close()
        #expect(refusal(folder) == nil)
        #expect(try CheckpointStore.newest(in: folder.path + "/checkpoint.before-loss") == lost)
    }
}
