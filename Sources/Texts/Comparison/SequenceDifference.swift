/// What two sequences have in common and what only one of them has, by the algorithm of Myers in linear space (Myers, "An O(ND)
/// difference algorithm and its variations", Algorithmica 1, 1986, section 4b).
///
/// Time grows with length times difference; memory with length. Beyond a bound of work the middle of a stretch is replaced whole, so
/// that two texts with nothing in common cost no more than reading them.
enum SequenceDifference {
    /// A stretch of both sequences: equal, or what stands in place of what.
    struct Stretch: Hashable {
        let isEqual: Bool
        let old: Range<Int>
        let new: Range<Int>
    }

    static func stretches(_ old: [Int], _ new: [Int]) -> [Stretch] {
        var comparison = Comparison(old: old, new: new)
        comparison.compare(old.indices, new.indices)
        return comparison.stretches
    }

    private struct Comparison {
        let old: [Int]
        let new: [Int]
        var stretches: [Stretch] = []
        private var forward: [Int]
        private var backward: [Int]
        /// Half the edits searched for in one stretch before it is taken as replaced.
        private let bound = 1_000

        init(old: [Int], new: [Int]) {
            self.old = old
            self.new = new
            let room = 2 * min(old.count + new.count, 2 * bound + 2) + 4
            forward = Array(repeating: 0, count: room)
            backward = Array(repeating: 0, count: room)
        }

        mutating func compare(_ oldRange: Range<Int>, _ newRange: Range<Int>) {
            var left = oldRange
            var right = newRange
            while let first = left.first, let other = right.first, old[first] == new[other] {
                left = left.dropFirst()
                right = right.dropFirst()
            }
            append(isEqual: true, oldRange.lowerBound..<left.lowerBound, newRange.lowerBound..<right.lowerBound)
            let ends = (old: left.upperBound, new: right.upperBound)
            while let last = left.last, let other = right.last, old[last] == new[other] {
                left = left.dropLast()
                right = right.dropLast()
            }
            if left.isEmpty || right.isEmpty {
                append(isEqual: false, left, right)
            } else if let middle = middle(left, right) {
                compare(left.lowerBound..<middle.old, right.lowerBound..<middle.new)
                compare(middle.old..<left.upperBound, middle.new..<right.upperBound)
            } else {
                append(isEqual: false, left, right)
            }
            append(isEqual: true, left.upperBound..<ends.old, right.upperBound..<ends.new)
        }

        private mutating func append(isEqual: Bool, _ oldRange: Range<Int>, _ newRange: Range<Int>) {
            guard !oldRange.isEmpty || !newRange.isEmpty else { return }
            if let last = stretches.last, last.isEqual == isEqual {
                stretches[stretches.count - 1] = Stretch(
                    isEqual: isEqual, old: last.old.lowerBound..<oldRange.upperBound, new: last.new.lowerBound..<newRange.upperBound)
            } else {
                stretches.append(Stretch(isEqual: isEqual, old: oldRange, new: newRange))
            }
        }

        /// A point on a shortest path of edits, about half way; `nil` where the bound is passed, or it would not divide the stretch.
        private mutating func middle(_ left: Range<Int>, _ right: Range<Int>) -> (old: Int, new: Int)? {
            let width = left.count
            let height = right.count
            let delta = width - height
            let most = min((width + height + 1) / 2, bound)
            let size = forward.count
            func place(_ diagonal: Int) -> Int { (diagonal % size + size) % size }
            forward[place(1)] = 0
            backward[place(1)] = 0
            for edits in 0...most {
                for diagonal in stride(from: -edits, through: edits, by: 2) {
                    var x =
                        diagonal == -edits || diagonal != edits && forward[place(diagonal - 1)] < forward[place(diagonal + 1)]
                        ? forward[place(diagonal + 1)] : forward[place(diagonal - 1)] + 1
                    while x < width, x - diagonal < height, x - diagonal >= 0,
                        old[left.lowerBound + x] == new[right.lowerBound + x - diagonal]
                    { x += 1 }
                    forward[place(diagonal)] = x
                    guard delta % 2 != 0, abs(delta - diagonal) <= edits - 1, x <= width, (0...height).contains(x - diagonal) else {
                        continue
                    }
                    if x + backward[place(delta - diagonal)] >= width { return divide(x, x - diagonal, left, right) }
                }
                for diagonal in stride(from: -edits, through: edits, by: 2) {
                    var x =
                        diagonal == -edits || diagonal != edits && backward[place(diagonal - 1)] < backward[place(diagonal + 1)]
                        ? backward[place(diagonal + 1)] : backward[place(diagonal - 1)] + 1
                    while x < width, x - diagonal < height, x - diagonal >= 0,
                        old[left.upperBound - 1 - x] == new[right.upperBound - 1 - x + diagonal]
                    { x += 1 }
                    backward[place(diagonal)] = x
                    guard delta % 2 == 0, abs(delta - diagonal) <= edits, x <= width, (0...height).contains(x - diagonal) else { continue }
                    if forward[place(delta - diagonal)] + x >= width { return divide(width - x, height - (x - diagonal), left, right) }
                }
            }
            return nil
        }

        private func divide(_ x: Int, _ y: Int, _ left: Range<Int>, _ right: Range<Int>) -> (old: Int, new: Int)? {
            guard x + y > 0, x + y < left.count + right.count else { return nil }
            return (left.lowerBound + x, right.lowerBound + y)
        }
    }
}
