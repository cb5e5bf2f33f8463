import Texts

/// A text in the pieces that are set beside each other: what one provision says itself, or the words that close it.
struct TextUnit: Sendable {
    /// The provision's `wId`, which is the same in all languages; with a mark for its closing words.
    var key: String
    var blocks: [ReadingBlock]

    static func units(of text: InstrumentText) -> [TextUnit] {
        var units: [TextUnit] = []
        for block in text.blocks {
            let name = block.role == .title ? "title" : block.wId?.text ?? ""
            let key = block.role == .closing ? "\(name)#closing" : name
            if units.last?.key == key {
                units[units.count - 1].blocks.append(block)
            } else {
                units.append(TextUnit(key: key, blocks: [block]))
            }
        }
        return units
    }

    /// The two texts row by row, in the first one's order; what only the second has stands where it has it.
    static func rows(_ first: [TextUnit], _ second: [TextUnit]) -> [(first: TextUnit?, second: TextUnit?)] {
        let keys = Set(first.map(\.key))
        let others = Dictionary(second.map { ($0.key, $0) }) { first, _ in first }
        // What the second has alone, after which of the keys that both have.
        var alone: [String: [TextUnit]] = [:]
        var last = ""
        for unit in second {
            if keys.contains(unit.key) { last = unit.key } else { alone[last, default: []].append(unit) }
        }
        var rows: [(first: TextUnit?, second: TextUnit?)] = (alone[""] ?? []).map { (nil, $0) }
        for unit in first {
            rows.append((unit, others[unit.key]))
            rows += (alone[unit.key] ?? []).map { (nil, $0) }
        }
        return rows
    }
}
