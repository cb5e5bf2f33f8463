/// How many letters must be inserted, dropped, changed or swapped with their neighbour to turn one word into another.
///
/// The restricted Damerau-Levenshtein distance (optimal string alignment), given up as soon as it must exceed a bound. Keeps its
/// rows between calls, so that a search over thousands of names allocates nothing.
struct EditDistance {
    private var previousButOne: [Int] = []
    private var previous: [Int] = []
    private var current: [Int] = []

    /// The least distance between `query` and a whole `name`, or between it and any beginning of `name`, as asked.
    ///
    /// - Returns: `nil` where the distance is more than `bound`.
    mutating func between(_ query: [UInt32], and name: ArraySlice<UInt32>, bound: Int, anyBeginning: Bool = false) -> Int? {
        let rows = query.count
        // No beginning longer than this can be within the bound.
        let columns = anyBeginning ? min(name.count, rows + bound) : name.count
        if !anyBeginning, abs(columns - rows) > bound { return nil }
        if columns < rows - bound { return nil }
        let start = name.startIndex
        if previous.count < columns + 1 {
            previousButOne = Array(repeating: 0, count: columns + 1)
            previous = previousButOne
            current = previousButOne
        }
        for column in 0...columns { previous[column] = column }
        for row in stride(from: 1, through: rows, by: 1) {
            let letter = query[row - 1]
            current[0] = row
            var least = row
            for column in stride(from: 1, through: columns, by: 1) {
                let other = name[start + column - 1]
                var cost = previous[column - 1] + (letter == other ? 0 : 1)
                cost = min(cost, previous[column] + 1, current[column - 1] + 1)
                if row > 1, column > 1, letter == name[start + column - 2], query[row - 2] == other {
                    cost = min(cost, previousButOne[column - 2] + 1)
                }
                current[column] = cost
                least = min(least, cost)
            }
            if least > bound { return nil }
            swap(&previousButOne, &previous)
            swap(&previous, &current)
        }
        var result = previous[columns]
        if anyBeginning {
            for column in max(0, rows - bound)...columns { result = min(result, previous[column]) }
        }
        return result <= bound ? result : nil
    }
}
