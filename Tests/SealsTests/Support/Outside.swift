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

/// A random generator that repeats itself when told its seed (SplitMix64): set CHANCERY_TEST_SEED to the one a failure printed.
struct SeededGenerator: RandomNumberGenerator {
    let seed: UInt64
    private var state: UInt64

    init() {
        let told = ProcessInfo.processInfo.environment["CHANCERY_TEST_SEED"].flatMap { UInt64($0) }
        seed = told ?? UInt64.random(in: 0...UInt64.max)
        state = seed
    }

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
        return mixed ^ (mixed >> 31)
    }

    /// A copy with a few bytes changed, taken out, doubled or moved, as damage or malice would.
    mutating func damaged(_ original: [UInt8]) -> [UInt8] {
        var bytes = original
        for _ in 0..<Int.random(in: 1...4, using: &self) where !bytes.isEmpty {
            let at = Int.random(in: 0..<bytes.count, using: &self)
            switch Int.random(in: 0..<6, using: &self) {
            case 0: bytes[at] ^= 1 << UInt8.random(in: 0..<8, using: &self)
            case 1: bytes[at] = UInt8.random(in: 0...255, using: &self)
            case 2: bytes.removeSubrange(at..<min(bytes.count, at + Int.random(in: 1...40, using: &self)))
            case 3: bytes += bytes[at...]
            case 4: bytes.insert([0x0a, 0x28, 0x3c, 0x5b, 0x00, 0xff, 0x30].randomElement(using: &self) ?? 0, at: at)
            default: bytes.removeSubrange(at...)
            }
        }
        return bytes
    }
}
