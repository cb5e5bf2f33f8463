import Crypto
import Dispatch
import Typesetting

/// Sets statements on paper, one at a time and off the threads that serve pages.
final class StatementPress: Sendable {
    private let queue = DispatchQueue(label: "chancery.press.paper")

    /// The bytes of the PDF; the same statement gives the same.
    /// - Throws: `TypesettingError` where it is too long or a typeface is missing.
    func pdf(_ paper: StatementPaper) async throws -> [UInt8] {
        try await withCheckedThrowingContinuation { continuation in
            queue.async { continuation.resume(with: Result { try Typesetter().set(paper.printed).bytes }) }
        }
    }

    /// The bytes of a card as PNG; the same statement gives the same.
    func png(_ card: StatementCard) async throws -> [UInt8] {
        try await withCheckedThrowingContinuation { continuation in
            queue.async { continuation.resume(with: Result { try Typesetter().png(card.picture) }) }
        }
    }

    static func sha256(_ bytes: [UInt8]) -> [UInt8] { Array(SHA256.hash(data: bytes)) }
}
