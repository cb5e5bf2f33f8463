import Acts

/// Pairwise treaty relations (VCLT arts. 20, 21, 30(4), 40(4) and (5)).
extension LifeReading {
    /// How two States stand towards each other; `nil` where one of them is not known here.
    public func relation(of first: ParticipantID, towards second: ParticipantID, view: ReservationView = .depositary) -> TreatyRelation? {
        guard first != second, let a = number(of: first), let b = number(of: second) else { return nil }
        var pairs = PairEvaluation(self, view: view, authors: [a, b])
        let cell = pairs.cell(a, b)
        return relation(cell, pairs.working[cell.effects], amendments: pairs.amendmentSets[cell.amendments])
    }

    /// Every pair of those for whom the treaty is or was in force.
    public func matrix(view: ReservationView = .depositary) -> RelationsMatrix {
        let concerned = participants.indices.filter { !memberships[$0].isEmpty }
        var pairs = PairEvaluation(self, view: view)
        var cells: [RelationsMatrix.Cell] = []
        cells.reserveCapacity(concerned.count * (concerned.count - 1) / 2)
        for (position, a) in concerned.enumerated() {
            for b in concerned[(position + 1)...] { cells.append(pairs.cell(a, b)) }
        }
        return RelationsMatrix(
            self, cells: cells, working: pairs.working, amendmentSets: pairs.amendmentSets, concerned: concerned)
    }

    /// A pair in full.
    func relation(
        _ cell: RelationsMatrix.Cell, _ working: some Sequence<RelationsMatrix.Working>, amendments: [String]
    ) -> TreatyRelation {
        func date(_ number: Int) -> CalendarDate? { number == .max ? nil : CalendarDate(dayNumber: number) }
        return TreatyRelation(
            first: participants[cell.first], second: participants[cell.second], state: cell.state, since: date(cell.since),
            until: date(cell.until), amendments: amendments,
            reservations: working.map { work in
                TreatyRelation.Reservation(
                    id: statements[work.statement].id, author: participants[statements[work.statement].author],
                    provisions: statements[work.statement].provisions, effect: ReservationEffect(work.effect))
            })
    }
}
