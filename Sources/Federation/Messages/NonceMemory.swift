import Acts
import Crypto
import Ledger
import Record
import Synchronization

/// Remembers the nonces of messages for as long as their signatures count, so that none is taken twice. Bounded: when it is full of
/// nonces that still count, no more messages are taken until some have run out.
protocol NonceMemory: Sendable {
    /// Whether it is new; remembered from now on.
    func take(_ nonce: String, of node: NodeName, at now: Moment) async throws -> Bool
}

/// The memory of a node that is one process.
final class OwnNonces: NonceMemory {
    private struct Content {
        var seen: Set<String> = []
        var order: [(until: Int64, nonce: String)] = []
        var next = 0
    }

    private let limit: Int
    private let content = Mutex(Content())

    init(limit: Int = 200_000) { self.limit = limit }

    /// Whether it is new; remembered from now on.
    func take(_ nonce: String, of node: NodeName, at now: Moment) -> Bool {
        content.withLock { content in
            while content.next < content.order.count, content.order[content.next].until < now.milliseconds {
                content.seen.remove(content.order[content.next].nonce)
                content.next += 1
            }
            if content.next > limit {
                content.order.removeFirst(content.next)
                content.next = 0
            }
            let key = "\(node) \(nonce)"
            guard content.seen.count < limit, content.seen.insert(key).inserted else { return false }
            content.order.append((now.milliseconds + MessageSignature.oldest + MessageSignature.youngest, key))
            return true
        }
    }
}

/// The memory that several processes of one node share, so that a message which one has taken is a replay at every other.
///
/// Nonces lie by their hash in 256 values, each of which is changed in a transaction of its own.
struct SharedNonces: NonceMemory {
    let memory: SharedMemory
    /// How many are remembered in one value.
    private static let limit = 4_096
    /// The moment until which it counts, 8 bytes; half of the hash, 16; a mark of the one who took it, 8.
    private static let length = 32

    func take(_ nonce: String, of node: NodeName, at now: Moment) async throws -> Bool {
        let hash = Array(SHA256.hash(data: Array("\(node) \(nonce)".utf8)))
        let name = "nonces/\(Hexadecimal.encode(hash.prefix(1)))"
        let key = hash.prefix(16)
        let until = now.milliseconds + MessageSignature.oldest + MessageSignature.youngest
        // The transaction may be tried again where its outcome is unknown: then what stands there is this very message.
        let mark = SharedNonces.bytes(UInt64.random(in: 0 ... .max))
        let isNew = Mutex(false)
        try await memory.change([name]) { values in
            var kept: [UInt8] = []
            var isKnown = false
            let stored = values[name] ?? []
            for start in stride(from: 0, to: stored.count - stored.count % SharedNonces.length, by: SharedNonces.length) {
                let one = stored[start..<(start + SharedNonces.length)]
                guard SharedNonces.number(one.prefix(8)) >= UInt64(max(0, now.milliseconds)) else { continue }
                kept += one
                if one.dropFirst(8).prefix(16) == key, one.suffix(8) != mark[...] { isKnown = true }
            }
            guard !isKnown, kept.count < SharedNonces.limit * SharedNonces.length else {
                isNew.withLock { $0 = false }
                return [:]
            }
            isNew.withLock { $0 = true }
            return [name: kept + SharedNonces.bytes(UInt64(max(0, until))) + key + mark]
        }
        return isNew.withLock { $0 }
    }

    private static func bytes(_ number: UInt64) -> [UInt8] { (0..<8).map { UInt8(truncatingIfNeeded: number >> (56 - 8 * $0)) } }

    private static func number(_ bytes: ArraySlice<UInt8>) -> UInt64 { bytes.reduce(0) { $0 << 8 | UInt64($1) } }
}
