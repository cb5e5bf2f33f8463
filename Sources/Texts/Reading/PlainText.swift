/// A text read from plain text, and what the reader was not sure of.
public struct PlainTextReading: Hashable, Sendable {
    public let text: InstrumentText
    /// In the order of the lines; empty where every line was placed without doubt.
    public let notes: [TextNote]
}

/// Plain text: one paragraph to a line, as the United Nations publishes treaties and as copying from a page gives it.
///
/// Articles, parts, paragraphs and points are found by their numbers in English, French, Spanish, Russian, Chinese, Arabic and
/// Indonesian. Every character of the input that is not white space stands in the text once, in the order it had.
public enum PlainText {
    /// - Parameter title: the instrument's title; `nil` where the first line is it.
    /// - Throws: ``TextFault`` for input that is not UTF-8, too large, or without a title or a line beside it.
    public static func read(
        _ bytes: [UInt8], language: TextLanguage, identity: InstrumentIdentity, authenticity: TextAuthenticity, version: TextVersion,
        title: String? = nil
    ) throws(TextFault) -> PlainTextReading {
        guard bytes.count <= TextLimits.bytes else {
            throw TextFault(
                .tooLarge, "the file has \(bytes.count) bytes; \(TextLimits.bytes) are read at most.", mend: "Divide the text.")
        }
        guard let words = String(validating: bytes, as: UTF8.self) else {
            throw TextFault(.notReadable, "the file is not in UTF-8.", mend: "Save it as plain text in UTF-8.")
        }
        var reader = PlainTextReader(language: language, title: title)
        try reader.read(words)
        let drafts = try reader.finished()
        var used: Set<String> = []
        var provisions: [Provision] = []
        var counts: [ProvisionKind: Int] = [:]
        for draft in drafts.provisions {
            counts[draft.kind, default: 0] += draft.value == nil ? 1 : 0
            provisions.append(
                try draft.provision(in: nil, scope: nil, listDepth: 0, unnumbered: counts[draft.kind, default: 0], used: &used))
        }
        var runs: [TextRun] = []
        for line in drafts.title { runs += (runs.isEmpty ? [] : [.lineBreak]) + [.words(line)] }
        let text = try InstrumentText(
            identity: identity, language: language, authenticity: authenticity, version: version, title: try InlineText(runs),
            provisions: provisions)
        return PlainTextReading(text: text, notes: drafts.notes.sorted { $0.line < $1.line })
    }
}
