/// Reads CBOR (RFC 8949); depth, number of values and lengths are bounded. Lengths that are left open are not read: C2PA writes none
/// (C2PA 2.2, 6.1).
struct CBORReader {
    private static let mostValues = 20_000
    private static let greatestDepth = 24

    private let bytes: [UInt8]
    private var offset = 0
    private var values = 0

    private init(_ bytes: [UInt8]) { self.bytes = bytes }

    /// The one value that the bytes encode; `nil` where they do not, or something follows it.
    static func whole(_ bytes: [UInt8]) -> CBORValue? {
        var reader = CBORReader(bytes)
        guard let value = reader.value(depth: 0), reader.offset == bytes.count else { return nil }
        return value
    }

    private mutating func take(_ count: Int) -> ArraySlice<UInt8>? {
        guard count >= 0, count <= bytes.count - offset else { return nil }
        defer { offset += count }
        return bytes[offset..<(offset + count)]
    }

    private mutating func number(_ width: Int) -> UInt64? {
        take(width)?.reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    }

    private mutating func value(depth: Int) -> CBORValue? {
        values += 1
        guard depth < Self.greatestDepth, values <= Self.mostValues, let first = take(1)?.first else { return nil }
        let (major, low) = (first >> 5, first & 0x1F)
        if major == 7 { return simple(low) }
        let argument: UInt64
        switch low {
        case 0..<24: argument = UInt64(low)
        case 24...27:
            guard let read = number(1 << (low - 24)) else { return nil }
            argument = read
        default: return nil
        }
        switch major {
        case 0: return .unsigned(argument)
        case 1: return .negative(argument)
        case 2: return Int(exactly: argument).flatMap { take($0) }.map { .bytes(Array($0)) }
        case 3: return Int(exactly: argument).flatMap { take($0) }.flatMap { String(validating: $0, as: UTF8.self) }.map { .text($0) }
        case 4: return array(argument, depth)
        case 5: return map(argument, depth)
        default: return value(depth: depth + 1).map { .tagged(argument, $0) }
        }
    }

    private mutating func array(_ count: UInt64, _ depth: Int) -> CBORValue? {
        guard count <= UInt64(bytes.count - offset) else { return nil }
        var values: [CBORValue] = []
        for _ in 0..<count {
            guard let value = value(depth: depth + 1) else { return nil }
            values.append(value)
        }
        return .array(values)
    }

    /// A key that comes twice makes a map that two readers understand differently: it is none.
    private mutating func map(_ count: UInt64, _ depth: Int) -> CBORValue? {
        guard count <= UInt64(bytes.count - offset) else { return nil }
        var members: [CBORValue.CBORMember] = []
        var keys: Set<CBORValue> = []
        for _ in 0..<count {
            guard let key = value(depth: depth + 1), keys.insert(key).inserted, let value = value(depth: depth + 1) else { return nil }
            members.append(.init(key: key, value: value))
        }
        return .map(members)
    }

    private mutating func simple(_ low: UInt8) -> CBORValue? {
        switch low {
        case 20: .bool(false)
        case 21: .bool(true)
        case 22, 23: .null
        case 25: number(2).map { .float($0, width: 2) }
        case 26: number(4).map { .float($0, width: 4) }
        case 27: number(8).map { .float($0, width: 8) }
        default: nil
        }
    }
}
