/// A header of weighted preferences, such as `Accept` and `Accept-Language` (RFC 9110, 12.4.2 and 12.5).
struct AcceptHeader: Sendable {
    struct Range: Hashable, Sendable {
        /// Lowercase, without parameters: `text/html`, `*/*`, `fr-CA`.
        let value: String
        /// From 0, never, to 1000, rather than any other.
        let weight: Int
    }

    let ranges: [Range]

    /// Anything that is not of the form is left out, as the specification lets a server do; only the first 32 ranges count.
    init(_ header: String?) {
        var ranges: [Range] = []
        for part in (header ?? "").split(separator: ",").prefix(32) {
            let pieces = part.split(separator: ";").map { $0.trimmingSpace() }
            guard let value = pieces.first, !value.isEmpty else { continue }
            var weight = 1000
            for parameter in pieces.dropFirst() where parameter.lowercased().hasPrefix("q=") {
                weight = AcceptHeader.weight(parameter.dropFirst(2)) ?? 0
            }
            ranges.append(Range(value: value.lowercased(), weight: weight))
        }
        self.ranges = ranges
    }

    /// How much a representation is wanted; the most specific range decides (RFC 9110, 12.5.1). An absent header wants anything.
    func weight(of representation: Representation) -> Int {
        guard !ranges.isEmpty else { return 1000 }
        let (type, subtype) = representation.mediaType
        for candidate in ["\(type)/\(subtype)", "\(type)/*", "*/*"] {
            if let range = ranges.first(where: { $0.value == candidate }) { return range.weight }
        }
        return 0
    }

    /// The language wanted most among those offered, by the longest matching prefix (RFC 4647, 3.4).
    func language(among offered: [Language]) -> Language? {
        let wanted = ranges.enumerated().filter { $0.element.weight > 0 }
            .sorted { ($1.element.weight, $0.offset) < ($0.element.weight, $1.offset) }
        for (_, range) in wanted {
            let primary = range.value.split(separator: "-").first.map(String.init) ?? ""
            if let language = offered.first(where: { $0.tag == primary }) { return language }
        }
        return nil
    }

    /// Three decimals at most: "0.8", "1", "0.123".
    private static func weight(_ text: Substring) -> Int? {
        let digits = Array(text.utf8)
        guard let first = digits.first, first == 0x30 || first == 0x31, digits.count <= 5 else { return nil }
        var weight = Int(first - 0x30) * 1000
        if digits.count > 1 {
            guard digits[1] == 0x2E else { return nil }
            var scale = 100
            for digit in digits.dropFirst(2) {
                guard (0x30...0x39).contains(digit) else { return nil }
                weight += Int(digit - 0x30) * scale
                scale /= 10
            }
        }
        return min(weight, 1000)
    }
}

extension StringProtocol {
    /// Without spaces and tabs at either end (RFC 9110's OWS).
    func trimmingSpace() -> String {
        var text = Substring(self)
        while let first = text.first, first == " " || first == "\t" { text.removeFirst() }
        while let last = text.last, last == " " || last == "\t" { text.removeLast() }
        return String(text)
    }
}
