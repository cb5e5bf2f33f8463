import Ledger
import Synchronization
import Texts

/// Texts that were read lately, by the SHA-256 of their bytes.
///
/// It owns nothing but memory: what it holds follows from the blobs, and a miss only costs the reading.
final class TextShelf: Sendable {
    private static let limit = 48

    private struct Kept {
        var texts: [Hash: InstrumentText] = [:]
        /// Oldest first.
        var order: [Hash] = []
    }

    private let kept = Mutex(Kept())

    func text(_ hash: Hash) -> InstrumentText? { kept.withLock { $0.texts[hash] } }

    func keep(_ text: InstrumentText, _ hash: Hash) {
        kept.withLock { kept in
            guard kept.texts.updateValue(text, forKey: hash) == nil else { return }
            kept.order.append(hash)
            if kept.order.count > Self.limit { kept.texts[kept.order.removeFirst()] = nil }
        }
    }
}
