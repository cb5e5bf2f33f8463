import Acts
public import Foundation
import Synchronization

/// The private keys of the node's own offices, each office's in a file of its own: `sealing/OFFICE.key` of the folder of keys.
///
/// An office's first key is made when it is first needed. After ``rollOver(_:)`` messages are sealed to the new key, and the old ones
/// still open what was sealed to them. The folder may lie outside the data folder, so that a copy of the data opens nothing.
public final class OfficeKeyring: Sendable {
    private let folder: URL
    /// Keys of each office, newest first.
    private let held = Mutex<[String: [SealingKey]]>([:])

    /// Most keys of one office that are kept.
    static let mostKeys = 100

    /// - Parameter folder: where keys are kept; made where it is not there.
    public init(folder: URL) {
        self.folder = folder.appending(path: "sealing", directoryHint: .isDirectory)
    }

    /// An office's keys, newest first; one is made where there is none.
    public func keys(of office: String) throws(SealingError) -> [SealingKey] {
        try held.withLock { held throws(SealingError) in try load(office, &held) }
    }

    /// The key that messages to an office are sealed to.
    public func publicKey(of office: String) throws(SealingError) -> SealingPublicKey {
        guard let key = try keys(of: office).first else { throw .malformedKey }
        return key.publicKey
    }

    /// Gives an office a new key; the old ones are kept for what was sealed to them.
    @discardableResult
    public func rollOver(_ office: String) throws(SealingError) -> SealingPublicKey {
        try held.withLock { held throws(SealingError) in
            let key = try SealingKey()
            let keys = [key] + (try load(office, &held)).prefix(Self.mostKeys - 1)
            try write(keys, office)
            held[office] = Array(keys)
            return key.publicKey
        }
    }

    private func load(_ office: String, _ held: inout [String: [SealingKey]]) throws(SealingError) -> [SealingKey] {
        if let keys = held[office] { return keys }
        let path = try file(office).path(percentEncoded: false)
        var keys: [SealingKey] = []
        if FileManager.default.fileExists(atPath: path) {
            guard let bytes = FileManager.default.contents(atPath: path), bytes.count <= 64 << 10,
                let text = String(validating: bytes, as: UTF8.self)
            else { throw .keyFile(path: path, reason: "it cannot be read") }
            for line in text.split(whereSeparator: \.isNewline) where !line.hasPrefix("#") {
                guard let seed = Base64.decode(String(line)) else { throw .keyFile(path: path, reason: "a line is not base64") }
                keys.append(try SealingKey(seed: seed))
            }
        }
        if keys.isEmpty {
            keys = [try SealingKey()]
            try write(keys, office)
        }
        held[office] = keys
        return keys
    }

    private func write(_ keys: [SealingKey], _ office: String) throws(SealingError) {
        let file = try file(office)
        let lines = keys.map { Base64.encode($0.seed) }.joined(separator: "\n")
        let text = "# Private sealing keys of the office \(office), newest first. Whoever has them reads its correspondence.\n\(lines)\n"
        do {
            try KeyFile.makeFolder(folder.path(percentEncoded: false))
            try KeyFile.write(text, to: file.path(percentEncoded: false))
        } catch {
            throw .keyFile(path: error.path, reason: error.reason)
        }
    }

    private func file(_ office: String) throws(SealingError) -> URL {
        guard !office.isEmpty, office.utf8.count <= 64,
            office.utf8.allSatisfy({ (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || $0 == 0x2D })
        else { throw .keyFile(path: folder.path(percentEncoded: false), reason: "the office's name is not one") }
        return folder.appending(path: "\(office).key")
    }
}
