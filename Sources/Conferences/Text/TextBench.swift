import Acts
import Texts

/// Times what a room waits for: opening a text, and applying an amendment to it.
package enum TextBench {
    package struct Result: Sendable {
        package var words: Int
        package var brackets: Int
        package var provisions: Int
        /// Bytes read, cut into provisions, scanned for brackets and counted.
        package var opening: [Duration]
        /// An amendment of one word proposed: held against the version it was written for.
        package var proposing: [Duration]
        /// The same amendment applied in brackets: the next version made, read again and counted.
        package var applying: [Duration]
        /// Two versions compared word by word.
        package var comparing: [Duration]
    }

    /// - Parameters:
    ///   - bytes: a text under negotiation.
    ///   - rounds: how often the text is opened, and how many amendments are applied one after another, from 1.
    /// - Throws: a ``Refusal`` where the text cannot be read or has no words to amend.
    package static func run(_ bytes: [UInt8], rounds: Int) throws -> Result {
        let clock = ContinuousClock()
        let moment = Moment(milliseconds: 0)
        let tabled = ConferenceTextTabled(
            conference: "bench", text: "text", version: 1, form: .rollingText, title: ["en": "Text"], language: "en", words: "")
        var negotiation = Negotiation()
        var opening: [Duration] = []
        for _ in 0..<max(1, rounds) {
            var fresh = Negotiation()
            opening.append(try clock.measure { try fresh.table(tabled, words: bytes, at: moment) })
            negotiation = fresh
        }
        guard let first = negotiation.current else { throw TextRefusal.unknownVersion(1) }
        var result = Result(
            words: first.text.measures.words, brackets: first.text.measures.brackets,
            provisions: first.text.blocks.count { $0.kind.isProvision }, opening: opening, proposing: [], applying: [], comparing: [])
        let targets = first.text.blocks.filter { ($0.kind == .item || $0.kind == .paragraph) && word(of: $0.words) != nil }
        guard !targets.isEmpty else { throw TextRefusal.several }
        for round in 0..<max(1, rounds) {
            let block = targets[round * targets.count / max(1, rounds) % targets.count]
            guard let word = word(of: negotiation.current?.text[block.wId]?.words ?? "") else { continue }
            let version = Int64(negotiation.versionCount)
            let proposed = ConferenceAmendmentProposed(
                conference: "bench", text: "text", amendment: "b\(round)", base: version,
                change: ConferenceTextChange(.replace, target: block.wId.text, words: "\(word)-\(round)", anchor: word, occurrence: 1),
                sponsors: ["BRA"])
            let applied = ConferenceAmendmentApplied(
                conference: "bench", text: "text", amendment: "b\(round)", version: version + 1, manner: .inBrackets)
            result.proposing.append(try clock.measure { try negotiation.propose(proposed, at: moment) })
            result.applying.append(try clock.measure { try negotiation.apply(applied, at: moment) })
        }
        let last = try negotiation.version(Int64(negotiation.versionCount))
        result.comparing.append(clock.measure { _ = NegotiatedComparison(first.text, last.text).counts })
        return result
    }

    /// The first word of letters alone, of five letters or more.
    private static func word(of words: String) -> String? {
        let pieces: [Substring] = words.split(separator: " ")
        let found = pieces.first { piece in piece.count >= 5 && piece.allSatisfy { $0.isASCII && $0.isLetter } }
        return found.map { String($0) }
    }
}
