import Acts
import Texts

/// Reads an adopted text's final clauses for the officer who opens the instrument: what a person confirms, never what is entered by
/// itself. It understands the usual English wording; where it is not sure it says nothing.
struct DraftClauses: Hashable, Sendable {
    /// Values for the form that opens an instrument, by field.
    private(set) var values: [String: String] = [:]

    init(_ text: InstrumentText) {
        guard text.language.primary == "en" else { return }
        for place in text.places where place.provision.kind == .article {
            let words = place.provision.plain.split(whereSeparator: \.isWhitespace).joined(separator: " ").lowercased()
            let number = place.provision.number ?? place.eId
            readForce(words, number)
            readReservations(words, number)
            readWithdrawal(words, number)
            readDepositary(words)
        }
    }

    /// "on the thirtieth day following the date of deposit of the twentieth instrument of ratification".
    private mutating func readForce(_ words: String, _ number: String) {
        guard values["count"] == nil, words.contains("enter into force"), words.contains("instrument") else { return }
        let tokens = words.split(separator: " ").map(String.init)
        guard
            let instrument = tokens.indices.dropFirst().first(where: {
                tokens[$0].hasPrefix("instrument") && Self.number(tokens[$0 - 1]) != nil
            }),
            let count = Self.number(tokens[instrument - 1])
        else { return }
        values["condition"] = "count"
        values["count"] = String(count)
        values["forceArticle"] = number
        if let (days, unit) = Self.delay(tokens[..<instrument]) {
            values["delayCount"] = String(days)
            values["delayUnit"] = unit
        }
        // Who comes later: the next delay after it.
        if let (days, unit) = Self.delay(tokens[(instrument + 1)...]) {
            values["laterCount"] = String(days)
            values["laterUnit"] = unit
        }
    }

    private mutating func readReservations(_ words: String, _ number: String) {
        guard values["reservations"] == nil, words.contains("reservation") else { return }
        if words.contains("no reservation") {
            values["reservations"] = "prohibited"
            values["reservationsArticle"] = number
        }
    }

    /// "shall take effect one year after the date of receipt of the notification".
    private mutating func readWithdrawal(_ words: String, _ number: String) {
        guard values["withdrawal"] == nil, words.contains("denunciation") || words.contains("denounce") || words.contains("withdraw"),
            words.contains("take effect") || words.contains("takes effect")
        else { return }
        let tokens = words.split(separator: " ").map(String.init)
        guard let effect = tokens.firstIndex(where: { $0.hasPrefix("effect") }), let (count, unit) = Self.delay(tokens[effect...]) else {
            return
        }
        values["withdrawal"] = "notice"
        values["noticeCount"] = String(count)
        values["noticeUnit"] = unit
        values["withdrawalArticle"] = number
    }

    private mutating func readDepositary(_ words: String) {
        guard values["depositary1"] == nil, words.contains("depositary") else { return }
        if words.contains("secretary-general of the united nations shall be the depositary")
            || words.contains("secretary-general of the united nations is the depositary")
            || words.contains("secretary-general of the united nations is hereby designated as the depositary")
        {
            values["depositary1"] = "Secretary-General of the United Nations"
        }
    }

    // MARK: Numbers in words

    /// The first "120 days", "thirtieth day", "one year", "three months".
    private static func delay(_ tokens: some Collection<String>) -> (count: Int, unit: String)? {
        var last: String?
        for token in tokens {
            let word = token.filter { $0.isLetter || $0.isNumber || $0 == "-" }
            if let unit = ["day": "days", "days": "days", "month": "months", "months": "months", "year": "years", "years": "years"][word],
                let before = last, let count = number(before), count > 0
            {
                return (count, unit)
            }
            last = token
        }
        return nil
    }

    private static let ones: [String: Int] = [
        "one": 1, "first": 1, "two": 2, "second": 2, "three": 3, "third": 3, "four": 4, "fourth": 4, "five": 5, "fifth": 5, "six": 6,
        "sixth": 6,
        "seven": 7, "seventh": 7, "eight": 8, "eighth": 8, "nine": 9, "ninth": 9, "ten": 10, "tenth": 10, "eleven": 11, "eleventh": 11,
        "twelve": 12, "twelfth": 12, "thirteen": 13, "thirteenth": 13, "fourteen": 14, "fourteenth": 14, "fifteen": 15, "fifteenth": 15,
        "sixteen": 16, "sixteenth": 16, "seventeen": 17, "seventeenth": 17, "eighteen": 18, "eighteenth": 18, "nineteen": 19,
        "nineteenth": 19,
    ]
    private static let tens: [String: Int] = [
        "twenty": 20, "twentieth": 20, "thirty": 30, "thirtieth": 30, "forty": 40, "fortieth": 40, "fifty": 50, "fiftieth": 50, "sixty": 60,
        "sixtieth": 60, "seventy": 70, "seventieth": 70, "eighty": 80, "eightieth": 80, "ninety": 90, "ninetieth": 90, "hundredth": 100,
    ]

    /// "60", "60th", "sixtieth", "thirty-fifth".
    static func number(_ token: String) -> Int? {
        let word = token.filter { $0.isLetter || $0.isNumber || $0 == "-" }
        let digits = word.prefix { ("0"..."9").contains($0) }
        if !digits.isEmpty { return digits.count <= 4 ? Int(digits) : nil }
        if let value = ones[word] ?? tens[word] { return value }
        let parts = word.split(separator: "-").map(String.init)
        guard parts.count == 2, let first = tens[parts[0]], let second = ones[parts[1]], second < 10 else { return nil }
        return first + second
    }
}
