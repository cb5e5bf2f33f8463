import Acts
import Web

/// What an act of the treaty desk did, in words.
struct TreatyActWords {
    let actors: ActorTable
    let catalogue: LanguageCatalogue
    let language: Language

    private func text(_ key: String, _ arguments: [String: TextArgument] = [:]) -> String {
        catalogue.text("treaties.\(key)", arguments, language)
    }

    func name(_ code: ActorCode, at date: CalendarDate? = nil) -> String {
        actors[code]?.name(in: language.tag, at: date) ?? code.rawValue
    }

    /// "France deposited its instrument of ratification on 9 September 2023."
    func sentence(_ act: TreatyParticipation) -> String {
        text("action.\(act.action.rawValue).sentence", ["actor": .text(name(act.actor, at: act.date)), "date": .date(act.date)])
    }

    func actionName(_ action: ParticipationKind) -> String { text("action.\(action.rawValue).name") }

    private var consent: ConsentWords { ConsentWords(actors: actors, catalogue: catalogue, language: language) }

    func description(of entry: Entry) -> ActDescription? {
        if let own = consent.description(of: entry) { return own }
        let known: Set<ActKind> = [
            TreatyOpened.kind, TreatyParticipation.kind, TreatyParticipationCorrected.kind, TreatyEntryIntoForceProposed.kind,
            TreatyEntryIntoForceConfirmed.kind,
        ]
        guard known.contains(entry.kind) else { return nil }
        guard case .present = entry.content else { return ActDescription(sentence: text("act.erased")) }
        switch entry.kind {
        case TreatyOpened.kind: return (try? entry.payload(as: TreatyOpened.self)).flatMap { $0 }.map(opened)
        case TreatyParticipation.kind: return (try? entry.payload(as: TreatyParticipation.self)).flatMap { $0 }.map(participation)
        case TreatyParticipationCorrected.kind:
            return (try? entry.payload(as: TreatyParticipationCorrected.self)).flatMap { $0 }.map(correction)
        case TreatyEntryIntoForceProposed.kind:
            return (try? entry.payload(as: TreatyEntryIntoForceProposed.self)).flatMap { $0 }.map(proposal)
        default: return (try? entry.payload(as: TreatyEntryIntoForceConfirmed.self)).flatMap { $0 }.map(confirmation)
        }
    }

    private func fact(_ key: String, _ value: String?) -> [ActDescription.Fact] {
        value.map { [ActDescription.Fact(text("act.\(key)"), text: $0)] } ?? []
    }

    private func treaty(_ number: String) -> [ActDescription.Fact] {
        [ActDescription.Fact(text("act.of-treaty"), Markup.link(number, to: "/treaties/\(number)"))]
    }

    private func opened(_ opened: TreatyOpened) -> ActDescription {
        let title = opened.titles[language.tag] ?? opened.titles["en"] ?? opened.treaty
        return ActDescription(
            sentence: text("act.opened", ["treaty": .text(title)]),
            facts: treaty(opened.treaty) + fact("clause", opened.article) + fact("source", opened.source))
    }

    private func participation(_ act: TreatyParticipation) -> ActDescription {
        let actor = ActDescription.Fact(
            text("act.actor"), Markup.link(name(act.actor), to: "/actors/\(act.actor.rawValue)"))
        return ActDescription(
            sentence: sentence(act),
            facts: treaty(act.treaty) + [actor] + fact("action", actionName(act.action)) + fact("date", language.text(act.date))
                + fact("effect", act.takesEffect.map { language.text($0) }) + consent.facts(of: act) + fact("note", act.note)
                + fact("source", act.source))
    }

    private func correction(_ correction: TreatyParticipationCorrected) -> ActDescription {
        let entry = TextArgument.text(String(correction.entry))
        let sentence =
            correction.replacement.map { text("act.corrected", ["entry": entry, "sentence": .text(self.sentence($0))]) }
            ?? text("act.struck", ["entry": entry])
        let replaces = ActDescription.Fact(
            text("act.replaces"), Markup.link(String(correction.entry), to: "/record/acts/\(correction.entry)"))
        return ActDescription(
            sentence: sentence,
            facts: [replaces] + fact("reason", correction.reason)
                + (correction.replacement.map { treaty($0.treaty) } ?? []))
    }

    private func proposal(_ proposal: TreatyEntryIntoForceProposed) -> ActDescription {
        ActDescription(
            sentence: text("act.proposed", ["treaty": .text(proposal.treaty), "date": .date(proposal.date)]),
            facts: treaty(proposal.treaty) + fact("arithmetic", proposal.arithmetic.joined(separator: " ")))
    }

    private func confirmation(_ confirmation: TreatyEntryIntoForceConfirmed) -> ActDescription {
        ActDescription(
            sentence: text("act.confirmed", ["treaty": .text(confirmation.treaty), "date": .date(confirmation.date)]),
            facts: treaty(confirmation.treaty) + fact("note", confirmation.note))
    }
}
