public import Acts

/// Makes the sheets of a notification from the acts, in English and French. The wording is the project's own; the order of its parts is the
/// one notifications have: treaty, place and date, State and action, formula, the act and its date, entry into force, notes, attention.
public struct NotificationDrafting: Sendable {
    private let settings: DepositarySettings

    public init(settings: DepositarySettings) {
        self.settings = settings
    }

    /// - Parameter issued: the day of issue.
    public func sheets(of facts: NotificationFacts, issued: CalendarDate) -> [String: TreatyNotificationIssued.Sheet] {
        var sheets: [String: TreatyNotificationIssued.Sheet] = [:]
        for language in DocumentLanguage.allCases { sheets[language.rawValue] = sheet(of: facts, issued: issued, language) }
        return sheets
    }

    private func sheet(
        of facts: NotificationFacts, issued: CalendarDate, _ language: DocumentLanguage
    ) -> TreatyNotificationIssued.Sheet {
        TreatyNotificationIssued.Sheet(
            title: language.text(of: facts.opened.titles), imprint: imprint(facts.opened, language),
            subject: subject(of: facts, language), formula: language.text(of: settings.formula),
            paragraphs: paragraphs(of: facts, language) + (facts.further[language.rawValue] ?? []),
            footnotes: facts.earlier.map { [footnote($0, language)] } ?? [], attention: language.text(of: settings.attention),
            issued: language.text(issued))
    }

    private func imprint(_ opened: TreatyOpened, _ language: DocumentLanguage) -> String {
        let date = opened.adoptedOn.map(language.text)
        return [opened.adoptedAt, date].compactMap { $0 }.joined(separator: language.choose(", ", ", "))
    }

    /// "FRANCE: RATIFICATION".
    private func subject(of facts: NotificationFacts, _ language: DocumentLanguage) -> String {
        let words = NotificationWording(language: language)
        let what = words.name(of: facts.subject, action: facts.action).uppercased()
        let who = facts.actor.map { facts.actorNames[language.rawValue] ?? facts.actorNames["en"] ?? $0.rawValue }
        return who.map { "\($0.uppercased())\(language.colon) \(what)" } ?? what
    }

    private func footnote(_ earlier: NotificationFacts.Earlier, _ language: DocumentLanguage) -> String {
        let date = earlier.date.map { language.choose(" of ", " du ") + language.text($0) } ?? ""
        return language.choose("Refer to depositary notification ", "Voir la notification dépositaire ") + earlier.number + date
            + language.choose(".", ".")
    }

    private func paragraphs(of facts: NotificationFacts, _ language: DocumentLanguage) -> [String] {
        let words = NotificationWording(language: language)
        var paragraphs: [String] = []
        switch facts.subject {
        case .rectification, .reissued:
            break
        case .correctionProposed:
            if let correction = facts.correction { paragraphs += words.proposal(correction) }
        case .correctionEffected:
            if let correction = facts.correction {
                paragraphs += words.effect(of: correction, procesVerbal: facts.procesVerbal, on: facts.effected)
            }
        case .correctionObjected:
            if let effected = facts.effected { paragraphs.append(words.objectionReceived(on: effected)) }
        case .entryIntoForce:
            if let date = facts.inForce { paragraphs.append(words.entersIntoForce(on: date, article: facts.article)) }
        case .openingForSignature:
            paragraphs += words.opening(of: facts.opened)
        default:
            if let effected = facts.effected { paragraphs.append(words.effected(on: effected)) }
        }
        if let earlier = facts.earlier, earlier.relation != .refersTo {
            paragraphs.insert(words.stands(earlier), at: 0)
        }
        if let takesEffect = facts.takesEffect { paragraphs.append(words.takesEffect(on: takesEffect, facts.subject)) }
        if facts.subject != .entryIntoForce, facts.action?.isConsent == true {
            paragraphs += words.forceLines(forActor: facts.inForceForActor, general: facts.inForce, of: facts)
        }
        return paragraphs
    }
}
