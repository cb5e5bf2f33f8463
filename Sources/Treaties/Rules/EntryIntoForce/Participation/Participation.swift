public import Acts

/// Everyone's standing towards a treaty on a day, together with the treaty's own.
public struct Participation: Hashable, Sendable {
    public let entryIntoForce: EntryIntoForce
    /// In the order of the participants' identifiers.
    public let standings: [ParticipantStanding]

    /// The Parties on the day in question.
    public var parties: [ParticipantStanding] { standings.filter { $0.state == .party } }
    public var signatories: [ParticipantStanding] { standings.filter { $0.signedOn != nil } }

    public subscript(id: ParticipantID) -> ParticipantStanding? {
        standings.first { $0.participant.id == id }
    }
}

extension EntryIntoForceClause {
    /// The standing of every participant on `asOf`, by what is known on that day.
    public func participation(
        _ acts: [ParticipationAct], context: ClauseContext = ClauseContext(), asOf: CalendarDate
    ) throws(ClauseProblem) -> Participation {
        let entryIntoForce = try evaluate(acts, context: context, asOf: asOf)
        return try ParticipationEvaluation(entryIntoForce: entryIntoForce, acts: acts, context: context).result()
    }
}
