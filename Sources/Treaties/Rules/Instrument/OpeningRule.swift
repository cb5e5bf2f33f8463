import Acts
import Texts

/// Whether an instrument may be opened in the register as it is described, or its description changed.
struct OpeningRule: Sendable {
    let actors: ActorTable

    /// The most depositaries, languages and characters of a title that an instrument has.
    static let mostDepositaries = 12
    static let mostLanguages = 30
    static let longestTitle = 1_000

    /// - Parameters:
    ///   - isTaken: whether the register has the number already.
    ///   - parentExists: whether the parent named is in the register.
    func check(_ opened: TreatyOpened, isTaken: Bool, parentExists: Bool) throws(Refusal) {
        guard Self.isNumber(opened.treaty) else {
            throw Refusal(
                .malformed, code: "treaty.number-form", "'\(opened.treaty.prefix(60))' is not a number of this register.",
                mend: "Write the chapter in Roman figures, a hyphen and a number: XXVII-12.", citation: "docs/instruments.md, Numbers",
                arguments: ["treaty": opened.treaty])
        }
        guard !isTaken else { throw Self.taken(opened.treaty) }
        try checkNames(opened)
        try checkParent(opened, exists: parentExists)
        try checkLanguages(opened)
        try checkPeriod(opened)
        try checkClause(opened)
    }

    /// A description may change until the text is adopted: from then on the final clauses apply (VCLT art. 24(4)).
    func checkChange(_ opened: TreatyOpened, in file: InstrumentFile, parentExists: Bool) throws(Refusal) {
        if let adopted = file.opened.adoptedOn {
            throw Refusal(
                .unlawful, code: "treaty.adopted-already",
                "The text was adopted on \(adopted); its final clauses apply and can no longer be described otherwise.",
                mend: "Correct an error of the text, or open an amendment.", citation: "VCLT arts. 24(4), 39, 79",
                arguments: ["date": adopted.description])
        }
        guard opened != file.opened else {
            throw Refusal(
                .conflict, code: "treaty.nothing-changed", "Nothing in the description differs from what the register holds.",
                mend: "Change what should be otherwise, or leave it.")
        }
        try check(opened, isTaken: opened.treaty != file.opened.treaty, parentExists: parentExists)
    }

    static func taken(_ number: String) -> Refusal {
        Refusal(
            .conflict, code: "treaty.exists-already", "The number \(number) is taken in this register.", mend: "Use another number.",
            arguments: ["treaty": number])
    }

    /// `IV-11`, `XXVII-7-d`: a chapter, then at least one part more.
    static func isNumber(_ text: String) -> Bool {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count >= 2, TreatyNumber.isWellFormed(text) else { return false }
        return parts.allSatisfy { !$0.isEmpty } && parts[0].allSatisfy { "IVXLCDM".contains($0) } && parts[1].allSatisfy(\.isNumber)
    }

    private func checkNames(_ opened: TreatyOpened) throws(Refusal) {
        guard opened.titles.values.contains(where: { !$0.isEmpty }) else {
            throw Refusal(
                .malformed, code: "treaty.no-title", "The instrument has no title.", mend: "Give its full title in at least one language.")
        }
        for (language, title) in opened.titles {
            guard TextLanguage(language)?.tag == language else { throw Self.unknownLanguage(language) }
            guard (1...Self.longestTitle).contains(title.count) else {
                throw Refusal(
                    .malformed, code: "request.too-long", "The field 'title' is longer than \(Self.longestTitle) characters.",
                    mend: "Write less.", arguments: ["field": "title", "limit": String(Self.longestTitle)])
            }
        }
        guard let depositaries = opened.depositaries else { return }
        guard depositaries.count <= Self.mostDepositaries, Set(depositaries).count == depositaries.count else {
            throw Refusal(
                .malformed, code: "treaty.depositaries", "A depositary is named twice, or there are more than \(Self.mostDepositaries).",
                mend: "Name each depositary once.", citation: "VCLT art. 76(1)")
        }
    }

    private func checkParent(_ opened: TreatyOpened, exists: Bool) throws(Refusal) {
        guard let parent = opened.parent else {
            guard opened.instrumentKind?.needsParent != true else {
                throw Refusal(
                    .unlawful, code: "treaty.no-parent", "An amendment amends some instrument, and none is named.",
                    mend: "Name the instrument it amends by its number.", citation: "VCLT art. 39")
            }
            return
        }
        guard exists, parent != opened.treaty else {
            throw Refusal(
                .malformed, code: "treaty.unknown-parent", "The parent \(parent) is not another instrument of this register.",
                mend: "Open the parent first, or correct its number.", arguments: ["treaty": parent])
        }
    }

    private func checkLanguages(_ opened: TreatyOpened) throws(Refusal) {
        let languages = opened.authenticLanguages ?? []
        for tag in languages {
            guard TextLanguage(tag)?.tag == tag else { throw Self.unknownLanguage(tag) }
        }
        guard Set(languages).count == languages.count, languages.count <= Self.mostLanguages else {
            throw Refusal(
                .malformed, code: "treaty.languages-repeated", "An authentic language is named twice, or there are too many.",
                mend: "Name each language once.", citation: "VCLT art. 33(1)")
        }
        if let prevailing = opened.prevailingLanguage, !languages.contains(prevailing) {
            throw Refusal(
                .unlawful, code: "treaty.prevailing-not-authentic",
                "The text in '\(prevailing)' cannot prevail: it is not among the authentic ones.",
                mend: "Add it to the authentic languages, or choose one of them.", citation: "VCLT art. 33(1)",
                arguments: ["language": prevailing])
        }
    }

    private func checkPeriod(_ opened: TreatyOpened) throws(Refusal) {
        if let from = opened.openForSignature, let until = opened.closedForSignature, until < from {
            throw Refusal(
                .unlawful, code: "treaty.period-ends-early", "Signature would close on \(until), before it opens on \(from).",
                mend: "Check both dates.", arguments: ["from": from.description, "until": until.description])
        }
    }

    private func checkClause(_ opened: TreatyOpened) throws(Refusal) {
        do {
            _ = try StandingRule(actors: actors).reading(of: opened, inForce: [:])
        } catch {
            throw Refusal(
                .malformed, code: "treaty.clause-form", "The clause on entry into force cannot be read: \(error).",
                mend: "Mend the place it names; docs/clauses.md describes the language.", citation: "docs/clauses.md",
                arguments: ["reason": "\(error)"])
        }
    }

    static func unknownLanguage(_ tag: String) -> Refusal {
        Refusal(
            .malformed, code: "treaty.unknown-language", "'\(tag.prefix(40))' is not the tag of a language.",
            mend: "Use a tag such as en, fr, ar or sr-Latn.", citation: "RFC 5646", arguments: ["language": String(tag.prefix(40))])
    }
}
