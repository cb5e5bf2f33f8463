/// A PDF as a signer needs it: its trailer, and its objects by number (ISO 32000-1, 7.5).
///
/// Only classic cross-reference tables are read, which is what this project's own typesetting writes; others are refused in words.
struct PDFFile {
    static let maximumLength = 256 << 20
    private static let maximumObjects = 1_000_000
    private static let maximumSections = 64

    struct Location: Hashable {
        let offset: Int
        let generation: Int
    }

    let bytes: [UInt8]
    /// The newest trailer.
    let trailer: PDFDictionary
    /// Where the newest cross-reference table stands.
    let crossReference: Int
    private let locations: [Int: Location]

    init(_ bytes: [UInt8]) throws(SealError) {
        guard bytes.count <= PDFFile.maximumLength else {
            throw SealError(.unsupported, "The PDF is longer than 256 MiB.", mend: "Divide it, or make its pictures smaller.")
        }
        guard bytes.starts(with: Array("%PDF-1.".utf8)) || bytes.starts(with: Array("%PDF-2.".utf8)) else {
            throw SealError(.malformed, "This is not a PDF: it does not begin with %PDF.", mend: "Give the PDF itself.")
        }
        self.bytes = bytes
        crossReference = try PDFFile.start(in: bytes)
        var locations: [Int: Location] = [:]
        var free: Set<Int> = []
        var newest: PDFDictionary?
        var seen: Set<Int> = []
        var next: Int? = crossReference
        while let offset = next {
            guard seen.insert(offset).inserted, seen.count <= PDFFile.maximumSections else {
                throw PDFParser.malformed("the cross-reference tables do not end", at: offset)
            }
            let trailer = try PDFFile.section(in: bytes, at: offset, into: &locations, free: &free)
            newest = newest ?? trailer
            next = trailer["Prev"]?.integer
        }
        guard let newest, newest["Encrypt"] == nil else {
            throw SealError(.unsupported, "The PDF is encrypted.", mend: "Seal it before it is encrypted.")
        }
        trailer = newest
        self.locations = locations
    }

    private static func start(in bytes: [UInt8]) throws(SealError) -> Int {
        let word = Array("startxref".utf8)
        let tail = max(0, bytes.count - 2_048)
        var place = bytes.count - word.count
        while place >= tail {
            if bytes[place] == word[0], bytes[place..<(place + word.count)].elementsEqual(word) {
                var parser = PDFParser(bytes, at: place + word.count)
                let offset = try parser.integer()
                guard offset < bytes.count else { throw PDFParser.malformed("the cross-reference table is beyond the end", at: place) }
                return offset
            }
            place -= 1
        }
        throw PDFParser.malformed("there is no startxref", at: bytes.count)
    }

    private static func section(
        in bytes: [UInt8], at offset: Int, into locations: inout [Int: Location], free: inout Set<Int>
    ) throws(SealError) -> PDFDictionary {
        var parser = PDFParser(bytes, at: offset)
        parser.skipSpace()
        guard parser.take("xref") else {
            throw SealError(
                .unsupported, "The PDF keeps its cross-references in a stream, which is not read here.",
                mend: "Write it as PDF 1.4, without object streams: qpdf --object-streams=disable does.")
        }
        while true {
            parser.skipSpace()
            if parser.take("trailer") { break }
            let first = try parser.integer()
            let count = try parser.integer()
            guard first + count <= maximumObjects, locations.count + count <= maximumObjects else {
                throw PDFParser.malformed("there are too many objects", at: parser.offset)
            }
            for number in first..<(first + count) {
                let place = try parser.integer()
                let generation = try parser.integer()
                parser.skipSpace()
                let isUsed = parser.take("n")
                guard isUsed || parser.take("f") else { throw PDFParser.malformed("a cross-reference is misspelt", at: parser.offset) }
                // The newest section was read first, and what it says stands.
                guard locations[number] == nil, !free.contains(number) else { continue }
                if isUsed {
                    locations[number] = Location(offset: place, generation: generation)
                } else {
                    free.insert(number)
                }
            }
        }
        guard let trailer = try parser.value().dictionary else { throw PDFParser.malformed("there is no trailer", at: parser.offset) }
        guard trailer["XRefStm"] == nil else {
            throw SealError(
                .unsupported, "The PDF keeps some of its cross-references in a stream, which is not read here.",
                mend: "Write it as PDF 1.4, without object streams: qpdf --object-streams=disable does.")
        }
        return trailer
    }

