/// Makes what other servers send as HTML safe to show and to keep: a short list of elements without attributes, links to the web alone.
///
/// What is not on the list loses its tags and keeps its text; scripts, styles and the like lose their text too. The result is well-formed
/// whatever came in: every element that begins ends.
public enum RemoteHTML {
    /// Elements that stay (ActivityPub servers agree on about these).
    static let kept: Set<String> = [
        "p", "br", "a", "span", "strong", "em", "b", "i", "u", "del", "s", "pre", "code", "ul", "ol", "li", "blockquote",
    ]
    /// Elements whose text goes with them.
    static let dropped: Set<String> = [
        "script", "style", "template", "iframe", "object", "embed", "svg", "math", "noscript", "head", "title", "textarea", "select", "xmp",
        "plaintext", "noembed", "noframes",
    ]
    /// Elements whose end separates words where the tags are lost.
    private static let blocks: Set<String> = [
        "div", "h1", "h2", "h3", "h4", "h5", "h6", "tr", "td", "th", "table", "section", "article", "header", "footer", "dd", "dt", "hr",
    ]
    /// How deep elements stand in one another at most.
    static let deepest = 16
    /// Bytes that are read at most; the rest is cut off.
    public static let longest = 64 << 10

    /// - Parameter html: from a stranger.
    /// - Returns: HTML that is safe within a page's text.
    public static func clean(_ html: String) -> String {
        var writer = Writer()
        var tokens = Tokens(html)
        while let token = tokens.next() {
            switch token {
            case .text(let text): writer.text(text)
            case .end(let name):
                if kept.contains(name) { writer.end(name) } else if blocks.contains(name) { writer.space() }
            case .start(let name, let link, let isClosed):
                if dropped.contains(name) {
                    if !isClosed { tokens.skip(to: name) }
                } else if kept.contains(name) {
                    writer.start(name, link)
                } else if blocks.contains(name) {
                    writer.space()
                }
            }
        }
        return writer.finished()
    }

    /// The same without any tags: for excerpts, counting and search.
    public static func plainText(_ html: String) -> String {
        var text = ""
        var tokens = Tokens(html)
        while let token = tokens.next() {
            switch token {
            case .text(let part): text += part
            case .start(let name, _, let isClosed):
                if dropped.contains(name) { if !isClosed { tokens.skip(to: name) } } else if name == "br" { text += "\n" }
            case .end(let name): if name == "p" || name == "li" || blocks.contains(name) { text += "\n" }
            }
        }
        return text.split(separator: "\n", omittingEmptySubsequences: true).joined(separator: "\n")
    }

    /// Text as it stands in a page's text or in an attribute between quotes.
    public static func escaped(_ text: String) -> String {
        var result = ""
        result.reserveCapacity(text.utf8.count)
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\"": result += "&quot;"
            case "'": result += "&#39;"
            case "\t", "\n": result.unicodeScalars.append(scalar)
            default: if scalar.value >= 0x20, !(0x7F...0x9F).contains(scalar.value) { result.unicodeScalars.append(scalar) }
            }
        }
        return result
    }

    /// An address of the web that a link may have; `nil` for others, such as `javascript:`.
    static func link(_ address: String) -> String? {
        let address = address.filter { !$0.isWhitespace }
        guard address.utf8.count <= 2_048, address.hasPrefix("https://") || address.hasPrefix("http://") else { return nil }
        return address.unicodeScalars.allSatisfy { $0.value > 0x20 && $0 != "\\" } ? address : nil
    }

    private struct Writer {
        private var html = ""
        private var open: [String] = []

        mutating func text(_ text: String) { html += RemoteHTML.escaped(text) }

        mutating func space() { if let last = html.last, !last.isWhitespace { html += " " } }

        mutating func start(_ name: String, _ link: String?) {
            if name == "br" {
                html += "<br>"
                return
            }
            guard open.count < deepest else { return }
            if name == "a" {
                // No link within a link, and none without an address.
                guard !open.contains("a"), let link = link.flatMap(RemoteHTML.link) else { return }
                html += "<a href=\"\(RemoteHTML.escaped(link))\" rel=\"nofollow noopener noreferrer ugc\">"
            } else {
                // A paragraph ends where another begins.
                if name == "p", open.contains("p") { end("p") }
                html += "<\(name)>"
            }
            open.append(name)
        }

        mutating func end(_ name: String) {
            guard let place = open.lastIndex(of: name) else { return }
            while open.count > place { html += "</\(open.removeLast())>" }
        }

        mutating func finished() -> String {
            while let name = open.popLast() { html += "</\(name)>" }
            return html
        }
    }
}

extension RemoteHTML {
    /// Reads HTML as tags and text, in the manner of its tokenizer (WHATWG HTML, 13.2.5), in one pass.
    struct Tokens {
        enum Token: Hashable {
            case text(String)
            /// - link: the value of `href`.
            case start(String, link: String?, isClosed: Bool)
            case end(String)
        }

        private let bytes: [UInt8]
        private var at = 0

        init(_ html: String) { bytes = Array(html.utf8.prefix(RemoteHTML.longest)) }

        mutating func next() -> Token? {
            while at < bytes.count {
                guard bytes[at] == 0x3C else { return .text(takeText()) }
                guard at + 1 < bytes.count else {
                    at += 1
                    return .text("<")
                }
                switch bytes[at + 1] {
                case 0x21: skipDeclaration()
                case 0x3F: skip(past: 0x3E)
                case 0x2F where at + 2 < bytes.count && Self.isLetter(bytes[at + 2]):
                    at += 2
                    let name = takeName()
                    _ = takeAttributes()
                    return .end(name)
                case 0x2F: skip(past: 0x3E)
                case let byte where Self.isLetter(byte):
                    at += 1
                    let name = takeName()
                    let (link, isClosed) = takeAttributes()
                    return .start(name, link: link, isClosed: isClosed && name != "script" && name != "style")
                default:
                    at += 1
                    return .text("<")
                }
            }
            return nil
        }

