/// Numbers as the C2SP formats write them: ASCII decimal without sign or leading zeros, `0` for zero.
enum Decimal {
    /// Tree sizes and indexes stop here, as Go's `int64` and the cosignature timestamp do, so that every reader can hold them.
    static let largest = UInt64(Int64.max)

    /// - Returns: nil for any other spelling, and for numbers over ``largest``.
    static func decode(_ text: some Collection<UInt8>) -> UInt64? {
        guard let start = text.first, text.count <= 19 else { return nil }
        guard start != 0x30 || text.count == 1 else { return nil }
        var value: UInt64 = 0
        for character in text {
            guard character >= 0x30, character <= 0x39 else { return nil }
            // Nineteen digits stay under 10^19 < 2^64.
            value = value * 10 + UInt64(character - 0x30)
        }
        return value <= largest ? value : nil
    }
}
