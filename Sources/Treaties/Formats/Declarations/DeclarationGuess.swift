import Acts

/// Guesses what a statement is, from its heading or its wording. A guess only: it is told how it came about, and a person decides.
enum DeclarationGuess {
    static func guess(heading: String?, text: String) -> (DeclarationsText.Kind, DeclarationsText.Confidence) {
        if let heading = heading?.lowercased() {
            if heading.contains("reservation"), !heading.contains("objection") { return (.reservation, .stated) }
            if heading.contains("objection") { return (.objection, .stated) }
            if heading.contains("withdrawal") { return (.withdrawal, .stated) }
            for word in ["declaration", "understanding", "interpret", "statement"] where heading.contains(word) {
                return (.declaration, .stated)
            }
        }
        let lower = text.lowercased()
        func says(_ phrases: [String]) -> Bool { phrases.contains { lower.contains($0) } }
        if lower.utf8.count < 200, lower.hasPrefix("see chapter") || lower.hasPrefix("[see") || lower.hasPrefix("see also") {
            return (.reference, .worded)
        }
        if says(objecting) { return (.objection, .worded) }
        if says(["withdraw its reservation", "withdrawal of the reservation", "withdrawn its reservation", "decided to withdraw"]) {
            return (.withdrawal, .worded)
        }
        if says(reserving) { return (.reservation, .worded) }
        if says(["recognizes the competence", "recognises the competence", "recognize the competence", "accepts the competence"]) {
            return (.recognition, .worded)
        }
        if says([
            "extends to", "shall apply to the territor", "shall extend to", "in respect of the territor", "extension of the convention",
        ]) {
            return (.territorial, .worded)
        }
        if says(["declare", "understand", "interpret", "considers that", "is of the opinion", "deems it", "draw attention"]) {
            return (.declaration, .worded)
        }
        return (.unknown, .guessed)
    }

    private static let objecting = [
        "objects to", "object to the reservation", "objection to the reservation", "wishes to object", "does not recognize as valid",
        "does not regard as valid", "does not recognise as valid", "does not consider as valid", "not recognize the validity",
        "cannot accept the reservation", "does not accept the reservation", "unable to accept the reservation", "raises objection",
        "states its objection", "as modifying any rights or obligations", "as modifying any rights and obligations",
        "incompatible with the object and purpose of the convention and",
    ]

    private static let reserving = [
        "reservation", "reserves the right", "reserves its right", "right is reserved", "does not consider itself bound",
        "not be bound by", "not bound by", "shall not apply", "will not apply", "is reserved", "will be applied provided",
        "subject to article",
        "are reserved", "accepts the provisions of", "on condition that", "cannot be granted", "does not accept", "exempt",
    ]

    /// `art. 11` for "article 11", "Articles 48 and 50", "art. 5 (2)"; each once, in order.
    static func articles(in text: String) -> [String] {
        var found: [String] = []
        let words = text.split { $0.isWhitespace || $0 == "," || $0 == "(" || $0 == ")" || $0 == ":" || $0 == ";" || $0 == "\"" }
        var index = 0
        while index < words.count {
            let word = words[index].lowercased()
            index += 1
            guard ["article", "articles", "art.", "arts."].contains(word) || word.hasSuffix(".article") else { continue }
            let plural = word.hasPrefix("articles") || word == "arts."
            while index < words.count {
                let next = words[index]
                if let number = number(next) {
                    let name = "art. \(number)"
                    if !found.contains(name) { found.append(name) }
                    index += 1
                    if !plural { break }
                } else if plural, next == "and" || next == "to" || next == "&" {
                    index += 1
                } else {
                    break
                }
            }
        }
        return found
    }

    /// The digits, or the Roman numeral, a word begins with.
    private static func number(_ word: Substring) -> String? {
        let digits = word.prefix { $0.isASCII && $0.isNumber }
        if !digits.isEmpty, digits.count <= 3 { return String(digits) }
        let roman = word.prefix { "IVXL".contains($0) }
        // "In" is no numeral.
        guard !roman.isEmpty, roman.count <= 7, !word.dropFirst(roman.count).contains(where: \.isLetter) else { return nil }
        return String(roman)
    }

    /// The actors named in an objection, each once, in order; the longest name that fits counts.
    static func targets(in text: String, _ actors: ActorTable?, except own: ActorCode?) -> [ActorCode] {
        guard let actors else { return [] }
        let words = text.split { $0.isWhitespace }.prefix(5_000).map { word in
            word.trimmingPrefix { !$0.isLetter }.reversed().drop { !$0.isLetter && $0 != "'" && $0 != ")" }.reversed()
        }.map { String($0) }
        var found: [ActorCode] = []
        var index = 0
        while index < words.count {
            var matched = 1
            if words[index].first?.isUppercase == true {
                for length in stride(from: min(8, words.count - index), through: 1, by: -1) {
                    guard let actor = actors.find(name: words[index..<(index + length)].joined(separator: " ")) else { continue }
                    if actor.code != own, !found.contains(actor.code) { found.append(actor.code) }
                    matched = length
                    break
                }
            }
            index += matched
        }
        return found
    }
}
