/// A part of a document in one language and direction, with its own running heads. It begins a page.
public struct PrintedSection: Sendable, Equatable {
    /// Where the text stands on the page.
    public enum Arrangement: Sendable, Equatable {
        /// Text with a margin at its start, wide enough for the numbers of articles.
        case instrument
        /// The same margin on both sides: title pages, certificates, letters.
        case even
    }

    /// The digits of page numbers and of notes.
    public enum Digits: Sendable, Equatable {
        /// 0123456789
        case european
        /// ٠١٢٣٤٥٦٧٨٩
        case arabicIndic
    }

    /// A BCP 47 tag. It chooses the typeface and the rules of line breaking.
    public var language: String
    public var direction: PrintedDirection
    public var digits: Digits
    public var arrangement: Arrangement
    /// At the head of each page, where a line begins.
    public var headStart: String
    /// At the head of each page, where a line ends.
    public var headEnd: String
    /// At the foot of each page, where a line begins; the page's number, as "3 / 200", stands where it ends.
    public var foot: String
    public var blocks: [PrintedBlock]

    /// - Parameter direction: the direction the language is written in, if not given.
    public init(
        language: String, direction: PrintedDirection? = nil, digits: Digits = .european, arrangement: Arrangement = .instrument,
        headStart: String = "", headEnd: String = "", foot: String = "", blocks: [PrintedBlock]
    ) {
        self.language = language
        self.direction = direction ?? PrintedDirection(language: language)
        self.digits = digits
        self.arrangement = arrangement
        self.headStart = headStart
        self.headEnd = headEnd
        self.foot = foot
        self.blocks = blocks
    }
}

/// Which way lines run, and so where a page begins.
public enum PrintedDirection: Sendable, Equatable {
    case leftToRight
    case rightToLeft

    /// The direction that a language is written in.
    public init(language: String) {
        let parts = language.lowercased().split(separator: "-")
        let rightToLeft: Set<Substring> = ["ar", "fa", "he", "ur", "ps", "sd", "ug", "yi", "dv", "ckb"]
        let scripts: Set<Substring> = ["arab", "hebr", "thaa", "syrc"]
        let isRight = parts.contains { scripts.contains($0) } || (parts.first.map { rightToLeft.contains($0) } ?? false)
        self = isRight && !parts.contains("latn") && !parts.contains("cyrl") ? .rightToLeft : .leftToRight
    }
}

extension PrintedSection.Digits {
    /// A number in these digits.
    func text(of number: Int) -> String {
        switch self {
        case .european: String(number)
        case .arabicIndic:
            String(
                String.UnicodeScalarView(
                    String(number).unicodeScalars.map { scalar in
                        (48...57).contains(scalar.value) ? Unicode.Scalar(scalar.value - 48 + 0x660) ?? scalar : scalar
                    }))
        }
    }
}
