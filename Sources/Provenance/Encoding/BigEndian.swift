/// Numbers with their highest byte first, as PNG, JPEG, JUMBF and CBOR write them.
enum BigEndian {
    static func bytes(_ value: UInt64, _ width: Int) -> [UInt8] {
        (0..<width).map { UInt8(truncatingIfNeeded: value >> (8 * (width - 1 - $0))) }
    }

    static func bytes(_ value: Int, _ width: Int) -> [UInt8] { bytes(UInt64(truncatingIfNeeded: value), width) }

    /// The number at a place; `nil` where fewer bytes are left than it takes, or it is above `Int.max`.
    static func value(in bytes: [UInt8], at place: Int, width: Int) -> Int? {
        guard place >= 0, place <= bytes.count, width <= bytes.count - place else { return nil }
        return Int(exactly: bytes[place..<(place + width)].reduce(UInt64(0)) { $0 << 8 | UInt64($1) })
    }
}
