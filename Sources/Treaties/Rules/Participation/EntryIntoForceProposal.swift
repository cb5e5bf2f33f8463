import Acts

/// When the engine's finding becomes an act: once the condition is met and the date is not what was proposed or confirmed last.
struct EntryIntoForceProposal: Sendable {
    let standing: StandingRule

    /// The proposal that follows from the file as it now is; `nil` where there is nothing new to propose.
    func proposal(
        for file: TreatyFile, inForce: [String: CalendarDate], asOf: CalendarDate
    ) -> TreatyEntryIntoForceProposed? {
        guard let reading = try? standing.reading(of: file.opened, inForce: inForce),
            let found = try? reading.clause.evaluate(standing.acts(file.lines), context: reading.context, asOf: asOf),
            let date = found.date, let decisiveDay = found.decisiveDay, date != file.proposed, date != file.confirmed
        else { return nil }
        return TreatyEntryIntoForceProposed(
            treaty: file.opened.treaty, date: date, decisiveDay: decisiveDay,
            decisiveEntries: found.decisiveActs.compactMap { $0.id.flatMap { Int64($0) } }, arithmetic: found.steps.map(\.english))
    }
}
