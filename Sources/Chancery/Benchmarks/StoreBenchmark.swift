import Foundation
import Record

import class Record.Record

extension RecordBenchmark {
    /// Many writers at once, on SQLite and on a PostgreSQL server on the same disk.
    public struct Stores: Sendable {
        public let writers: Int
        public let acts: Int
        /// Durable acts a second on SQLite.
        public let sqliteRate: Double
        /// The same on PostgreSQL.
        public let postgresRate: Double

        public var ratio: Double { postgresRate / sqliteRate }
        public var lines: [String] {
            [
                "\(writers) writers on PostgreSQL, same disk: \(whole(postgresRate)) durable acts/s beside \(whole(sqliteRate)) on SQLite; "
                    + "ratio \(decimal(ratio)) (at least 0.5)"
            ]
        }
    }

    /// Measures both in turns, so that both meet the same weather.
    ///
    /// - Parameter parent: a folder on the disk that is to be measured.
    /// - Returns: `nil` where no server is installed.
    public static func stores(in parent: String, acts: Int = 100_000, writers: Int = 256) async throws -> Stores? {
        guard let programs = BenchmarkServer.programs else { return nil }
        let server = try BenchmarkServer(programs, folder: folder("postgres", in: parent))
        defer { server.remove() }
        let folders = ["stores-sqlite", "stores-postgres"].map { folder($0, in: parent) }
        defer { for folder in folders { try? FileManager.default.removeItem(atPath: folder) } }
        let records = try zip(folders, [nil, server.address]).map {
            try Record.open(RecordConfiguration(folder: $0, database: $1, origin: "bench.example/record"), views: [])
        }
        for record in records { try await enter(acts / 10, from: 0, writers: writers, into: record) }
        let rounds = 5
        let share = acts / rounds
        var spent = [Duration.zero, .zero]
        for round in 0..<rounds {
            for (place, record) in records.enumerated() {
                spent[place] += try await ContinuousClock().measure {
                    try await enter(share, from: acts / 10 + round * share, writers: writers, into: record)
                }
            }
        }
        for record in records { try record.close() }
        let entered = Double(share * rounds)
        return Stores(
            writers: writers, acts: share * rounds, sqliteRate: entered / spent[0].seconds, postgresRate: entered / spent[1].seconds)
    }
}

/// A PostgreSQL server for the time of a measurement, with the settings it comes with.
private final class BenchmarkServer {
    /// Where Debian puts the server's programs; the newest release that is there.
    static var programs: String? {
        let root = "/usr/lib/postgresql"
        let releases = ((try? FileManager.default.contentsOfDirectory(atPath: root)) ?? []).compactMap(Int.init).sorted()
        return releases.last { FileManager.default.isExecutableFile(atPath: "\(root)/\($0)/bin/initdb") }.map { "\(root)/\($0)/bin" }
    }

    struct Failure: Error, CustomStringConvertible {
        let description: String
    }

    private let programs: String
    private let folder: String
    private let port = Int.random(in: 20_000..<30_000)
    private var server: Process?

    init(_ programs: String, folder: String) throws {
        self.programs = programs
        self.folder = URL(filePath: folder).path
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        if getuid() == 0, let account = getpwnam("postgres") { chown(folder, account.pointee.pw_uid, account.pointee.pw_gid) }
        do {
            let making = process("initdb", ["-D", self.folder + "/data", "-U", "chancery", "-A", "trust", "-E", "UTF8"])
            try making.run()
            making.waitUntilExit()
            guard making.terminationStatus == 0 else {
                throw Failure(description: "initdb failed in \(folder); may the account postgres enter the folders above it?")
            }
            let started = process("postgres", ["-D", self.folder + "/data", "-p", "\(port)", "-k", "", "-h", "127.0.0.1"])
            try started.run()
            server = started
            for _ in 0..<300 {
                let asking = process("pg_isready", ["-h", "127.0.0.1", "-p", "\(port)", "-q"])
                try asking.run()
                asking.waitUntilExit()
                if asking.terminationStatus == 0 { return }
                guard started.isRunning else { break }
                usleep(100_000)
            }
            throw Failure(description: "the PostgreSQL server did not start")
        } catch {
            remove()
            throw error
        }
    }

    var address: String { "postgres://chancery@127.0.0.1:\(port)/postgres" }

    /// The server does not run as root; Debian's package makes the account `postgres`.
    private func process(_ program: String, _ arguments: [String]) -> Process {
        let process = Process()
        let command = ["\(programs)/\(program)"] + arguments
        let words = getuid() == 0 ? ["/usr/bin/setpriv", "--reuid=postgres", "--regid=postgres", "--init-groups", "--"] + command : command
        process.executableURL = URL(filePath: words[0])
        process.arguments = Array(words.dropFirst())
        process.currentDirectoryURL = URL(filePath: "/")
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        return process
    }

    func remove() {
        if let server, server.isRunning {
            kill(server.processIdentifier, SIGINT)
            server.waitUntilExit()
        }
        try? FileManager.default.removeItem(atPath: folder)
    }
}
