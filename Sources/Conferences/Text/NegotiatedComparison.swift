public import Acts
public import Texts

/// Two versions of a text, provision by provision and word by word, by the names that stay.
public struct NegotiatedComparison: Hashable, Sendable {
    public enum Change: String, Hashable, Sendable, CaseIterable {
        case unchanged
        case changed
        case added
        case removed
        /// It stands elsewhere; its words may have changed as well.
        case moved
    }

    public struct Entry: Hashable, Sendable {
        public let wId: ProvisionIdentifier
        public let change: Change
        /// Number and words, what was there and what is.
        public let line: LineComparison
    }

    /// In the order of the newer version; what was removed stands where it stood.
    public let entries: [Entry]

    public init(_ old: NegotiatedText, _ new: NegotiatedText) {
        // What lies in another provision than before has moved; of the rest, those that moved least stay.
        let common = old.blocks.indices.compactMap { index in new.index(of: old.blocks[index].wId).map { (old: index, new: $0) } }
        var moved: Set<ProvisionIdentifier> = []
        for pair in common {
            let before = old.parents[pair.old].map { old.blocks[$0].wId }
            let after = new.parents[pair.new].map { new.blocks[$0].wId }
            let areKnown = (before.map { new.index(of: $0) != nil } ?? true) && (after.map { old.index(of: $0) != nil } ?? true)
            if before != after, areKnown { moved.insert(old.blocks[pair.old].wId) }
        }
        let rest = common.filter { !moved.contains(old.blocks[$0.old].wId) }
        let rise = LongestRise.indices(of: rest.map(\.new))
        for (place, pair) in rest.enumerated() where !rise.contains(place) { moved.insert(old.blocks[pair.old].wId) }
        var entries: [Entry] = []
        var next = 0
        func removed(before end: Int) {
            while next < end {
                let block = old.blocks[next]
                next += 1
                guard block.kind.isProvision || block.kind == .footnote, new.index(of: block.wId) == nil else { continue }
                entries.append(Entry(wId: block.wId, change: .removed, line: LineComparison(Self.words(block), "")))
            }
        }
        for block in new.blocks where block.kind.isProvision || block.kind == .footnote {
            guard let place = old.index(of: block.wId) else {
                entries.append(Entry(wId: block.wId, change: .added, line: LineComparison("", Self.words(block))))
                continue
            }
            if !moved.contains(block.wId) { removed(before: place) }
            let line = LineComparison(Self.words(old.blocks[place]), Self.words(block))
            entries.append(
                Entry(wId: block.wId, change: moved.contains(block.wId) ? .moved : line.isUnchanged ? .unchanged : .changed, line: line))
        }
        removed(before: old.blocks.count)
        self.entries = entries
    }

    public var isUnchanged: Bool { entries.allSatisfy { $0.change == .unchanged } }

    public var counts: [Change: Int] { entries.reduce(into: [:]) { $0[$1.change, default: 0] += 1 } }

    /// Number and words of a block in one line.
    private static func words(_ block: NegotiatedBlock) -> String {
        let words = block.words
        guard block.kind == .item, let number = block.number else { return words }
        return "\(number) \(words)"
    }

    /// What changed; provisions that did not are counted, not listed.
    public var json: JSON {
        var counted = JSONObject()
        let counts = counts
        for change in Change.allCases { counted[change.rawValue] = .integer(Int64(counts[change] ?? 0)) }
        return [
            "unchanged": .bool(isUnchanged), "counts": .object(counted),
            "changes": .array(
                entries.filter { $0.change != .unchanged }.map { entry in
                    ["wId": .string(entry.wId.text), "change": .string(entry.change.rawValue), "words": entry.line.json]
                }),
        ]
    }
}
