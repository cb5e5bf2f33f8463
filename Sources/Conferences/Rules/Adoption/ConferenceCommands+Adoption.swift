import Acts
import Ledger
import Texts

/// What is done towards the adoption of a text, and adoption itself.
extension ConferenceCommands {
    /// What the rules know of a text.
    struct TextState: Sendable {
        var name: String
        /// The number of its newest version.
        var version: Int64
        var form: ConferenceTextTabled.Form
        var title: [String: String]
        /// The language it is negotiated in.
        var language: String
        var body: String?
        /// Symbols of its versions.
        var documents: Set<String>
        /// When the newest version came.
        var moment: Moment
        var file: AdoptionFile

        /// The name of the proposal by which the version is put before the body.
        func proposal(version: Int64) -> String { "\(name).v\(version)" }
        /// Whether it is to be a treaty; a resolution has no final clauses.
        var isTreaty: Bool { form != .draftResolution }
    }

    static let mostReason = 2_000

    func prepare(_ act: ConferenceAdoptionPrepared, in conference: Conference, _ text: TextState) throws(Refusal) -> [ActDraft] {
        try Self.requireNotAdopted(text)
        guard act.version == text.version else { throw Self.versionMoved(text) }
        for language in act.languages {
            guard TextLanguage(language)?.tag == language, conference.languages.contains(language) || language == text.language else {
                throw Refusal(
                    .malformed, code: "conferences.adoption.language", "'\(language)' is not a language of this conference.",
                    mend: "Name languages of the conference by their tags: \(conference.languages.joined(separator: " ")).",
                    citation: "VCLT art. 33(1)",
                    arguments: ["language": language, "languages": conference.languages.joined(separator: " ")])
            }
        }
        return [draft(act, in: conference.id)]
    }

    /// - Parameter findings: of the version, by name.
    func waive(
        _ act: ConferenceScrubFindingWaived, in conference: Conference, _ text: TextState, findings: Set<String>
    ) throws(Refusal) -> [ActDraft] {
        try requirePrepared(text, act.version)
        guard findings.contains(act.finding) else {
            throw Refusal(
                .notFound, code: "conferences.adoption.no-finding", "The scrub of version \(act.version) has no such finding.",
                mend: "Reload the page: the text may have been corrected.", arguments: ["version": String(act.version)])
        }
        // Words in brackets are words that were not adopted by anybody: no reason makes them a text.
        guard !act.finding.hasPrefix("bracket") && !act.finding.hasPrefix("option") else {
            throw Refusal(
                .unlawful, code: "conferences.adoption.not-waivable", "Brackets and options cannot stand in a text that is adopted.",
                mend: "Settle them in a further version.", citation: "VCLT art. 9")
        }
        guard (1...Self.mostReason).contains(act.reason.unicodeScalars.count) else { throw Self.reasonMissing }
        return [draft(act, in: conference.id)]
    }

    func enter(_ act: ConferenceLanguageVersionEntered, in conference: Conference, _ text: TextState) throws(Refusal) -> [ActDraft] {
        try requireOpen(text, act.language, act.version)
        guard text.file.prepared?.languages.contains(act.language) == true else {
            throw Refusal(
                .malformed, code: "conferences.adoption.not-authentic",
                "'\(act.language)' is not among the authentic languages of the text.",
                mend: "Begin the scrub with this language named, or leave its text out.", citation: "VCLT art. 33(1)",
                arguments: ["language": act.language])
        }
        guard text.file.versions[act.language]?.act.sha256 != act.sha256 else {
            throw Refusal(
                .conflict, code: "conferences.adoption.unchanged", "This is the text that stands in this language, to the byte.",
                mend: "Nothing more is needed.", arguments: ["language": act.language])
        }
        return [draft(act, in: conference.id)]
    }

