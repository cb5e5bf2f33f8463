import Acts
import Disclosure

/// Reads a text whose paragraphs begin with portion marks: "(R) The talks…".
enum PortionMarks {
    struct Marked: Hashable, Sendable {
        let text: String
        let level: MarkingPolicy.Level
    }

    /// Paragraphs apart by an empty line. One without a mark has the level given for the whole.
    static func read(_ text: String, policy: MarkingPolicy, level: MarkingPolicy.Level) -> [Marked] {
        var blocks: [[Substring]] = [[]]
        for line in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline) {
            if line.allSatisfy(\.isWhitespace) { blocks.append([]) } else { blocks[blocks.count - 1].append(line) }
        }
        return blocks.filter { !$0.isEmpty }.map { mark($0.joined(separator: "\n"), policy, level) }
    }

    private static func mark(_ block: String, _ policy: MarkingPolicy, _ level: MarkingPolicy.Level) -> Marked {
        guard block.hasPrefix("("), let end = block.firstIndex(of: ")") else { return Marked(text: block, level: level) }
        let mark = block[block.index(after: block.startIndex)..<end]
        guard let found = policy.levels.first(where: { $0.portionMark == mark || $0.code == mark || policy.marking(of: $0) == mark }) else {
            return Marked(text: block, level: level)
        }
        let rest = block[block.index(after: end)...].drop(while: \.isWhitespace)
        return Marked(text: String(rest), level: found)
    }
}
