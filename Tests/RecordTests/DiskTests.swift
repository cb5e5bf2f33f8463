import Acts
import Foundation
import GRDB
import Record
import Testing

import class Record.Record
import enum Record.RecordError

/// A small file system in memory, that can be filled and made read-only.
private final class SmallDisk: Sendable {
    let path: String

    /// `nil` where this process may not mount.
    init?(megabytes: Int) {
        guard getuid() == 0 else { return nil }
        path = NSTemporaryDirectory() + "chancery-disk-\(UUID().uuidString)"
        try? FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        guard SmallDisk.run("mount", "-t", "tmpfs", "-o", "size=\(megabytes)m", "tmpfs", path) else {
            try? FileManager.default.removeItem(atPath: path)
            return nil
        }
    }

    deinit {
        while SmallDisk.run("umount", path) {}
        try? FileManager.default.removeItem(atPath: path)
    }

    /// Shows the same files again, to be read only.
    func makeReadOnly() -> Bool {
        SmallDisk.run("mount", "--bind", path, path) && SmallDisk.run("mount", "-o", "remount,bind,ro", path)
    }

    private static func run(_ command: String...) -> Bool {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = command
        process.standardError = FileHandle.nullDevice
        do {
            try process.run()
        } catch {
            return false
        }
        process.waitUntilExit()
        return process.terminationStatus == 0
    }
}

@Suite("Full and read-only disks", .serialized)
struct DiskTests {
    private func configuration(_ disk: SmallDisk) -> RecordConfiguration {
        RecordConfiguration(folder: disk.path + "/data", origin: "test.example/record")
    }

    private func isUnavailable(_ error: any Error) -> Bool {
        guard case .unavailable(let reason) = error as? RecordError else { return false }
        return !reason.isEmpty
    }

    @Test("A disk that fills up: acts are refused in clear words, none acknowledged is lost, and it goes on when there is room again")
    func full() async throws {
        guard let disk = SmallDisk(megabytes: 12) else {
            print("skipped: mounting a small disk needs root")
            return
        }
        let ballast = disk.path + "/ballast"
        try Data(count: 2 << 20).write(to: URL(fileURLWithPath: ballast))
        var record = try Record.open(configuration(disk), views: [RemarksView()])
        var known: [Int64: String] = [:]
        func enterUntilRefused(_ round: Int) async throws {
            for number in 0..<20_000 {
                let text = "\(round)-\(number)-" + String(repeating: "x", count: 900)
                do {
                    known[try await record.enter(.remark(text, request: "\(round)-\(number)"))[0].index] = text
                } catch {
                    #expect(isUnavailable(error), "\(error)")
                    return
                }
            }
            Issue.record("the disk never filled up")
        }
        func check() throws {
            for (index, text) in known { #expect(try record.entry(at: index)?.payload(as: Remark.self)?.text == text) }
        }
        try await enterUntilRefused(1)
        #expect(known.count > 100)
        try check()
        // Still full: still refused, still alive, still read.
        for number in 0..<5 {
            await #expect(throws: RecordError.self) {
                try await record.enter(.remark(String(repeating: "y", count: 200_000), request: "full-\(number)"))
            }
        }
        #expect(try await record.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM act") } ?? 0 > 100)
        try FileManager.default.removeItem(atPath: ballast)
        let before = known.count
        try await enterUntilRefused(2)
        #expect(known.count > before, "it does not go on though there is room")
        try check()
        try record.close()
        // A full disk does not stop the record from being read, nor, with some room, from being opened.
        let closed = try Record.verify(
            folder: disk.path + "/data", views: [RemarksView()], scratch: NSTemporaryDirectory())
        #expect(closed.faults.isEmpty, "\(closed.faults)")
        do {
            record = try Record.open(configuration(disk), views: [RemarksView()])
            try check()
            try record.close()
        } catch {
            #expect(isUnavailable(error), "\(error)")
        }
    }

    @Test("A disk that is full from the start is refused in clear words")
    func fullFromTheStart() throws {
        guard let disk = SmallDisk(megabytes: 1) else {
            print("skipped: mounting a small disk needs root")
            return
        }
        for size in [1 << 20, (1 << 20) - 8192, (1 << 20) - 40_960] {
            _ = FileManager.default.createFile(atPath: disk.path + "/ballast", contents: Data(count: size))
            #expect { try Record.open(configuration(disk), views: []) } throws: { isUnavailable($0) }
        }
        try FileManager.default.removeItem(atPath: disk.path + "/ballast")
        try Record.open(configuration(disk), views: []).close()
    }

    @Test("A read-only disk: opening is refused in clear words, verifying works")
    func readOnly() async throws {
        guard let disk = SmallDisk(megabytes: 20) else {
            print("skipped: mounting a small disk needs root")
            return
        }
        let record = try Record.open(configuration(disk), views: [RemarksView()])
        _ = try await record.enter(Command((0..<50).map { .remark("\($0)") }))
        try record.close()
        guard disk.makeReadOnly() else {
            print("skipped: this system does not mount read-only")
            return
        }
        #expect { try Record.open(configuration(disk), views: []) } throws: { isUnavailable($0) }
        let result = try Record.verify(folder: disk.path + "/data", views: [RemarksView()])
        #expect(result.faults.isEmpty, "\(result.faults)")
        #expect(result.entries == 51)
    }
}
