/// The letters a language is set in: which families, how large, and how far apart the lines stand.
///
/// Sizes are chosen so that the scripts look equally large beside each other: Naskh is small for its point size, Chinese
/// characters are large. All families are of Debian's fonts-noto-core and fonts-noto-cjk.
struct Typeface: Hashable {
    /// The family first asked for.
    let family: String
    /// Points.
    let size: Double
    /// From one baseline to the next, in points.
    let leading: Double
    /// Where capitals exist, divisions are set in small ones.
    let hasCapitals: Bool
    /// Where emphasis leans; where nothing leans, it is bold.
    let hasItalics: Bool
    /// How far a paragraph's text stands from where its number begins, in points.
    let hanging: Double

    /// Every character equally wide.
    static let codeFamily = "Noto Sans Mono CJK SC"

    static func of(language: String) -> Typeface {
        let parts = language.lowercased().split(separator: "-")
        switch parts.first ?? "" {
        case "ar", "fa", "ur", "ps", "sd", "ug", "ckb":
            return Typeface(
                family: "Noto Naskh Arabic", size: 12.5, leading: 20, hasCapitals: false, hasItalics: false, hanging: 28)
        case "zh":
            let traditional = parts.contains("hant") || parts.contains("tw") || parts.contains("hk")
            return chinese(traditional ? "Noto Serif CJK TC" : "Noto Serif CJK SC")
        case "ja": return chinese("Noto Serif CJK JP")
        case "ko": return chinese("Noto Serif CJK KR")
        default:
            return Typeface(family: "Noto Serif", size: 10.5, leading: 15.2, hasCapitals: true, hasItalics: true, hanging: 24)
        }
    }

    private static func chinese(_ family: String) -> Typeface {
        Typeface(family: family, size: 10.5, leading: 17.5, hasCapitals: false, hasItalics: false, hanging: 38)
    }
}

/// How one paragraph is shaped.
struct ParagraphForm {
    enum Edge {
        case start
        case centre
        case end
    }

    var typeface: Typeface
    var language: String
    var direction: PrintedDirection
    /// Times the typeface's size.
    var scale = 1.0
    /// Points between baselines.
    var leading: Double
    var isBold = false
    var isItalic = false
    var isSmallCapitals = false
    var edge = Edge.start
    var isJustified = false
    /// Whether what does not fit on a line is left out, with an ellipsis.
    var isOneLine = false
    /// Points.
    var width: Double

    init(typeface: Typeface, section: PrintedSection, scale: Double = 1, width: Double) {
        self.typeface = typeface
        language = section.language
        direction = section.direction
        self.scale = scale
        leading = typeface.leading * (scale == 1 ? 1 : scale * 0.96)
        self.width = width
    }
}
