import Acts
import HTTPTypes
import Hummingbird
import Record
import Web

/// What other sites' programs ask about a link to a statement (oEmbed 1.0), and the HTML that people copy.
struct EmbedPages: Sendable {
    let house: House

    func addRoutes(to router: Router<Visit>) {
        router.get("/statements/oembed") { request, visit in try await answer(request, visit) }
    }

    /// The HTML to copy, in the language of the text where the house speaks it.
    static func code(_ statement: PublicStatement, _ tag: String, _ house: House) -> EmbedCode {
        let language = house.catalogue.language(tag) ?? .english
        let words = house.catalogue.text("press.embed.words", ["code": .text(statement.act.code)], language)
        return EmbedCode(
            statement, language: tag, words: words, provider: house.configuration.name(in: language),
            origin: house.configuration.origin.description)
    }

    /// The address at which a page says what it is to such programs.
    static func discovery(_ address: String, _ house: House) -> PageLink {
        let own = "\(house.configuration.origin)\(address)"
        return PageLink(
            "alternate", "\(house.configuration.origin)/statements/oembed?url=\(PercentCoding.encode(own))", type: "application/json+oembed"
        )
    }

    private func answer(_ request: Request, _ visit: Visit) async throws -> Response {
        guard let address = try visit.query.filled("url", longest: 500) else { throw Fields.missing("url") }
        guard (try visit.query.filled("format", longest: 16) ?? "json") == "json" else {
            throw Refusal(
                .malformed, code: "press.oembed-format", "Only JSON is given.", mend: "Ask for format=json, or for none.",
                citation: "oEmbed 1.0, 2.2")
        }
        return try await house.cached(request, visit, dependsOn: StatementPages.dependency) {
            let origin = house.configuration.origin.description
            guard address.hasPrefix("\(origin)/") else { throw PressCommands.noStatement }
            let parts = address.dropFirst(origin.count).split(separator: "?", maxSplits: 1)
            let steps = (parts.first ?? "").split { $0 == "/" || $0 == "#" }.map(String.init)
            var fields: [String: String] = [:]
            for pair in (parts.count > 1 ? parts[1] : "").split(separator: "&") {
                let sides = pair.split(separator: "=", maxSplits: 1).map(String.init)
                if sides.count == 2 { fields[sides[0]] = sides[1] }
            }
            guard steps.count == 2 else { throw PressCommands.noStatement }
            let version = fields["version"].flatMap { Int64($0) }
            let found = try await house.record.read { database -> PublicStatement? in
                let queries = PressQueries(database: database)
                switch steps[0] {
                case "statements": return try queries.statement(steps[1].lowercased(), version: version)
                case "v": return try StatementCode.reading(steps[1]).flatMap { try queries.statement(code: $0) }
                default: return nil
                }
            }
            guard let statement = found else { throw PressCommands.noStatement }
            let tag =
                fields["text"].flatMap { statement.act.content.texts[$0] != nil ? $0 : nil }
                ?? statement.language(wished: visit.language.tag)
            return house.json(Self.code(statement, tag, house).json)
        }
    }
}
