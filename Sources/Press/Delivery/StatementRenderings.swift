import Acts
import Typesetting
import Web

/// A statement on paper and as a picture, in one of its languages, with the house's words around it.
struct StatementRenderings: Sendable {
    let house: House
    let press: StatementPress

    func words(_ statement: PublicStatement, _ tag: String) -> StatementPaper.Words {
        let language = house.catalogue.language(tag) ?? .english
        func text(_ key: String, _ arguments: [String: TextArgument] = [:]) -> String {
            house.catalogue.text("press.\(key)", arguments, language)
        }
        return StatementPaper.Words(
            language: language.tag, date: language.text(statement.released),
            office: statement.name(statement.act.officeName, tag) ?? statement.act.office,
            holder: statement.name(statement.act.holder, tag),
            authority: tag == statement.act.content.authoritative
                ? text("authoritative")
                : text("translation", ["language": .text(language.name(ofOther: statement.act.content.authoritative))]),
            check: text("paper.check", ["address": .text("\(house.configuration.origin.authority)/v/\(statement.act.code)")]),
            correction: statement.name(statement.act.correction, tag), code: text("code"))
    }

    /// The same bytes every time.
    func pdf(_ statement: PublicStatement, _ tag: String) async throws -> [UInt8] {
        try await press.pdf(
            StatementPaper(statement, language: tag, words: words(statement, tag), origin: house.configuration.origin.authority))
    }

    func png(_ statement: PublicStatement, _ tag: String) async throws -> [UInt8] {
        try await press.png(
            StatementCard(statement, language: tag, words: words(statement, tag), authority: house.configuration.origin.authority))
    }
}
