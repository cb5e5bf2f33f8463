/// What is wrong with a JSON text, and where.
public struct JSONError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The offset of the offending byte, from 0.
    public let offset: Int
    /// What is wrong, in English, without the place.
    public let reason: String

    public var description: String { "\(reason) (at byte \(offset))" }
}

/// A strict reader of JSON (RFC 8259) for input from outside: I-JSON's rules (RFC 7493), so no duplicate names, no lone
/// surrogates, valid UTF-8 throughout; nesting and size are bounded.
public struct JSONParser {
    /// What an input may be at most.
    public struct Limits: Sendable {
        /// Bytes of the whole text.
        public var bytes: Int
        /// Arrays and objects inside one another.
        public var depth: Int

        public init(bytes: Int = 1 << 20, depth: Int = 32) {
            self.bytes = bytes
            self.depth = depth
        }
    }

    private let bytes: [UInt8]
    private let limits: Limits
    private var offset = 0

    private init(_ bytes: [UInt8], limits: Limits) {
        self.bytes = bytes
        self.limits = limits
    }

    /// Reads one JSON text, the whole of it.
    public static func parse(_ bytes: [UInt8], limits: Limits = Limits()) throws(JSONError) -> JSON {
        guard bytes.count <= limits.bytes else {
            throw JSONError(offset: limits.bytes, reason: "the text is longer than \(limits.bytes) bytes")
        }
        if let bad = firstInvalidUTF8(in: bytes) {
            throw JSONError(offset: bad, reason: "the text is not valid UTF-8")
        }
        var parser = JSONParser(bytes, limits: limits)
        parser.skipSpace()
        let value = try parser.value(depth: 0)
        parser.skipSpace()
        guard parser.offset == bytes.count else { throw parser.error("there is more after the end of the value") }
        return value
    }

    public static func parse(_ text: String, limits: Limits = Limits()) throws(JSONError) -> JSON {
        try parse(Array(text.utf8), limits: limits)
    }

    private static func firstInvalidUTF8(in bytes: [UInt8]) -> Int? {
        if String(validating: bytes, as: UTF8.self) != nil { return nil }
        // Found wrong: look for where, which need not be fast.
        var decoder = UTF8()
        var iterator = bytes.makeIterator()
        var offset = 0
        while true {
            switch decoder.decode(&iterator) {
            case .scalarValue(let scalar): offset += UTF8.width(scalar)
            case .emptyInput: return bytes.count
            case .error: return offset
            }
        }
    }

    private func error(_ reason: String) -> JSONError {
        JSONError(offset: offset, reason: reason)
    }

    private mutating func skipSpace() {
        while offset < bytes.count, [0x20, 0x09, 0x0A, 0x0D].contains(bytes[offset]) { offset += 1 }
    }

    private mutating func value(depth: Int) throws(JSONError) -> JSON {
        guard offset < bytes.count else { throw error("the text ends where a value should stand") }
        switch bytes[offset] {
        case 0x7B: return try object(depth: depth)
        case 0x5B: return try array(depth: depth)
        case 0x22: return .string(try string())
        case 0x74: return try word("true", .bool(true))
        case 0x66: return try word("false", .bool(false))
        case 0x6E: return try word("null", .null)
        case 0x2D, 0x30...0x39: return try number()
        default: throw error("a value cannot begin with this byte")
        }
    }

    private mutating func word(_ text: String, _ value: JSON) throws(JSONError) -> JSON {
        guard bytes[offset...].starts(with: text.utf8) else { throw error("expected '\(text)'") }
        offset += text.utf8.count
        return value
    }

    private mutating func object(depth: Int) throws(JSONError) -> JSON {
        guard depth < limits.depth else { throw error("nested deeper than \(limits.depth)") }
        offset += 1
        var object = JSONObject()
        skipSpace()
        if offset < bytes.count, bytes[offset] == 0x7D {
            offset += 1
            return .object(object)
        }
        while true {
            skipSpace()
            guard offset < bytes.count, bytes[offset] == 0x22 else { throw error("a member's name, in quotes, should stand here") }
            let start = offset
            let name = try string()
            guard object[name] == nil else { throw JSONError(offset: start, reason: "the name '\(name)' stands twice in one object") }
            skipSpace()
            guard offset < bytes.count, bytes[offset] == 0x3A else { throw error("a colon should stand here") }
            offset += 1
            skipSpace()
            object[name] = try value(depth: depth + 1)
            skipSpace()
            guard offset < bytes.count else { throw error("the object is not closed") }
            if bytes[offset] == 0x2C {
                offset += 1
            } else if bytes[offset] == 0x7D {
                offset += 1
                return .object(object)
            } else {
                throw error("a comma or a closing brace should stand here")
            }
        }
    }

