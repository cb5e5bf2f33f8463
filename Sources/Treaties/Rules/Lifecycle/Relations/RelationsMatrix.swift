import Acts

/// All relations between two States under a treaty on a day, kept small: a page of 195 Parties has 18,915 of them.
///
///     let matrix = reading.matrix()
///     matrix[a, b]?.isBound
///     for relation in matrix { … }
public struct RelationsMatrix: Sendable, RandomAccessCollection {
    /// One pair, in numbers.
    struct Cell: Sendable {
        var first: Int
        var second: Int
        var state: TreatyRelation.State
        /// Day numbers; `Int.max` for none.
        var since: Int
        var until: Int
        /// Which of the sets of amendments.
        var amendments: Int
        var effects: Range<Int>
    }

    /// One reservation as it works between a pair.
    struct Working: Sendable {
        var statement: Int
        var effect: PreparedStatements.Effect
    }

    private let reading: LifeReading
    private let cells: [Cell]
    private let working: [Working]
    private let amendmentSets: [[String]]
    /// Where the pairs of each State begin, by its place among those concerned.
    private let places: [Int: Int]
    /// Those the treaty is or was in force for, in the order of identifiers.
    public let participants: [Participant]

    init(
        _ reading: LifeReading, cells: [Cell], working: [Working], amendmentSets: [[String]], concerned: [Int]
    ) {
        self.reading = reading
        self.cells = cells
        self.working = working
        self.amendmentSets = amendmentSets
        places = Dictionary(concerned.enumerated().map { ($0.element, $0.offset) }) { first, _ in first }
        participants = concerned.map { reading.participants[$0] }
    }

    public var startIndex: Int { 0 }
    public var endIndex: Int { cells.count }

    /// The pairs in order: first before second.
    public subscript(position: Int) -> TreatyRelation { relation(cells[position]) }

    /// The relation of two States, whichever is named first; `nil` where one of them never was a Party.
    public subscript(first: ParticipantID, second: ParticipantID) -> TreatyRelation? {
        place(of: first, second).map { relation(cells[$0]) }
    }

    /// How two States stand, without the rest; for a picture of all of them.
    public func state(_ first: ParticipantID, _ second: ParticipantID) -> TreatyRelation.State? {
        place(of: first, second).map { cells[$0].state }
    }

    /// How many pairs stand so.
    public func count(of state: TreatyRelation.State) -> Int { cells.count { $0.state == state } }

    private func place(of first: ParticipantID, _ second: ParticipantID) -> Int? {
        guard first != second, let a = reading.number(of: first).flatMap({ places[$0] }),
            let b = reading.number(of: second).flatMap({ places[$0] })
        else { return nil }
        let (low, high) = (Swift.min(a, b), Swift.max(a, b))
        // The pairs of the first State, then of the second with those after it, and so on.
        return low * participants.count - low * (low + 1) / 2 + high - low - 1
    }

    private func relation(_ cell: Cell) -> TreatyRelation {
        reading.relation(cell, working[cell.effects], amendments: amendmentSets[cell.amendments])
    }
}
