import Acts
import Testing

@testable import Texts

/// Small texts for tests.
enum Sample {
    static func identity() throws -> InstrumentIdentity {
        try InstrumentIdentity(actor: "un", date: #require(CalendarDate("2023-06-19")), name: "sample")
    }

    static func text(
        _ provisions: [Provision], language: TextLanguage = .english, authenticity: TextAuthenticity = .authentic,
        title: String = "A Treaty"
    ) throws -> InstrumentText {
        let identity = try identity()
        return try InstrumentText(
            identity: identity, language: language, authenticity: authenticity, version: try TextVersion(date: identity.date),
            title: try InlineText(title), provisions: provisions)
    }

    static func provision(
        _ kind: ProvisionKind, _ token: String, wId: String? = nil, number: String? = nil, heading: String? = nil, _ words: String...,
        children: [Provision] = [], closing: [String] = []
    ) throws -> Provision {
        try Provision(
            kind, wId: #require(ProvisionIdentifier(wId ?? "\(kind.identifierWord)_\(token)")), token: token, number: number,
            heading: try heading.map { try InlineText($0) }, content: try words.map { try TextBlock($0) }, children: children,
            closing: try closing.map { try TextBlock($0) })
    }

    static func article(_ token: String, _ words: String = "The Parties agree.", children: [Provision] = []) throws -> Provision {
        try provision(.article, token, number: "Article \(token)", heading: "On \(token)", words, children: children)
    }

    static func fault(_ work: () throws -> some Any) -> TextFault? {
        do {
            _ = try work()
            return nil
        } catch {
            return error as? TextFault
        }
    }
}
