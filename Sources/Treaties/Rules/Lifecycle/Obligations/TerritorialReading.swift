public import Acts

/// Whether a treaty applies to a territory of a Party on a day (VCLT art. 29).
public struct TerritorialReading: Hashable, Sendable {
    public let applies: Bool
    /// Since when, or since when not.
    public let since: CalendarDate?
    public let steps: [LegalStep]
}

extension LifeReading {
    /// - Parameters:
    ///   - territory: By the name the notifications use.
    ///   - id: The Party responsible for its international relations.
    public func application(to territory: String, of id: ParticipantID) -> TerritorialReading {
        let clause = life.clauses.territory
        guard let number = number(of: id), let membership = membership(number, on: day.dayNumber) else {
            return TerritorialReading(applies: false, since: nil, steps: [LegalStep(.territoryNoParty, "VCLT art. 29")])
        }
        let party = CalendarDate(dayNumber: membership.from)
        var applies = clause.rule != .byExtension
        var since = party
        var steps = [clause.sentence]
        for event in events where event.participant.id == id {
            guard case .territory(territory, let extended) = event.kind else { continue }
            let effect = max(event.effect ?? event.date, party)
            guard effect <= day else { continue }
            applies = extended
            since = effect
            steps.append(
                LegalStep(
                    extended ? .territoryExtended : .territoryExcluded, clause.article ?? "VCLT art. 29",
                    ["territory": .text(territory), "date": .date(effect)]))
        }
        return TerritorialReading(applies: applies, since: since, steps: steps)
    }
}
