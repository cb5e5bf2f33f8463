import Crypto
import Dispatch
import Synchronization
import Typesetting

/// Sets statements on paper, one at a time and off the threads that serve pages, and keeps what it has set.
///
/// What it keeps is in memory alone and found only by who has the whole document: nothing of a sealed statement leaves it before the release.
final class StatementPress: Sendable {
    private let queue = DispatchQueue(label: "chancery.press.paper")
    private let papers = Kept<PrintedDocument>()
    private let cards = Kept<PrintedPicture>()

    /// How often something was set and drawn, and not found ready.
    var timesSet: Int { papers.made + cards.made }

    /// The bytes of the PDF; the same statement gives the same.
    /// - Throws: `TypesettingError` where it is too long or a typeface is missing.
    func pdf(_ paper: StatementPaper) async throws -> [UInt8] {
        if let known = papers[paper.printed] { return known }
        let bytes = try await withCheckedThrowingContinuation { continuation in
            queue.async { continuation.resume(with: Result { try Typesetter().set(paper.printed).bytes }) }
        }
        papers.keep(bytes, for: paper.printed)
        return bytes
    }

    /// The bytes of a card as PNG; the same statement gives the same.
    func png(_ card: StatementCard) async throws -> [UInt8] {
        if let known = cards[card.picture] { return known }
        let bytes = try await withCheckedThrowingContinuation { continuation in
            queue.async { continuation.resume(with: Result { try Typesetter().png(card.picture) }) }
        }
        cards.keep(bytes, for: card.picture)
        return bytes
    }

    static func sha256(_ bytes: [UInt8]) -> [UInt8] { Array(SHA256.hash(data: bytes)) }

    /// The newest of what was set, up to so many bytes.
    private final class Kept<Document: Equatable & Sendable>: Sendable {
        private static var most: Int { 32 << 20 }

        private struct Content: Sendable {
            var items: [(document: Document, bytes: [UInt8])] = []
            var size = 0
            var made = 0
        }

        private let content = Mutex(Content())

        var made: Int { content.withLock { $0.made } }

        subscript(document: Document) -> [UInt8]? {
            content.withLock { content in content.items.last { $0.document == document }?.bytes }
        }

        func keep(_ bytes: [UInt8], for document: Document) {
            content.withLock { content in
                content.made += 1
                content.items.append((document, bytes))
                content.size += bytes.count
                while content.size > Self.most, content.items.count > 1 { content.size -= content.items.removeFirst().bytes.count }
            }
        }
    }
}
