import Acts
import Foundation

/// The way of the negotiated text to its adoption: the legal scrub, the authentic languages, the decision of the body, the act.
///
/// All of it by the pages that the secretariat, the president and delegates use; what the desk must refuse on the way is tried.
extension SimulatedStory {
    /// The French of each paragraph, with a place for the verb that the English came to.
    private static let french = """
        Projet de convention sur les feux des ports

        Préambule

        Les Parties à la présente Convention sont convenues de ce qui suit :

        Article premier

        Feux

        1. Chaque Partie {art_1__para_1} éclairer ses ports du crépuscule à l'aube.

        2. Chaque Partie {art_1__para_2} tenir ses feux en bon état.

        Article 2

        Avis

        1. Chaque Partie {art_2__para_1} signaler aux navigateurs les feux éteints.

        2. Chaque Partie {art_2__para_2} conserver ses avis pendant dix ans.

        Article 3

        Coopération

        1. Les Parties {art_3__para_1} s'aider à éclairer leurs ports.

        Article 4

        Clauses finales

        1. La présente Convention est soumise à ratification. Aucune réserve n'est admise.

        2. La présente Convention entrera en vigueur le trentième jour après la date du dépôt du troisième instrument de ratification.

        3. Le Secrétaire général de l'Organisation des Nations Unies est le dépositaire. Les textes anglais et français font également foi.
        """

    private static let verbs = [("shall", "doit"), ("must", "est tenue de"), ("should", "devrait"), ("may", "peut")]

    private var desk: SimulatedRoom { SimulatedRoom(path: conferencePath + "/adoption/harbours") }

    func adoptText() async throws {
        let officer = secretariat.visitor
        try await owed("conferences.adoption.not-prepared", officer, "derive", [], in: desk)
        try await desk.act(officer, "prepare", [("languages", "en fr")])
        let findings = try await desk.facts(officer)["findings"]?.array ?? []
        hold(
            !findings.isEmpty && findings.allSatisfy { $0["kind"]?.string == "not-agreed" },
            "the scrub finds that provisions are agreed ad referendum only, and nothing else")
        // The capitals have answered.
        let text = SimulatedRoom(
            path: conferencePath + "/texts/harbours", page: conferencePath + "/texts/harbours/provisions/art_1__para_1")
        for finding in findings {
            try await text.act(president, "status", [("provision", finding["provision"]?.string ?? ""), ("status", "agreed")])
        }
        let scrubbed = try await desk.facts(officer)
        hold(scrubbed["findings"]?.array?.isEmpty == true, "the scrub finds nothing in a text on which everything is agreed")
        try await enterLanguages()
        await cutSomeLines()
        let decision = try await decideOnText()
        try await enterAdoption(decision)
        say("The text is scrubbed, concordant in two languages, and adopted")
    }

    /// The negotiated version itself, and its French, each confirmed by a language officer and by a delegate.
    private func enterLanguages() async throws {
        let officer = secretariat.visitor
        try await desk.act(officer, "derive")
        let facts = try await SimulatedRoom(path: conferencePath + "/texts/harbours").facts(president)
        var french = Self.french
        for provision in facts["provisions"]?.array ?? [] {
            guard let name = provision["wId"]?.string, let words = provision["words"]?.string else { continue }
            let verb = Self.verbs.first { words.contains(" \($0.0) ") }?.1 ?? "doit"
            french = french.replacing("{\(name)}", with: verb)
        }
        // Without a provision that the negotiated text has, the two are not the same text.
        let short = french.replacing("2. Chaque Partie", with: "Chaque Partie")
        try await desk.act(officer, "languages", [("language", "fr"), ("words", short)])
        let wrong = try await language("fr")
        hold(wrong.differences > 0, "a French text without numbers of paragraphs differs from the negotiated text")
        try await owed("conferences.adoption.differences", officer, "confirm", wrong.confirmation("language-officer"), in: desk)
        try await desk.act(officer, "languages", [("language", "fr"), ("words", french)])
        let reader = pick()
        for tag in ["en", "fr"] {
            let text = try await language(tag)
            hold(text.differences == 0, "the text in '\(tag)' has the structure of the negotiated text")
            try await owed("conferences.adoption.own-text", officer, "confirm", text.confirmation("reader"), in: desk)
            try await desk.act(officer, "confirm", text.confirmation("language-officer"))
            try await desk.act(reader.visitor, "confirm", text.confirmation("reader"))
        }
    }

    /// The bytes of a language as its page shows them, and how many places of its structure differ from the negotiated text.
    private struct EnteredLanguage {
        let tag: String
        let sha256: String
        let differences: Int

        func confirmation(_ capacity: String) -> [(String, String)] {
            [("language", tag), ("sha256", sha256), ("capacity", capacity)]
        }
    }

    private func language(_ tag: String) async throws -> EnteredLanguage {
        let page = try await secretariat.visitor.json("\(desk.path)/languages/\(tag)")
        guard let sha256 = page["sha256"]?.string, let differences = page["differences"]?.array?.count else {
            throw WorldProblem("\(desk.path)/languages/\(tag) does not say which bytes it shows.")
        }
        return EnteredLanguage(tag: tag, sha256: sha256, differences: differences)
    }

    /// A delegation puts the version before the body, which decides on it by a recorded vote.
    ///
    /// - Returns: the decision's name.
    private func decideOnText() async throws -> String {
        let before = try await desk.facts(president)
        // The page has no form for it yet, so it is sent with what another page's form carries.
        try await owed(
            "conferences.adoption.no-decision", president, "adopt", adoptionFields(before, decision: "d1"), in: desk,
            kept: try await room.token(president))
        try await desk.act(pick().visitor, "propose")
        guard let proposal = try await room.facts(president)["proposals"]?.array?.last?["proposal"]?.string,
            proposal == before["proposal"]?.string
        else { throw WorldProblem("The room does not show the text as a proposal.") }
        try await room.act(president, "rule", [("subject", "circulation"), ("concerns", proposal), ("allowed", "yes")])
        // Nobody against: two thirds of those present and voting, whoever abstains (VCLT art. 9(2)).
        try await settle(yes: 97, no: 0, method: "recorded")
        guard let decision = try await room.facts(president)["decisions"]?.array?.last, let name = decision["decision"]?.string,
            decision["concerns"]?.string == proposal
        else { throw WorldProblem("The body did not decide on the text.") }
        return name
    }

    private func enterAdoption(_ decision: String) async throws {
        let late = try await desk.token(president)
        let fields = adoptionFields(try await desk.facts(president), decision: decision)
        try await desk.act(president, "adopt", fields)
        try await owed("conferences.adoption.adopted", president, "adopt", fields, in: desk, kept: late)
        guard let adopted = try await desk.facts(president)["adopted"], let entry = adopted["entry"]?.integer,
            let version = adopted["version"]?.integer, let textSet = adopted["textSet"]?.string
        else { throw WorldProblem("\(desk.path) does not say that the text was adopted.") }
        var texts: [String: String] = [:]
        for tag in ["en", "fr"] { texts[tag] = adopted["texts"]?[tag]?.string }
        adoption = SimulationReport.Adoption(entry: entry, version: version, texts: texts, textSet: textSet)
        hold(texts.count == 2, "the act of adoption names the text in each authentic language")
    }

    private func adoptionFields(_ facts: JSON, decision: String) -> [(String, String)] {
        [("decision", decision), ("rule", "twoThirds"), ("textSet", facts["textSet"]?.string ?? "")]
    }
}
