import Dispatch
import Synchronization
import Typesetting

/// Sets certified copies, one at a time and off the threads that serve pages, and keeps the last few.
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
    private let kept = Mutex<[(key: Key, pages: Typesetter.Pages)]>([])

    /// - Parameter document: made on the press's thread, where the copy is not kept already.
    func pages(_ key: Key, of document: @escaping @Sendable () throws -> PrintedDocument) async throws -> Typesetter.Pages {
        if let pages = kept(key) { return pages }
        return try await withCheckedThrowingContinuation { continuation in
            queue.async {
                if let pages = self.kept(key) { return continuation.resume(returning: pages) }
                continuation.resume(
                    with: Result {
                        let pages = try Typesetter().set(try document())
                        self.keep(pages, under: key)
                        return pages
                    })
            }
        }
    }

    private func kept(_ key: Key) -> Typesetter.Pages? { kept.withLock { $0.first { $0.key == key }?.pages } }

    private func keep(_ pages: Typesetter.Pages, under key: Key) {
        kept.withLock { kept in
            // A copy of an earlier day or text is not asked for again.
            kept.removeAll { $0.key.treaty == key.treaty && ($0.key.entry != key.entry || $0.key.day != key.day) }
            kept.append((key, pages))
            while kept.count > 1, kept.count > Self.keptCopies || kept.reduce(0, { $0 + $1.pages.bytes.count }) > Self.keptBytes {
                kept.removeFirst()
            }
        }
    }
}
