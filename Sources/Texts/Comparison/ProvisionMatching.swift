/// Which provision of one version is which of the other, and which of them moved.
struct ProvisionMatching {
    /// By index among the places of the version; `nil` where the other has none.
    private(set) var oldOfNew: [Int?]
    private(set) var newOfOld: [Int?]
    /// Indices in the new version of what stands in another order, or in something else, than it did. What moved with what holds it is
    /// not among them.
    private(set) var moved: Set<Int> = []

    private let old: InstrumentText
    private let new: InstrumentText

    init(_ old: InstrumentText, _ new: InstrumentText) {
        self.old = old
        self.new = new
        oldOfNew = Array(repeating: nil, count: new.places.count)
        newOfOld = Array(repeating: nil, count: old.places.count)
        matchByName()
        matchByWords()
        findMoved()
    }

    private mutating func match(_ oldIndex: Int, _ newIndex: Int) {
        oldOfNew[newIndex] = oldIndex
        newOfOld[oldIndex] = newIndex
    }

    private mutating func matchByName() {
        let names = Dictionary(uniqueKeysWithValues: old.places.enumerated().map { ($0.element.provision.wId, $0.offset) })
        for (index, place) in new.places.enumerated() {
            guard let oldIndex = names[place.provision.wId], old.places[oldIndex].provision.kind == place.provision.kind else { continue }
            match(oldIndex, index)
        }
        unmatchStrangers()
    }

    /// Names given by number fall on another provision when one is inserted before: those whose words have next to nothing in common,
    /// while the same words stand elsewhere under another name, are no match.
    private mutating func unmatchStrangers() {
        var oldByWords: [String: [Int]] = [:]
        for (index, place) in old.places.enumerated() { oldByWords[Self.words(place.provision), default: []].append(index) }
        for (index, place) in new.places.enumerated() {
            guard let oldIndex = oldOfNew[index] else { continue }
            let words = Self.words(place.provision)
            guard words.utf8.count >= 24, words != Self.words(old.places[oldIndex].provision),
                let twins = oldByWords[words], twins.count == 1, let twin = twins.first,
                old.places[twin].provision.kind == place.provision.kind
            else { continue }
            // The twin may be matched already, with something that is not its own.
            if let other = newOfOld[twin], Self.words(new.places[other].provision) == words { continue }
            if let other = newOfOld[twin] { oldOfNew[other] = nil }
            newOfOld[oldIndex] = nil
            match(twin, index)
        }
    }

    /// What has no counterpart by name is matched by its words: exactly first, then nearly, so long as that is not too much work.
    private mutating func matchByWords() {
        let oldFree = old.places.indices.filter { newOfOld[$0] == nil }
        var free: [String: [Int]] = [:]
        for index in oldFree { free[Self.words(old.places[index].provision), default: []].append(index) }
        for (index, place) in new.places.enumerated() where oldOfNew[index] == nil {
            let words = Self.words(place.provision)
            guard words.utf8.count >= 24, let twins = free[words],
                let twin = twins.first(where: { newOfOld[$0] == nil && old.places[$0].provision.kind == place.provision.kind })
            else { continue }
            match(twin, index)
        }
        let newLeft = new.places.indices.filter { oldOfNew[$0] == nil && Self.words(new.places[$0].provision).utf8.count >= 24 }
        let oldLeft = oldFree.filter { newOfOld[$0] == nil && Self.words(old.places[$0].provision).utf8.count >= 24 }
        guard newLeft.count * oldLeft.count <= 10_000 else { return }
        let oldBags = oldLeft.map { Set(TextSegmentation.pieces(of: Self.words(old.places[$0].provision))) }
        for index in newLeft {
            let bag = Set(TextSegmentation.pieces(of: Self.words(new.places[index].provision)))
            var best: (likeness: Double, oldIndex: Int)?
            for (oldIndex, oldBag) in zip(oldLeft, oldBags)
            where newOfOld[oldIndex] == nil && old.places[oldIndex].provision.kind == new.places[index].provision.kind {
                let likeness = Double(2 * bag.intersection(oldBag).count) / Double(bag.count + oldBag.count)
                if likeness > best?.likeness ?? 0.75 { best = (likeness, oldIndex) }
            }
            if let best { match(best.oldIndex, index) }
        }
    }

    /// Among what stays within the same, the fewest that must have moved for the rest to keep its order; and all that left for
    /// something else.
    private mutating func findMoved() {
        var siblings: [Int: [Int]] = [:]
        for (index, place) in new.places.enumerated() {
            guard let oldIndex = oldOfNew[index] else { continue }
            let oldParent = old.places[oldIndex].parent
            let newParent = place.parent
            let isSameParent = oldParent == nil && newParent == nil || newParent != nil && newParent.flatMap { oldOfNew[$0] } == oldParent
            if isSameParent {
                siblings[newParent ?? -1, default: []].append(index)
            } else {
                moved.insert(index)
            }
        }
        for group in siblings.values {
            let kept = LongestRise.indices(of: group.map { oldOfNew[$0] ?? 0 })
            for (position, index) in group.enumerated() where !kept.contains(position) { moved.insert(index) }
        }
    }

    /// What a provision says itself, to tell it by.
    private static func words(_ provision: Provision) -> String {
        let heading = provision.heading?.plain ?? ""
        return heading + "\n" + (provision.content + provision.closing).flatMap { $0.lines.map(\.plain) }.joined(separator: "\n")
    }
}
