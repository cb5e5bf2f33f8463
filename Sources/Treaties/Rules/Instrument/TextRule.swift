import Acts
import Ledger
import Texts

/// Whether a text may be entered, adopted or authenticated (VCLT arts. 9, 10, 79).
struct TextRule: Sendable {
    let file: InstrumentFile
    let today: CalendarDate

    // MARK: Entering

    /// - Parameter expected: the SHA-256 the person said the text has, where one was given.
    func checkEntering(_ text: TreatyTextEntered, expected: Hash?) throws(Refusal) {
        guard TextLanguage(text.language)?.tag == text.language else { throw OpeningRule.unknownLanguage(text.language) }
        if let expected, expected != text.sha256 {
            throw Refusal(
                .conflict, code: "treaty.text-hash-differs",
                "The text has the SHA-256 \(text.sha256.hexadecimal), not \(expected.hexadecimal): it is not the one that was meant.",
                mend: "Compare the two texts, and enter the one that was agreed.",
                arguments: ["found": text.sha256.hexadecimal, "expected": expected.hexadecimal])
        }
        if let authentic = file.opened.authenticLanguages, text.isAuthentic, !authentic.contains(text.language) {
            throw Refusal(
                .unlawful, code: "treaty.language-not-authentic",
                "'\(text.language)' is not among the instrument's authentic languages: \(authentic.joined(separator: ", ")).",
                mend: "Enter it as a translation, or change the instrument's languages before the text is adopted.",
                citation: "VCLT art. 33(2)",
                arguments: ["language": text.language, "languages": authentic.joined(separator: ", ")])
        }
        if text.isAuthentic, let authenticated = file.authenticated { try checkCorrection(text, of: authenticated.act) }
        if let current = file.current(in: text.language) {
            guard current.text.sha256 != text.sha256 || current.text.isAuthentic != text.isAuthentic else {
                throw Refusal(
                    .conflict, code: "treaty.text-unchanged",
                    "This is the text that stands as version \(current.text.version) in '\(text.language)', to the byte.",
                    mend: "Nothing more is needed.",
                    arguments: ["language": text.language, "version": String(current.text.version)])
            }
        }
        let next = (file.current(in: text.language)?.text.version ?? 0) + 1
        guard text.version == next else {
            throw Refusal(
                .conflict, code: "treaty.version-taken", "The next version in '\(text.language)' has the number \(next).",
                mend: "Look at the newest version first, then enter yours.",
                arguments: ["language": text.language, "version": String(next)])
        }
    }

    /// An authentic text is replaced by a correction that was made, and by each once (VCLT art. 79).
    private func checkCorrection(_ text: TreatyTextEntered, of authenticated: TreatyAuthenticated) throws(Refusal) {
        guard let entry = text.correction else {
            throw Refusal(
                .unlawful, code: "treaty.text-frozen",
                "The text was authenticated on \(authenticated.date) and is definitive in all its languages.",
                mend: "Propose a correction of the error.", citation: "VCLT arts. 10, 79",
                arguments: ["date": authenticated.date.description])
        }
        guard let correction = file.corrections.first(where: { $0.entry == entry }), correction.languages.contains(text.language) else {
            throw Refusal(
                .unlawful, code: "treaty.correction-not-made",
                "No correction of the text in '\(text.language)' was made by entry \(entry).",
                mend: "Make the correction first; it names the languages it changes.", citation: "VCLT art. 79(1), (2)",
                arguments: ["language": text.language, "entry": String(entry)])
        }
        guard !file.versions.contains(where: { $0.text.language == text.language && $0.text.correction == entry }) else {
            throw Refusal(
                .conflict, code: "treaty.correction-used", "The text in '\(text.language)' as entry \(entry) corrected it is entered.",
                mend: "Propose another correction for another error.", citation: "VCLT art. 79(4)",
                arguments: ["language": text.language, "entry": String(entry)])
        }
    }

    // MARK: Adoption

    func checkAdoption(_ adopted: TreatyAdopted) throws(Refusal) {
        if let date = file.opened.adoptedOn {
            throw Refusal(
                .conflict, code: "treaty.adopted-already", "The text was adopted on \(date).",
                mend: "Correct an error of the text, or open an amendment.", citation: "VCLT arts. 24(4), 39, 79",
                arguments: ["date": date.description])
        }
        try checkNotInFuture(adopted.date)
        guard !file.authenticTexts.isEmpty else {
            throw Refusal(
                .unlawful, code: "treaty.nothing-to-adopt", "No authentic text is entered, so there is nothing to adopt.",
                mend: "Enter the text first.", citation: "VCLT art. 9")
        }
        guard adopted.texts == file.authenticTexts else { throw Self.textsChanged }
        switch adopted.rule {
        case .consentOfAll:
            guard (adopted.votes?.against ?? 0) == 0 else {
                throw Refusal(
                    .unlawful, code: "treaty.consent-not-of-all", "The text has votes against it, so not all consented.",
                    mend: "Choose the rule by which it was adopted, or correct the votes.", citation: "VCLT art. 9(1)")
            }
        case .twoThirds: try checkTwoThirds(adopted.votes)
        case .ownRule:
            guard adopted.ownRule != nil else {
                throw Refusal(
                    .malformed, code: "treaty.own-rule-missing", "It is not said which rule the text was adopted by.",
                    mend: "Cite the rule: rule 47(1) of the conference's rules of procedure.", citation: "VCLT arts. 5, 9(2)")
            }
        }
    }