        /// Passes over everything up to the end tag of that name, and that too.
        mutating func skip(to name: String) {
            let wanted = Array("</\(name)".utf8)
            while at < bytes.count {
                if bytes[at] == 0x3C, at + wanted.count <= bytes.count,
                    zip(bytes[at..<(at + wanted.count)], wanted).allSatisfy({ Self.lowered($0) == $1 }),
                    at + wanted.count == bytes.count || !Self.isLetter(bytes[at + wanted.count])
                {
                    return skip(past: 0x3E)
                }
                at += 1
            }
        }

        private mutating func skip(past byte: UInt8) {
            at = bytes[at...].firstIndex(of: byte).map { $0 + 1 } ?? bytes.count
        }

        private mutating func skipDeclaration() {
            guard bytes[at...].starts(with: [0x3C, 0x21, 0x2D, 0x2D]) else { return skip(past: 0x3E) }
            at += 4
            while at < bytes.count {
                if bytes[at...].starts(with: [0x2D, 0x2D, 0x3E]) {
                    at += 3
                    return
                }
                at += 1
            }
        }

        private mutating func takeText() -> String {
            let end = bytes[at...].firstIndex(of: 0x3C) ?? bytes.count
            defer { at = end }
            return RemoteHTML.decoded(String(decoding: bytes[at..<end], as: UTF8.self))
        }

        private mutating func takeName() -> String {
            let start = at
            while at < bytes.count, ![0x20, 0x09, 0x0A, 0x0C, 0x0D, 0x2F, 0x3E].contains(bytes[at]) { at += 1 }
            return String(decoding: bytes[start..<at].prefix(64).map(Self.lowered), as: UTF8.self)
        }

        private mutating func takeAttributes() -> (link: String?, isClosed: Bool) {
            var link: String?
            var isClosed = false
            while at < bytes.count {
                switch bytes[at] {
                case 0x3E:
                    at += 1
                    return (link, isClosed)
                case 0x2F:
                    isClosed = true
                    at += 1
                case 0x20, 0x09, 0x0A, 0x0C, 0x0D: at += 1
                default:
                    isClosed = false
                    let start = at
                    at += 1
                    while at < bytes.count, ![0x20, 0x09, 0x0A, 0x0C, 0x0D, 0x2F, 0x3E, 0x3D].contains(bytes[at]) { at += 1 }
                    let name = String(decoding: bytes[start..<at].prefix(16).map(Self.lowered), as: UTF8.self)
                    skipSpaces()
                    guard at < bytes.count, bytes[at] == 0x3D else { continue }
                    at += 1
                    skipSpaces()
                    let value = takeValue()
                    if name == "href", link == nil { link = RemoteHTML.decoded(value) }
                }
            }
            return (link, isClosed)
        }

        private mutating func takeValue() -> String {
            guard at < bytes.count else { return "" }
            let quote = bytes[at]
            if quote == 0x22 || quote == 0x27 {
                let end = bytes[(at + 1)...].firstIndex(of: quote) ?? bytes.count
                defer { at = min(end + 1, bytes.count) }
                return String(decoding: bytes[(at + 1)..<end], as: UTF8.self)
            }
            let start = at
            while at < bytes.count, ![0x20, 0x09, 0x0A, 0x0C, 0x0D, 0x3E].contains(bytes[at]) { at += 1 }
            return String(decoding: bytes[start..<at], as: UTF8.self)
        }

        private mutating func skipSpaces() {
            while at < bytes.count, [0x20, 0x09, 0x0A, 0x0C, 0x0D].contains(bytes[at]) { at += 1 }
        }

        private static func isLetter(_ byte: UInt8) -> Bool { (0x61...0x7A).contains(byte | 0x20) }

        private static func lowered(_ byte: UInt8) -> UInt8 { (0x41...0x5A).contains(byte) ? byte | 0x20 : byte }
    }

    private static let named: [String: String] = [
        "amp": "&", "lt": "<", "gt": ">", "quot": "\"", "apos": "'", "nbsp": "\u{A0}", "hellip": "…", "ndash": "–", "mdash": "—",
        "laquo": "«", "raquo": "»", "lsquo": "‘", "rsquo": "’", "ldquo": "“", "rdquo": "”", "zwj": "\u{200D}", "zwnj": "\u{200C}",
    ]

    /// Text with its character references read; those that are not known stay as they are.
    static func decoded(_ text: String) -> String {
        guard text.utf8.contains(0x26) else { return text }
        var result = ""
        var rest = text[...]
        while let mark = rest.firstIndex(of: "&") {
            result += rest[..<mark]
            let tail = rest[rest.index(after: mark)...]
            guard let end = tail.prefix(12).firstIndex(of: ";"), let character = character(String(tail[..<end])) else {
                result += "&"
                rest = tail
                continue
            }
            result += character
            rest = tail[tail.index(after: end)...]
        }
        return result + rest
    }

    private static func character(_ name: String) -> String? {
        guard name.hasPrefix("#") else { return named[name] }
        let digits = name.dropFirst()
        let number = digits.lowercased().hasPrefix("x") ? UInt32(digits.dropFirst(), radix: 16) : UInt32(digits)
        return number.flatMap(Unicode.Scalar.init).map { String(Character($0)) }
    }
}
