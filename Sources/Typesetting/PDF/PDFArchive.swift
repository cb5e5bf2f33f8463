import Foundation

/// Makes of cairo's file one that keeps: PDF/A-2b (ISO 19005-2), and what cairo 1.16 has no word for besides: the language of the
/// document, that it is tagged, and that its title is shown instead of the file's name (ISO 32000-1, 7.7.2, 14.7.1 and 12.2).
///
/// | added | because |
/// |---|---|
/// | metadata that say which part and level is meant, and the same as the description | ISO 19005-2, 6.6.2 and 6.6.4 |
/// | an output intent with a profile of sRGB, so that colours mean one thing | 6.2.3, 6.2.4.3 |
/// | identifiers in the trailer, worked out from the bytes | 6.1.3 |
/// | the flag that links are printed | 6.3.2 |
/// | which glyph is which character of a font | 6.2.11.3.2 |
///
/// Objects are added behind cairo's own, and the places in the cross-reference table are moved by what was put in before them. The table
/// stays a classic one, so that a signature can be added to the file as an update.
struct PDFArchive {
    private let file: [UInt8]
    /// Where the cross-reference table begins.
    private let table: Int
    private let root: Int
    private let description: Int
    /// Where each object begins; `nil` for a number that is free.
    private let objects: [Int?]
    private var insertions: [(place: Int, bytes: [UInt8])] = []

    /// - Parameter file: as cairo wrote it.
    init(_ file: [UInt8]) throws(TypesettingError) {
        self.file = file
        guard let mark = Self.lastIndex(of: "startxref\n", in: file), let table = Self.number(at: mark + 10, in: file), table < file.count,
            let trailer = Self.firstIndex(of: "trailer", in: file, from: table),
            let root = Self.firstIndex(of: "/Root ", in: file, from: trailer).flatMap({ Self.number(at: $0 + 6, in: file) }),
            let description = Self.firstIndex(of: "/Info ", in: file, from: trailer).flatMap({ Self.number(at: $0 + 6, in: file) }),
            let first = Self.firstIndex(of: "\n", in: file, from: table + 5)
        else { throw .drawing("the file has no cross-reference table") }
        self.table = table
        self.root = root
        self.description = description
        // "xref\n0 N\n", then N places of 20 bytes.
        var objects: [Int?] = []
        var place = first + 1
        while place + 20 <= trailer {
            objects.append(file[place + 17] == UInt8(ascii: "n") ? Self.number(at: place, in: file) : nil)
            place += 20
        }
        self.objects = objects
    }

    /// The file to be kept.
    static func made(of file: [UInt8], describing document: PrintedDocument, producer: String) throws(TypesettingError) -> [UInt8] {
        var archive = try PDFArchive(file)
        try archive.describe(document)
        archive.complete()
        let packet = XMPPacket(document: document, producer: producer)
        return archive.written(adding: [
            stream("/Type /Metadata /Subtype /XML", packet.bytes), stream("/N 3", ColourProfile.sRGB),
        ])
    }

    private static func stream(_ entries: String, _ bytes: [UInt8]) -> [UInt8] {
        Array("<< \(entries) /Length \(bytes.count) >>\nstream\n".utf8) + bytes + Array("\nendstream".utf8)
    }

    private var metadata: Int { objects.count }
    private var profile: Int { objects.count + 1 }

    private mutating func describe(_ document: PrintedDocument) throws(TypesettingError) {
        guard objects.indices.contains(root), let start = objects[root], start < table,
            let dictionary = Self.firstIndex(of: "<<", in: file, from: start), dictionary < table
        else { throw .drawing("the file has no catalogue") }
        let added =
            " /Lang (\(LanguageTag.clean(document.language)))\n   /ViewerPreferences << /DisplayDocTitle true >>\n"
            + "   /MarkInfo << /Marked true >>\n   /Metadata \(metadata) 0 R\n"
            + "   /OutputIntents [ << /Type /OutputIntent /S /GTS_PDFA1 /OutputConditionIdentifier (sRGB IEC61966-2.1) "
            + "/Info (sRGB IEC61966-2.1) /DestOutputProfile \(profile) 0 R >> ]\n  "
        insertions.append((dictionary + 2, Array(added.utf8)))
    }

