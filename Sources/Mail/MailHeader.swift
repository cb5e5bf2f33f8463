import Acts

/// Writes header fields (RFC 5322, 2.2): folded, ASCII, and never more than the one field that was asked for.
///
/// Whatever is put in, no line break of its own comes out: control characters become spaces before anything is encoded, so no text
/// from outside can begin a header of its own.
struct MailHeader {
    /// A line should be no longer than this, without its CRLF (RFC 5322, 2.1.1).
    private static let wantedWidth = 78

    private(set) var bytes: [UInt8] = []

    /// A field of free text, such as `Subject`.
    mutating func add(_ name: StaticString, text: String) {
        write(name.description, words: MailHeader.words(of: text))
    }

    /// A field whose value is already of its own grammar: a date, a media type, a message identifier.
    mutating func add(_ name: StaticString, structured value: String) {
        write(name.description, words: MailHeader.cleaned(value).split(separator: " ").map(String.init))
    }

    mutating func add(_ name: StaticString, mailboxes: [Mailbox]) {
        var words: [String] = []
        for (index, mailbox) in mailboxes.enumerated() {
            let comma = index + 1 < mailboxes.count ? "," : ""
            if let name = mailbox.name, !MailHeader.cleaned(name).isEmpty {
                words += MailHeader.phrase(name)
                words.append("<\(mailbox.address)>\(comma)")
            } else {
                words.append("\(mailbox.address)\(comma)")
            }
        }
        write(name.description, words: words)
    }

    /// The fields of a list (RFC 2919, RFC 2369, 3.2, RFC 8058, 3.1). An identifier or address that could break out of its angle brackets is left
    /// out with its field.
    mutating func add(_ list: MailList) {
        func isPlain(_ text: String) -> Bool {
            !text.isEmpty && text.utf8.count <= 800 && text.utf8.allSatisfy { (0x21...0x7E).contains($0) && $0 != 0x3C && $0 != 0x3E }
        }
        if isPlain(list.identifier) { write("List-Id", words: MailHeader.phrase(list.name) + ["<\(list.identifier)>"]) }
        guard isPlain(list.unsubscribe), !list.unsubscribe.contains(",") else { return }
        write("List-Unsubscribe", words: ["<\(list.unsubscribe)>"])
        write("List-Unsubscribe-Post", words: ["List-Unsubscribe=One-Click"])
    }

    /// Folds before words that would not fit (RFC 5322, 2.2.3). No word has a space or a line break in it.
    private mutating func write(_ name: String, words: [String]) {
        var line = "\(name):"
        for word in words {
            // Never a line of white space alone (RFC 5322, 3.2.2): a fold needs something before it.
            if line.utf8.count + 1 + word.utf8.count > MailHeader.wantedWidth, line.contains(where: { $0 != " " }), line != "\(name):" {
                bytes += Array(line.utf8) + [0x0D, 0x0A]
                line = ""
            }
            line += " " + word
        }
        bytes += Array(line.utf8) + [0x0D, 0x0A]
    }

    /// One line of text: control characters and line separators are spaces, runs of spaces one.
    static func cleaned(_ text: String) -> String {
        var cleaned = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            switch scalar.properties.generalCategory {
            case .control, .lineSeparator, .paragraphSeparator, .spaceSeparator:
                if let last = cleaned.last, last != " " { cleaned.append(" ") }
            case .surrogate, .unassigned: continue
            default: cleaned.append(scalar)
            }
        }
        if cleaned.last == " " { cleaned.removeLast() }
        return String(cleaned)
    }

    /// Words of unstructured text: ASCII as it stands, everything else as encoded words (RFC 2047, 5(1)).
    private static func words(of text: String) -> [String] {
        let text = cleaned(text)
        let isPlain = text.utf8.allSatisfy { (0x20...0x7E).contains($0) } && !text.contains("=?")
        if isPlain, text.split(separator: " ").allSatisfy({ $0.utf8.count <= 900 }) { return text.split(separator: " ").map(String.init) }
        return encodedWords(text)
    }

    /// A display name: atoms, a quoted string or encoded words (RFC 5322, 3.2.5; RFC 2047, 5(3)).
    private static func phrase(_ text: String) -> [String] {
        let text = cleaned(text)
        guard text.utf8.allSatisfy({ (0x20...0x7E).contains($0) }), !text.contains("=?"), text.utf8.count <= 70 else {
            return encodedWords(text)
        }
        let isAtoms = text.utf8.allSatisfy { byte in
            switch byte {
            case 0x20, 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
            default: "!#$%&'*+-/=?^_`{|}~".utf8.contains(byte)
            }
        }
        if isAtoms { return text.split(separator: " ").map(String.init) }
        let escaped = text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
        // A quoted string may be folded at its spaces; kept whole it is one word here.
        return ["\"\(escaped)\""]
    }

    /// `=?utf-8?B?…?=`, each at most 75 characters and whole characters only (RFC 2047, 2 and 5).
    private static func encodedWords(_ text: String) -> [String] {
        var words: [String] = []
        var piece: [UInt8] = []
        func flush() {
            if !piece.isEmpty { words.append("=?utf-8?B?\(Base64.encode(piece))?=") }
            piece = []
        }
        // 39 bytes make 52 characters of base64, and 12 stand around them: room for the longest of our names before the first.
        for character in text {
            let bytes = Array(character.utf8)
            if piece.count + bytes.count > 39 { flush() }
            if bytes.count <= 39 {
                piece += bytes
            } else {
                // A character of more than 39 bytes is a base with a heap of marks; scalars are the smallest that must stay whole.
                for scalar in character.unicodeScalars {
                    let bytes = Array(String(scalar).utf8)
                    if piece.count + bytes.count > 39 { flush() }
                    piece += bytes
                }
            }
        }
        flush()
        return words
    }
}