    /// Two thirds of those present and voting; who abstains does not vote (rules of procedure of the General Assembly, rule 86).
    private func checkTwoThirds(_ votes: TreatyAdopted.Votes?) throws(Refusal) {
        guard let votes, votes.inFavour >= 0, votes.against >= 0, votes.abstaining >= 0, votes.inFavour + votes.against > 0 else {
            throw Refusal(
                .malformed, code: "treaty.votes-missing", "Adoption by two thirds needs the votes for and against.",
                mend: "Enter how many voted for and against, and how many abstained.", citation: "VCLT art. 9(2)")
        }
        guard votes.inFavour <= 10_000, votes.against <= 10_000, votes.inFavour * 3 >= (votes.inFavour + votes.against) * 2 else {
            throw Refusal(
                .unlawful, code: "treaty.two-thirds-missed",
                "\(votes.inFavour) of \(votes.inFavour + votes.against) present and voting are fewer than two thirds.",
                mend: "Correct the votes, or name the rule by which it was adopted.", citation: "VCLT art. 9(2)",
                arguments: ["inFavour": String(votes.inFavour), "voting": String(votes.inFavour + votes.against)])
        }
    }

    // MARK: Authentication

    func checkAuthentication(_ authenticated: TreatyAuthenticated) throws(Refusal) {
        if let earlier = file.authenticated {
            throw Refusal(
                .conflict, code: "treaty.authenticated-already", "The text was authenticated on \(earlier.act.date).",
                mend: "Propose a correction where it has an error.", citation: "VCLT arts. 10, 79",
                arguments: ["date": earlier.act.date.description])
        }
        try checkNotInFuture(authenticated.date)
        guard let adoptedOn = file.opened.adoptedOn else {
            throw Refusal(
                .unlawful, code: "treaty.not-adopted", "The text is not adopted yet.", mend: "Enter its adoption first.",
                citation: "VCLT arts. 9, 10")
        }
        guard adoptedOn <= authenticated.date else {
            throw Refusal(
                .unlawful, code: "treaty.authenticated-before-adoption",
                "\(authenticated.date) is before the adoption of the text on \(adoptedOn).", mend: "Check the date.",
                citation: "VCLT arts. 9, 10",
                arguments: ["date": authenticated.date.description, "adopted": adoptedOn.description])
        }
        let missing = file.missingLanguages
        guard missing.isEmpty, !file.authenticTexts.isEmpty else {
            throw Refusal(
                .unlawful, code: "treaty.language-missing",
                "The authentic text is missing in \(missing.joined(separator: ", ")), and all languages are frozen together.",
                mend: "Enter the missing texts first.", citation: "VCLT arts. 10, 33(1)",
                arguments: ["languages": missing.joined(separator: ", ")])
        }
        guard authenticated.texts == file.authenticTexts else { throw Self.textsChanged }
        guard authenticated.gaps == 0 || authenticated.reason != nil else {
            throw Refusal(
                .unlawful, code: "treaty.concordance-gaps",
                "The languages do not agree in \(authenticated.gaps) places.",
                mend: "Mend the texts the concordance names, or say in the reason why they may stand so.", citation: "VCLT arts. 10, 33",
                arguments: ["count": String(authenticated.gaps)])
        }
        guard Self.setHash(of: authenticated.texts) == authenticated.textSet else { throw Self.textsChanged }
    }

    /// The hash over the texts of all languages together (docs/texts.md); `nil` where a tag is none.
    static func setHash(of texts: [String: Hash]) -> Hash? {
        var digests: [TextLanguage: [UInt8]] = [:]
        for (tag, hash) in texts {
            guard let language = TextLanguage(tag) else { return nil }
            digests[language] = hash.bytes
        }
        return (try? AuthenticTexts(digests: digests)).flatMap { Hash($0.digest) }
    }

    private func checkNotInFuture(_ date: CalendarDate) throws(Refusal) {
        guard date <= today else {
            throw Refusal(
                .unlawful, code: "treaty.day-to-come", "\(date) is still to come.", mend: "Enter it on that day, or correct the date.",
                citation: "VCLT arts. 9, 10", arguments: ["date": date.description])
        }
    }

    private static let textsChanged = Refusal(
        .conflict, code: "treaty.texts-changed", "A text was entered since this page was made.",
        mend: "Open the page again and look at the newest texts.")
}
