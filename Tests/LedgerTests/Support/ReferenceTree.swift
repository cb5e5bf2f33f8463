import Crypto
import Ledger

/// RFC 6962 section 2.1 word for word, slow and obvious, over swift-crypto's own SHA-256: what everything else is held against.
enum ReferenceTree {
    static func leaf(_ entry: [UInt8]) -> Hash { sha256([0x00] + entry) }

    static func node(_ left: Hash, _ right: Hash) -> Hash { sha256([0x01] + left.bytes + right.bytes) }

    static func sha256(_ bytes: [UInt8]) -> Hash { Hash(Array(SHA256.hash(data: bytes)))! }

    static func root(_ leaves: ArraySlice<Hash>) -> Hash {
        switch leaves.count {
        case 0: return sha256([])
        case 1: return leaves[leaves.startIndex]
        default:
            let middle = leaves.startIndex + split(leaves.count)
            return node(root(leaves[..<middle]), root(leaves[middle...]))
        }
    }

    /// PATH(m, D[n]) of section 2.1.1.
    static func path(_ index: Int, _ leaves: ArraySlice<Hash>) -> [Hash] {
        guard leaves.count > 1 else { return [] }
        let middle = split(leaves.count)
        let (left, right) = (leaves.prefix(middle), leaves.dropFirst(middle))
        return index < middle ? path(index, left) + [root(right)] : path(index - middle, right) + [root(left)]
    }

    /// PROOF(m, D[n]) of section 2.1.2.
    static func consistency(_ older: Int, _ leaves: ArraySlice<Hash>, isWhole: Bool = true) -> [Hash] {
        guard older < leaves.count else { return isWhole ? [] : [root(leaves)] }
        let middle = split(leaves.count)
        let (left, right) = (leaves.prefix(middle), leaves.dropFirst(middle))
        if older <= middle { return consistency(older, left, isWhole: isWhole) + [root(right)] }
        return consistency(older - middle, right, isWhole: false) + [root(left)]
    }

    /// SUBTREE_PROOF(start, end, D_n) of draft-ietf-plants-merkle-tree-certs-02.
    static func subtreeProof(_ leaves: Range<Int>, _ all: ArraySlice<Hash>, isKnown: Bool = true) -> [Hash] {
        if leaves == 0..<all.count { return isKnown ? [] : [root(all)] }
        let middle = split(all.count)
        let (left, right) = (all.prefix(middle), all.dropFirst(middle))
        if leaves.upperBound <= middle { return subtreeProof(leaves, left, isKnown: isKnown) + [root(right)] }
        if middle <= leaves.lowerBound {
            let moved = (leaves.lowerBound - middle)..<(leaves.upperBound - middle)
            return subtreeProof(moved, right, isKnown: isKnown) + [root(left)]
        }
        return subtreeProof(0..<(leaves.upperBound - middle), right, isKnown: false) + [root(left)]
    }

    private static func split(_ count: Int) -> Int {
        var power = 1
        while power * 2 < count { power *= 2 }
        return power
    }
}
