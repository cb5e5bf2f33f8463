import Dispatch
import Seals
import Synchronization
import Typesetting

/// Sets the depositary's documents and seals them, one at a time and off the threads that serve pages, and keeps the last few.
///
/// Setting a certified copy keeps a core busy for seconds. However many readers ask, one document is set at a time; who asks for one that
/// is being set gets it when it is done.
final class PaperPress: Sendable {
    struct Key: Hashable {
        /// Which of the treaty's documents: `certified-copy`, a notification's number.
        let document: String
        let treaty: String
        /// The last act that changed what it says.
        let entry: Int64
        /// The day of issue, where it bears one.
        var day = 0
        var language = ""
        var isLetter = false
    }

    private static let keptDocuments = 12
    private static let keptBytes = 48 << 20

    /// The office that seals.
    private let office: String
    private let queue = DispatchQueue(label: "chancery.treaties.papers")
    /// Newest last. Written on the queue only.
    private let kept = Mutex<[(key: Key, bytes: [UInt8])]>([])

    init(office: String) {
        self.office = office
    }

    /// The document as a PDF, sealed by the depositary's office (PAdES B-T) where the node has seals.
    ///
    /// The proof of the act is a file beside it, for a later revision of the PDF would look like a change.
    ///
    /// - Parameters:
    ///   - reason: why it is sealed, as readers of the PDF show it.
    ///   - document: made on the press's thread, where it is not kept already.
    func pdf(
        _ key: Key, sealedBy seals: SealingOffice?, reason: String, of document: @escaping @Sendable () throws -> PrintedDocument
    ) async throws -> [UInt8] {
        if let kept = kept(key) { return kept }
        return try await withCheckedThrowingContinuation { continuation in
            queue.async {
                if let kept = self.kept(key) { return continuation.resume(returning: kept) }
                continuation.resume(
                    with: Result {
                        let pages = try Typesetter().set(try document()).bytes
                        let seal = PDFSeal(name: "Depositary", reason: reason)
                        let pdf = try seals?.seal(pdf: pages, as: seal, by: self.office) ?? pages
                        self.keep(pdf, under: key)
                        return pdf
                    })
            }
        }
    }

    private func kept(_ key: Key) -> [UInt8]? { kept.withLock { $0.first { $0.key == key }?.bytes } }

    private func keep(_ pdf: [UInt8], under key: Key) {
        kept.withLock { kept in
            // One of an earlier day or text is not asked for again.
            kept.removeAll {
                $0.key.treaty == key.treaty && $0.key.document == key.document && ($0.key.entry != key.entry || $0.key.day != key.day)
            }
            kept.append((key, pdf))
            while kept.count > 1, kept.count > Self.keptDocuments || kept.reduce(0, { $0 + $1.bytes.count }) > Self.keptBytes {
                kept.removeFirst()
            }
        }
    }
}
