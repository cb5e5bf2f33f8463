import Acts
import Crypto
import Dispatch
import Foundation
import Provenance
import Seals
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
    /// Whose manifests its files bear; `nil`: nobody's.
    let provenance: SealingOffice?

    init(provenance: SealingOffice? = nil) {
        self.provenance = provenance
    }

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

    /// A file with a signed manifest in it (C2PA).
    ///
    /// - Throws: `SealError` where the file takes none or the key does not sign.
    func attach(_ manifest: ProvenanceManifest, to bytes: [UInt8], _ provenance: SealingOffice, at moment: Moment) async throws -> [UInt8] {
        let date = Date(timeIntervalSince1970: Double(moment.milliseconds) / 1000)
        return try await withCheckedThrowingContinuation { continuation in
            queue.async {
                continuation.resume(
                    with: Result {
                        try ProvenanceWriter(identity: try provenance.provenanceIdentity()).attach(manifest, to: bytes, at: date)
                    })
            }
        }
    }

    /// A PDF with an office's seal (PAdES B-T); its bytes so far stay as they are.
    ///
    /// - Throws: `SealError` where the office's certificate is not good.
    func seal(_ pdf: [UInt8], as seal: PDFSeal, by office: String, _ seals: SealingOffice) async throws -> [UInt8] {
        try await withCheckedThrowingContinuation { continuation in
            queue.async { continuation.resume(with: Result { try seals.seal(pdf: pdf, as: seal, by: office) }) }
        }
    }

    /// Whether a PDF bears seals of this node's offices, which hold and cover all of it.
    func isSealed(_ pdf: [UInt8], now: Moment) async -> Bool {
        guard let root = provenance?.root else { return false }
        let now = Date(timeIntervalSince1970: Double(now.milliseconds) / 1000)
        return (try? await PDFVerification(roots: [root]).check(pdf, now: now)).map(PDFVerification.stands) ?? false
    }

    /// What a file's manifest says, held against this node's own root; `nil` where it bears none.
    func provenance(of bytes: [UInt8], now: Moment) async -> ProvenanceFinding? {
        let roots = (provenance?.root).map { [$0] } ?? []
        return await ProvenanceReader(roots: roots).read(bytes, now: Date(timeIntervalSince1970: Double(now.milliseconds) / 1000))
    }

    /// Most bytes of a PDF's words that are compared, as of a text that is pasted.
    private static let mostCharacters = 60_000

    /// The words of a PDF, as programs read them; `nil` where this node does not read its form, or it has too many.
    func words(ofPDF bytes: [UInt8]) async -> String? {
        await withCheckedContinuation { continuation in
            queue.async {
                let text = try? PDFText(bytes).lines.joined(separator: " ")
                continuation.resume(returning: text.flatMap { $0.utf8.count <= Self.mostCharacters ? $0 : nil })
            }
        }
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
