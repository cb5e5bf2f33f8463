import Foundation

/// How often others say a key phrase after it was released, against how often before, and against a placebo: ordinary words of the same
/// statement that nobody was meant to take up. Texts, never authors, are counted.
struct MessageUptake: Hashable, Sendable {
    let phrase: ProportionInterval
    /// Texts of as many days before the release.
    let before: ProportionInterval
    let placebo: ProportionInterval

    /// What is beyond both: the smaller of the two gains, with its interval.
    var gain: (difference: Double, low: Double, high: Double) {
        let overBefore = phrase.minus(before)
        let overPlacebo = phrase.minus(placebo)
        return overBefore.difference <= overPlacebo.difference ? overBefore : overPlacebo
    }

    /// - Parameters:
    ///   - phrases: key phrases in every language the texts are in.
    ///   - placebos: as many words of the same statement, in the same languages.
    ///   - after: texts released by others since; `before`: as many days earlier.
    init(phrases: [String], placebos: [String], after: [String], before: [String]) {
        func count(_ needles: [String], _ texts: [String]) -> ProportionInterval {
            let runs = needles.map(Self.words).filter { !$0.isEmpty }
            return ProportionInterval(
                texts.count { text in
                    let words = Self.words(text)
                    return runs.contains { Self.contains($0, in: words) }
                }, of: texts.count)
        }
        phrase = count(phrases, after)
        self.before = count(phrases, before)
        placebo = count(placebos, after)
    }

    /// Lower case, without punctuation.
    static func words(_ text: String) -> [String] {
        text.precomposedStringWithCanonicalMapping.lowercased().split(whereSeparator: { !$0.isLetter && !$0.isNumber }).map(String.init)
    }

    static func contains(_ run: [String], in words: [String]) -> Bool {
        guard !run.isEmpty, words.count >= run.count else { return false }
        return (0...(words.count - run.count)).contains { words[$0..<($0 + run.count)].elementsEqual(run) }
    }

    /// The first run of as many words as the phrase has, in the text, that shares no word of four letters or more with any key phrase.
    static func placebo(for phrase: String, in text: String, avoiding phrases: [String]) -> String? {
        let length = words(phrase).count
        let taken = Set(phrases.flatMap(words).filter { $0.count >= 4 })
        let all = words(text)
        guard length > 0, all.count >= length else { return nil }
        for start in 0...(all.count - length) {
            let run = all[start..<(start + length)]
            if run.contains(where: { $0.count >= 4 }), !run.contains(where: taken.contains) { return run.joined(separator: " ") }
        }
        return nil
    }
}
