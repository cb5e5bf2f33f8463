/// Two versions of a line, word by word.
///
///     let difference = LineComparison("shall enter into force", "enters into force")
///     difference.pieces    // removed "shall enter", added "enters", kept " into force"
public struct LineComparison: Hashable, Sendable {
    public enum Change: String, Hashable, Sendable, CaseIterable {
        case kept
        case removed
        case added
    }

    public struct Piece: Hashable, Sendable {
        public let change: Change
        public let words: String
    }

    /// In reading order; what was removed stands before what was added in its place.
    public let pieces: [Piece]

    public init(_ old: String, _ new: String) {
        guard old != new else {
            pieces = old.isEmpty ? [] : [Piece(change: .kept, words: old)]
            return
        }
        let oldPieces = TextSegmentation.pieces(of: old)
        let newPieces = TextSegmentation.pieces(of: new)
        var numbers: [Substring: Int] = [:]
        func number(_ piece: Substring) -> Int {
            if let known = numbers[piece] { return known }
            numbers[piece] = numbers.count
            return numbers.count - 1
        }
        let oldNumbers = oldPieces.map(number)
        let newNumbers = newPieces.map(number)
        let stretches = SequenceDifference.stretches(oldNumbers, newNumbers)
        var pieces: [Piece] = []
        func append(_ change: Change, _ words: ArraySlice<Substring>) {
            if !words.isEmpty { pieces.append(Piece(change: change, words: words.joined())) }
        }
        for stretch in Self.withoutLoneSpaces(stretches, oldPieces) {
            if stretch.isEqual {
                append(.kept, oldPieces[stretch.old])
            } else {
                append(.removed, oldPieces[stretch.old])
                append(.added, newPieces[stretch.new])
            }
        }
        self.pieces = pieces
    }

    public var isUnchanged: Bool { pieces.allSatisfy { $0.change == .kept } }

    /// What was there before, joined again.
    public var old: String { pieces.filter { $0.change != .added }.map(\.words).joined() }
    public var new: String { pieces.filter { $0.change != .removed }.map(\.words).joined() }

    /// The share of characters that are kept, from 0 to 1; of two empty lines 1.
    public var likeness: Double {
        var kept = 0
        var all = 0
        for piece in pieces {
            let weight = piece.words.utf8.count
            all += piece.change == .kept ? 2 * weight : weight
            kept += piece.change == .kept ? 2 * weight : 0
        }
        return all == 0 ? 1 : Double(kept) / Double(all)
    }

    /// A space that alone is kept between two changes is no thing in common: three changes become one that can be read.
    private static func withoutLoneSpaces(_ stretches: [SequenceDifference.Stretch], _ pieces: [Substring]) -> [SequenceDifference.Stretch]
    {
        var result: [SequenceDifference.Stretch] = []
        for (index, stretch) in stretches.enumerated() {
            let isLone =
                stretch.isEqual && index > 0 && index + 1 < stretches.count && stretch.old.count == 1
                && pieces[stretch.old.lowerBound].allSatisfy(\.isWhitespace)
            if let last = result.last, !last.isEqual, isLone || !stretch.isEqual {
                result[result.count - 1] = SequenceDifference.Stretch(
                    isEqual: false, old: last.old.lowerBound..<stretch.old.upperBound, new: last.new.lowerBound..<stretch.new.upperBound)
            } else {
                result.append(stretch)
            }
        }
        return result
    }
}
