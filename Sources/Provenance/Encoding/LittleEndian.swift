/// Numbers of four bytes with their lowest byte first, as RIFF writes them.
enum LittleEndian {
    static func bytes(_ value: Int) -> [UInt8] { BigEndian.bytes(value, 4).reversed() }

    /// The number at a place; `nil` where fewer bytes are left than it takes.
    static func value(in bytes: [UInt8], at place: Int) -> Int? {
        guard place >= 0, place <= bytes.count, bytes.count - place >= 4 else { return nil }
        return BigEndian.value(in: bytes[place..<(place + 4)].reversed(), at: 0, width: 4)
    }
}
