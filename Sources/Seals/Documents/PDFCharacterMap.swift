/// Which characters the codes of a font stand for (ISO 32000-1, 9.10.3; Adobe's ToUnicode maps).
struct PDFCharacterMap {
    /// Bytes of one code.
    private(set) var width = 1
    private var characters: [Int: String] = [:]

    private static let mostCodes = 70_000

    /// Reads what can be read; codes that are not in it are shown as characters that are none.
    init(_ bytes: [UInt8]) {
        var parser = PDFParser(bytes, at: 0)
        var operands: [PDFValue] = []
        while true {
            parser.skipSpace()
            guard parser.offset < bytes.count else { return }
            guard PDFContentReader.beginsOperator(bytes[parser.offset]) else {
                // What comes after something that is no value is not looked for: that would be tried at every byte.
                guard let value = try? parser.value(), operands.count < Self.mostCodes else { return }
                operands.append(value)
                continue
            }
            let word = PDFContentReader.word(in: bytes, &parser)
            switch word {
            case "endcodespacerange":
                if case .hexadecimal(let digits, _)? = operands.first { width = min(max((digits.count + 1) / 2, 1), 4) }
            case "endbfchar": addCharacters(operands)
            case "endbfrange": addRanges(operands)
            default: break
            }
            operands = []
            // Each operator's values are bounded by themselves.
            parser = PDFParser(bytes, at: parser.offset)
        }
    }

    func characters(of string: [UInt8]) -> [String] {
        stride(from: 0, to: string.count - width + 1, by: width).map { place in
            characters[string[place..<(place + width)].reduce(0) { $0 << 8 | Int($1) }] ?? "\u{FFFD}"
        }
    }

    private mutating func addCharacters(_ operands: [PDFValue]) {
        for place in stride(from: 0, to: operands.count - 1, by: 2) {
            guard let code = Self.code(operands[place]), let text = Self.text(operands[place + 1]), characters.count < Self.mostCodes else {
                continue
            }
            characters[code] = text
        }
    }

    private mutating func addRanges(_ operands: [PDFValue]) {
        for place in stride(from: 0, to: operands.count - 2, by: 3) {
            guard let first = Self.code(operands[place]), let last = Self.code(operands[place + 1]), first <= last, last - first < 65_536
            else { continue }
            if let texts = operands[place + 2].array {
                for (offset, value) in texts.prefix(last - first + 1).enumerated() where characters.count < Self.mostCodes {
                    characters[first + offset] = Self.text(value)
                }
            } else if let scalar = Self.text(operands[place + 2])?.unicodeScalars.first {
                for offset in 0...(last - first) where characters.count < Self.mostCodes {
                    characters[first + offset] = Unicode.Scalar(scalar.value + UInt32(offset)).map { String(Character($0)) }
                }
            }
        }
    }

    private static func code(_ value: PDFValue) -> Int? {
        guard case .hexadecimal(let digits, _) = value, digits.count <= 8 else { return nil }
        return PDFValue.bytes(hexadecimal: digits)?.reduce(0) { $0 << 8 | Int($1) }
    }

    /// UTF-16, its higher byte first.
    static func text(_ value: PDFValue) -> String? {
        guard case .hexadecimal(let digits, _) = value, let bytes = PDFValue.bytes(hexadecimal: digits) else { return nil }
        let units = stride(from: 0, to: bytes.count - 1, by: 2).map { UInt16(bytes[$0]) << 8 | UInt16(bytes[$0 + 1]) }
        return String(decoding: units.first == 0xFEFF ? units.dropFirst() : units[...], as: UTF16.self)
    }
}
