import Foundation
import Testing

@testable import Web

@Suite("Reading gzip piece by piece")
struct GzipReaderTests {
    private static func unfold(_ bytes: [UInt8], in pieces: Int) throws -> [UInt8] {
        let reader = try GzipReader()
        var all: [UInt8] = []
        for start in stride(from: 0, to: bytes.count, by: pieces) {
            reader.add(Array(bytes[start..<min(start + pieces, bytes.count)]))
            while let piece = try reader.next() {
                #expect(piece.count <= GzipReader.piece)
                all += piece
            }
        }
        return all
    }

    /// What Debian's gzip makes.
    private static func gzip(_ bytes: [UInt8]) throws -> [UInt8] {
        let file = FileManager.default.temporaryDirectory.appending(path: "chancery-gzip-\(UUID().uuidString)")
        try Data(bytes).write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        let process = Process()
        let pipe = Pipe()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = ["gzip", "-c", file.path]
        process.standardOutput = pipe
        try process.run()
        let data = try pipe.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        return Array(data)
    }

    @Test("Whatever the pieces it comes in, it unfolds to what another program folded (RFC 1952)", arguments: [1, 7, 1_000, 100_000])
    func pieces(size: Int) throws {
        var random = SystemRandomNumberGenerator()
        for content in [[], [UInt8](repeating: 7, count: 300_000), (0..<40_000).map { _ in UInt8.random(in: 0...255, using: &random) }] {
            #expect(try Self.unfold(Self.gzip(content), in: size) == content)
        }
    }

    @Test("What is no gzip is refused")
    func malformed() throws {
        #expect(throws: GzipReader.Failure.malformed) { try Self.unfold(Array("not gzip at all".utf8), in: 4) }
        var folded = try Self.gzip([UInt8](repeating: 1, count: 1_000))
        // The checksum, eight bytes from the end.
        folded[folded.count - 8] ^= 0xff
        #expect(throws: GzipReader.Failure.malformed) { try Self.unfold(folded, in: 100) }
    }
}
