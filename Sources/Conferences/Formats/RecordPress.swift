import Dispatch
import Typesetting

/// Sets records on paper, one at a time and off the threads that serve pages: a long record keeps a core busy for seconds.
final class RecordPress: Sendable {
    private let queue = DispatchQueue(label: "chancery.conferences.records")

    /// The bytes of the PDF; the same document gives the same.
    /// - Throws: `TypesettingError` where it is too long or a typeface is missing.
    func pdf(_ document: RecordDocument) async throws -> [UInt8] {
        try await withCheckedThrowingContinuation { continuation in
            queue.async { continuation.resume(with: Result { try Typesetter().set(document.printed).bytes }) }
        }
    }
}
