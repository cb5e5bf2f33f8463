import Foundation
import Testing
import Typesetting

/// A program outside Swift that reads what was set: poppler's, and a C compiler.
struct PDFTool {
    struct Missing: Error {}

    let name: String

    /// Whether the program is there. Where it must be (CHANCERY_REQUIRE_PEERS) and is not, the test fails; elsewhere it says so.
    func isPresent() -> Bool {
        let paths = (ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin").split(separator: ":")
        let isThere = paths.contains { FileManager.default.isExecutableFile(atPath: "\($0)/\(name)") }
        if !isThere {
            print("NOT CHECKED by \(name): it is not installed")
            #expect(ProcessInfo.processInfo.environment["CHANCERY_REQUIRE_PEERS"] == nil, "\(name) is not installed")
        }
        return isThere
    }

    /// What the program prints, errors included.
    func run(_ arguments: [String]) throws -> (status: Int32, output: String) {
        let process = Process()
        let pipe = Pipe()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = [name] + arguments
        process.standardOutput = pipe
        process.standardError = pipe
        try process.run()
        let data = try pipe.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        return (process.terminationStatus, String(decoding: data, as: UTF8.self))
    }

    /// What the program prints of a document that is set for it.
    func read(_ document: PrintedDocument, _ arguments: (String) -> [String]) throws -> String {
        try read(try Typesetter().set(document), arguments)
    }

    /// What the program prints of pages.
    func read(_ pages: Typesetter.Pages, _ arguments: (String) -> [String]) throws -> String {
        let file = FileManager.default.temporaryDirectory.appending(path: "typesetting-\(UUID().uuidString).pdf")
        defer { try? FileManager.default.removeItem(at: file) }
        try Data(pages.bytes).write(to: file)
        let answer = try run(arguments(file.path))
        #expect(answer.status == 0, "\(answer.output)")
        #expect(!answer.output.contains("Syntax Error"), "\(answer.output)")
        return answer.output
    }
}
