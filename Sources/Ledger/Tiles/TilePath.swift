/// The end of a tile's path: its index in groups of three digits, all but the last led by `x`, and `.p/<W>` for a partial one.
///
/// 1234067 is `x001/x234/067` (C2SP tlog-tiles), which keeps folders small and never makes one name both file and folder.
enum TilePath {
    static func encode(index: UInt64, width: Int) -> String {
        var groups = [digits(index % 1000)]
        var rest = index / 1000
        while rest > 0 {
            groups.append("x" + digits(rest % 1000))
            rest /= 1000
        }
        let path = groups.reversed().joined(separator: "/")
        return width == TileCoordinate.fullWidth ? path : "\(path).p/\(width)"
    }

    /// - Returns: nil for any spelling that ``encode(index:width:)`` does not give.
    static func decode(_ path: Substring) -> (index: UInt64, width: Int)? {
        var index: UInt64 = 0
        var width = TileCoordinate.fullWidth
        var bytes = Array(path.utf8)
        // The longest index is seven groups; the bound keeps a hostile path from costing anything.
        guard bytes.count <= 40 else { return nil }
        if let dot = bytes.firstIndex(of: 0x2e) {
            guard bytes[dot...].starts(with: Array(".p/".utf8)), let partial = Decimal.decode(bytes[(dot + 3)...]),
                1...255 ~= partial
            else { return nil }
            width = Int(partial)
            bytes.removeSubrange(dot...)
        }
        let groups = bytes.split(separator: 0x2f, omittingEmptySubsequences: false)
        for (place, group) in groups.enumerated() {
            let isLast = place == groups.count - 1
            let digits = isLast ? group : group.dropFirst()
            guard digits.count == 3, isLast || group.first == 0x78 else { return nil }
            var value: UInt64 = 0
            for digit in digits {
                guard 0x30...0x39 ~= digit else { return nil }
                value = value * 10 + UInt64(digit - 0x30)
            }
            // A leading group of zeros would be a second spelling of the same index.
            guard place > 0 || isLast || value > 0 else { return nil }
            guard index <= (Decimal.largest - value) / 1000 else { return nil }
            index = index * 1000 + value
        }
        return (index, width)
    }

    private static func digits(_ group: UInt64) -> String {
        let text = String(group)
        return String(repeating: "0", count: 3 - text.count) + text
    }
}
