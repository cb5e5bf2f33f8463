import Acts

/// Setting a campaign and closing it.
extension DisclosureCommands {
    static let mostPhrases = 20
    static let longestPhrase = 200
    /// Days that a campaign lasts at most.
    static let longestCampaign = 1_100

    /// - Parameters:
    ///   - known: the campaign as it stands; `nil`: it is new.
    ///   - statements: the office's own statements that can be named.
    func set(
        _ act: CampaignSet, known: CampaignFile?, isPublic: Bool, statements: Set<String>, form: String?
    ) throws(Refusal) -> [ActDraft] {
        if let known {
            guard known.office == office else { throw Self.unknown }
            try requireOpen(known)
            guard isPublic || !known.isPublic else {
                throw Refusal(
                    .conflict, code: "press.campaign.public", "What everybody could read is not taken back.",
                    mend: "Leave it public; what it says can be changed.", citation: "docs/disclosure.md, Campaigns")
            }
        }
        guard act.from <= act.until, act.until.dayNumber - act.from.dayNumber < Self.longestCampaign else {
            throw Refusal(
                .malformed, code: "press.campaign.days", "It ends before it begins, or lasts longer than three years.",
                mend: "Give its first and last day.")
        }
        guard act.messages.contains(where: { !$0.value.isEmpty }) else {
            throw Refusal(
                .malformed, code: "press.campaign.messages", "It has no message.", mend: "Write a key phrase in one language at least.")
        }
        if let wrong = act.messages.values.first(where: {
            $0.count > Self.mostPhrases || $0.contains { $0.count > Self.longestPhrase || MessageUptake.words($0).isEmpty }
        }) {
            throw Refusal(
                .malformed, code: "press.campaign.phrase",
                "A language has at most \(Self.mostPhrases) phrases, each with words and of at most \(Self.longestPhrase) characters.",
                mend: "Write fewer or shorter ones: those that others can take up word for word.",
                arguments: ["most": String(Self.mostPhrases), "longest": String(Self.longestPhrase), "value": String(wrong.count)])
        }
        guard act.statements.allSatisfy(statements.contains) else {
            throw Refusal(
                .malformed, code: "press.campaign.statements", "A statement is not one that this office released.",
                mend: "Choose among those listed.")
        }
        return [marked(act, isPublic: isPublic, form: form)]
    }

    /// - Parameter measures: the figures as they are on the day.
    func close(_ known: CampaignFile, changed: String, measures: [JSON], form: String?) throws(Refusal) -> [ActDraft] {
        guard known.office == office else { throw Self.unknown }
        try requireOpen(known)
        return [
            marked(
                CampaignClosed(campaign: known.act.campaign, changed: changed, measures: measures), isPublic: known.isPublic, form: form)
        ]
    }

    private func requireOpen(_ known: CampaignFile) throws(Refusal) {
        guard known.closed == nil else {
            throw Refusal(.conflict, code: "press.campaign.closed", "The campaign is closed.", mend: "Begin another.")
        }
    }

    private func marked<Content: Payload>(_ act: Content, isPublic: Bool, form: String?) -> ActDraft {
        isPublic ? ActDraft(act, dossier: Self.dossier, office: office, author: author, request: form) : own(act, form: form)
    }
}
