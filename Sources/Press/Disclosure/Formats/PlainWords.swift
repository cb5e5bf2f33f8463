/// The words of a piece of HTML, for comparing and for a line of text: without tags, with the commonest character references written out.
///
/// What it gives is text and is escaped like any other; nothing rests on whether every tag was found.
enum PlainWords {
    private static let named: [String: String] = [
        "amp": "&", "lt": "<", "gt": ">", "quot": "\"", "apos": "'", "nbsp": " ", "ndash": "–", "mdash": "—", "hellip": "…", "laquo": "«",
        "raquo": "»", "lsquo": "‘", "rsquo": "’", "ldquo": "“", "rdquo": "”", "shy": "",
    ]

    /// - Parameter longest: characters that are given at most; four times as many are read.
    static func of(_ html: String, longest: Int) -> String {
        let scalars = Array(html.unicodeScalars.prefix(4 * longest))
        var words = String.UnicodeScalarView()
        var place = 0
        while place < scalars.count {
            let scalar = scalars[place]
            if scalar == "<", let end = tagEnd(scalars, at: place) {
                words.append(" ")
                place = end
            } else if scalar == "&", let (text, end) = reference(scalars, at: place) {
                words.append(contentsOf: text.unicodeScalars)
                place = end
            } else {
                words.append(scalar)
                place += 1
            }
        }
        let line = String(words).split(whereSeparator: \.isWhitespace).joined(separator: " ")
        return String(line.prefix(longest))
    }

    /// Where the tag that begins at a place ends; a sign that no tag can begin with stands for itself.
    private static func tagEnd(_ scalars: [Unicode.Scalar], at place: Int) -> Int? {
        guard place + 1 < scalars.count else { return nil }
        let next = scalars[place + 1]
        guard next == "/" || next == "!" || next == "?" || next.properties.isAlphabetic else { return nil }
        return scalars[place...].firstIndex(of: ">").map { $0 + 1 }
    }

    /// The reference that begins at a place, and where it ends.
    private static func reference(_ scalars: [Unicode.Scalar], at place: Int) -> (text: String, end: Int)? {
        guard let end = scalars[place...].prefix(12).firstIndex(of: ";"), end > place + 1 else { return nil }
        let name = String(String.UnicodeScalarView(scalars[(place + 1)..<end]))
        if let text = named[name] { return (text, end + 1) }
        guard name.hasPrefix("#") else { return nil }
        let digits = name.dropFirst()
        let value = digits.hasPrefix("x") || digits.hasPrefix("X") ? UInt32(digits.dropFirst(), radix: 16) : UInt32(digits)
        guard let value, value >= 0x20, let scalar = Unicode.Scalar(value) else { return nil }
        return (String(Character(scalar)), end + 1)
    }
}
