public import Acts
import Foundation
import Ledger
public import Texts
public import Typesetting

/// A certified true copy of an instrument: a title page with the certifying statement in each of its languages, the text in every
/// authentic language, and a closing page with the seal, the hashes and the way to check them (VCLT, article 77(1)(b)).
///
/// It is a value: the same copy is set as the same bytes. What proves it is a file of its own, since a proof inside the file would
/// change what is signed.
public struct CertifiedCopy: Sendable {
    /// A text, with the SHA-256 of the bytes that were authenticated.
    public struct Text: Sendable {
        public let text: InstrumentText
        /// 32 bytes.
        public let digest: [UInt8]

        public init(text: InstrumentText, digest: [UInt8]) {
            self.text = text
            self.digest = digest
        }
    }

    /// Where the act of authentication stands.
    public struct Evidence: Sendable {
        /// The record's origin, as its checkpoints have it.
        public let origin: String
        public let entry: Int64
        /// The hash of the entry's leaf, 32 bytes.
        public let leaf: [UInt8]
        /// The size and root of a signed checkpoint that covers the entry.
        public let checkpoint: (size: Int64, root: [UInt8])

        public init(origin: String, entry: Int64, leaf: [UInt8], checkpoint: (size: Int64, root: [UInt8])) {
            self.origin = origin
            self.entry = entry
            self.leaf = leaf
            self.checkpoint = checkpoint
        }
    }

    /// The number in the register.
    public let number: String
    /// Full titles by language tag. Where a language has none, its text's own title is taken.
    public let titles: [String: String]
    public let depositary: String?
    public let adoptedOn: CalendarDate?
    /// The authentic texts, in the order they are printed.
    public let texts: [Text]
    /// The hash of all texts together, 32 bytes.
    public let setDigest: [UInt8]
    public let evidence: Evidence
    /// The day the copy is issued.
    public let issuedOn: CalendarDate
    /// The language of the title page and of the closing page.
    public let language: String

    public init(
        number: String, titles: [String: String], depositary: String?, adoptedOn: CalendarDate?, texts: [Text], setDigest: [UInt8],
        evidence: Evidence, issuedOn: CalendarDate, language: String
    ) {
        self.number = number
        self.titles = titles
        self.depositary = depositary
        self.adoptedOn = adoptedOn
        self.texts = texts.sorted { Self.place(of: $0.text.language.tag) < Self.place(of: $1.text.language.tag) }
        self.setDigest = setDigest
        self.evidence = evidence
        self.issuedOn = issuedOn
        self.language = language
    }

    /// The order in which the United Nations names its languages: by their names in English.
    private static func place(of tag: String) -> String {
        let order = ["ar", "zh", "en", "fr", "ru", "es"]
        return (order.firstIndex(of: tag).map(String.init) ?? "9") + tag
    }

    /// The document to be set.
    public func document(paper: Paper = .a4) -> PrintedDocument {
        let words = CertifiedCopyWords.of(language)
        return PrintedDocument(
            title: "\(title(in: language)): \(words.certifiedTrueCopy)", author: depositary, subject: words.certifiedTrueCopy,
            creator: "Chancery", language: language, created: Self.instant(issuedOn), paper: paper,
            sections: [titlePage(words)]
                + texts.map {
                    PrintedInstrument(text: $0.text, foot: "\u{2066}SHA-256 \(Self.hexadecimal($0.digest).prefix(16))…\u{2069}").section
                }
                + [closingPage(words)])
    }

    private func title(in language: String) -> String {
        titles[language] ?? texts.first { $0.text.language.tag == language }?.text.title.plain ?? titles["en"]
            ?? texts.first?.text.title.plain ?? number
    }

