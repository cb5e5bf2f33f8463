import Foundation
import Ledger

/// A log as static files with lists of proofs beside it: what passes between Ledger and its outside checkers. The form is told
/// in Tests/Outside/ledger/README.md.
struct LogFolder: TileReader {
    let url: URL

    /// An empty temporary folder.
    static func temporary() throws -> LogFolder {
        let url = FileManager.default.temporaryDirectory.appending(path: "chancery-ledger-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
        return LogFolder(url: url)
    }

    func remove() { try? FileManager.default.removeItem(at: url) }

    func read(_ path: String) throws -> [UInt8] { Array(try Data(contentsOf: url.appending(path: path))) }

    func text(_ path: String) throws -> String { String(decoding: try read(path), as: UTF8.self) }

    func write(_ bytes: [UInt8], _ path: String) throws {
        let file = url.appending(path: path)
        try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(bytes).write(to: file)
    }

    /// Reads a tile; for an earlier size, from the full tile or the widest partial one that is there.
    func hashes(of coordinate: TileCoordinate) throws -> [Hash] {
        var path = coordinate.path
        let stem = path.components(separatedBy: ".p/")[0]
        if !FileManager.default.fileExists(atPath: url.appending(path: path).path) {
            path = stem
            if !FileManager.default.fileExists(atPath: url.appending(path: path).path) {
                let widths = try FileManager.default.contentsOfDirectory(atPath: url.appending(path: stem + ".p").path)
                path = "\(stem).p/\(widths.compactMap { Int($0) }.max() ?? 0)"
            }
        }
        guard let hashes = Hash.run(of: try read(path)), hashes.count >= coordinate.width else {
            throw TreeError.shortTile(coordinate, found: 0)
        }
        return hashes
    }

    /// All entries of a log of `size`, from its bundles.
    func entries(_ size: Int) throws -> [[UInt8]] {
        var entries: [[UInt8]] = []
        while entries.count < size {
            let width = min(256, size - entries.count)
            let place = EntryBundleCoordinate(index: UInt64(entries.count / 256), width: width)!
            entries += try EntryBundle(parsing: read(place.path)).entries
        }
        return entries
    }

    /// A line of `inclusion.txt` or `consistency.txt`.
    struct Row {
        let first: UInt64
        let second: UInt64
        let hashes: [Hash]

        init(_ first: UInt64, _ second: UInt64, _ hashes: [Hash]) {
            self.first = first
            self.second = second
            self.hashes = hashes
        }

        init(_ line: Substring) {
            let words = line.split(separator: " ")
            self.init(UInt64(words[0])!, UInt64(words[1])!, words.dropFirst(2).map { Hash(base64: $0)! })
        }

        var line: String { (["\(first)", "\(second)"] + hashes.map(\.base64)).joined(separator: " ") + "\n" }
    }

    func rows(_ path: String) throws -> [Row] { try text(path).split(separator: "\n").map { Row($0) } }
}
