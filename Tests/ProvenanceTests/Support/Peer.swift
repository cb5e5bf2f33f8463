import Foundation
import Testing

/// c2pa-python, which reads what we write.
enum Peer {
    private static func script(_ name: String) -> String {
        URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
            .appending(path: "Outside/\(name)").path
    }

    private static func run(_ name: String, _ arguments: [String]) throws -> (status: Int32, output: Data) {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = [ProcessInfo.processInfo.environment["CHANCERY_TEST_PYTHON"] ?? "python3", script(name)] + arguments
        let pipe = Pipe()
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = pipe
        try process.run()
        let data = try pipe.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        return (process.terminationStatus, data)
    }

    /// What speaks against PDF/A-3b, by pyHanko's reader; `nil`, with a word, where that is not there.
    static func archive(_ file: String) throws -> String? {
        guard try run("seals/archive.py", ["present"]).status == 0 else {
            print("NOT CHECKED by pyHanko: it is not installed")
            #expect(ProcessInfo.processInfo.environment["CHANCERY_REQUIRE_PEERS"] == nil, "pyHanko is not installed")
            return nil
        }
        return String(decoding: try run("seals/archive.py", ["check", file, "3"]).output, as: UTF8.self)
    }

    /// One finding a file; `nil`, with a word, where c2pa-python is not there.
    static func check(root: String, files: [String]) throws -> [[String: Any]]? {
        guard try run("provenance/peer.py", ["present"]).status == 0 else {
            print("NOT CHECKED by c2pa-python: it is not installed")
            #expect(ProcessInfo.processInfo.environment["CHANCERY_REQUIRE_PEERS"] == nil, "c2pa-python is not installed")
            return nil
        }
        let outcome = try run("provenance/peer.py", ["check", root] + files)
        #expect(outcome.status == 0)
        return try outcome.output.split(separator: 0x0A).map { try #require(try JSONSerialization.jsonObject(with: $0) as? [String: Any]) }
    }
}
