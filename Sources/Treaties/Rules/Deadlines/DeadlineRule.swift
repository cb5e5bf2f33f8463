import Acts

/// The deadlines in the life of a treaty as the depositary came to know it, day by day.
///
/// What lay ahead on the day the depositary learnt of it is a deadline; what was past by then is history, and never was one here.
struct DeadlineRule: Sendable {
    let treaty: String
    let life: TreatyLife
    /// When the treaty was entered in the register.
    let known: Moment
    /// When the depositary knew of each act, by entry.
    let knownOf: [Int64: Moment]
    /// The days on which the depositary learnt of something, earliest first. Between two of them nothing was learnt, so what lay
    /// ahead on the one and had come by the other came to pass.
    let days: [CalendarDate]

    /// By day, past ones included.
    /// - Throws: where the facts do not suffice to compute who is a Party.
    func deadlines() throws(ClauseProblem) -> [TreatyDeadline] {
        var found: [TreatyDeadline] = []
        for (index, day) in days.enumerated() {
            let isLast = index == days.count - 1
            let reading = try life.reading(on: day, known: isLast ? nil : day)
            for deadline in reading.deadlines() where deadline.kind.isAnnounced {
                guard isLast || deadline.day <= days[index + 1] else { break }
                // An act of the past that was entered later tells of no deadline of this day.
                let named = named(deadline)
                if named.known.date <= day { found.append(named) }
            }
        }
        return found.sorted(by: TreatyDeadline.precedes)
    }

    private func named(_ deadline: LegalDeadline) -> TreatyDeadline {
        let actors = deadline.participants.compactMap { participant in
            if case .actor(let code) = participant.id { code } else { nil }
        }
        let entry = deadline.subject.flatMap { Int64($0) }
        return TreatyDeadline(
            treaty: treaty, kind: deadline.kind, day: deadline.day, actors: actors, subject: deadline.subject,
            known: entry.flatMap { knownOf[$0] } ?? known, rule: deadline.citation)
    }
}