    /// - Parameter differences: of the structure, against the negotiated text.
    func confirm(
        _ act: ConferenceLanguageVersionConfirmed, in conference: Conference, _ text: TextState, differences: Int
    ) throws(Refusal) -> [ActDraft] {
        try requireOpen(text, act.language, nil)
        guard let version = text.file.versions[act.language], version.act.sha256 == act.sha256 else {
            throw Refusal(
                .conflict, code: "conferences.adoption.other-text", "The text in this language is another one by now.",
                mend: "Open the page again and read the text that stands.", arguments: ["language": act.language])
        }
        guard !version.confirmations.contains(where: { $0.author == author }) else {
            throw Refusal(
                .conflict, code: "conferences.adoption.confirmed-already", "You have confirmed this text.",
                mend: "The second confirmation is another person's.")
        }
        if act.capacity == .reader, version.author == author {
            throw Refusal(
                .forbidden, code: "conferences.adoption.own-text", "Whoever entered a text cannot be its second reader.",
                mend: "Ask a delegate or an editor who reads the language.")
        }
        if version.confirmations.contains(where: { $0.act.capacity == act.capacity }) {
            throw Refusal(
                .conflict, code: "conferences.adoption.capacity-taken", "This confirmation is given already; the other one is missing.",
                mend: "A language officer confirms, and a delegate or editor does.")
        }
        guard differences == 0 || act.reason != nil else {
            throw Refusal(
                .unlawful, code: "conferences.adoption.differences",
                "The structure differs from the negotiated text in \(differences) places.",
                mend: "Mend the text, or say in the reason why the differences may stand.", citation: "VCLT arts. 10, 33",
                arguments: ["count": String(differences)])
        }
        if let reason = act.reason, reason.unicodeScalars.count > Self.mostReason { throw Self.reasonMissing }
        return [draft(act, in: conference.id)]
    }

    /// The decision by which a body adopts a text.
    struct AdoptingDecision: Hashable, Sendable {
        var opened: ConferenceDecisionOpened
        var closed: ConferenceDecisionClosed
        /// The entry that announced the result.
        var entry: Int64
        var moment: Moment

        var isAdoption: Bool {
            opened.subject == .proposal && opened.parts.isEmpty && (closed.outcome == .adopted || closed.outcome == .adoptedByConsensus)
        }

        /// Whether it was on that version of the text.
        func concerns(_ text: TextState, version: Int64) -> Bool {
            guard let concerned = opened.concerns else { return false }
            return concerned == text.proposal(version: version) || concerned == text.name || text.documents.contains(concerned)
        }

        /// How the vote went; `nil` where there was none.
        var votes: TreatyAdopted.Votes? {
            opened.method == .consensus ? nil : .init(inFavour: closed.yes, against: closed.no, abstaining: closed.abstaining)
        }
    }

    /// Adopts a text: the scrub is done, every authentic language is concordant or declared to come later, the body has decided.
    ///
    /// - Parameters:
    ///   - open: findings of the scrub that stand.
    ///   - decision: the one the act names; `nil` where the body has none of that name.
    func adopt(
        _ act: ConferenceTextAdopted, in conference: Conference, _ text: TextState, open: Int, decision: AdoptingDecision?
    ) throws(Refusal) -> [ActDraft] {
        try requirePrepared(text, act.version)
        guard open == 0 else {
            throw Refusal(
                .unlawful, code: "conferences.adoption.findings", "The scrub has \(open) findings that stand.",
                mend: "Correct them in a further version, or waive them with a reason.", arguments: ["count": String(open)])
        }
        let confirmed = text.file.confirmedTexts
        let missing = text.file.missing.filter { !act.later.contains($0) }
        guard missing.isEmpty else {
            throw Refusal(
                .unlawful, code: "conferences.adoption.languages-missing",
                "The text is not concordant yet in \(missing.joined(separator: ", ")).",
                mend: "Have it entered and confirmed by two persons, or declare that it follows later.", citation: "VCLT arts. 10, 33(1)",
                arguments: ["languages": missing.joined(separator: ", ")])
        }
        guard !confirmed.isEmpty, act.later.allSatisfy({ confirmed[$0] == nil && act.languages.contains($0) }),
            act.later.isEmpty || act.note != nil
        else {
            throw Refusal(
                .unlawful, code: "conferences.adoption.later",
                "A text is adopted in one language at least; of those that follow, the act says why.",
                mend: "Leave ready languages out of those that follow, and write the note.", citation: "VCLT arts. 10, 33(1)")
        }
        guard act.texts == confirmed, act.textSet == Self.setHash(of: confirmed) else {
            throw Refusal(
                .conflict, code: "conferences.adoption.texts-changed", "A text was entered since this page was made.",
                mend: "Open the page again and look at the texts as they stand.")
        }
        guard let decision, decision.isAdoption, decision.entry == act.decisionEntry, decision.concerns(text, version: act.version) else {
            throw Refusal(
                .unlawful, code: "conferences.adoption.no-decision", "The body has not adopted this version of the text.",
                mend: "Put it before the body, and decide in the room.", citation: "VCLT art. 9(2)")
        }
        try Self.check(act.rule, act.ownRule, decision)
        return [draft(act, in: conference.id)]
    }

