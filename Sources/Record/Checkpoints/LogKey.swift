import Crypto
import Ledger

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// The log's own signing keys, each in a file of its own that only its owner may read. They sign checkpoints and nothing else.
///
/// The Ed25519 key signs every checkpoint as it is made. The ML-DSA-44 key signs those that are served (``ServedCheckpoint``).
enum LogKey {
    /// A file's first line, so that nobody takes it for another key.
    private enum Heading: String {
        case ed25519 = "chancery log key ed25519"
        case mlDSA44 = "chancery log key ml-dsa-44"
    }

    static func load(_ layout: FolderLayout, name: KeyName) throws -> Ed25519NoteSigner? {
        try seed(in: layout.logKey, .ed25519).map { try Ed25519NoteSigner(name: name, seed: $0.bytes) }
    }

    static func create(_ layout: FolderLayout, name: KeyName) throws -> Ed25519NoteSigner {
        let seed = Array(Curve25519.Signing.PrivateKey().rawRepresentation)
        try store(seed, in: layout.logKey, .ed25519, layout)
        return try Ed25519NoteSigner(name: name, seed: seed)
    }

    /// The log's key for ML-DSA-44 lines; `nil` where there is none yet.
    static func loadMLDSA44(_ layout: FolderLayout, name: KeyName) throws -> MLDSA44Cosigner? {
        try seed(in: layout.logMLDSA44Key, .mlDSA44).map { try MLDSA44Cosigner(name: name, seed: $0.bytes) }
    }

    /// The same, made where there is none: in new records, and in those begun before logs had two keys.
    ///
    /// - Parameter replacing: called when one is made, before it is on the disk.
    static func loadOrCreateMLDSA44(_ layout: FolderLayout, name: KeyName, replacing: () -> Void) throws -> MLDSA44Cosigner {
        if let key = try loadMLDSA44(layout, name: name) { return key }
        replacing()
        let key = try MLDSA44PrivateKey()
        try store(key.seed, in: layout.logMLDSA44Key, .mlDSA44, layout)
        return MLDSA44Cosigner(name: name, privateKey: key)
    }

    private static func seed(in file: String, _ heading: Heading) throws -> Hash? {
        guard let bytes = try PosixFile.contents(of: file) else { return nil }
        let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false)
        guard lines.count >= 2, lines[0] == heading.rawValue, let seed = Hash(base64: lines[1]) else {
            throw RecordError.damaged(file: file, reason: "it is not a log key as this program writes it")
        }
        return seed
    }

    private static func store(_ seed: [UInt8], in file: String, _ heading: Heading, _ layout: FolderLayout) throws {
        guard let spelled = Hash(seed) else {
            throw RecordError.damaged(file: file, reason: "a fresh key is not 32 bytes long")
        }
        try FolderLayout.makeFolder(layout.keys)
        do {
            try PosixFile.replace(file, with: Array("\(heading.rawValue)\n\(spelled.base64)\n".utf8), mode: 0o600)
        } catch {
            throw RecordError.unavailable(reason: "\(error)")
        }
    }
}