    private func titlePage(_ words: CertifiedCopyWords) -> PrintedSection {
        var blocks: [PrintedBlock] = [.space(64)]
        blocks.append(.paragraph(PrintedParagraph(PrintedText(words.certifiedTrueCopy), alignment: .centre, size: .lead)))
        blocks.append(.space(18))
        let title = title(in: language)
        blocks.append(
            .paragraph(PrintedParagraph(PrintedText(title), alignment: .centre, size: title.count > 90 ? .lead : .display)))
        blocks.append(.space(10))
        blocks.append(.paragraph(PrintedParagraph(PrintedText("\(words.number): \(number)"), alignment: .centre, size: .small)))
        if let depositary { blocks.append(.paragraph(PrintedParagraph(PrintedText(depositary), alignment: .centre, size: .small))) }
        blocks.append(.space(20))
        blocks.append(.rule)
        var languages = texts.map(\.text.language.tag).filter(CertifiedCopyWords.has)
        if !languages.contains(language) { languages.insert(language, at: 0) }
        for language in languages { blocks.append(statement(in: language)) }
        blocks.append(.newPage)
        blocks.append(.paragraph(PrintedParagraph(PrintedText(words.texts), alignment: .start, size: .lead, keepsWithNext: true)))
        blocks.append(.space(8))
        blocks.append(.contents(downTo: 1))
        return PrintedSection(language: language, arrangement: .even, foot: number, blocks: blocks)
    }

    private func statement(in language: String) -> PrintedBlock {
        let words = CertifiedCopyWords.of(language)
        let text = (adoptedOn == nil ? words.statement : words.statementWithDate)
            .replacing("{date}", with: adoptedOn.map { Self.date($0, in: language) } ?? "")
            .replacing("{depositary}", with: words.depositary + (depositary.map { " (\($0))" } ?? ""))
            .replacing("{title}", with: title(in: language).trimmingCharacters(in: CharacterSet(charactersIn: "《》")))
        return .paragraph(PrintedParagraph(PrintedText(text), size: .small, language: language))
    }

    private func closingPage(_ words: CertifiedCopyWords) -> PrintedSection {
        func code(_ text: String) -> PrintedText { PrintedText(text, style: .code) }
        let digests = texts.map { text in
            [PrintedText(LanguageName.of(text.text.language.tag, in: language)), code(Self.hexadecimal(text.digest))]
        }
        let facts: [[PrintedText]] = [
            [PrintedText(words.number), PrintedText(number)],
            [PrintedText(words.issued), PrintedText(Self.date(issuedOn, in: language))],
            [PrintedText(words.record), code(evidence.origin)],
            [PrintedText(words.entry), code(String(evidence.entry))],
            [PrintedText(words.leaf), code(Self.hexadecimal(evidence.leaf))],
            [PrintedText(words.checkpoint), code("\(evidence.checkpoint.size) \(Self.hexadecimal(evidence.checkpoint.root))")],
        ]
        return PrintedSection(
            language: language, arrangement: .even, headStart: title(in: language), headEnd: words.certifiedTrueCopy, foot: number,
            blocks: [
                .heading(PrintedHeading(level: 1, look: .division, text: PrintedText(words.verification))),
                .seal(PrintedSeal(ring: "CERTIFIED TRUE COPY · \(number) · CHANCERY · ", centre: "✓", bytes: setDigest)),
                .table(PrintedTable(shares: [0.2], headings: [PrintedText(words.language), "SHA-256"], rows: digests)),
                .table(PrintedTable(shares: [0.2], rows: [[PrintedText(words.allTexts), code(Self.hexadecimal(setDigest))]])),
                .space(8), .table(PrintedTable(shares: [0.2], rows: facts)), .space(6),
                .paragraph(PrintedParagraph(PrintedText(words.explanation), keepsWithNext: true)),
                .paragraph(
                    PrintedParagraph(code("chancery verify \(number)-certified-copy.tlog-proof"), alignment: .start, language: "en")),
            ])
    }

    private static func hexadecimal(_ bytes: [UInt8]) -> String {
        bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }

    /// The beginning of a day, in UTC.
    private static func instant(_ date: CalendarDate) -> Date { Date(timeIntervalSince1970: Double(date.dayNumber) * 86_400) }

    private static func date(_ date: CalendarDate, in language: String) -> String {
        var style = Date.FormatStyle(date: .long, time: .omitted, locale: Locale(identifier: language == "en" ? "en_GB" : language))
        style.timeZone = .gmt
        style.calendar = Calendar(identifier: .gregorian)
        return instant(date).formatted(style)
    }
}

/// What languages are called.
enum LanguageName {
    /// In themselves.
    static func own(_ tag: String) -> String { of(tag, in: tag) }

    static func of(_ tag: String, in language: String) -> String {
        let name = Locale(identifier: language).localizedString(forIdentifier: tag) ?? tag
        return name.prefix(1).uppercased() + name.dropFirst()
    }
}
