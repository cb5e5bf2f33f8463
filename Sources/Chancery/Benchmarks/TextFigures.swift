import Acts
import Conferences
import Foundation
import Texts

/// How long a negotiated text takes to open and to amend.
public struct TextFigures: Sendable {
    public var name = ""
    public var words = 0
    public var brackets = 0
    /// Milliseconds, the middle one of several: opened as a page does, and one amendment applied in brackets.
    public var opening = 0.0
    public var applying = 0.0
    public var amendments = 0
    /// Milliseconds in which the same bytes are copied word by word: what reading them costs at least.
    public var splitting = 0.0

    public var lines: [String] {
        [
            "text (\(name)): \(words) words, \(brackets) brackets, opened in \(String(format: "%.1f", opening)) ms (limit 200; "
                + "splitting the same bytes at spaces takes \(String(format: "%.1f", splitting)) ms); an amendment applied in "
                + "\(String(format: "%.1f", applying)) ms, the middle one of \(amendments) (limit 20)"
        ]
    }

    /// - Parameter file: a text; without one a made-up text of 15,000 words with 1,000 brackets is measured.
    static func measure(_ file: String?) throws -> TextFigures {
        var figures = TextFigures(name: file.map { URL(filePath: $0).lastPathComponent } ?? "made up")
        let bytes = try file.map { Array(try Data(contentsOf: URL(filePath: $0))) } ?? TextSample.bytes()
        let clock = ContinuousClock()
        let openings = try (0..<7).map { _ in try clock.measure { _ = try TextSample.open(bytes) } / .milliseconds(1) }
        figures.opening = openings.sorted()[3]
        let splittings = (0..<7).map { _ in
            clock.measure { _ = bytes.split(separator: 0x20).map { Array($0) }.count } / .milliseconds(1)
        }
        figures.splitting = splittings.sorted()[3]
        let text = try NegotiatedText(parsing: bytes)
        figures.words = text.measures.words
        figures.brackets = text.measures.brackets
        var version = NegotiatedVersion(tabled: text, number: 1)
        var times: [Double] = []
        let targets = text.blocks.filter { $0.kind == .item || $0.kind == .paragraph }.map(\.wId.text)
        for (number, target) in targets.enumerated().filter({ $0.offset % max(1, targets.count / 60) == 0 }) {
            let amendment = TextAmendment(
                id: "bench-\(number)", base: version.number,
                change: ConferenceTextChange(
                    .insert, target: target, words: "The Parties shall keep this article under review.", position: .after),
                sponsors: ["EU", "G77"])
            var next: NegotiatedVersion?
            let time = try clock.measure {
                next = try version.applying(amendment, .inBrackets, as: version.number + 1, base: version)
            }
            times.append(time / .milliseconds(1))
            if let next { version = next }
        }
        figures.amendments = times.count
        figures.applying = times.sorted().dropFirst(times.count / 2).first ?? 0
        return figures
    }
}
