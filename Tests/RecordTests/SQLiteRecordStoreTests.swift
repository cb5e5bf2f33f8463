import Foundation
import Ledger
import TestSupport
import Testing

@testable import Record

@Suite("The record in SQLite")
struct SQLiteRecordStoreTests {
    @Test("It keeps the promises of every store")
    func promises() async throws {
        let folder = TemporaryFolder()
        try FileManager.default.createDirectory(atPath: folder.path, withIntermediateDirectories: true)
        let path = folder.path + "/record.sqlite"
        try await RecordStorePromises.check { reopening in
            if !reopening {
                for file in FolderLayout.files(of: path) { try FolderLayout.remove(file) }
                try? FileManager.default.removeItem(atPath: folder.path + "/blobs")
            }
            return try SQLiteRecordStore(path: path, blobs: folder.path + "/blobs")
        }
    }

    @Test("Erased bytes are in none of its files, whatever was written around them")
    func erasure() throws {
        let folder = TemporaryFolder()
        try FileManager.default.createDirectory(atPath: folder.path, withIntermediateDirectories: true)
        let store = try SQLiteRecordStore(path: folder.path + "/record.sqlite", blobs: folder.path + "/blobs")
        // Payloads that share a page, that fill one, and that overflow into many.
        for (round, length) in [40, 900, 3_900, 8_100, 40_000].enumerated() {
            let position = try store.end()
            let secret = Array("secret-\(round)-".utf8)
            let entries = (0..<12).map { number in
                let content = number == 5 ? secret : Array("public".utf8)
                return StoredEntry(
                    leaf: [UInt8(number)],
                    payload: StoredPayload(
                        salt: [UInt8](repeating: 1, count: 32),
                        bytes: (0..<(length / content.count + 1)).flatMap { _ in content }))
            }
            try store.append(entries, at: position, tiles: [], erasing: [])
            if round % 2 == 0 { try store.maintain() }
            try store.append([RecordStorePromises.entry(round)], at: position + 12, tiles: [], erasing: [position + 5])
            try store.purge()
            for file in try FileManager.default.contentsOfDirectory(atPath: folder.path) {
                guard let bytes = FileManager.default.contents(atPath: folder.path + "/" + file) else { continue }
                #expect(bytes.range(of: Data(secret)) == nil, "\(file) still holds the payload of \(length) bytes")
            }
        }
        try store.close()
    }
}
