import Acts
import Foundation
import Testing
import Texts

@testable import Conferences

@Suite("Six authentic languages")
struct SixLanguagesTests {
    static let folder: URL? = {
        let named = ProcessInfo.processInfo.environment["CHANCERY_SHARED_DATA"].map { URL(filePath: $0) }
        let checkout = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let texts = (named ?? checkout.deletingLastPathComponent().appending(path: "shared/data"))
            .appending(path: "treaties/bbnj-six-languages")
        return FileManager.default.fileExists(atPath: texts.path) ? texts : nil
    }()

    private static func bytes(_ language: String) throws -> [UInt8] {
        Array(try Data(contentsOf: try #require(folder).appending(path: "\(language)/text.txt")))
    }

    @Test(
        "The scrub of a real treaty asks about little, and of its final clauses about nothing",
        .enabled(if: folder != nil, "the six-language text of the BBNJ Agreement is not beside the checkout"))
    func scrub() throws {
        let text = try NegotiatedText(parsing: try Self.bytes("en"))
        let found = LegalScrub(text, isTreaty: true).findings
        let clauses: Set<ScrubFinding.Kind> = [.noDepositary, .noLanguages, .noEntryIntoForce, .noReservations, .noConsent]
        #expect(found.filter { clauses.contains($0.kind) } == [])
        #expect(found.filter { $0.kind == .bracket || $0.kind == .option || $0.kind == .placeholder } == [])
        #expect(found.count < 30, "\(found.map(\.id))")
    }

    @Test(
        "Final clauses are found in all six languages of a real treaty",
        .enabled(if: folder != nil, "the six-language text of the BBNJ Agreement is not beside the checkout"),
        arguments: ["ar", "en", "es", "fr", "ru", "zh"])
    func clauses(language: String) throws {
        let found = LegalScrub(try NegotiatedText(parsing: try Self.bytes(language)), isTreaty: true).findings
        let clauses: Set<ScrubFinding.Kind> = [.noDepositary, .noLanguages, .noEntryIntoForce, .noReservations, .noConsent]
        #expect(found.filter { clauses.contains($0.kind) } == [])
    }
}
