/// Reads PDF's syntax at a place of a file (ISO 32000-1, 7.2 and 7.3); every length and depth is bounded.
struct PDFParser {
    static let maximumDepth = 32
    /// Values in one object. A page tree's list of kids is the longest that an honest file has.
    static let maximumValues = 200_000
    private static let maximumString = 1 << 20

    let bytes: [UInt8]
    var offset: Int
    private var values = 0

    init(_ bytes: [UInt8], at offset: Int) {
        self.bytes = bytes
        self.offset = offset
    }

    static func malformed(_ reason: String, at offset: Int) -> SealError {
        SealError(
            .malformed, "The PDF cannot be read at byte \(offset): \(reason).", mend: "Have it made again by the program that made it.")
    }

    private func malformed(_ reason: String) -> SealError { PDFParser.malformed(reason, at: offset) }

    private var current: UInt8? { offset >= 0 && offset < bytes.count ? bytes[offset] : nil }

    static func isSpace(_ byte: UInt8) -> Bool {
        byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 || byte == 0x0C || byte == 0x00
    }

    private static func isDelimiter(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x28, 0x29, 0x3C, 0x3E, 0x5B, 0x5D, 0x7B, 0x7D, 0x2F, 0x25: true
        default: false
        }
    }

    /// Passes over white space and comments.
    mutating func skipSpace() {
        while let byte = current {
            if PDFParser.isSpace(byte) {
                offset += 1
            } else if byte == 0x25 {
                while let byte = current, byte != 0x0A, byte != 0x0D { offset += 1 }
            } else {
                return
            }
        }
    }

    /// Whether a word stands here, whole; it is passed over if so.
    mutating func take(_ word: StaticString) -> Bool {
        let letters = word.withUTF8Buffer { Array($0) }
        guard offset >= 0, bytes.count - offset >= letters.count, bytes[offset..<(offset + letters.count)].elementsEqual(letters) else {
            return false
        }
        if bytes.count > offset + letters.count {
            let next = bytes[offset + letters.count]
            guard PDFParser.isSpace(next) || PDFParser.isDelimiter(next) else { return false }
        }
        offset += letters.count
        return true
    }

    /// A whole number without a sign.
    mutating func integer() throws(SealError) -> Int {
        skipSpace()
        let start = offset
        var value = 0
        while let byte = current, (0x30...0x39).contains(byte) {
            guard offset - start < 15 else { throw malformed("a number is too long") }
            value = value * 10 + Int(byte - 0x30)
            offset += 1
        }
        guard offset > start else { throw malformed("there should be a number") }
        return value
    }

    mutating func value(depth: Int = 0) throws(SealError) -> PDFValue {
        guard depth < PDFParser.maximumDepth else { throw malformed("values lie too deep in one another") }
        values += 1
        guard values <= PDFParser.maximumValues else { throw malformed("the object is too large") }
        skipSpace()
        guard let byte = current else { throw malformed("it ends too early") }
        switch byte {
        case 0x2F: return .name(try name())
        case 0x28: return .literal(try literal())
        case 0x5B:
            offset += 1
            var elements: [PDFValue] = []
            while true {
                skipSpace()
                if current == 0x5D { break }
                elements.append(try value(depth: depth + 1))
            }
            offset += 1
            return .array(elements)
        case 0x3C:
            if offset + 1 < bytes.count, bytes[offset + 1] == 0x3C { return .dictionary(try dictionary(depth: depth)) }
            return try hexadecimal()
        case 0x2B, 0x2D, 0x2E, 0x30...0x39: return try number()
        default:
            if take("true") { return .bool(true) }
            if take("false") { return .bool(false) }
            if take("null") { return .null }
            throw malformed("there should be a value")
        }
    }

    private mutating func name() throws(SealError) -> String {
        offset += 1
        let start = offset
        while let byte = current, !PDFParser.isSpace(byte), !PDFParser.isDelimiter(byte) {
            guard offset - start < 256 else { throw malformed("a name is too long") }
            offset += 1
        }
        guard let name = String(validating: bytes[start..<offset], as: UTF8.self) else { throw malformed("a name is not UTF-8") }
        return name
    }

    private mutating func literal() throws(SealError) -> [UInt8] {
        let start = offset + 1
        var depth = 0
        while let byte = current {
            guard offset - start < PDFParser.maximumString else { throw malformed("a string is too long") }
            switch byte {
            case 0x5C: offset += 1
            case 0x28: depth += 1
            case 0x29:
                depth -= 1
                if depth == 0 {
                    offset += 1
                    return Array(bytes[start..<(offset - 1)])
                }
            default: break
            }
            offset += 1
        }
        throw malformed("a string does not end")
    }

    private mutating func hexadecimal() throws(SealError) -> PDFValue {
        let start = offset
        guard let end = bytes[start..<min(bytes.count, start + PDFParser.maximumString)].firstIndex(of: 0x3E) else {
            throw malformed("a string does not end")
        }
        let digits = Array(bytes[(start + 1)..<end])
        guard PDFValue.bytes(hexadecimal: digits) != nil else { throw malformed("a string is not hexadecimal") }
        offset = end + 1
        return .hexadecimal(digits: digits, at: start)
    }

    private mutating func dictionary(depth: Int) throws(SealError) -> PDFDictionary {
        offset += 2
        var dictionary = PDFDictionary()
        while true {
            skipSpace()
            guard let byte = current else { throw malformed("a dictionary does not end") }
            if byte == 0x3E {
                guard offset + 1 < bytes.count, bytes[offset + 1] == 0x3E else { throw malformed("a dictionary does not end") }
                offset += 2
                return dictionary
            }
            guard byte == 0x2F else { throw malformed("there should be a name") }
            let name = try name()
            guard dictionary[name] == nil else { throw malformed("the dictionary has /\(name) twice") }
            dictionary[name] = try value(depth: depth + 1)
        }
    }

    private mutating func number() throws(SealError) -> PDFValue {
        let start = offset
        while let byte = current, (0x30...0x39).contains(byte) || byte == 0x2B || byte == 0x2D || byte == 0x2E {
            guard offset - start < 24 else { throw malformed("a number is too long") }
            offset += 1
        }
        let text = String(decoding: bytes[start..<offset], as: UTF8.self)
        guard let whole = Int(text) else {
            guard Double(text) != nil || text.hasSuffix(".") || text.hasPrefix("-.") else { throw malformed("a number is misspelt") }
            return .real(text)
        }
        // NUMBER GENERATION R is a reference; anything else leaves the number alone.
        let end = offset
        if whole >= 0, bytes[start] != 0x2B {
            skipSpace()
            if let byte = current, (0x30...0x39).contains(byte), let generation = try? integer(), generation <= 65_535 {
                skipSpace()
                if take("R") { return .reference(number: whole, generation: generation) }
            }
        }
        offset = end
        return .integer(whole)
    }
}
