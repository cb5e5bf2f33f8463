import Acts
import Foundation

/// The text that a simulated conference negotiates: tabled, amended in brackets in a first reading, cleaned in a second until everything is
/// agreed.
extension SimulatedStory {
    /// The verb of each paragraph is what delegations differ on.
    private static let words = """
        ## Preamble

        The Parties to this Convention have agreed as follows:

        ## Article 1. Lights

        1. Each Party shall light its harbours from dusk to dawn.

        2. Each Party shall keep its lights in good order.

        ## Article 2. Notices

        1. Each Party shall tell mariners of lights that are out.

        2. Each Party shall keep its notices for ten years.

        ## Article 3. Cooperation

        1. Parties shall help one another to light their harbours.

        ## Article 4. Final clauses

        1. This Convention is subject to ratification. No reservations may be made.

        2. This Convention shall enter into force on the thirtieth day after the date of deposit of the third instrument of ratification.

        3. The Secretary-General of the United Nations shall be the depositary. The English and French texts are equally authentic.
        """

    private static let paragraphs = ["art_1__para_1", "art_1__para_2", "art_2__para_1", "art_2__para_2", "art_3__para_1"]

    private var text: SimulatedRoom {
        let path = conferencePath + "/texts/harbours"
        return SimulatedRoom(path: path, page: path + "/provisions/art_1__para_1")
    }

    func negotiate() async throws {
        try await table()
        try await firstReading()
        await cutSomeLines()
        try await secondReading()
        say("A text is negotiated in two readings, from brackets to agreement")
    }

    private func table() async throws {
        let list = SimulatedRoom(path: conferencePath + "/texts")
        let page = try await president.get(list.path)
        guard let token = PageForm.all(in: page.text).first(where: { $0.action == list.path })?["request"] else {
            throw WorldProblem("\(list.path) shows the president no form to table a text.")
        }
        let answer = try await president.post(
            list.path,
            [
                ("request", token), ("text", "harbours"), ("title", "Draft convention on the lights of harbours"), ("body", "plenary"),
                ("form", "zero-draft"), ("language", "en"), ("words", Self.words),
            ])
        guard answer.status == 303 else { throw WorldProblem("A text was to be tabled: \(answer.status) \(answer.text.prefix(300))") }
    }

    /// Every paragraph is amended by somebody; what is proposed comes into the text in brackets, or is taken back.
    private func firstReading() async throws {
        try await owed("conferences.not-presiding", delegations[0].visitor, "reading", [], in: text)
        try await text.act(president, "reading")
        for (number, paragraph) in Self.paragraphs.enumerated() {
            let (author, other) = (pick(), pick())
            let verb = ["should", "may", "must"][lot.next(below: 3)]
            try await text.act(
                author.visitor, "amend",
                [("operation", "replace"), ("provision", paragraph), ("anchor", "shall"), ("words", verb), ("reason", "Instructions.")])
            guard let name = try await text.facts(president)["amendments"]?.array?.last?["amendment"]?.string else {
                throw WorldProblem("The text does not show the amendment of \(author.name).")
            }
            if other.actor != author.actor { try await text.act(other.visitor, "cosponsor", [("name", name)]) }
            if number == 1 {
                try await text.act(author.visitor, "withdraw", [("name", name)])
            } else {
                try await text.act(president, "apply", [("name", name), ("manner", "in-brackets")])
            }
        }
        let facts = try await text.facts(president)
        let brackets = facts["measures"]?["brackets"]?.integer ?? -1
        hold(
            brackets == Int64(2 * (Self.paragraphs.count - 1)),
            "four paragraphs stand with two alternatives each; \(brackets) brackets stand")
        hold(facts["everythingAgreed"]?.bool == false, "nothing is agreed while brackets stand")
    }

    /// The president proposes clean words, delegations have theirs, and every paragraph is found agreed.
    private func secondReading() async throws {
        try await text.act(president, "reading")
        let facts = try await text.facts(president)
        for provision in facts["provisions"]?.array ?? [] {
            guard let name = provision["wId"]?.string, let words = provision["words"]?.string, words.contains("[") else { continue }
            let clean = Self.choosing(lot.next(below: 2), in: words)
            try await text.act(
                president, "amend",
                [("operation", "edit"), ("provision", name), ("words", clean), ("apply", "yes"), ("manner", "as-proposed")])
        }
        let cleaned = try await text.facts(president)
        for provision in cleaned["provisions"]?.array ?? [] where provision["kind"]?.string != "heading" {
            guard let name = provision["wId"]?.string else { continue }
            try await text.act(president, "status", [("provision", name), ("status", "agreed-ad-referendum")])
        }
        let agreed = try await text.facts(president)
        hold(agreed["measures"]?["brackets"]?.integer == 0, "no bracket stands after the second reading")
        hold(agreed["everythingAgreed"]?.bool == true, "everything is agreed when every provision is and no bracket stands")
    }

    /// `[shall][FRA: may] x` with one of the alternatives standing.
    static func choosing(_ alternative: Int, in words: String) -> String {
        guard let first = words.firstIndex(of: "["), let middle = words.range(of: "]["),
            let last = words[middle.upperBound...].firstIndex(of: "]")
        else { return words }
        var second = words[middle.upperBound..<last]
        if let colon = second.range(of: ": ") { second = second[colon.upperBound...] }
        let chosen = alternative == 0 ? words[words.index(after: first)..<middle.lowerBound] : second
        return String(words[..<first] + chosen + words[words.index(after: last)...])
    }
}
