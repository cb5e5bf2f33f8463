public import Acts

/// A fact named in a step of a legal answer.
public enum LegalArgument: Hashable, Sendable {
    case text(String)
    case number(Int)
    case date(CalendarDate)
    case delay(ClauseDelay)
    case participant(Participant)
    case participants([Participant])
    case selector(ClassSelector)
    case comparison(ThresholdComparison)
    case proportion(Proportion)
    case condition(ClauseCondition)
    /// Articles and paragraphs of the treaty; empty for the treaty as a whole.
    case provisions([String])
    /// Identifiers of amendments, reservations and their like.
    case list([String])

    public var english: String {
        switch self {
        case .text(let text): text
        case .number(let number): String(number)
        case .date(let date): date.description
        case .delay(let delay): delay.english
        case .participant(let participant): participant.name
        case .participants(let participants): participants.english
        case .selector(let selector): selector.english
        case .comparison(let comparison): comparison.english
        case .proportion(let proportion): proportion.description
        case .condition(let condition): condition.english
        case .provisions(let provisions): provisions.isEmpty ? "the treaty as a whole" : provisions.joined(separator: ", ")
        case .list(let names): names.joined(separator: ", ")
        }
    }
}
