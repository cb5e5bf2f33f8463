/// The longest rising subsequence: which of many things that changed places have to move least (patience sorting; Fredman, 1975).
public enum LongestRise {
    /// The indices of one longest subsequence whose values rise. O(n log n).
    public static func indices(of values: [Int]) -> Set<Int> {
        var tails: [Int] = []
        var before: [Int?] = Array(repeating: nil, count: values.count)
        for (index, value) in values.enumerated() {
            var low = 0
            var high = tails.count
            while low < high {
                let middle = (low + high) / 2
                if values[tails[middle]] < value { low = middle + 1 } else { high = middle }
            }
            before[index] = low > 0 ? tails[low - 1] : nil
            if low == tails.count { tails.append(index) } else { tails[low] = index }
        }
        var kept: Set<Int> = []
        var last = tails.last
        while let index = last {
            kept.insert(index)
            last = before[index]
        }
        return kept
    }
}
