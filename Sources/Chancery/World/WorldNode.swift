import Acts
import Foundation
import Synchronization

/// One node of the world: a process of this very program, with a folder, a port and a log of its own.
///
/// The process lives no longer than its starter, however that ends: it stops when its standard input does
/// (`chancery serve --while-input`), and the other end of that pipe is here.
final class WorldNode: Sendable {
    let member: WorldCast.Member
    let port: Int
    /// The data folder, with the configuration in it: `chancery serve --data FOLDER` starts the same node by hand.
    let folder: String
    let logPath: String
    private let program: String
    private let running = Mutex<Running?>(nil)

    private struct Running {
        let process: Process
        /// The end of the child's standard input that keeps it alive.
        let lifeline: FileHandle
    }

    var origin: String { "http://localhost:\(port)" }
    /// `localhost:8091`.
    var authority: String { "localhost:\(port)" }

    init(_ member: WorldCast.Member, in world: String, firstPort: Int, program: String) {
        self.member = member
        self.program = program
        port = firstPort + member.place
        folder = "\(world)/\(member.key)"
        logPath = "\(world)/\(member.key).log"
    }

    /// Another process of the same node on the same port, on another folder.
    init(fork node: WorldNode, folder: String) {
        member = node.member
        program = node.program
        port = node.port
        self.folder = folder
        logPath = folder + ".log"
    }

    /// Makes the folder and writes its configuration.
    func configure() throws {
        let settings: JSON = [
            "name": .string(member.title), "port": .integer(Int64(port)), "logLevel": "notice",
            "federation": ["privateAddresses": true, "refresh": 4],
        ]
        do {
            try FileManager.default.createDirectory(
                atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
            try Data(settings.canonicalBytes).write(to: URL(filePath: "\(folder)/chancery.json"), options: .atomic)
        } catch {
            throw WorldProblem("The folder \(folder) cannot be written: \(error.localizedDescription). Name another with --data.", code: 75)
        }
    }

    /// A new one-time sign-in link for the administrator, while the node is stopped: `chancery link`. A node that begins prints one
    /// itself, so there `nil`.
    func administratorLink() async throws -> String? {
        guard FileManager.default.fileExists(atPath: "\(folder)/record.sqlite") else { return nil }
        let output = Pipe()
        let process = Process()
        process.executableURL = URL(filePath: program)
        // When a whole world starts again, no witness answers yet; that this is the newest record, its only operator knows.
        process.arguments = ["link", "--data", folder, "--accept-unwitnessed-start"]
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = output
        process.standardError = try log()
        try await WorldNode.finish(process, of: self)
        let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        guard process.terminationStatus == 0, let link = text.split(whereSeparator: \.isNewline).last.map(String.init) else {
            throw WorldProblem("\(title) gave no sign-in link; \(logPath) says why.", code: 75)
        }
        return link
    }

    private static func finish(_ process: Process, of node: WorldNode) async throws {
        try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Void, any Error>) in
            process.terminationHandler = { _ in continuation.resume() }
            do {
                try process.run()
            } catch {
                process.terminationHandler = nil
                continuation.resume(throwing: WorldProblem("\(node.title) cannot be started: \(error.localizedDescription)", code: 75))
            }
        }
    }

    /// Starts the process and waits until it answers `/health` and has said where it is.
    ///
    /// - Returns: the sign-in link that the node printed, where it did: then an older one is good no more.
    func start(_ client: WorldVisitor) async throws -> String? {
        let lifeline = Pipe()
        let process = Process()
        process.executableURL = URL(filePath: program)
        process.arguments = [member.hasRegister ? "demo" : "serve", "--data", folder, "--while-input"]
        process.standardInput = lifeline
        let log = try log()
        let start = log.offsetInFile
        process.standardOutput = log
        process.standardError = log
        do {
            try process.run()
        } catch {
            throw WorldProblem("\(title) cannot be started: \(error.localizedDescription)", code: 75)
        }
        try? lifeline.fileHandleForReading.close()
        running.withLock { $0 = Running(process: process, lifeline: lifeline.fileHandleForWriting) }
        for _ in 0..<600 {
            guard process.isRunning else {
                throw WorldProblem("\(title) stopped as soon as it was started; \(logPath) says why.", code: 75)
            }
            // A node that has not heard its witnesses yet enters nothing and says so.
            if let said = words(after: start), said.contains("Chancery is at "), let answer = try? await client.get("/health"),
                answer.status == 200, !answer.text.contains("reading only")
            {
                return said.split(whereSeparator: \.isWhitespace).first { $0.hasPrefix("\(origin)/sign-in/link?token=") }.map(String.init)
            }
            try await Task.sleep(for: .milliseconds(100))
        }
        throw WorldProblem("\(title) did not answer within a minute; \(logPath) says why.", code: 75)
    }

    /// Whether the process is there.
    var isRunning: Bool { running.withLock { $0?.process.isRunning ?? false } }

    /// Ends the process: first by closing its input and asking it, at last by force.
    func stop() async {
        guard
            let now = running.withLock({ running -> Running? in
                defer { running = nil }
                return running
            })
        else { return }
        try? now.lifeline.close()
        now.process.terminate()
        for _ in 0..<150 where now.process.isRunning { try? await Task.sleep(for: .milliseconds(100)) }
        if now.process.isRunning { kill(now.process.processIdentifier, SIGKILL) }
        for _ in 0..<50 where now.process.isRunning { try? await Task.sleep(for: .milliseconds(100)) }
    }

    /// `Kenya (localhost:8091)`.
    var title: String { "\(member.name) (\(authority))" }

    /// What the process has written to its log since it was started.
    private func words(after start: UInt64) -> String? {
        guard let handle = FileHandle(forReadingAtPath: logPath) else { return nil }
        defer { try? handle.close() }
        guard (try? handle.seek(toOffset: start)) != nil, let data = try? handle.read(upToCount: 1 << 20) else { return nil }
        return String(decoding: data, as: UTF8.self)
    }

    private func log() throws -> FileHandle {
        let manager = FileManager.default
        if !manager.fileExists(atPath: logPath) {
            _ = manager.createFile(atPath: logPath, contents: nil, attributes: [.posixPermissions: 0o600])
        }
        guard let handle = FileHandle(forWritingAtPath: logPath) else {
            throw WorldProblem("The log \(logPath) cannot be written. Name another folder with --data.", code: 75)
        }
        _ = try? handle.seekToEnd()
        return handle
    }
}
