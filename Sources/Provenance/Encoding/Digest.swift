import Crypto

enum Digest {
    static func sha256(_ bytes: [UInt8]) -> [UInt8] { Array(SHA256.hash(data: bytes)) }

    /// The hash of a file but for one stretch of it (C2PA 2.2, 18.5).
    static func sha256(_ bytes: [UInt8], leavingOut gap: Range<Int>) -> [UInt8] {
        var hash = SHA256()
        bytes.withUnsafeBytes { bytes in
            hash.update(bufferPointer: UnsafeRawBufferPointer(rebasing: bytes[..<gap.lowerBound]))
            hash.update(bufferPointer: UnsafeRawBufferPointer(rebasing: bytes[gap.upperBound...]))
        }
        return Array(hash.finalize())
    }

    /// The same of a file that is not put together yet.
    static func sha256(_ pieces: [[UInt8]]) -> [UInt8] {
        var hash = SHA256()
        for piece in pieces { hash.update(data: piece) }
        return Array(hash.finalize())
    }
}
