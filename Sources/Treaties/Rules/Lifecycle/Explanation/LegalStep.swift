public import Acts

/// One step of a legal answer: what was found, by which rule, with the facts it rests on.
///
/// The code is stable, so that a page can put the step in the words of its language (`treaties.law.CODE`, with the same
/// arguments); `english` is what the command line prints.
public struct LegalStep: Hashable, Sendable {
    public let code: LegalStepCode
    /// The rule: an article of the treaty itself, of the Vienna Convention on the Law of Treaties (VCLT) or of another source.
    public let citation: String
    public let arguments: [String: LegalArgument]

    public init(_ code: LegalStepCode, _ citation: String, _ arguments: [String: LegalArgument] = [:]) {
        self.code = code
        self.citation = citation
        self.arguments = arguments
    }

    /// The sentence, without its citation.
    public var sentence: String {
        var text = ""
        var rest = code.pattern[...]
        while let open = rest.firstIndex(of: "{"), let close = rest[open...].firstIndex(of: "}") {
            text += rest[..<open]
            let name = String(rest[rest.index(after: open)..<close])
            text += arguments[name]?.english ?? ""
            rest = rest[rest.index(after: close)...]
        }
        return text + rest
    }

    /// "The reservation is accepted on 2024-02-10 (VCLT art. 20(5))."
    public var english: String { "\(sentence) (\(citation))." }

    /// `{"code": …, "rule": …, "text": …}`
    public var json: JSON { ["code": .string(code.rawValue), "rule": .string(citation), "text": .string(sentence + ".")] }
}
