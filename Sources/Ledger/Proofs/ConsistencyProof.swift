/// A proof that a tree is a later state of another: that only leaves were appended (RFC 6962 section 2.1.2).
public struct ConsistencyProof: Hashable, Sendable {
    /// The number of leaves of the older tree.
    public let older: UInt64

    /// The number of leaves of the newer tree.
    public let newer: UInt64

    /// The hashes, in RFC 6962's order. None when the older tree is empty or both are of one size; at most 64.
    public let hashes: [Hash]

    /// Takes a proof as it came; ``verify(olderRoot:newerRoot:)`` judges it.
    public init(older: UInt64, newer: UInt64, hashes: [Hash]) {
        self.older = older
        self.newer = newer
        self.hashes = hashes
    }

    /// Makes a proof from tiles.
    ///
    /// - Parameters:
    ///   - older: the size of the older tree.
    ///   - newer: the size of the newer tree, as large as the tiles reach or smaller.
    ///   - tiles: where the tiles are.
    /// - Throws: ``TreeError``, or what the reader throws.
    public init(from older: UInt64, to newer: UInt64, tiles: some TileReader) throws {
        guard newer <= Decimal.largest else { throw TreeError.sizeTooLarge(newer) }
        guard older <= newer else { throw TreeError.olderIsLarger(older: older, newer: newer) }
        guard older > 0, older < newer else {
            self.init(older: older, newer: newer, hashes: [])
            return
        }
        var reading = SubtreeReading(size: newer, tiles: tiles)
        var hashes: [Hash] = []
        var span = 0..<newer
        // SUBPROOF of RFC 6962, down from the root: the older tree ends at `older`, somewhere in `span`.
        while span.upperBound != older {
            let middle = span.lowerBound + largestPowerOfTwo(below: span.upperBound - span.lowerBound)
            if older <= middle {
                hashes.append(try reading.root(of: middle..<span.upperBound))
                span = span.lowerBound..<middle
            } else {
                hashes.append(try reading.root(of: span.lowerBound..<middle))
                span = middle..<span.upperBound
            }
        }
        // The verifier knows the older root; it needs the last subtree only when that is not the whole older tree.
        if span.lowerBound > 0 { hashes.append(try reading.root(of: span)) }
        self.init(older: older, newer: newer, hashes: hashes.reversed())
    }

    /// Checks the proof.
    ///
    /// - Parameters:
    ///   - olderRoot: the root of the older tree, one that was trusted before.
    ///   - newerRoot: the root of the newer tree, from a checkpoint whose signatures were checked.
    /// - Throws: ``ProofError`` when the proof does not show that the newer tree begins with the older.
    public func verify(olderRoot: Hash, newerRoot: Hash) throws(ProofError) {
        guard older <= newer else { throw .olderIsLarger(older: older, newer: newer) }
        if older == 0 || older == newer {
            guard hashes.isEmpty else { throw .wrongLength(expected: 0, found: hashes.count) }
            if older == 0, olderRoot != .emptyTree { throw .wrongRoot(expected: olderRoot, found: .emptyTree) }
            if newer == 0, newerRoot != .emptyTree { throw .wrongRoot(expected: newerRoot, found: .emptyTree) }
            if older == newer, olderRoot != newerRoot { throw .wrongRoot(expected: newerRoot, found: olderRoot) }
            return
        }
        let expected = ConsistencyProof.length(older: older, newer: newer)
        guard hashes.count == expected else { throw .wrongLength(expected: expected, found: hashes.count) }
        // RFC 9162 section 2.1.4.2: both roots are rebuilt from the same hashes, bottom up.
        var position = older - 1
        var last = newer - 1
        while position & 1 == 1 {
            position >>= 1
            last >>= 1
        }
        var rest = hashes[...]
        // A power of two is a subtree of its own, and its root is the older root.
        let start = older & (older - 1) == 0 ? olderRoot : (rest.popFirst() ?? .zero)
        var olderFound = start
        var newerFound = start
        for hash in rest {
            if position & 1 == 1 || position == last {
                olderFound = .node(hash, olderFound)
                newerFound = .node(hash, newerFound)
                while position & 1 == 0, position != 0 {
                    position >>= 1
                    last >>= 1
                }
            } else {
                newerFound = .node(newerFound, hash)
            }
            position >>= 1
            last >>= 1
        }
        guard olderFound == olderRoot else { throw .wrongRoot(expected: olderRoot, found: olderFound) }
        guard newerFound == newerRoot else { throw .wrongRoot(expected: newerRoot, found: newerFound) }
    }

    /// The number of hashes in a proof between these sizes, 0 < older < newer.
    static func length(older: UInt64, newer: UInt64) -> Int {
        var span = 0..<newer
        var length = 0
        while span.upperBound != older {
            let middle = span.lowerBound + largestPowerOfTwo(below: span.upperBound - span.lowerBound)
            span = older <= middle ? span.lowerBound..<middle : middle..<span.upperBound
            length += 1
        }
        return span.lowerBound > 0 ? length + 1 : length
    }
}
