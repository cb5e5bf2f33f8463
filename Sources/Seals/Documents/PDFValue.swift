/// A value of PDF's syntax (ISO 32000-1, 7.3). Numbers and strings keep their spelling, so that what is written again is what was read.
indirect enum PDFValue: Hashable, Sendable {
    case null
    case bool(Bool)
    case integer(Int)
    /// As it is spelt.
    case real(String)
    /// Without the slash, escapes as they are spelt.
    case name(String)
    /// What stands between the outer parentheses.
    case literal([UInt8])
    /// The digits, and where the opening bracket stands in the file.
    case hexadecimal(digits: [UInt8], at: Int)
    case array([PDFValue])
    case dictionary(PDFDictionary)
    case reference(number: Int, generation: Int)

    var dictionary: PDFDictionary? {
        if case .dictionary(let dictionary) = self { dictionary } else { nil }
    }

    var array: [PDFValue]? {
        if case .array(let values) = self { values } else { nil }
    }

    var integer: Int? {
        if case .integer(let value) = self { value } else { nil }
    }

    var name: String? {
        if case .name(let name) = self { name } else { nil }
    }

    func write(to bytes: inout [UInt8]) {
        switch self {
        case .null: bytes += "null".utf8
        case .bool(let value): bytes += (value ? "true" : "false").utf8
        case .integer(let value): bytes += String(value).utf8
        case .real(let text): bytes += text.utf8
        case .name(let name): bytes += "/\(name)".utf8
        case .literal(let raw): bytes += [0x28] + raw + [0x29]
        case .hexadecimal(let digits, _): bytes += [0x3C] + digits + [0x3E]
        case .array(let values):
            bytes.append(0x5B)
            for (index, value) in values.enumerated() {
                if index > 0 { bytes.append(0x20) }
                value.write(to: &bytes)
            }
            bytes.append(0x5D)
        case .dictionary(let dictionary):
            bytes += "<<".utf8
            for (name, value) in dictionary.members {
                bytes += " /\(name) ".utf8
                value.write(to: &bytes)
            }
            bytes += " >>".utf8
        case .reference(let number, let generation): bytes += "\(number) \(generation) R".utf8
        }
    }

    /// Text for people (ISO 32000-1, 7.9.2.2): UTF-16 with a byte order mark, in hexadecimal, so that no character needs an escape.
    static func text(_ text: String) -> PDFValue {
        let units = [0xFEFF] + Array(text.utf16)
        return .hexadecimal(digits: hexadecimalDigits(units.flatMap { [UInt8($0 >> 8), UInt8($0 & 0xFF)] }), at: 0)
    }

    static func hexadecimalDigits(_ bytes: [UInt8]) -> [UInt8] {
        let digits = Array("0123456789abcdef".utf8)
        return bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }
    }

    /// The bytes that hexadecimal digits stand for; white space is passed over. `nil` where there is anything else.
    static func bytes(hexadecimal digits: [UInt8]) -> [UInt8]? {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(digits.count / 2)
        var half: UInt8?
        for digit in digits {
            let value: UInt8
            switch digit {
            case 0x30...0x39: value = digit - 0x30
            case 0x41...0x46: value = digit - 0x41 + 10
            case 0x61...0x66: value = digit - 0x61 + 10
            case 0x00, 0x09, 0x0A, 0x0C, 0x0D, 0x20: continue
            default: return nil
            }
            if let high = half {
                bytes.append(high << 4 | value)
                half = nil
            } else {
                half = value
            }
        }
        if let high = half { bytes.append(high << 4) }
        return bytes
    }
}

/// A dictionary's members in the order they stand.
struct PDFDictionary: Hashable, Sendable, ExpressibleByDictionaryLiteral {
    private(set) var names: [String] = []
    private var values: [String: PDFValue] = [:]

    init() {}

    init(dictionaryLiteral elements: (String, PDFValue)...) {
        for (name, value) in elements { self[name] = value }
    }

    var members: [(String, PDFValue)] { names.compactMap { name in values[name].map { (name, $0) } } }

    subscript(name: String) -> PDFValue? {
        get { values[name] }
        set {
            if newValue == nil { names.removeAll { $0 == name } } else if values[name] == nil { names.append(name) }
            values[name] = newValue
        }
    }
}
