/// The register's number of a treaty, such as `IV-11` or `XXVII-8-a`, and where it sorts.
struct TreatyNumber: Sendable {
    /// The chapter as a number; 9,999 where it is not a Roman one.
    let chapter: Int
    /// Sorts as people count: IV-8-b after IV-8, IV-11 after IV-9.
    let sortKey: String

    init(_ text: String) {
        let parts = text.split(separator: "-").map(String.init)
        chapter = parts.first.flatMap(TreatyNumber.roman) ?? 9_999
        sortKey = parts.dropFirst().map { part in
            let digits = part.prefix { $0.isNumber }
            return String(repeating: "0", count: max(0, 5 - digits.count)) + part
        }.joined(separator: "-")
    }

    /// Whether a text may be a treaty's number: letters, digits and hyphens, 1 to 40.
    static func isWellFormed(_ text: String) -> Bool {
        (1...40).contains(text.utf8.count)
            && text.utf8.allSatisfy { (0x41...0x5A).contains($0) || (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || $0 == 0x2D }
    }

    private static func roman(_ text: String) -> Int? {
        let values: [Character: Int] = ["I": 1, "V": 5, "X": 10, "L": 50, "C": 100, "D": 500, "M": 1000]
        var total = 0
        var previous = 0
        for character in text.reversed() {
            guard let value = values[character] else { return nil }
            total += value < previous ? -value : value
            previous = max(previous, value)
        }
        return total > 0 ? total : nil
    }
}
