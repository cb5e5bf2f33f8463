/// Text as Pango takes it: one string without control characters, and its styles as ranges of bytes.
struct MarkedText {
    let text: String
    /// In the form of `pango_attr_list_from_string`: "from to name value", one a line.
    let attributes: String

    /// - Parameter notes: the marks of the notes in this text, in order.
    init(_ runs: PrintedText, form: ParagraphForm, notes: [String] = []) {
        var text = ""
        var lines: [String] = []
        var length = 0
        var remaining = notes[...]
        func add(_ part: String, _ styles: [String]) {
            let end = length + part.utf8.count
            if end > length { lines += styles.map { "\(length) \(end) \($0)" } }
            text += part
            length = end
        }
        for run in runs.runs {
            var styles = Self.styles(run.style, form: form)
            if let language = run.language.map(LanguageTag.clean), !language.isEmpty { styles.append("language \(language)") }
            add(Self.printable(run.text), styles)
            if run.note != nil, let mark = remaining.popFirst() {
                // A word joiner keeps the mark with its word.
                add("\u{2060}" + Self.printable(mark), ["font-scale superscript", "baseline-shift superscript"])
            }
        }
        if form.isSmallCapitals, form.typeface.hasCapitals, length > 0 {
            lines.append("0 \(length) \(Self.smallCapitals)")
        }
        self.text = text
        attributes = lines.joined(separator: "\n")
    }

    /// The font's own small capitals. They are not spaced out: Pango 1.50 fails over `letter-spacing` in text of
    /// two directions.
    private static let smallCapitals = "font-features \"smcp=1\""

    private static func styles(_ style: PrintedText.Style, form: ParagraphForm) -> [String] {
        switch style {
        case .plain: []
        case .emphasis: [form.typeface.hasItalics ? "style italic" : "weight bold"]
        case .strong: ["weight bold"]
        case .superscript: ["font-scale superscript", "baseline-shift superscript"]
        case .subscript: ["font-scale subscript", "baseline-shift subscript"]
        case .smallCapitals: form.typeface.hasCapitals ? [smallCapitals] : []
        case .code:
            [
                "family \"\(Typeface.codeFamily)\"", "size \(Int(form.typeface.size * form.scale * 0.82 * 1024))",
                "weight normal", "style normal",
            ]
        }
    }

    /// The text without characters that print nothing: controls, but for line ends, and code points that are no characters.
    static func printable(_ text: String) -> String {
        var result = String.UnicodeScalarView()
        var afterReturn = false
        for scalar in text.unicodeScalars {
            let value = scalar.value
            defer { afterReturn = value == 13 }
            switch value {
            case 10: if !afterReturn { result.append("\n") }
            case 13, 0x85, 0x2028, 0x2029: result.append("\n")
            case 9: result.append(" ")
            case 0..<32, 0x7F..<0xA0, 0xFFF9...0xFFFC, 0xFDD0...0xFDEF: continue
            default: if value & 0xFFFE != 0xFFFE { result.append(scalar) }
            }
        }
        return String(result)
    }
}
