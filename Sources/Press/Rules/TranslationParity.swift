import Acts

/// Whether the language versions of a statement say the same number of things in all languages it must have: all of them are released
/// together, or none is.
struct TranslationParity: Hashable, Sendable {
    enum Fault: Hashable, Sendable {
        /// A language that the office's statements have, and this one has not.
        case missing(String)
        /// A language whose text has another number of paragraphs than the authoritative one.
        case paragraphs(String, has: Int, authoritative: Int)
        /// A language without key phrases where the authoritative one has some.
        case phrases(String)
        /// A file without words that stand for it in this language, by its place from 1.
        case alternative(String, medium: Int)
    }

    /// In the order of languages.
    let faults: [Fault]

    init(_ content: StatementContent, required: [String]) {
        var faults: [Fault] = []
        for tag in required where content.texts[tag] == nil { faults.append(.missing(tag)) }
        let count = content.texts[content.authoritative]?.paragraphs.count ?? 0
        let hasPhrases = !(content.phrases[content.authoritative] ?? []).isEmpty
        for tag in content.languages {
            guard let text = content.texts[tag] else { continue }
            if text.paragraphs.count != count { faults.append(.paragraphs(tag, has: text.paragraphs.count, authoritative: count)) }
            if hasPhrases, (content.phrases[tag] ?? []).isEmpty { faults.append(.phrases(tag)) }
            for (place, medium) in content.media.enumerated() where (medium.alternative[tag] ?? "").allSatisfy(\.isWhitespace) {
                faults.append(.alternative(tag, medium: place + 1))
            }
        }
        self.faults = faults
    }

    /// What stands in the way of release, the first of it; `nil` where nothing does.
    var refusal: Refusal? {
        switch faults.first {
        case nil: nil
        case .missing(let tag):
            Refusal(
                .unlawful, code: "press.parity-missing", "The statement has no text in '\(tag)', in which the office always speaks.",
                mend: "Add that language, or change the office's languages.", citation: "docs/press.md, Languages",
                arguments: ["language": tag])
        case .paragraphs(let tag, let has, let authoritative):
            Refusal(
                .unlawful, code: "press.parity-paragraphs",
                "The text in '\(tag)' has \(has) paragraphs, the authoritative one has \(authoritative).",
                mend: "Translate paragraph by paragraph, so that readers can compare.", citation: "docs/press.md, Languages",
                arguments: ["language": tag, "count": String(has), "expected": String(authoritative)])
        case .phrases(let tag):
            Refusal(
                .unlawful, code: "press.parity-phrases", "There are no key phrases in '\(tag)'.",
                mend: "Give the key phrases in every language, or in none.", citation: "docs/press.md, Languages",
                arguments: ["language": tag])
        case .alternative(let tag, let medium):
            Refusal(
                .unlawful, code: "press.no-alternative", "File \(medium) has no alternative text in '\(tag)'.",
                mend: "Say in words what it shows.", citation: "WCAG 2.2, 1.1.1",
                arguments: ["language": tag, "file": String(medium)])
        }
    }
}
