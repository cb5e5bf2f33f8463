import Acts
import Web

/// What an import did, for its act's own page.
struct ImportActWords {
    let catalogue: LanguageCatalogue
    let language: Language

    private func text(_ key: String, _ arguments: [String: TextArgument] = [:]) -> String {
        catalogue.text("treaties.\(key)", arguments, language)
    }

    func description(of entry: Entry) -> ActDescription? {
        guard entry.kind == TreatyPastImported.kind else { return nil }
        guard case .present = entry.content else { return ActDescription(sentence: text("act.erased")) }
        guard let done = (try? entry.payload(as: TreatyPastImported.self)).flatMap({ $0 }) else { return nil }
        func fact(_ key: String, _ value: String?) -> [ActDescription.Fact] {
            value.map { [ActDescription.Fact(text(key), text: $0)] } ?? []
        }
        let treaty = ActDescription.Fact(text("act.of-treaty"), Markup.link(done.treaty, to: "/treaties/\(done.treaty)"))
        return ActDescription(
            sentence: text(
                "import.act",
                ["treaty": .text(done.treaty), "count": .number(done.accepted), "refused": .number(Int64(done.refused.count))]),
            facts: [treaty] + fact("act.source", done.source) + fact("import.confidence", done.confidence)
                + [ActDescription.Fact(text("import.act.table"), Markup.element("code", [:], text: done.table))]
                + fact("import.act.columns", done.columns.joined(separator: ", "))
                + fact(
                    "import.act.refused",
                    done.refused.isEmpty ? nil : done.refused.prefix(100).map { "\($0.line): \($0.code)" }.joined(separator: "; ")))
    }
}