    /// The first object number that is not in use.
    var nextNumber: Int { max(trailer["Size"]?.integer ?? 0, (locations.keys.max() ?? 0) + 1) }

    /// An object; of a stream, its dictionary.
    func object(_ number: Int) throws(SealError) -> PDFValue {
        guard let start = try body(of: number) else { return .null }
        var parser = PDFParser(bytes, at: start)
        return try parser.value()
    }

    /// Where an object's value begins; `nil` where there is no such object.
    func body(of number: Int) throws(SealError) -> Int? {
        guard let location = locations[number] else { return nil }
        var parser = PDFParser(bytes, at: location.offset)
        guard location.offset < bytes.count, try parser.integer() == number, try parser.integer() == location.generation else {
            throw PDFParser.malformed("object \(number) is not where the cross-references say", at: location.offset)
        }
        parser.skipSpace()
        guard parser.take("obj") else { throw PDFParser.malformed("there should be an object", at: parser.offset) }
        return parser.offset
    }

    func generation(of number: Int) -> Int { locations[number]?.generation ?? 0 }

    /// What a value stands for, where it is a reference; references to references are not followed, since there are none.
    func resolve(_ value: PDFValue?) throws(SealError) -> PDFValue {
        guard case .reference(let number, _)? = value else { return value ?? .null }
        return try object(number)
    }

    /// The number of the catalogue's object, and the catalogue.
    func catalogue() throws(SealError) -> (number: Int, dictionary: PDFDictionary) {
        guard case .reference(let number, _)? = trailer["Root"], let dictionary = try object(number).dictionary else {
            throw PDFParser.malformed("there is no catalogue", at: crossReference)
        }
        return (number, dictionary)
    }

    /// A page by its place, from 0.
    func page(_ index: Int) throws(SealError) -> (number: Int, dictionary: PDFDictionary) {
        let missing = SealError(.missing, "The PDF has no page \(index + 1).", mend: "Choose one of its pages.")
        guard index >= 0, let root = try catalogue().dictionary["Pages"] else { throw missing }
        var pending = [root]
        var left = index
        var visited = 0
        while let value = pending.popLast() {
            visited += 1
            guard visited <= 100_000 else { throw missing }
            guard case .reference(let number, _) = value, let node = try object(number).dictionary else { continue }
            if let kids = try resolve(node["Kids"]).array {
                if let count = try resolve(node["Count"]).integer, count >= 0, count <= left, visited > 1 {
                    left -= count
                } else {
                    pending.append(contentsOf: kids.reversed())
                }
            } else if left == 0 {
                return (number, node)
            } else {
                left -= 1
            }
        }
        throw missing
    }

    /// Fields of the form that hold signatures, with their objects' numbers.
    func signatureFields() throws(SealError) -> [(number: Int, dictionary: PDFDictionary)] {
        guard let form = try resolve(try catalogue().dictionary["AcroForm"]).dictionary else { return [] }
        var pending = try resolve(form["Fields"]).array ?? []
        var seen: Set<Int> = []
        var fields: [(number: Int, dictionary: PDFDictionary)] = []
        while let value = pending.popLast() {
            guard case .reference(let number, _) = value, seen.insert(number).inserted, seen.count <= 10_000,
                let field = try object(number).dictionary
            else { continue }
            if field["FT"]?.name == "Sig" { fields.append((number, field)) }
            pending.append(contentsOf: try resolve(field["Kids"]).array ?? [])
        }
        return fields.sorted { $0.number < $1.number }
    }
}
