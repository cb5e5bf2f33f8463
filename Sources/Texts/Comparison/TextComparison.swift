/// Two versions of a text in one language: what was added, taken out, moved, numbered otherwise, and which words changed.
///
/// A provision is the same in both by its `wId`. Where versions were read apart and names differ, a provision that says nearly the
/// same is recognised by its words.
public struct TextComparison: Hashable, Sendable {
    public enum Change: String, Hashable, Sendable, CaseIterable {
        case unchanged
        /// Other words, another heading or another number, in the same place.
        case changed
        /// In another place: another order, or within something else; its words may have changed too.
        case moved
        case added
        case removed
    }

    /// A provision in one or both versions.
    public struct Entry: Hashable, Sendable {
        public let change: Change
        public let old: Place?
        public let new: Place?
        /// The number as displayed before and after, where it is not the same.
        public let number: LineComparison?
        public let heading: LineComparison?
        /// Its own words, line by line; what it holds has entries of its own. Lines that did not change are there as well.
        public let words: [LineComparison]

        public var wId: ProvisionIdentifier? { (new ?? old)?.provision.wId }
    }

    public let title: LineComparison
    /// In the order of the new version; what was removed stands where it stood.
    public let entries: [Entry]

    /// How many entries there are of each change.
    public var counts: [Change: Int] {
        Dictionary(grouping: entries, by: \.change).mapValues(\.count)
    }

    public var isUnchanged: Bool { title.isUnchanged && entries.allSatisfy { $0.change == .unchanged } }

    /// - Throws: ``TextFault`` where the two are not in one language.
    public init(_ old: InstrumentText, _ new: InstrumentText) throws(TextFault) {
        guard old.language == new.language else {
            throw TextFault(
                .structure, "a text in \(old.language) cannot be compared word by word with one in \(new.language).",
                mend: "Compare versions of one language; hold languages against each other with a concordance.")
        }
        title = LineComparison(old.title.plain, new.title.plain)
        let matching = ProvisionMatching(old, new)
        var entries: [Entry] = []
        var next = 0
        // What was removed is told before the first provision that follows it in both.
        func appendRemoved(before end: Int) {
            while next < end {
                if matching.newOfOld[next] == nil { entries.append(Self.entry(.removed, old.places[next], nil)) }
                next += 1
            }
        }
        for (index, place) in new.places.enumerated() {
            guard let oldIndex = matching.oldOfNew[index] else {
                entries.append(Self.entry(.added, nil, place))
                continue
            }
            if !matching.moved.contains(index) { appendRemoved(before: oldIndex) }
            let entry = Self.entry(matching.moved.contains(index) ? .moved : .unchanged, old.places[oldIndex], place)
            entries.append(entry)
        }
        appendRemoved(before: old.places.count)
        self.entries = entries
    }

    static func entry(_ change: Change, _ old: Place?, _ new: Place?) -> Entry {
        let number = LineComparison(old?.provision.number ?? "", new?.provision.number ?? "")
        let heading = LineComparison(old?.provision.heading?.plain ?? "", new?.provision.heading?.plain ?? "")
        let words = lines(old.map { lines(of: $0.provision) } ?? [], new.map { lines(of: $0.provision) } ?? [])
        // What the words do not show, emphasis, a table's shape or a footnote, is a change all the same.
        let isSame =
            old.map(\.provision).map(\.own) == new.map(\.provision).map(\.own) && number.isUnchanged && heading.isUnchanged
        return Entry(
            change: change == .unchanged && !isSame ? .changed : change, old: old, new: new, number: number.isUnchanged ? nil : number,
            heading: heading.isUnchanged ? nil : heading, words: words)
    }

    private static func lines(of provision: Provision) -> [String] {
        (provision.content + provision.closing).flatMap {
            $0.lines.flatMap { line in [line.plain] + line.footnotes.flatMap { $0.content.map(\.plain) } }
        }
    }

    /// Lines paired by what they share: equal ones first, then those between them in order.
    private static func lines(_ old: [String], _ new: [String]) -> [LineComparison] {
        var numbers: [String: Int] = [:]
        func number(_ line: String) -> Int {
            if let known = numbers[line] { return known }
            numbers[line] = numbers.count
            return numbers.count - 1
        }
        var result: [LineComparison] = []
        for stretch in SequenceDifference.stretches(old.map(number), new.map(number)) {
            for offset in 0..<max(stretch.old.count, stretch.new.count) {
                let before = offset < stretch.old.count ? old[stretch.old.lowerBound + offset] : ""
                let after = offset < stretch.new.count ? new[stretch.new.lowerBound + offset] : ""
                result.append(LineComparison(before, after))
            }
        }
        return result
    }
}

extension Provision {
    /// What it says itself, without what it holds.
    fileprivate struct Own: Hashable {
        let kind: ProvisionKind
        let heading: InlineText?
        let content: [TextBlock]
        let closing: [TextBlock]
    }

    fileprivate var own: Own { Own(kind: kind, heading: heading, content: content, closing: closing) }
}
