/// A text with places at which its wording may vary from copy to copy, each variant approved by the author as equal in meaning.
///
/// Only wording lives through retyping, machine reading and photographs of a screen; invisible characters, spaces and look-alike letters do
/// not, harm screen readers and search, and are refused. Numbers, quotations and treaty text never vary.
public struct VariantText: Hashable, Sendable {
    /// A place of variation.
    public struct Site: Hashable, Sendable {
        /// Two to eight wordings; the first is the author's own.
        public let options: [String]
        public init(options: [String]) { self.options = options }
    }

    /// A run of a paragraph.
    public enum Segment: Hashable, Sendable {
        case fixed(String)
        case site(Site)
    }

    public struct Paragraph: Hashable, Sendable {
        public let segments: [Segment]
        /// Text of a treaty, a resolution, a judgment: nothing in it varies.
        public let isFixed: Bool
        public init(segments: [Segment], isFixed: Bool = false) {
            self.segments = segments
            self.isFixed = isFixed
        }
    }

    public enum Fault: Error, Hashable, Sendable, CustomStringConvertible {
        case notation(paragraph: Int, String)
        case options(site: Int, count: Int)
        case number(site: Int, String)
        case quotation(site: Int)
        case fixedText(paragraph: Int)
        case invisible(site: Int, String)
        case sameWords(site: Int, String, String)
        case tooLarge

        public var description: String {
            switch self {
            case .notation(let paragraph, let reason): "Paragraph \(paragraph): \(reason)"
            case .options(let site, let count): "Site \(site) has \(count) wordings; it needs two to eight."
            case .number(let site, let option): "Site \(site), \"\(option)\": numbers never vary. Leave the number outside the braces."
            case .quotation(let site): "Site \(site) stands in a quotation or has a quotation mark in it. Quotations never vary."
            case .fixedText(let paragraph):
                "Paragraph \(paragraph) is treaty text or quoted in full, and never varies. Take the braces out."
            case .invisible(let site, let option):
                "Site \(site), \"\(option)\" has characters that readers cannot see. They do not survive and harm screen readers: use words."
            case .sameWords(let site, let one, let other):
                "Site \(site): \"\(one)\" and \"\(other)\" are the same words once retyped. Choose words that differ."
            case .tooLarge: "At most 2000 paragraphs, 2000 sites and 2 MiB of text."
            }
        }
    }

    public let paragraphs: [Paragraph]
    /// In the order of the text.
    public let sites: [Site]

    /// - Throws: the first rule that a site breaks.
    public init(paragraphs: [Paragraph]) throws(Fault) {
        var sites: [Site] = []
        var size = 0
        for (number, paragraph) in paragraphs.enumerated() {
            var quotes = OpenQuotations()
            for segment in paragraph.segments {
                switch segment {
                case .fixed(let text):
                    size += text.utf8.count
                    quotes.read(text)
                case .site(let site):
                    guard !paragraph.isFixed else { throw .fixedText(paragraph: number + 1) }
                    sites.append(site)
                    size += site.options.reduce(0) { $0 + $1.utf8.count }
                    guard !quotes.isInside else { throw .quotation(site: sites.count) }
                    try Self.check(site, number: sites.count)
                }
            }
        }
        guard paragraphs.count <= 2_000, sites.count <= 2_000, size <= 2 << 20 else { throw .tooLarge }
        self.paragraphs = paragraphs
        self.sites = sites
    }

    /// Reads an author's notation: paragraphs apart by an empty line, `{first wording|second wording}` where wording varies, and `| ` at the
    /// beginning of a paragraph that is treaty text or quoted in full. `\{`, `\|`, `\}` and `\\` are the characters themselves.
    public init(notation: String) throws(Fault) {
        guard notation.utf8.count <= 2 << 20 else { throw .tooLarge }
        var paragraphs: [Paragraph] = []
        for block in Self.blocks(notation) {
            let isFixed = block.hasPrefix("| ")
            paragraphs.append(
                Paragraph(
                    segments: try Self.segments(isFixed ? block.dropFirst(2) : block[...], paragraph: paragraphs.count + 1),
                    isFixed: isFixed))
        }
        try self.init(paragraphs: paragraphs)
    }

