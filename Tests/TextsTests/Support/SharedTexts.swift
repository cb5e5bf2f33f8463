import Acts
import Foundation
import Testing

@testable import Texts

/// Published texts that lie beside the checkout where somebody has put them, and not in it: texts are not committed.
enum SharedTexts {
    static let folder: URL? = shared("bbnj-six-languages")
    static let treaties: URL? = shared("open-treaties")
    static let treatyFiles: [String] =
        treaties.flatMap { try? FileManager.default.contentsOfDirectory(atPath: $0.path) }?
        .filter { $0.hasSuffix(".json") }.sorted() ?? []

    private static func shared(_ name: String) -> URL? {
        let named = ProcessInfo.processInfo.environment["CHANCERY_SHARED_DATA"].map { URL(filePath: $0) }
        let checkout = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let shared = named ?? checkout.deletingLastPathComponent().appending(path: "shared/data")
        let texts = shared.appending(path: "treaties/\(name)")
        return FileManager.default.fileExists(atPath: texts.path) ? texts : nil
    }

    static let absent = "the six-language text of the BBNJ Agreement is not beside the checkout (shared/data/treaties/bbnj-six-languages)"

    static let absentTreaties = "treaties article by article are not beside the checkout (shared/data/treaties/open-treaties)"

    static let languages: [TextLanguage] = [.arabic, .chinese, .english, .french, .russian, .spanish]

    static func bytes(_ language: TextLanguage) throws -> [UInt8] {
        Array(try Data(contentsOf: try #require(folder).appending(path: "\(language)/text.txt")))
    }

    static func reading(_ language: TextLanguage) throws -> PlainTextReading {
        try #require(readings[language])
    }

    /// Read once, for all tests.
    private static let readings: [TextLanguage: PlainTextReading] = Dictionary(
        uniqueKeysWithValues: languages.compactMap { language in (try? read(language)).map { (language, $0) } })

    private static func read(_ language: TextLanguage) throws -> PlainTextReading {
        let identity = try InstrumentIdentity(actor: "un", date: #require(CalendarDate("2023-06-19")), name: "bbnj")
        return try PlainText.read(
            try bytes(language), language: language, identity: identity, authenticity: .authentic,
            version: try TextVersion(date: identity.date))
    }
}
