import Foundation
import Testing

/// The Python with other people's readers in it (Tests/Outside/requirements.txt), to check what is written here.
enum OutsidePython {
    struct Failure: Error, CustomStringConvertible {
        let description: String
    }

    /// `nil` where there is none; then a test passes it over, unless peers are required.
    static var path: String? {
        if let path = ProcessInfo.processInfo.environment["CHANCERY_TEST_PYTHON"] { return path }
        if ProcessInfo.processInfo.environment["CHANCERY_REQUIRE_PEERS"] != nil {
            Issue.record("CHANCERY_TEST_PYTHON is not set, and peers are required")
        }
        return nil
    }

    /// What the script prints, given the bytes on standard input.
    static func run(_ python: String, _ script: String, input: [UInt8]) throws -> String {
        let file = FileManager.default.temporaryDirectory.appending(path: "chancery-input-\(UUID().uuidString)")
        try Data(input).write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        let process = Process()
        let pipe = Pipe()
        process.executableURL = URL(filePath: python)
        process.arguments = ["-c", script]
        process.environment = ProcessInfo.processInfo.environment.merging(["PYTHONIOENCODING": "utf-8"]) { _, own in own }
        process.standardInput = try FileHandle(forReadingFrom: file)
        process.standardOutput = pipe
        process.standardError = pipe
        try process.run()
        let output = String(decoding: try pipe.fileHandleForReading.readToEnd() ?? Data(), as: UTF8.self)
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { throw Failure(description: output) }
        return output
    }
}
