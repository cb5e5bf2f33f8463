import CLedger

// RFC 6962 section 2.1: MTH({}) = SHA-256(), MTH({d}) = SHA-256(0x00 || d), a node is SHA-256(0x01 || left || right).
extension Hash {
    /// The root of a tree without leaves: SHA-256 of nothing.
    public static let emptyTree = Hash([
        0xe3, 0xb0, 0xc4, 0x42, 0x98, 0xfc, 0x1c, 0x14, 0x9a, 0xfb, 0xf4, 0xc8, 0x99, 0x6f, 0xb9, 0x24,
        0x27, 0xae, 0x41, 0xe4, 0x64, 0x9b, 0x93, 0x4c, 0xa4, 0x95, 0x99, 0x1b, 0x78, 0x52, 0xb8, 0x55,
    ])!  // 32 bytes, as counted on the two lines above.

    /// The hash of a leaf: SHA-256 of a zero byte and the entry.
    public static func leaf(_ entry: some Collection<UInt8>) -> Hash {
        let direct = entry.withContiguousStorageIfAvailable { leaf(UnsafeRawBufferPointer($0)) }
        if let direct { return direct }
        return Array(entry).withUnsafeBytes { leaf($0) }
    }

    /// The hash of a leaf whose bytes lie in memory; nothing is copied.
    @inline(__always)
    public static func leaf(_ entry: UnsafeRawBufferPointer) -> Hash {
        var hash = Hash()
        hash.withMutableBytes { out in
            cledger_hash_leaf(entry.bytes, entry.count, out.bytes)
        }
        return hash
    }

    /// The hashes of many leaves, in order. Faster than one at a time where the processor can run two at once.
    public static func leaves(_ entries: some Collection<[UInt8]>) -> [Hash] {
        [Hash](unsafeUninitializedCapacity: entries.count) { buffer, written in
            let out = UnsafeMutableRawBufferPointer(buffer)
            var waiting: [UInt8]?
            for entry in entries {
                guard let other = waiting else {
                    waiting = entry
                    continue
                }
                waiting = nil
                other.withUnsafeBytes { first in
                    entry.withUnsafeBytes { second in
                        cledger_hash_leaf_pair(
                            first.bytes, first.count, second.bytes, second.count, out.bytes + written * byteCount)
                    }
                }
                written += 2
            }
            if let waiting {
                waiting.withUnsafeBytes { cledger_hash_leaf($0.bytes, $0.count, out.bytes + written * byteCount) }
                written += 1
            }
        }
    }

    /// The hash of an inner node: SHA-256 of a one byte and the two hashes under it.
    @inline(__always)
    public static func node(_ left: Hash, _ right: Hash) -> Hash {
        var hash = Hash()
        left.withUnsafeBytes { left in
            right.withUnsafeBytes { right in
                hash.withMutableBytes { out in
                    cledger_hash_node(left.bytes, right.bytes, out.bytes)
                }
            }
        }
        return hash
    }

    /// The nodes over a run of hashes, taken two by two; an odd last hash has no node yet and is left out.
    public static func nodes(over hashes: some Collection<Hash>) -> [Hash] {
        let direct = hashes.withContiguousStorageIfAvailable { nodes(over: $0) }
        return direct ?? Array(hashes).withUnsafeBufferPointer { nodes(over: $0) }
    }

    private static func nodes(over hashes: UnsafeBufferPointer<Hash>) -> [Hash] {
        let pairs = hashes.count / 2
        return [Hash](unsafeUninitializedCapacity: pairs) { buffer, written in
            if pairs > 0 {
                cledger_hash_nodes(UnsafeRawBufferPointer(hashes).bytes, pairs, UnsafeMutableRawBufferPointer(buffer).bytes)
            }
            written = pairs
        }
    }

    /// The root over a run of hashes that all stand at one level of the tree: RFC 6962's MTH with the hashes for leaves.
    ///
    /// - Returns: ``emptyTree`` for no hashes.
    public static func root(over hashes: some Collection<Hash>) -> Hash {
        var frontier = TreeFrontier()
        var level = Array(hashes)
        // Perfect runs, the usual case, fold in place.
        guard !level.isEmpty, level.count & (level.count - 1) == 0 else {
            frontier.append(level)
            return frontier.root
        }
        level.withUnsafeMutableBytes { bytes in
            var count = bytes.count / byteCount
            while count > 1 {
                cledger_hash_nodes(bytes.bytes, count / 2, bytes.bytes)
                count /= 2
            }
        }
        return level[0]
    }
}

extension UnsafeRawBufferPointer {
    @inline(__always)
    fileprivate var bytes: UnsafePointer<UInt8>? { baseAddress?.assumingMemoryBound(to: UInt8.self) }
}

extension UnsafeMutableRawBufferPointer {
    @inline(__always)
    fileprivate var bytes: UnsafeMutablePointer<UInt8> {
        // Every output buffer here holds at least one hash, so it has an address.
        baseAddress!.assumingMemoryBound(to: UInt8.self)
    }
}
