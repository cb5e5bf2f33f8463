import Foundation
import Ledger
import Testing

import enum Record.RecordError

@testable import Record

@Suite("The record in PostgreSQL", .enabled(if: PostgresServer.isThere))
struct PostgresRecordStoreTests {
    @Test("It keeps the promises of every store")
    func promises() async throws {
        let server = try PostgresServer()
        let address = try PostgresAddress(server.address)
        try await RecordStorePromises.check { reopening in
            if !reopening { try server.query("DROP SCHEMA IF EXISTS chancery CASCADE") }
            return try PostgresRecordStore(address)
        }
    }

    @Test("Two processes' stores: one of two appends at a position, and each hears of the other's")
    func twoStores() async throws {
        let server = try PostgresServer()
        let address = try PostgresAddress(server.address)
        let one = try PostgresRecordStore(address)
        let other = try PostgresRecordStore(address)
        try one.append([RecordStorePromises.entry(0)], at: 0, tiles: [])
        #expect(throws: RecordError.positionTaken(position: 0, end: 1)) {
            try other.append([RecordStorePromises.entry(1)], at: 0, tiles: [])
        }
        async let heard: Void = one.wait(past: 1)
        try other.append([RecordStorePromises.entry(1)], at: 1, tiles: [])
        try await heard
        // Out of turn: who holds the turn loses, and nothing of it is there.
        #expect(try one.beginTurn().end == 2)
        try server.query("INSERT INTO chancery.entry VALUES (2, 'other', NULL, NULL)")
        #expect(throws: RecordError.positionTaken(position: 2, end: 3)) {
            try one.append([RecordStorePromises.entry(2)], at: 2, tiles: [])
        }
        #expect(try one.end() == 3)
        #expect(try one.entries(from: 2, limit: 1)[0].leaf == Array("other".utf8))
        try one.close()
        try other.close()
    }

    @Test("A connection that the server cuts is opened anew, and what stood is there")
    func cuts() throws {
        let server = try PostgresServer()
        let store = try PostgresRecordStore(PostgresAddress(server.address))
        try store.append([RecordStorePromises.entry(0)], at: 0, tiles: [])
        for position: Int64 in 1..<6 {
            _ = try store.beginTurn()
            try server.query("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'chancery'")
            #expect(throws: RecordError.self) {
                try store.append([RecordStorePromises.entry(Int(position))], at: position, tiles: [])
            }
            try store.recover()
            #expect(try store.end() == position)
            try store.append([RecordStorePromises.entry(Int(position))], at: position, tiles: [])
        }
        server.stop()
        #expect(throws: RecordError.self) { try store.recover() }
        #expect(throws: RecordError.self) { _ = try store.end() }
        try server.start()
        try store.recover()
        #expect(try store.entries(from: 0, limit: 10) == (0..<6).map { RecordStorePromises.entry($0) })
        try store.close()
    }

    @Test("Erased bytes are in none of the files of its tables")
    func erasure() throws {
        let server = try PostgresServer()
        let store = try PostgresRecordStore(PostgresAddress(server.address))
        for (round, length) in [40, 900, 8_100, 40_000].enumerated() {
            let position = try store.end()
            let secret = Array("secret-\(round)-".utf8)
            let payload = StoredPayload(
                salt: [UInt8](repeating: 1, count: 32), bytes: (0..<(length / secret.count + 1)).flatMap { _ in secret })
            try store.append(
                [StoredEntry(leaf: [1], payload: payload), RecordStorePromises.entry(round)], at: position, tiles: [])
            try store.append([RecordStorePromises.entry(round)], at: position + 2, tiles: [], erasing: [position])
            try store.purge()
            try server.query("CHECKPOINT")
            let base = server.folder + "/data/base"
            for file in try FileManager.default.subpathsOfDirectory(atPath: base) {
                guard let bytes = FileManager.default.contents(atPath: base + "/" + file) else { continue }
                #expect(bytes.range(of: Data(secret)) == nil, "\(file) still holds the payload of \(length) bytes")
            }
        }
        #expect(try server.query("SELECT count(*) FROM chancery.erasure") == "0")
        try store.close()
    }

    @Test(
        "Addresses: what is read from them, and that no password is shown",
        arguments: [
            ("postgres://u:secret@db.example:5433/chancery", "postgres://db.example:5433/chancery", "chancery"),
            ("postgresql://a,b:5433/x?password=secret&schema=two", "postgres://a,b:5433/x", "two"),
            ("postgres://u@h1:1,h2:2/d?target_session_attrs=any", "postgres://h1:1,h2:2/d", "chancery"),
            ("postgresql:///d?host=/run/postgresql", "postgres:///run/postgresql/d", "chancery"),
        ])
    func addresses(text: String, shown: String, schema: String) throws {
        let address = try PostgresAddress(text)
        #expect(address.schema == schema)
        #expect(!address.shown.contains("secret"))
        #expect(address.shown.hasPrefix(shown.prefix(20)))
    }

    @Test(
        "Addresses that cannot be used are refused, without quoting them",
        arguments: ["", "mysql://secret", "postgres://h/d?schema=", "postgres://h/d?schema=a;secret", "postgres://h/d?nonsense=secret"])
    func badAddresses(text: String) throws {
        let error = #expect(throws: RecordError.self) { _ = try PostgresAddress(text) }
        #expect(error?.description.contains("secret") == false)
    }
}
