import Acts
import HTTPTypes

/// A refusal in the visitor's words, as a page or as `application/problem+json` (RFC 9457).
struct ProblemDocument: Sendable {
    let status: HTTPResponse.Status
    let code: String
    /// What kind of refusal it is, in a few words.
    let title: String
    let explanation: String
    let mend: String
    let citation: String?
    let arguments: [String: String]

    /// - Parameter words: beginnings of the keys that arguments' values are called by, by the argument's name.
    init(
        _ refusal: Refusal, status: HTTPResponse.Status?, catalogue: LanguageCatalogue, words: [String: [String]] = [:], language: Language
    ) {
        self.status = status ?? HTTPResponse.Status(code: refusal.kind.httpStatus)
        code = refusal.code
        let titleKey = "problem.\(self.status.code)"
        title = catalogue.text(catalogue.has(titleKey) ? titleKey : "problem.other", language)
        var arguments: [String: TextArgument] = [:]
        for (name, value) in refusal.arguments {
            let word = words[name]?.lazy.map { $0 + value }.first(where: catalogue.has)
            arguments[name] = .text(word.map { catalogue.text($0, language) } ?? ProblemDocument.isolated(value, in: language))
        }
        let key = "refusal.\(refusal.code)"
        explanation = catalogue.has(key) ? catalogue.text(key, arguments, language) : refusal.explanation
        mend = catalogue.has("\(key).mend") ? catalogue.text("\(key).mend", arguments, language) : refusal.mend
        citation = refusal.citation
        self.arguments = refusal.arguments
    }

    /// A day or a name of another script keeps its own order within a text that runs from right to left (Unicode UAX #9, 2.7).
    private static func isolated(_ value: String, in language: Language) -> String {
        guard language.direction == .rightToLeft, value.unicodeScalars.contains(where: { $0.isASCII && $0 != " " }) else { return value }
        return "\u{2068}\(value)\u{2069}"
    }

    var json: JSON {
        var object: JSONObject = [
            "type": .string("/refusals/\(PercentCoding.encode(code))"), "title": .string(title),
            "status": .integer(Int64(status.code)), "detail": .string("\(explanation) \(mend)"), "code": .string(code),
            "explanation": .string(explanation), "mend": .string(mend),
        ]
        object["citation"] = citation.map(JSON.string)
        if !arguments.isEmpty { object["arguments"] = JSON(texts: arguments) }
        return .object(object)
    }
}
