import Foundation
import Testing

/// A program of other people's code that checks what Ledger made or makes what Ledger checks (Tests/Outside/ledger).
enum OutsidePeer: String, CaseIterable, CustomTestStringConvertible {
    case go
    case python

    struct Outcome {
        let status: Int32
        let output: String
    }

    /// Where a missing peer must fail the test rather than be passed over.
    static var mustBePresent: Bool { ProcessInfo.processInfo.environment["CHANCERY_REQUIRE_PEERS"] != nil }

    private static let runner = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "Outside/ledger/run").path

    var testDescription: String {
        switch self {
        case .go: "Go's sumdb packages"
        case .python: "tlog-scales"
        }
    }

    func run(_ arguments: String...) throws -> Outcome {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = ["bash", OutsidePeer.runner, rawValue] + arguments
        let pipe = Pipe()
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = pipe
        process.standardError = pipe
        try process.run()
        let data = try pipe.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        return Outcome(status: process.terminationStatus, output: String(decoding: data, as: UTF8.self))
    }
}
