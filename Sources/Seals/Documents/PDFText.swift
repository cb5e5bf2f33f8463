/// The words of a PDF, as its fonts say which characters their glyphs are (ISO 32000-1, 9.10.2).
///
/// It reads what this project's typesetting writes: classic cross-references, text in the pages' own content, maps to Unicode beside the
/// fonts. Words are what programs read; what a page shows may differ, where somebody meant it to.
public struct PDFText: Hashable, Sendable {
    /// The text of the pages, one line a line; lines from right to left are put in the order they are read in.
    public let lines: [String]

    static let mostPages = 500
    /// Bytes of unfolded content and maps.
    private static let mostBytes = 32 << 20

    /// - Throws: ``SealError`` where the file cannot be read, or is of another make.
    public init(_ pdf: [UInt8]) throws(SealError) {
        let file = try PDFFile(pdf)
        var left = Self.mostBytes
        var fonts: [Int: PDFCharacterMap] = [:]
        var lines: [String] = []
        var index = 0
        while let page = try Self.page(index, of: file) {
            guard index < Self.mostPages else { throw Self.unsupported("it has more than \(Self.mostPages) pages") }
            let resources = try file.resolve(page["Resources"]).dictionary
            var maps: [String: PDFCharacterMap] = [:]
            for (name, value) in (try file.resolve(resources?["Font"]).dictionary ?? [:]).members {
                guard case .reference(let number, _) = value, let font = try file.object(number).dictionary else { continue }
                if fonts[number] == nil, case .reference(let map, _)? = font["ToUnicode"] {
                    fonts[number] = PDFCharacterMap(try Self.unfolded(map, of: file, &left))
                }
                maps[name] = fonts[number]
            }
            var content: [UInt8] = []
            let contents = page["Contents"]
            let listed = try file.resolve(contents).array
            let parts = listed ?? contents.map { [$0] } ?? []
            for part in parts.prefix(1_000) {
                guard case .reference(let number, _) = part else { continue }
                content += try Self.unfolded(number, of: file, &left) + [0x0A]
            }
            var reader = PDFContentReader(content, maps)
            lines += try reader.lines()
            index += 1
        }
        self.lines = lines
    }

    private static func page(_ index: Int, of file: PDFFile) throws(SealError) -> PDFDictionary? {
        do {
            return try file.page(index).dictionary
        } catch {
            guard index > 0, error.kind == .missing else { throw error }
            return nil
        }
    }

    private static func unfolded(_ number: Int, of file: PDFFile, _ left: inout Int) throws(SealError) -> [UInt8] {
        guard let (dictionary, range) = try file.stream(number) else { throw unsupported("a stream is missing") }
        let bytes: [UInt8]
        switch dictionary["Filter"] {
        case nil: bytes = Array(file.bytes[range])
        case .name("FlateDecode")? where dictionary["DecodeParms"] == nil:
            guard let unfolded = Inflation.bytes(of: file.bytes[range], upTo: left) else { throw unsupported("a stream does not unfold") }
            bytes = unfolded
        default: throw unsupported("a stream is folded in a way that is not read here")
        }
        left -= bytes.count
        guard left >= 0 else { throw unsupported("it is too long") }
        return bytes
    }

    static func unsupported(_ reason: String) -> SealError {
        SealError(.unsupported, "The PDF's text is not read here: \(reason).", mend: "Compare its words by eye, or paste them.")
    }
}
