import Foundation
import Testing

/// Other people's programs, which check what we seal.
enum Outside {
    struct Outcome {
        let status: Int32
        let output: String
    }

    /// Where a missing program must fail the test rather than be passed over.
    static var mustBePresent: Bool { ProcessInfo.processInfo.environment["CHANCERY_REQUIRE_PEERS"] != nil }

    private static let peer = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "Outside/seals/peer.py").path

    /// Runs a program, by its name, and waits for it.
    static func run(_ arguments: String..., environment: [String: String] = [:]) throws -> Outcome {
        try run(arguments, environment: environment)
    }

    static func run(_ arguments: [String], environment: [String: String] = [:]) throws -> Outcome {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = arguments
        process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
        let pipe = Pipe()
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = pipe
        process.standardError = pipe
        try process.run()
        let data = try pipe.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        return Outcome(status: process.terminationStatus, output: String(decoding: data, as: UTF8.self))
    }

    /// Says plainly that a program is missing; true when it cannot be asked.
    static func isMissing(_ program: String) throws -> Bool {
        guard try run("sh", "-c", "command -v \(program)").status != 0 else { return false }
        print("NOT CHECKED by \(program): it is not installed")
        #expect(!mustBePresent, "\(program) is not installed")
        return true
    }

    /// Asks pyHanko; `nil`, with a word, where it is not there.
    static func python(_ arguments: String...) throws -> Outcome? {
        let python = ProcessInfo.processInfo.environment["CHANCERY_TEST_PYTHON"] ?? "python3"
        guard try run(python, peer, "present").status == 0 else {
            print("NOT CHECKED by pyHanko: it is not installed for \(python)")
            #expect(!mustBePresent, "pyHanko is not installed for \(python)")
            return nil
        }
        return try run([python, peer] + arguments)
    }
}

/// A folder of its own for one test.
struct SealFolderFixture: ~Copyable {
    let path: String

    init() throws {
        path = FileManager.default.temporaryDirectory.appending(path: "chancery-seals-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    func file(_ name: String) -> String { "\(path)/\(name)" }

    func write(_ name: String, _ bytes: [UInt8]) throws -> String {
        try Data(bytes).write(to: URL(filePath: file(name)))
        return file(name)
    }

    func write(_ name: String, _ text: String) throws -> String { try write(name, Array(text.utf8)) }

    func read(_ name: String) throws -> [UInt8] { Array(try Data(contentsOf: URL(filePath: file(name)))) }
}
