import Acts

extension TreatyCommands {
    /// Says of each deadline that has passed by a day, and that the record does not say it of yet, that it has.
    ///
    /// - Parameter isEntered: whether the record says so already of a deadline and its day.
    func pass(
        _ deadlines: [TreatyDeadline], today: CalendarDate, isEntered: (TreatyDeadline) throws -> Bool
    ) rethrows -> [ActDraft] {
        try deadlines.filter { $0.passesOn <= today }.filter { try !isEntered($0) }.map { deadline in
            draft(
                TreatyDeadlinePassed(
                    treaty: deadline.treaty, deadline: deadline.id, period: deadline.kind.rawValue, day: deadline.day,
                    actors: deadline.actors, subject: deadline.subject, rule: deadline.rule),
                treaty: deadline.treaty, effective: deadline.passesOn, references: deadline.entry.map { [Reference($0)] } ?? [])
        }
    }
}
