import Acts

/// All pairs of a treaty on a day, counted and laid out.
struct RelationOverview {
    /// Those the treaty concerns, in the order of their codes.
    let participants: [Participant]
    /// Square, row by row; the diagonal is `nil`.
    let cells: [RelationMatrix.Standing?]

    var count: Int { participants.count }

    init(reading: LifeReading, view: ReservationView) {
        let relations = reading.matrix(view: view)
        let amendments = reading.amendments.count { $0.isInForce(on: reading.day) }
        var seen: [ParticipantID: Participant] = [:]
        for relation in relations {
            seen[relation.first.id] = relation.first
            seen[relation.second.id] = relation.second
        }
        // Who is no Party on the day, and towards nobody, would be an empty band.
        var concerned: Set<ParticipantID> = []
        for relation in relations where relation.state != .notBound {
            concerned.insert(relation.first.id)
            concerned.insert(relation.second.id)
        }
        let participants = seen.values.filter { concerned.contains($0.id) }.sorted { $0.id < $1.id }
        let numbers = Dictionary(participants.enumerated().map { ($0.element.id, $0.offset) }) { first, _ in first }
        var cells = [RelationMatrix.Standing?](repeating: nil, count: participants.count * participants.count)
        for relation in relations {
            guard let a = numbers[relation.first.id], let b = numbers[relation.second.id] else { continue }
            let standing = RelationMatrix.Standing(relation, amendments: amendments)
            cells[a * participants.count + b] = standing
            cells[b * participants.count + a] = standing
        }
        self.participants = participants
        self.cells = cells
    }

    /// How many others one stands towards in a way.
    func count(_ standing: RelationMatrix.Standing, of row: Int) -> Int {
        cells[(row * count)..<((row + 1) * count)].count { $0 == standing }
    }

    /// How many pairs stand in a way.
    func pairs(_ standing: RelationMatrix.Standing) -> Int { cells.count { $0 == standing } / 2 }
}
