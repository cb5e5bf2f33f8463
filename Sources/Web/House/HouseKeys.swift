import Crypto
import Foundation

/// The house's own secret, kept in the data folder, and the keys derived from it. Who has it can sign in as anybody, so the file
/// is its owner's alone; who deletes it signs everybody out and loses nothing else.
struct HouseKeys: Sendable {
    static let fileName = "web.key"

    /// For session cookies.
    let session: SymmetricKey
    /// For form tokens.
    let form: SymmetricKey
    /// For passkey challenges.
    let challenge: SymmetricKey
    /// For prepared acts that wait in the browser for their signature.
    let act: SymmetricKey
    /// For links that are good for one addressee.
    let link: SymmetricKey
    /// For what the node's processes keep together beside the record.
    let box: SymmetricKey

    init(secret: SymmetricKey) {
        func derived(_ purpose: String) -> SymmetricKey {
            HKDF<SHA256>.deriveKey(inputKeyMaterial: secret, info: Data("chancery web \(purpose)".utf8), outputByteCount: 32)
        }
        session = derived("session")
        form = derived("form")
        challenge = derived("challenge")
        act = derived("act")
        link = derived("link")
        box = derived("box")
    }

    /// Reads the secret, or makes one where there is none.
    init(folder: URL) throws {
        let path = folder.appending(path: HouseKeys.fileName).path(percentEncoded: false)
        if !FileManager.default.fileExists(atPath: path) {
            let fresh = SymmetricKey(size: .bits256).withUnsafeBytes { Data($0) }
            try HouseKeys.write(fresh, to: path)
        }
        let bytes = try Data(contentsOf: URL(filePath: path))
        guard bytes.count == 32 else { throw HouseKeysError.malformed(path: path) }
        self.init(secret: SymmetricKey(data: bytes))
    }

    /// Created with its final permissions, never with wider ones; if another process was first, its key stays.
    private static func write(_ secret: Data, to path: String) throws {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else {
            if errno == EEXIST { return }
            throw HouseKeysError.cannotWrite(path: path, reason: String(cString: strerror(errno)))
        }
        defer { close(descriptor) }
        let written = secret.withUnsafeBytes { Foundation.write(descriptor, $0.baseAddress, $0.count) }
        guard written == secret.count, fsync(descriptor) == 0 else {
            throw HouseKeysError.cannotWrite(path: path, reason: String(cString: strerror(errno)))
        }
    }
}

/// Why the key file cannot be used.
enum HouseKeysError: Error, CustomStringConvertible {
    case malformed(path: String)
    case cannotWrite(path: String, reason: String)

    var description: String {
        switch self {
        case .malformed(let path): "\(path) should hold 32 bytes; delete it to have a new one made, which signs everybody out"
        case .cannotWrite(let path, let reason): "\(path) cannot be written: \(reason)"
        }
    }
}
