import Foundation

/// Reads the text of a page's content (ISO 32000-1, 9.4), line by line.
struct PDFContentReader {
    private let bytes: [UInt8]
    private let fonts: [String: PDFCharacterMap]
    private var parser: PDFParser
    private var font: PDFCharacterMap?
    /// Marked stretches that are open; in one with text of its own, glyphs are not read (ISO 32000-1, 14.9.4).
    private var marks: [Mark] = []
    /// Where the line is, and how large its letters are.
    private var height = 0.0
    private var scale = 1.0
    private var lineHeight: Double?
    private var glyphs: [String] = []
    private var found: [String] = []

    private enum Mark {
        case plain
        /// Its text, until that is put down: where its first glyph stands.
        case replaced(String?)
    }

    private static let mostGlyphs = 2_000_000

    init(_ bytes: [UInt8], _ fonts: [String: PDFCharacterMap]) {
        self.bytes = bytes
        self.fonts = fonts
        parser = PDFParser(bytes, at: 0)
    }

    mutating func lines() throws(SealError) -> [String] {
        var operands: [PDFValue] = []
        var count = 0
        while true {
            parser.skipSpace()
            guard parser.offset < bytes.count else { break }
            if Self.beginsOperator(bytes[parser.offset]) {
                let word = Self.word(in: bytes, &parser)
                // An inline image's bytes are no syntax; this project's pages have none.
                guard word != "BI" else { throw PDFText.unsupported("there is a picture among its words") }
                perform(word, operands)
                operands = []
                // Each operator is one value for the parser's own bound, which is meant for a single object.
                parser = PDFParser(bytes, at: parser.offset)
            } else {
                operands.append(try parser.value())
                guard operands.count <= 10_000 else { throw PDFText.unsupported("an operator has too many values") }
            }
            count += 1
            guard count <= Self.mostGlyphs else { throw PDFText.unsupported("a page is too long") }
        }
        endLine()
        return found
    }

    static func beginsOperator(_ byte: UInt8) -> Bool {
        (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte) || byte == 0x27 || byte == 0x22
    }

    /// A word without a slash before it; at least one byte is passed over.
    static func word(in bytes: [UInt8], _ parser: inout PDFParser) -> String {
        let start = parser.offset
        while parser.offset < bytes.count, beginsOperator(bytes[parser.offset]) || bytes[parser.offset] == 0x2A || parser.offset == start {
            parser.offset += 1
        }
        // T1 and its like: digits belong to an operator's name too.
        while parser.offset < bytes.count, (0x30...0x39).contains(bytes[parser.offset]) { parser.offset += 1 }
        return String(decoding: bytes[start..<parser.offset], as: UTF8.self)
    }

    private mutating func perform(_ word: String, _ operands: [PDFValue]) {
        switch word {
        case "Tf": font = operands.first?.name.flatMap { fonts[$0] }
        case "Tm":
            guard operands.count == 6 else { return }
            (scale, height) = (Self.number(operands[3]), Self.number(operands[5]))
        case "Td", "TD":
            guard operands.count == 2 else { return }
            height += Self.number(operands[1]) * scale
        case "Tj", "'": show(operands.last)
        case "TJ": for value in operands.first?.array ?? [] { show(value) }
        case "BMC": marks.append(.plain)
        case "BDC":
            let text = operands.last?.dictionary?["ActualText"].flatMap(PDFCharacterMap.text)
            marks.append(text.map { .replaced($0) } ?? .plain)
        case "EMC":
            addReplacement()
            _ = marks.popLast()
        default: break
        }
    }

    /// Puts down the text of the outermost stretch that has one; whether glyphs are to be left out.
    @discardableResult
    private mutating func addReplacement() -> Bool {
        for place in marks.indices {
            guard case .replaced(let text) = marks[place] else { continue }
            if let text {
                marks[place] = .replaced(nil)
                add([text])
            }
            return true
        }
        return false
    }

    private static func number(_ value: PDFValue) -> Double {
        switch value {
        case .integer(let whole): Double(whole)
        case .real(let text): Double(text) ?? 0
        default: 0
        }
    }

    private mutating func show(_ value: PDFValue?) {
        guard !addReplacement(), let font else { return }
        switch value {
        case .literal(let raw)?: add(font.characters(of: Self.unescaped(raw)))
        case .hexadecimal(let digits, _)?: add(font.characters(of: PDFValue.bytes(hexadecimal: digits) ?? []))
        default: break
        }
    }

    private mutating func add(_ texts: [String]) {
        // Marks above and below letters are moved a little: that is no other line.
        if let lineHeight, abs(height - lineHeight) > 0.6 * abs(scale) { endLine() }
        if lineHeight == nil { lineHeight = height }
        glyphs += texts
    }

    private mutating func endLine() {
        if !glyphs.isEmpty { found.append(Self.read(glyphs)) }
        glyphs = []
        lineHeight = nil
    }

    /// ISO 32000-1, 7.3.4.2.
    static func unescaped(_ raw: [UInt8]) -> [UInt8] {
        var result: [UInt8] = []
        var place = 0
        while place < raw.count {
            let byte = raw[place]
            place += 1
            guard byte == 0x5C, place < raw.count else {
                result.append(byte)
                continue
            }
            let escaped = raw[place]
            place += 1
            switch escaped {
            case 0x6E: result.append(0x0A)
            case 0x72: result.append(0x0D)
            case 0x74: result.append(0x09)
            case 0x62: result.append(0x08)
            case 0x66: result.append(0x0C)
            case 0x0A: break
            case 0x30...0x37:
                var value = Int(escaped - 0x30)
                var digits = 1
                while digits < 3, place < raw.count, (0x30...0x37).contains(raw[place]) {
                    value = value << 3 | Int(raw[place] - 0x30)
                    place += 1
                    digits += 1
                }
                result.append(UInt8(truncatingIfNeeded: value))
            default: result.append(escaped)
            }
        }
        return result
    }

    /// Glyphs in the order of the page, as words in the order of reading: where most letters run from right to left the line is turned,
    /// and what runs the other way within it is turned back. A plain word for the bidirectional algorithm's whole (Unicode annex 9).
    static func read(_ glyphs: [String]) -> String {
        let rightward = glyphs.count { $0.unicodeScalars.contains(where: isRightToLeft) }
        let leftward = glyphs.count { $0.unicodeScalars.contains { ("A"..."z").contains($0) && $0.properties.isAlphabetic } }
        guard rightward > leftward else { return glyphs.joined() }
        var result = ""
        var run: [String] = []
        func isPart(_ glyph: String) -> Bool { !glyph.unicodeScalars.contains { isRightToLeft($0) || $0.properties.isWhitespace } }
        for glyph in glyphs.reversed() {
            if isPart(glyph) {
                run.append(glyph)
            } else {
                result += run.reversed().joined() + glyph
                run = []
            }
        }
        return result + run.reversed().joined()
    }

    private static func isRightToLeft(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x0590...0x08FF, 0xFB1D...0xFDFF, 0xFE70...0xFEFC: true
        default: false
        }
    }
}
