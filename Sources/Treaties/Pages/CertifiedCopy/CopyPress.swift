import Dispatch
import Synchronization
import Typesetting

/// Sets and seals certified copies, one at a time and off the threads that serve pages, and keeps the last few.
///
/// Setting a copy keeps a core busy for seconds. However many readers ask, one copy is set at a time; who asks for a copy that is
/// being set gets it when it is done.
final class CopyPress: Sendable {
    struct Key: Hashable {
        let treaty: String
        /// The last act that changed what is certified.
        let entry: Int64
        /// The day of issue.
        let day: Int
        let language: String
        let isLetter: Bool
    }

    private static let keptCopies = 6
    private static let keptBytes = 48 << 20

    private let queue = DispatchQueue(label: "chancery.treaties.copies")
    /// Newest last. Written on the queue only.
    private let kept = Mutex<[(key: Key, bytes: [UInt8])]>([])

    /// The PDF.
    ///
    /// - Parameters:
    ///   - document: made on the press's thread, where the copy is not kept already.
    ///   - seal: puts a seal to the pages that were set.
    func copy(
        _ key: Key, of document: @escaping @Sendable () throws -> PrintedDocument,
        sealed seal: @escaping @Sendable ([UInt8]) throws -> [UInt8]
    ) async throws -> [UInt8] {
        if let copy = kept(key) { return copy }
        return try await withCheckedThrowingContinuation { continuation in
            queue.async {
                if let copy = self.kept(key) { return continuation.resume(returning: copy) }
                continuation.resume(
                    with: Result {
                        let copy = try seal(try Typesetter().set(try document()).bytes)
                        self.keep(copy, under: key)
                        return copy
                    })
            }
        }
    }

    private func kept(_ key: Key) -> [UInt8]? { kept.withLock { $0.first { $0.key == key }?.bytes } }

    private func keep(_ copy: [UInt8], under key: Key) {
        kept.withLock { kept in
            // A copy of an earlier day or text is not asked for again.
            kept.removeAll { $0.key.treaty == key.treaty && ($0.key.entry != key.entry || $0.key.day != key.day) }
            kept.append((key, copy))
            while kept.count > 1, kept.count > Self.keptCopies || kept.reduce(0, { $0 + $1.bytes.count }) > Self.keptBytes {
                kept.removeFirst()
            }
        }
    }
}
