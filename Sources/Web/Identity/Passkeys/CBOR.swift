/// A value of CBOR (RFC 8949), as far as passkeys use it.
indirect enum CBOR: Hashable, Sendable {
    case unsigned(UInt64)
    /// -1 - n.
    case negative(UInt64)
    case bytes([UInt8])
    case text(String)
    case array([CBOR])
    /// In the order they stand in.
    case map([Pair])
    case bool(Bool)
    case null

    struct Pair: Hashable, Sendable {
        let key: CBOR
        let value: CBOR
    }

    /// The value under a key of a map.
    subscript(key: CBOR) -> CBOR? {
        guard case .map(let pairs) = self else { return nil }
        return pairs.first { $0.key == key }?.value
    }

    /// The value under an integer key of a map, as COSE has them (RFC 9052, 1.5).
    subscript(key: Int64) -> CBOR? { self[CBOR(key)] }

    subscript(key: String) -> CBOR? { self[.text(key)] }

    init(_ number: Int64) {
        self = number >= 0 ? .unsigned(UInt64(number)) : .negative(UInt64(-1 - number))
    }

    var integer: Int64? {
        switch self {
        case .unsigned(let value): Int64(exactly: value)
        case .negative(let value): Int64(exactly: value).map { -1 - $0 }
        default: nil
        }
    }

    var bytes: [UInt8]? {
        if case .bytes(let bytes) = self { bytes } else { nil }
    }

    var text: String? {
        if case .text(let text) = self { text } else { nil }
    }
}

/// What is wrong with a CBOR text, and where.
struct CBORError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The offset of the offending byte, from 0.
    let offset: Int
    /// In English.
    let reason: String

    var description: String { "\(reason) (at byte \(offset))" }
}

/// A strict, bounded reader of CBOR in the form authenticators must write (CTAP 2.1, section 8): definite lengths, shortest
/// integers, no tags, no floating point, no key twice.
struct CBORReader {
    /// Bytes of the whole text.
    static let longest = 64 << 10
    /// Arrays and maps inside one another.
    static let deepest = 8
    /// Values in all.
    static let most = 2_000

    private let input: [UInt8]
    private(set) var offset: Int
    private var count = 0

    /// - Parameter offset: where to begin.
    init(_ input: [UInt8], from offset: Int = 0) {
        self.input = input
        self.offset = offset
    }

    /// Reads one value, the whole of the input.
    static func parse(_ input: [UInt8]) throws(CBORError) -> CBOR {
        guard input.count <= longest else { throw CBORError(offset: longest, reason: "longer than \(longest) bytes") }
        var reader = CBORReader(input)
        let value = try reader.next()
        guard reader.offset == input.count else { throw CBORError(offset: reader.offset, reason: "there is more after the value") }
        return value
    }

    /// Reads one value; `offset` is after it then.
    mutating func next() throws(CBORError) -> CBOR {
        try value(depth: 0)
    }

    private func error(_ reason: String) -> CBORError { CBORError(offset: offset, reason: reason) }

    private mutating func value(depth: Int) throws(CBORError) -> CBOR {
        count += 1
        guard count <= CBORReader.most else { throw error("more than \(CBORReader.most) values") }
        guard offset < input.count else { throw error("ends where a value should stand") }
        let initial = input[offset]
        let major = initial >> 5
        if major == 7 {
            offset += 1
            switch initial & 31 {
            case 20: return .bool(false)
            case 21: return .bool(true)
            case 22: return .null
            default: throw CBORError(offset: offset - 1, reason: "a simple value or floating-point number that passkeys do not have")
            }
        }
        let argument = try argument()
        switch major {
        case 0: return .unsigned(argument)
        case 1: return .negative(argument)
        case 2: return .bytes(Array(try take(argument)))
        case 3:
            let start = offset
            guard let text = String(validating: try take(argument), as: UTF8.self) else {
                throw CBORError(offset: start, reason: "a text that is not UTF-8")
            }
            return .text(text)
        case 4:
            try checkContainer(argument, depth)
            var values: [CBOR] = []
            for _ in 0..<argument { values.append(try value(depth: depth + 1)) }
            return .array(values)
        case 5:
            try checkContainer(argument, depth)
            var pairs: [CBOR.Pair] = []
            for _ in 0..<argument {
                let start = offset
                let key = try value(depth: depth + 1)
                guard !pairs.contains(where: { $0.key == key }) else { throw CBORError(offset: start, reason: "a key stands twice") }
                pairs.append(CBOR.Pair(key: key, value: try value(depth: depth + 1)))
            }
            return .map(pairs)
        default:
            throw error("a tag, which passkeys do not have")
        }
    }

    private func checkContainer(_ length: UInt64, _ depth: Int) throws(CBORError) {
        guard depth < CBORReader.deepest else { throw error("nested deeper than \(CBORReader.deepest)") }
        // Every value takes a byte at least, so a longer container cannot be there.
        guard length <= UInt64(input.count - offset) else { throw error("ends inside an array or map") }
    }

    /// The number in or after the initial byte, in its shortest form.
    private mutating func argument() throws(CBORError) -> UInt64 {
        let short = input[offset] & 31
        let start = offset
        offset += 1
        let width: Int
        switch short {
        case 0..<24: return UInt64(short)
        case 24: width = 1
        case 25: width = 2
        case 26: width = 4
        case 27: width = 8
        default: throw CBORError(offset: start, reason: "an indefinite or reserved length")
        }
        guard input.count - offset >= width else { throw error("ends inside a number") }
        var value: UInt64 = 0
        for byte in input[offset..<(offset + width)] { value = value << 8 | UInt64(byte) }
        offset += width
        let least: UInt64 = width == 1 ? 24 : width == 2 ? 1 << 8 : width == 4 ? 1 << 16 : 1 << 32
        guard value >= least else { throw CBORError(offset: start, reason: "a number that is not in its shortest form") }
        return value
    }

    private mutating func take(_ length: UInt64) throws(CBORError) -> ArraySlice<UInt8> {
        guard length <= UInt64(input.count - offset) else { throw error("ends inside a string") }
        let end = offset + Int(length)
        defer { offset = end }
        return input[offset..<end]
    }
}