    private mutating func array(depth: Int) throws(JSONError) -> JSON {
        guard depth < limits.depth else { throw error("nested deeper than \(limits.depth)") }
        offset += 1
        var values: [JSON] = []
        skipSpace()
        if offset < bytes.count, bytes[offset] == 0x5D {
            offset += 1
            return .array(values)
        }
        while true {
            skipSpace()
            values.append(try value(depth: depth + 1))
            skipSpace()
            guard offset < bytes.count else { throw error("the array is not closed") }
            if bytes[offset] == 0x2C {
                offset += 1
            } else if bytes[offset] == 0x5D {
                offset += 1
                return .array(values)
            } else {
                throw error("a comma or a closing bracket should stand here")
            }
        }
    }

    private mutating func string() throws(JSONError) -> String {
        offset += 1
        let start = offset
        skipPlain()
        // Most strings have no escape, and the long ones are base64.
        if offset < bytes.count, bytes[offset] == 0x22 {
            offset += 1
            return String(decoding: bytes[start..<offset - 1], as: UTF8.self)
        }
        var text = Array(bytes[start..<offset])
        while offset < bytes.count {
            let byte = bytes[offset]
            if byte == 0x22 {
                offset += 1
                return String(decoding: text, as: UTF8.self)
            }
            guard byte >= 0x20 else { throw error("a control character stands unescaped in a string") }
            text.append(contentsOf: String(try escape()).utf8)
            let clean = offset
            skipPlain()
            text.append(contentsOf: bytes[clean..<offset])
        }
        throw error("the string is not closed")
    }

    /// Goes on to the next quotation mark, backslash or control character, straight over memory.
    private mutating func skipPlain() {
        let start = offset
        offset = bytes.withUnsafeBufferPointer { buffer in
            var place = start
            let end = buffer.count
            while place < end {
                let byte = buffer[place]
                if byte == 0x22 || byte == 0x5C || byte < 0x20 { break }
                place += 1
            }
            return place
        }
    }

    private mutating func escape() throws(JSONError) -> Character {
        let start = offset
        offset += 1
        guard offset < bytes.count else { throw error("the string is not closed") }
        let byte = bytes[offset]
        offset += 1
        switch byte {
        case 0x22: return "\""
        case 0x5C: return "\\"
        case 0x2F: return "/"
        case 0x62: return "\u{8}"
        case 0x66: return "\u{C}"
        case 0x6E: return "\n"
        case 0x72: return "\r"
        case 0x74: return "\t"
        case 0x75:
            let first = try fourHexDigits()
            if let scalar = Unicode.Scalar(first) { return Character(scalar) }
            // A high surrogate must be followed by its low one.
            guard (0xD800..<0xDC00).contains(first), offset + 1 < bytes.count, bytes[offset] == 0x5C, bytes[offset + 1] == 0x75 else {
                throw JSONError(offset: start, reason: "half a surrogate pair")
            }
            offset += 2
            let second = try fourHexDigits()
            guard (0xDC00..<0xE000).contains(second),
                let scalar = Unicode.Scalar(0x10000 + (UInt32(first) - 0xD800) << 10 + (UInt32(second) - 0xDC00))
            else { throw JSONError(offset: start, reason: "half a surrogate pair") }
            return Character(scalar)
        default: throw JSONError(offset: start, reason: "an unknown escape in a string")
        }
    }

    private mutating func fourHexDigits() throws(JSONError) -> UInt16 {
        guard offset + 4 <= bytes.count else { throw error("the string is not closed") }
        var value: UInt16 = 0
        for _ in 0..<4 {
            guard let digit = Character(Unicode.Scalar(bytes[offset])).hexDigitValue, bytes[offset] < 0x80 else {
                throw error("four hexadecimal digits should stand here")
            }
            value = value << 4 | UInt16(digit)
            offset += 1
        }
        return value
    }

    private mutating func number() throws(JSONError) -> JSON {
        let start = offset
        var whole = true
        if bytes[offset] == 0x2D { offset += 1 }
        let wholeDigits = skipDigits()
        guard wholeDigits > 0 else { throw error("a digit should stand here") }
        guard wholeDigits == 1 || bytes[offset - wholeDigits] != 0x30 else {
            throw JSONError(offset: start, reason: "a number may not begin with a zero")
        }
        if offset < bytes.count, bytes[offset] == 0x2E {
            whole = false
            offset += 1
            guard skipDigits() > 0 else { throw error("a digit should stand here") }
        }
        if offset < bytes.count, bytes[offset] == 0x65 || bytes[offset] == 0x45 {
            whole = false
            offset += 1
            if offset < bytes.count, bytes[offset] == 0x2B || bytes[offset] == 0x2D { offset += 1 }
            guard skipDigits() > 0 else { throw error("a digit should stand here") }
        }
        let text = String(decoding: bytes[start..<offset], as: UTF8.self)
        if whole, let value = Int64(text), value.magnitude <= 9_007_199_254_740_991 { return .integer(value) }
        guard let value = Double(text), value.isFinite else {
            throw JSONError(offset: start, reason: "the number is out of range")
        }
        if value == value.rounded(), abs(value) <= 9_007_199_254_740_991 { return .integer(Int64(value)) }
        return .number(value)
    }

    private mutating func skipDigits() -> Int {
        let start = offset
        while offset < bytes.count, (0x30...0x39).contains(bytes[offset]) { offset += 1 }
        return offset - start
    }
}
