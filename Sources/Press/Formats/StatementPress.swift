import Acts
import Crypto
import Dispatch
import Foundation
import Provenance
import Seals
import Typesetting

/// Sets statements on paper, one at a time and off the threads that serve pages.
final class StatementPress: Sendable {
    private let queue = DispatchQueue(label: "chancery.press.paper")
    /// Whose manifests its files bear; `nil`: nobody's.
    let provenance: SealingOffice?

    init(provenance: SealingOffice? = nil) {
        self.provenance = provenance
    }

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
}