    /// The votes must carry the rule that is named (VCLT art. 9).
    private static func check(_ rule: TreatyAdopted.Rule, _ own: String?, _ decision: AdoptingDecision) throws(Refusal) {
        let votes = decision.votes
        let fits =
            switch rule {
            case .consentOfAll: (votes?.against ?? 0) == 0
            case .twoThirds: votes.map { $0.inFavour > 0 && $0.inFavour * 3 >= ($0.inFavour + $0.against) * 2 } ?? false
            case .ownRule: own != nil
            }
        guard fits else {
            throw Refusal(
                .unlawful, code: "conferences.adoption.rule", "The decision does not carry this rule of adoption.",
                mend: "Choose the rule that it was decided by: of the conference's own, cite it.", citation: "VCLT art. 9")
        }
    }

    /// One hash over the texts of all languages (docs/texts.md); `nil` where there is none, or a tag is none.
    static func setHash(of texts: [String: Hash]) -> Hash? {
        var digests: [TextLanguage: [UInt8]] = [:]
        for (tag, hash) in texts {
            guard let language = TextLanguage(tag) else { return nil }
            digests[language] = hash.bytes
        }
        return (try? AuthenticTexts(digests: digests)).flatMap { Hash($0.digest) }
    }

    // MARK: What several ask

    /// After adoption nothing changes the text (VCLT arts. 10, 79): what is wrong in it is corrected by the depositary.
    static func requireNotAdopted(_ text: TextState) throws(Refusal) {
        guard let adopted = text.file.adopted else { return }
        throw alreadyAdopted(adopted)
    }

    static func alreadyAdopted(_ adopted: AdoptionFile.Adopted) -> Refusal {
        Refusal(
            .conflict, code: "conferences.adoption.adopted", "The text was adopted on \(adopted.act.date), and cannot be changed here.",
            mend: "An error is corrected by the depositary; a further change is an amendment of the treaty.",
            citation: "VCLT arts. 10, 39, 79", arguments: ["date": adopted.act.date.description])
    }

    /// Before the adoption every authentic language may be entered and read; after it, those that it left to follow.
    ///
    /// - Parameter version: the version that is rendered; `nil` where none is named.
    private func requireOpen(_ text: TextState, _ language: String, _ version: Int64?) throws(Refusal) {
        guard let adopted = text.file.adopted else {
            if let version { try requirePrepared(text, version) }
            return
        }
        guard text.file.outstanding.contains(language), version ?? adopted.act.version == adopted.act.version else {
            throw Self.alreadyAdopted(adopted)
        }
    }

    private func requirePrepared(_ text: TextState, _ version: Int64) throws(Refusal) {
        try Self.requireNotAdopted(text)
        guard let prepared = text.file.prepared else {
            throw Refusal(
                .conflict, code: "conferences.adoption.not-prepared", "The scrub of this text has not begun.",
                mend: "Name the authentic languages and begin it.")
        }
        guard prepared.version == version, version == text.version else { throw Self.versionMoved(text) }
    }

    private static func versionMoved(_ text: TextState) -> Refusal {
        Refusal(
            .conflict, code: "conferences.adoption.version-moved", "The text stands at version \(text.version) by now.",
            mend: "Begin the scrub of this version.", arguments: ["version": String(text.version)])
    }

    static var reasonMissing: Refusal {
        Refusal(
            .malformed, code: "conferences.adoption.reason", "The reason is missing, or longer than \(mostReason) characters.",
            mend: "Say in a few words why it may stand.", arguments: ["most": String(mostReason)])
    }

    static var unknownText: Refusal {
        Refusal(
            .notFound, code: "conferences.adoption.unknown-text", "There is no such text before this conference.",
            mend: "Look at the list of its texts.")
    }
}
