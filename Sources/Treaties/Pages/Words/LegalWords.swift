import Acts
import Web

/// The steps of a legal answer in the words of a language.
struct LegalWords {
    let words: ClauseWords

    init(catalogue: LanguageCatalogue, language: Language, actors: ActorTable) {
        words = ClauseWords(catalogue: catalogue, language: language, actors: actors)
    }

    /// The sentence, without its rule and without a full stop.
    func sentence(_ step: LegalStep) -> String {
        words.catalogue.text("treaties.law.\(step.code.rawValue)", step.arguments.mapValues(argument), words.language)
    }

    /// The sentences of several steps, each with its rule in brackets.
    func sentences(_ steps: [LegalStep]) -> [String] {
        steps.map { "\(sentence($0)) (\($0.citation))" }
    }

    private func text(_ key: String) -> String {
        words.catalogue.text("treaties.law.\(key)", [:], words.language)
    }

    private func argument(_ argument: LegalArgument) -> TextArgument {
        switch argument {
        case .text(let text): .text(text)
        case .number(let number): .number(Int64(number))
        case .date(let date): .date(date)
        case .delay(let delay): .text(words.delay(delay))
        case .participant(let participant): .text(name(participant))
        case .participants(let participants): .text(words.list(participants.map(name)))
        case .selector(let selector): .text(words.selector(selector))
        case .comparison(let comparison): .text(text(comparison == .atLeast ? "comparison.at-least" : "comparison.more-than"))
        case .proportion(let proportion): .text(words.proportion(proportion))
        case .condition(let condition): .text(words.condition(condition))
        case .provisions(let provisions): .text(provisions.isEmpty ? text("whole-treaty") : words.list(provisions))
        case .list(let names): .text(words.list(names))
        }
    }

    /// The table's name in the language; for one the table does not know, the name it was entered with.
    private func name(_ participant: Participant) -> String {
        if case .actor = participant.id { words.name(participant.id) } else { participant.name }
    }
}