    private static func blocks(_ text: String) -> [String] {
        var blocks: [[Substring]] = [[]]
        for line in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline) {
            if line.allSatisfy(\.isWhitespace) { blocks.append([]) } else { blocks[blocks.count - 1].append(line) }
        }
        return blocks.filter { !$0.isEmpty }.map { $0.joined(separator: " ") }
    }

    private static func segments(_ block: Substring, paragraph: Int) throws(Fault) -> [Segment] {
        var segments: [Segment] = []
        var text = ""
        var options: [String]?
        var escaped = false
        for character in block {
            if escaped {
                text.append(character)
                escaped = false
                continue
            }
            switch (character, options) {
            case ("\\", _): escaped = true
            case ("{", nil):
                if !text.isEmpty { segments.append(.fixed(text)) }
                text = ""
                options = []
            case ("{", _): throw .notation(paragraph: paragraph, "a brace stands within braces. Write \\{ for the character itself.")
            case ("|", let open?):
                options = open + [text]
                text = ""
            case ("}", let open?):
                segments.append(.site(Site(options: open + [text])))
                text = ""
                options = nil
            case ("}", nil):
                throw .notation(paragraph: paragraph, "a brace is closed that was not opened. Write \\} for the character itself.")
            default: text.append(character)
            }
        }
        guard options == nil else { throw .notation(paragraph: paragraph, "a brace is opened and not closed.") }
        if escaped { text.append("\\") }
        if !text.isEmpty { segments.append(.fixed(text)) }
        return segments
    }

    private static func check(_ site: Site, number: Int) throws(Fault) {
        guard (2...8).contains(site.options.count) else { throw .options(site: number, count: site.options.count) }
        var seen: [[String]: String] = [:]
        for option in site.options {
            for scalar in option.unicodeScalars {
                let properties = scalar.properties
                if properties.numericType != nil { throw .number(site: number, option) }
                if properties.isQuotationMark, scalar != "'", scalar != "\u{2019}" { throw .quotation(site: number) }
                switch properties.generalCategory {
                case .format, .control, .privateUse, .unassigned, .lineSeparator, .paragraphSeparator:
                    // Joiners that carry meaning are part of a word's spelling, and are never what differs: sameWords sees to that.
                    if scalar.value != 0x200C, scalar.value != 0x200D { throw .invisible(site: number, option) }
                case .spaceSeparator: if scalar != " " { throw .invisible(site: number, option) }
                default: break
                }
            }
            let words = WordFolding.words(option)
            if words.contains(where: NumberWords.all.contains) { throw .number(site: number, option) }
            let key = words.map { LookAlikes.skeleton($0) }
            if let other = seen[key] { throw .sameWords(site: number, other, option) }
            seen[key] = option
        }
        for (index, option) in site.options.enumerated() {
            for other in site.options[(index + 1)...] {
                let one = WordFolding.words(option)
                let two = WordFolding.words(other)
                if one.count == two.count, zip(one, two).allSatisfy({ WordFolding.nearlySame($0, $1) }) {
                    throw .sameWords(site: number, option, other)
                }
            }
        }
    }

    /// The text with one wording at each site.
    ///
    /// - Parameter choice: the option's index at each site; 0 where it has no such option.
    public func text(_ choice: [Int]) -> [String] {
        var site = 0
        return paragraphs.map { paragraph in
            paragraph.segments.map { segment in
                switch segment {
                case .fixed(let text): return text
                case .site(let place):
                    defer { site += 1 }
                    let option = site < choice.count ? choice[site] : 0
                    return place.options.indices.contains(option) ? place.options[option] : place.options.first ?? ""
                }
            }.joined()
        }
    }
}

/// Follows quotation marks through a paragraph.
private struct OpenQuotations {
    private var depth = 0
    private var straight = false
    var isInside: Bool { depth > 0 || straight }

    mutating func read(_ text: String) {
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": straight.toggle()
            case "\u{201C}" where depth > 0 && germanOpen:
                close()
                germanOpen = false
            case "\u{201E}":
                depth += 1
                germanOpen = true
            case "\u{201C}", "\u{AB}", "\u{2039}", "\u{300C}", "\u{300E}": depth += 1
            case "\u{201D}", "\u{BB}", "\u{203A}", "\u{300D}", "\u{300F}": close()
            default: break
            }
        }
    }

    /// „…“ closes with the mark that opens English quotations.
    private var germanOpen = false
    private mutating func close() { depth = max(0, depth - 1) }
}

/// Words for numbers that a variant may not hold, in the languages of the desk: what a figure says in letters does not vary either.
enum NumberWords {
    static let all: Set<String> = [
        "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "twenty", "thirty", "forty",
        "fifty",
        "sixty", "seventy", "eighty", "ninety", "hundred", "thousand", "million", "billion", "half", "dozen",
        "deux", "trois", "quatre", "cinq", "sept", "huit", "neuf", "dix", "onze", "douze", "vingt", "trente", "quarante", "cinquante",
        "soixante", "cent", "mille", "milliard", "moitié",
        "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan", "sepuluh", "ratus", "ribu", "juta",
        "واحد", "اثنان", "ثلاثة", "أربعة", "خمسة", "ستة", "سبعة", "ثمانية", "تسعة", "عشرة", "مئة", "مائة", "ألف", "مليون",
    ]
}

/// Letters of other scripts that look like Latin ones: a variant may not hide behind them.
enum LookAlikes {
    private static let latin: [Unicode.Scalar: Unicode.Scalar] = [
        "а": "a", "е": "e", "о": "o", "р": "p", "с": "c", "у": "y", "х": "x", "і": "i", "ј": "j", "ѕ": "s", "һ": "h", "ԁ": "d", "ո": "n",
        "ο": "o", "ν": "v", "α": "a", "ι": "i", "κ": "k", "ρ": "p", "τ": "t", "υ": "u", "χ": "x", "ɑ": "a", "ɡ": "g", "ı": "i",
    ]

    static func skeleton(_ word: String) -> String {
        var result = String.UnicodeScalarView()
        for scalar in word.unicodeScalars { result.append(latin[scalar] ?? scalar) }
        return String(result)
    }
}
