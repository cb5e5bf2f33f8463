import Acts
import Foundation
import TestSupport
import Testing

import class Record.Record
import enum Record.RecordError

@testable import Record

@Suite("Copying a record from one store to another", .enabled(if: PostgresServer.isThere))
struct CopyingTests {
    @Test("From SQLite to PostgreSQL and back: equal, verified, resumed, and gone on from")
    func thereAndBack() async throws {
        let server = try PostgresServer()
        let (folder, back, more) = (TemporaryFolder(), TemporaryFolder(), TemporaryFolder())
        var record = try Record.test(folder)
        for number in 0..<300 { _ = try await record.enter(.remark("act \(number)")) }
        let blob = try record.storeBlob(Array("a blob".utf8))
        let erased = try await record.enter(.remark("to be erased"))[0].index
        #expect(try Record.copy(from: folder.path, to: server.address).copied == 302)
        // Erased after the first copy: gone with the second.
        _ = try await record.erase(entry: erased, ground: "test", office: "depositary", author: "a")
        let signed = record.checkpoint
        try record.close()
        let there = try Record.copy(from: folder.path, to: server.address)
        #expect(there.kept == 302)
        #expect(there.copied == 1)
        #expect(there.blobs == 1)
        #expect(there.checkpoint.text == signed.text)
        #expect(try server.query("SELECT payload IS NULL FROM chancery.entry WHERE position = \(erased)") == "t")
        #expect(try Record.copy(from: folder.path, to: server.address).copied == 0)
        // Going on there, with the same folder's keys and checkpoint.
        var configuration = RecordConfiguration.test(folder)
        configuration.database = server.address
        record = try Record.open(configuration, views: [RemarksView()])
        #expect(try record.blob(sha256: blob) == Array("a blob".utf8))
        _ = try await record.enter(.remark("in PostgreSQL"))
        #expect(try record.verify().isSound)
        try record.close()
        // The folder without the database is behind what was signed: refused.
        #expect(throws: RecordError.behindCheckpoint(size: 303, signed: 304)) { _ = try Record.test(folder) }
        // And back.
        let returned = try Record.copy(from: server.address, to: back.path)
        #expect(returned.copied == 304)
        try FileManager.default.copyItem(atPath: folder.path + "/keys", toPath: back.path + "/keys")
        record = try Record.test(back)
        #expect(record.checkpoint.text == returned.checkpoint.text)
        #expect(try record.verify().isSound)
        #expect(try record.blob(sha256: blob) == Array("a blob".utf8))
        _ = try await record.enter(.remark("back in SQLite"))
        try record.close()
        #expect(try Record.copy(from: back.path, to: more.path).copied == 305)
    }

    @Test("A target that is another record, or further, is refused")
    func otherTargets() async throws {
        let server = try PostgresServer()
        let (one, other) = (TemporaryFolder(), TemporaryFolder())
        for (folder, count) in [(one, 3), (other, 5)] {
            let record = try Record.test(folder)
            for number in 0..<count { _ = try await record.enter(.remark("\(folder.path) \(number)")) }
            try record.close()
        }
        #expect(try Record.copy(from: other.path, to: server.address).copied == 6)
        for target in [server.address, other.path] {
            #expect(throws: RecordError.self) { _ = try Record.copy(from: one.path, to: target) }
        }
        #expect(try server.query("SELECT count(*) FROM chancery.entry") == "6")
        #expect(throws: RecordError.self) { _ = try Record.copy(from: one.path + "-none", to: server.address) }
    }

    @Test("A damaged source is not copied as if it were whole")
    func damagedSource() async throws {
        let server = try PostgresServer()
        let folder = TemporaryFolder()
        let record = try Record.test(folder)
        for number in 0..<10 { _ = try await record.enter(.remark("\(number)")) }
        try record.close()
        _ = try Record.copy(from: folder.path, to: server.address)
        try server.query("UPDATE chancery.entry SET payload = 'other' WHERE position = 5")
        #expect(throws: RecordError.self) { _ = try Record.copy(from: server.address, to: folder.path + "-copy") }
        try? FileManager.default.removeItem(atPath: folder.path + "-copy")
        // Nor is a damaged target said to be done.
        #expect(throws: RecordError.self) { _ = try Record.copy(from: folder.path, to: server.address) }
    }
}
