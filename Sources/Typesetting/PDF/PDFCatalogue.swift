/// Puts into a PDF's catalogue what cairo 1.16 has no word for: the language of the document, that it is tagged, and that its
/// title is shown instead of the file's name (ISO 32000-1, 7.7.2, 14.7.1 and 12.2).
///
/// The catalogue's object is made longer, and the places in the cross-reference table behind it are moved by as much. The table
/// stays a classic one, so that a signature can be added to the file as an update.
enum PDFCatalogue {
    static func setting(language: String, in file: [UInt8]) throws(TypesettingError) -> [UInt8] {
        guard let mark = lastIndex(of: "startxref\n", in: file),
            let table = number(at: mark + 10, in: file), table < file.count,
            let trailer = firstIndex(of: "trailer", in: file, from: table),
            let root = firstIndex(of: "/Root ", in: file, from: trailer).flatMap({ number(at: $0 + 6, in: file) }),
            let first = firstIndex(of: "\n", in: file, from: table + 5)
        else { throw .drawing("the file has no cross-reference table") }
        // "xref\n0 N\n", then N places of 20 bytes.
        let places = first + 1
        guard let entry = number(at: places + 20 * root, in: file),
            let dictionary = firstIndex(of: "<<", in: file, from: entry), dictionary < table
        else { throw .drawing("the file has no catalogue") }
        let added = Array(
            " /Lang (\(LanguageTag.clean(language)))\n   /ViewerPreferences << /DisplayDocTitle true >>\n   /MarkInfo << /Marked true >>\n  "
                .utf8)
        var result = Array(file[..<(dictionary + 2)]) + added + file[(dictionary + 2)..<places]
        var place = places
        while place + 20 <= trailer {
            let line = file[place..<(place + 20)]
            if file[place + 17] == UInt8(ascii: "n"), let offset = number(at: place, in: file), offset > dictionary {
                result += digits(offset + added.count) + line.dropFirst(10)
            } else {
                result += line
            }
            place += 20
        }
        result += file[place..<mark]
        result += Array("startxref\n\(table + added.count)\n%%EOF\n".utf8)
        return result
    }

    private static func digits(_ value: Int) -> [UInt8] {
        let text = String(value)
        return Array((String(repeating: "0", count: max(10 - text.count, 0)) + text).utf8)
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
