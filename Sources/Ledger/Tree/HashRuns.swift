extension Hash {
    /// The bytes of a run of hashes, one after another: what a tile is made of (C2SP tlog-tiles).
    public static func bytes(of hashes: some Collection<Hash>) -> [UInt8] {
        [UInt8](unsafeUninitializedCapacity: hashes.count * byteCount) { buffer, written in
            let target = UnsafeMutableRawBufferPointer(buffer)
            for hash in hashes {
                hash.withUnsafeBytes { source in
                    UnsafeMutableRawBufferPointer(rebasing: target[written..<(written + byteCount)]).copyMemory(from: source)
                }
                written += byteCount
            }
        }
    }

    /// Reads a run of hashes that lie one after another.
    ///
    /// - Returns: nil when the number of bytes is not a multiple of 32.
    public static func run(of bytes: some Collection<UInt8>) -> [Hash]? {
        let count = bytes.count
        guard count % byteCount == 0 else { return nil }
        return [Hash](unsafeUninitializedCapacity: count / byteCount) { buffer, written in
            UnsafeMutableRawBufferPointer(buffer).copyBytes(from: bytes)
            written = count / byteCount
        }
    }
}
