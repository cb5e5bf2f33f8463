import Acts
import GRDB

extension DepositaryQueries {
    /// Proposals of correction and objections to them, as events of the treaty's life (VCLT art. 79). The period runs from the notification of
    /// the proposal; until it is notified, it does not run.
    ///
    /// - Parameter notified: the day each entry was notified.
    func lifeEvents(
        of treaty: String, law: TreatyLaw, notified: [Int64: CalendarDate], knownAt moment: Moment? = nil
    ) throws -> [LifeEvent] {
        var events: [LifeEvent] = []
        for file in try corrections(of: treaty) {
            guard let proposed = try received(file.entry), moment.map({ proposed <= $0 }) ?? true else { continue }
            let informed = notified[file.entry]
            let subject: CorrectionStatement.Subject =
                switch file.proposal.scope {
                case .text: .error
                case .concordance: .discordance
                case .certifiedCopy: .copy
                }
            let period = informed.flatMap { from in
                file.proposal.objectionsUntil.map { ClauseDelay(max(0, $0.dayNumber - from.dayNumber), .days) }
            }
            let author = file.proposal.proposedBy.map(law.participant) ?? Participant(.named("depositary"), name: "the depositary")
            events.append(
                LifeEvent(
                    id: String(file.entry),
                    .correctionProposed(
                        CorrectionStatement(
                            subject: subject, languages: Set(file.proposal.changes.map(\.language)).sorted(), period: period)),
                    by: author, on: proposed.date, known: proposed.date, notified: informed.map { .on($0) } ?? .pending))
            for objection in file.objections {
                guard let known = try received(objection.entry), moment.map({ known <= $0 }) ?? true else { continue }
                events.append(
                    LifeEvent(
                        id: String(objection.entry), .correctionObjected(to: String(file.entry)),
                        by: law.participant(objection.objection.actor), on: objection.objection.date, known: known.date))
            }
        }
        return events
    }

    /// When the node knew of an entry.
    private func received(_ entry: Int64) throws -> Moment? {
        try Int64.fetchOne(database.cachedStatement(sql: "SELECT received FROM act WHERE entry = ?"), arguments: [entry])
            .map { Moment(milliseconds: $0) }
    }
}
