import Foundation
import Synchronization
import Testing

/// A real PostgreSQL server of a test's own, in a temporary folder, stopped when the test is over.
final class PostgresServer: Sendable {
    /// Where Debian puts the server's programs; the newest release that is there.
    static let programs: String? = {
        let root = "/usr/lib/postgresql"
        let releases = ((try? FileManager.default.contentsOfDirectory(atPath: root)) ?? []).compactMap(Int.init).sorted()
        return releases.last { FileManager.default.isExecutableFile(atPath: "\(root)/\($0)/bin/initdb") }.map { "\(root)/\($0)/bin" }
    }()

    /// Whether the tests that need a server run. Where everything is required, they run and say what is missing.
    static var isThere: Bool {
        if programs != nil || ProcessInfo.processInfo.environment["CHANCERY_REQUIRE_PEERS"] == "1" { return true }
        print("no PostgreSQL server under /usr/lib/postgresql: its tests are passed over (Scripts/set-up test installs it)")
        return false
    }

    struct Failure: Error, CustomStringConvertible {
        let description: String
    }

    let folder: String
    let port: Int
    private let process = Mutex<Process?>(nil)

    /// Begins a cluster and starts it.
    ///
    /// - Parameter copy: makes the folder instead of `initdb`, as a standby's is made.
    init(settings: [String: String] = [:], copying copy: ((_ folder: String) throws -> Void)? = nil) throws {
        folder = NSTemporaryDirectory() + "chancery-pg-\(UUID().uuidString.prefix(8))"
        port = try PostgresServer.freePort()
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        if getuid() == 0 {
            // The server will not run as root. Debian's package makes this account.
            guard let account = getpwnam("postgres") else { throw Failure(description: "there is no account 'postgres'") }
            chown(folder, account.pointee.pw_uid, account.pointee.pw_gid)
        }
        if let copy {
            try copy(folder + "/data")
        } else {
            try PostgresServer.run("initdb", ["-D", folder + "/data", "-U", "chancery", "-A", "trust", "-E", "UTF8", "--no-sync"])
        }
        try start(settings)
    }

    deinit {
        stop()
        try? FileManager.default.removeItem(atPath: folder)
    }

    /// The record's address in it.
    var address: String { "postgres://chancery@127.0.0.1:\(port)/postgres" }

    private static func freePort() throws -> Int {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(descriptor) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let port = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { pointer in
                bind(descriptor, pointer, length) == 0 && getsockname(descriptor, pointer, &length) == 0
            }
        }
        guard port else { throw Failure(description: "no port is free") }
        return Int(UInt16(bigEndian: address.sin_port))
    }

    private static func prepared(_ program: String, _ arguments: [String]) throws -> Process {
        guard let programs else {
            throw Failure(description: "there is no PostgreSQL server under /usr/lib/postgresql: run Scripts/set-up test")
        }
        let process = Process()
        if getuid() == 0 {
            process.executableURL = URL(fileURLWithPath: "/usr/bin/setpriv")
            process.arguments =
                ["--reuid=postgres", "--regid=postgres", "--init-groups", "--", "\(programs)/\(program)"] + arguments
        } else {
            process.executableURL = URL(fileURLWithPath: "\(programs)/\(program)")
            process.arguments = arguments
        }
        process.currentDirectoryURL = URL(fileURLWithPath: "/")
        return process
    }

    @discardableResult
    static func run(_ program: String, _ arguments: [String]) throws -> String {
        let process = try prepared(program, arguments)
        let pipe = Pipe()
        process.standardOutput = pipe
        process.standardError = pipe
        try process.run()
        let said = pipe.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        let text = String(decoding: said, as: UTF8.self)
        guard process.terminationStatus == 0 else { throw Failure(description: "\(program) failed: \(text)") }
        return text
    }

    func start(_ settings: [String: String] = [:]) throws {
        var arguments = ["-D", folder + "/data", "-p", "\(port)", "-k", "", "-h", "127.0.0.1"]
        for (name, value) in settings { arguments += ["-c", "\(name)=\(value)"] }
        let started = try PostgresServer.prepared("postgres", arguments)
        started.standardOutput = FileHandle.nullDevice
        _ = FileManager.default.createFile(atPath: folder + "/log", contents: nil)
        started.standardError = FileHandle(forWritingAtPath: folder + "/log")
        try started.run()
        process.withLock { $0 = started }
        for _ in 0..<600 {
            if (try? PostgresServer.run("pg_isready", ["-h", "127.0.0.1", "-p", "\(port)", "-q"])) != nil { return }
            guard started.isRunning else { break }
            usleep(50_000)
        }
        let log = (try? String(contentsOfFile: folder + "/log", encoding: .utf8)) ?? ""
        stop()
        throw Failure(description: "the server did not start: \(log.suffix(2000))")
    }

    /// Stops it at once, as a crash does: SIGQUIT ends all its processes without ceremony.
    func stop() {
        guard let running = process.withLock({ $0.take() }), running.isRunning else { return }
        kill(running.processIdentifier, SIGQUIT)
        running.waitUntilExit()
    }

    @discardableResult
    func query(_ statement: String) throws -> String {
        try PostgresServer.run(
            "psql", ["-h", "127.0.0.1", "-p", "\(port)", "-U", "chancery", "-d", "postgres", "-XAtqc", statement]
        ).trimmingCharacters(in: .whitespacesAndNewlines)
    }
}