    /// Flag 4 says that an annotation is printed with the page (ISO 32000-1, 12.5.3); the map, that a font's glyphs are numbered as
    /// its characters are, which is what is taken where there is none (9.7.4.2).
    private mutating func complete() {
        complete("<< /Type /Annot", with: " /F 4", unless: "/F ")
        complete("<< /Type /Font\n   /Subtype /CIDFontType2", with: " /CIDToGIDMap /Identity", unless: "/CIDToGIDMap")
    }

    /// Puts an entry into every dictionary that begins so and has none.
    private mutating func complete(_ beginning: String, with entry: String, unless name: String) {
        let begin = Array(beginning.utf8)
        for case let start? in objects where start < table {
            guard let dictionary = Self.firstIndex(of: "\n", in: file, from: start).map({ $0 + 1 }),
                file[dictionary...].starts(with: begin),
                let end = Self.firstIndex(of: "endobj", in: file, from: dictionary),
                Self.firstIndex(of: name, in: Array(file[dictionary..<end]), from: 0) == nil
            else { continue }
            insertions.append((dictionary + 2, Array(entry.utf8)))
        }
    }

    /// - Parameter added: the bodies of further objects, in the order of their numbers.
    private func written(adding added: [[UInt8]]) -> [UInt8] {
        let sorted = insertions.sorted { $0.place < $1.place }
        var result: [UInt8] = []
        result.reserveCapacity(file.count + added.reduce(4_096) { $0 + $1.count })
        var copied = 0
        for (place, bytes) in sorted {
            result += file[copied..<place]
            result += bytes
            copied = place
        }
        result += file[copied..<table]
        var places: [Int?] = objects.map { start in
            start.map { start in start + sorted.reduce(0) { $0 + ($1.place < start ? $1.bytes.count : 0) } }
        }
        for body in added {
            places.append(result.count)
            result += Array("\(places.count - 1) 0 obj\n".utf8) + body + Array("\nendobj\n".utf8)
        }
        let identifier = Self.identifier(of: result)
        let start = result.count
        result += "xref\n0 \(places.count)\n".utf8
        for place in places {
            result += (place.map { "\(Self.padded($0)) 00000 n \n" } ?? "0000000000 65535 f \n").utf8
        }
        result += "trailer\n<< /Size \(places.count)\n   /Root \(root) 0 R\n   /Info \(description) 0 R\n".utf8
        result += "   /ID [<\(identifier)> <\(identifier)>]\n>>\nstartxref\n\(start)\n%%EOF\n".utf8
        return result
    }

    /// 32 hexadecimal digits that tell this file from others: two sums of its bytes (FNV-1a, 64 bits). They prove nothing.
    private static func identifier(of bytes: [UInt8]) -> String {
        var first: UInt64 = 0xCBF2_9CE4_8422_2325
        var second: UInt64 = 0x9E37_79B9_7F4A_7C15
        for byte in bytes {
            first = (first ^ UInt64(byte)) &* 0x0000_0100_0000_01B3
            second = (second ^ UInt64(byte)) &* 0x0000_0100_0000_01B3
        }
        return [first, second].map { value in
            let digits = String(value, radix: 16, uppercase: true)
            return String(repeating: "0", count: 16 - digits.count) + digits
        }.joined()
    }

    private static func padded(_ value: Int) -> String {
        let text = String(value)
        return String(repeating: "0", count: max(10 - text.count, 0)) + text
    }

    private static func number(at index: Int, in file: [UInt8]) -> Int? {
        var value: Int?
        for byte in file[min(index, file.count)...].prefix(12) {
            guard (48...57).contains(byte) else { break }
            value = (value ?? 0) * 10 + Int(byte - 48)
        }
        return value
    }

    private static func firstIndex(of text: String, in file: [UInt8], from start: Int) -> Int? {
        let pattern = Array(text.utf8)
        guard start >= 0, file.count >= pattern.count, start <= file.count - pattern.count else { return nil }
        return (start...(file.count - pattern.count)).first {
            file[$0] == pattern[0] && file[$0..<($0 + pattern.count)].elementsEqual(pattern)
        }
    }

    private static func lastIndex(of text: String, in file: [UInt8]) -> Int? {
        let pattern = Array(text.utf8)
        guard file.count >= pattern.count else { return nil }
        return (max(0, file.count - 64)...(file.count - pattern.count)).last { file[$0..<($0 + pattern.count)].elementsEqual(pattern) }
    }
}
