import Crypto
import Ledger

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// The log's own signing key, in a file of its own that only its owner may read. It signs checkpoints and nothing else.
enum LogKey {
    /// The file's first line, so that nobody takes it for another key.
    private static let heading = "chancery log key ed25519"

    static func load(_ layout: FolderLayout, name: KeyName) throws -> Ed25519NoteSigner? {
        guard let bytes = try PosixFile.contents(of: layout.logKey) else { return nil }
        let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false)
        guard lines.count >= 2, lines[0] == heading, let seed = Hash(base64: lines[1]) else {
            throw RecordError.damaged(file: layout.logKey, reason: "it is not a log key as this program writes it")
        }
        return try Ed25519NoteSigner(name: name, seed: seed.bytes)
    }

    static func create(_ layout: FolderLayout, name: KeyName) throws -> Ed25519NoteSigner {
        let key = Curve25519.Signing.PrivateKey()
        let seed = Array(key.rawRepresentation)
        guard let spelled = Hash(seed) else {
            throw RecordError.damaged(file: layout.logKey, reason: "a fresh key is not 32 bytes long")
        }
        try FolderLayout.makeFolder(layout.keys)
        do {
            try PosixFile.replace(layout.logKey, with: Array("\(heading)\n\(spelled.base64)\n".utf8), mode: 0o600)
        } catch {
            throw RecordError.unavailable(reason: "\(error)")
        }
        return try Ed25519NoteSigner(name: name, seed: seed)
    }
}
