/// Canonical JSON (RFC 8785): one way to write a value, so that it can be hashed and signed.
public struct CanonicalJSONWriter: Sendable {
    /// What has been written, UTF-8.
    public private(set) var bytes: [UInt8]

    public init(capacity: Int = 256) {
        bytes = []
        bytes.reserveCapacity(capacity)
    }

    public mutating func write(_ value: JSON) {
        switch value {
        case .null: raw("null")
        case .bool(let flag): raw(flag ? "true" : "false")
        case .integer(let whole): raw(String(whole))
        case .number(let number): raw(CanonicalJSONWriter.text(of: number))
        case .string(let text): write(string: text)
        case .array(let values):
            bytes.append(0x5B)
            var first = true
            for value in values {
                if !first { bytes.append(0x2C) }
                first = false
                write(value)
            }
            bytes.append(0x5D)
        case .object(let object):
            bytes.append(0x7B)
            var first = true
            for member in object.members {
                if !first { bytes.append(0x2C) }
                first = false
                write(string: member.name)
                bytes.append(0x3A)
                write(member.value)
            }
            bytes.append(0x7D)
        }
    }

    /// Writes a string literal: only `"`, `\` and the control characters are escaped (RFC 8785, 3.2.2.2).
    public mutating func write(string text: String) {
        bytes.append(0x22)
        var text = text
        text.withUTF8 { utf8 in
            var clean = 0
            var index = 0
            while true {
                index = CanonicalJSONWriter.nextEscaped(in: utf8, from: index)
                bytes.append(contentsOf: utf8[clean..<index])
                guard index < utf8.count else { break }
                escape(utf8[index])
                index += 1
                clean = index
            }
        }
        bytes.append(0x22)
    }

    /// Writes text that is already canonical JSON: a number, a punctuation mark, a value kept as bytes.
    public mutating func raw(_ text: StaticString) {
        text.withUTF8Buffer { bytes.append(contentsOf: $0) }
    }

    public mutating func raw(_ text: String) {
        bytes.append(contentsOf: text.utf8)
    }

    /// The next byte that must be escaped, or the end; eight bytes at a time where there are that many.
    private static func nextEscaped(in utf8: UnsafeBufferPointer<UInt8>, from start: Int) -> Int {
        var index = start
        let memory = UnsafeRawBufferPointer(utf8)
        while index + 8 <= utf8.count {
            let word = memory.loadUnaligned(fromByteOffset: index, as: UInt64.self)
            // The high bit of each byte: set where the byte is below 0x20, or equal to the quote or the backslash.
            let controls = (word &- 0x2020_2020_2020_2020) & ~word
            let quotes = word ^ 0x2222_2222_2222_2222
            let backslashes = word ^ 0x5C5C_5C5C_5C5C_5C5C
            let found =
                controls | ((quotes &- 0x0101_0101_0101_0101) & ~quotes) | ((backslashes &- 0x0101_0101_0101_0101) & ~backslashes)
            // Borrows make marks above a true one unreliable, so a marked word is looked at byte by byte.
            guard found & 0x8080_8080_8080_8080 == 0 else { break }
            index += 8
        }
        while index < utf8.count, utf8[index] >= 0x20, utf8[index] != 0x22, utf8[index] != 0x5C { index += 1 }
        return index
    }

    private mutating func escape(_ byte: UInt8) {
        switch byte {
        case 0x22: raw("\\\"")
        case 0x5C: raw("\\\\")
        case 0x08: raw("\\b")
        case 0x09: raw("\\t")
        case 0x0A: raw("\\n")
        case 0x0C: raw("\\f")
        case 0x0D: raw("\\r")
        default:
            let digits = Array("0123456789abcdef".utf8)
            raw("\\u00")
            bytes.append(digits[Int(byte >> 4)])
            bytes.append(digits[Int(byte & 15)])
        }
    }

    /// A finite number as ECMAScript's `Number::toString` writes it (RFC 8785, 3.2.2.3): the shortest digits that read back
    /// the same, plain from 1e-6 up to 1e21, with an exponent beyond.
    static func text(of number: Double) -> String {
        if number == 0 { return "0" }
        if number < 0 { return "-" + text(of: -number) }
        let (digits, pointPosition) = shortestDigits(of: number)
        let count = digits.count
        if count <= pointPosition, pointPosition <= 21 {
            return digits + String(repeating: "0", count: pointPosition - count)
        }
        if 0 < pointPosition, pointPosition <= 21 {
            return String(digits.prefix(pointPosition)) + "." + String(digits.dropFirst(pointPosition))
        }
        if -6 < pointPosition, pointPosition <= 0 {
            return "0." + String(repeating: "0", count: -pointPosition) + digits
        }
        let exponent = pointPosition - 1
        let mantissa = count == 1 ? digits : String(digits.prefix(1)) + "." + String(digits.dropFirst())
        return mantissa + "e" + (exponent < 0 ? "-" : "+") + String(abs(exponent))
    }

    /// The shortest digits of a positive number, and where the decimal point stands among them: 0.d1d2d3… x 10^position.
    private static func shortestDigits(of number: Double) -> (digits: String, pointPosition: Int) {
        // Swift's description is the shortest that reads back (SE-0002 and the SwiftDtoa notes), in plain or exponent form.
        var text = number.description[...]
        var exponent = 0
        if let mark = text.firstIndex(of: "e") {
            exponent = Int(text[text.index(after: mark)...]) ?? 0
            text = text[..<mark]
        }
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        let whole = parts.first.map(String.init) ?? ""
        let fraction = parts.count > 1 ? String(parts[1]) : ""
        let all = whole + fraction
        let leading = all.prefix { $0 == "0" }.count
        var digits = String(all.dropFirst(leading))
        while digits.hasSuffix("0") { digits.removeLast() }
        return (digits, whole.count - leading + exponent)
    }
}

extension JSON {
    /// This value in canonical form (RFC 8785), UTF-8.
    public var canonicalBytes: [UInt8] {
        var writer = CanonicalJSONWriter()
        writer.write(self)
        return writer.bytes
    }

    /// This value in canonical form, as text.
    public var canonicalText: String {
        String(decoding: canonicalBytes, as: UTF8.self)
    }
}
