import Texts

/// Gives the provisions of a version tabled anew the names they had in the version before, so that their histories go on.
enum BlockMatching {
    /// How much of two provisions of one name must be the same words for them to be one provision.
    static let sameName = 0.25
    /// How much of two provisions of different names.
    static let otherName = 0.9
    /// Pairs of provisions compared at most under other names; beyond it they are taken for new.
    private static let mostPairs = 400_000

    static func blocks(of text: NegotiatedText, after earlier: NegotiatedText) -> [NegotiatedBlock] {
        var names: [Int: ProvisionIdentifier] = [:]
        var free = Set(earlier.blocks.indices)
        // The same name and the same words.
        for (index, block) in text.blocks.enumerated() {
            guard let place = earlier.index(of: block.wId), earlier.blocks[place].kind == block.kind,
                earlier.blocks[place].body == block.body
            else { continue }
            names[index] = block.wId
            free.remove(place)
        }
        // Other names, the same words.
        var byWords: [[UInt8]: [Int]] = [:]
        for place in free.sorted(by: >) where earlier.blocks[place].body.count >= 20 {
            byWords[earlier.blocks[place].body, default: []].append(place)
        }
        for (index, block) in text.blocks.enumerated() where names[index] == nil {
            guard let place = byWords[block.body]?.popLast() else { continue }
            names[index] = earlier.blocks[place].wId
            free.remove(place)
        }
        // The same name, and enough of the same words.
        for (index, block) in text.blocks.enumerated() where names[index] == nil {
            guard let place = earlier.index(of: block.wId), free.contains(place), earlier.blocks[place].kind == block.kind else { continue }
            let old = earlier.blocks[place]
            guard old.body == block.body || old.body.count < 40 || !block.kind.isProvision || likeness(old.words, block.words) >= sameName
            else { continue }
            names[index] = block.wId
            free.remove(place)
        }
        // Other names, nearly the same words.
        let unnamed = text.blocks.indices.filter {
            names[$0] == nil && text.blocks[$0].kind.isProvision && text.blocks[$0].body.count >= 40
        }
        let candidates = free.filter { earlier.blocks[$0].kind.isProvision && earlier.blocks[$0].body.count >= 40 }.sorted()
        if unnamed.count * candidates.count <= mostPairs {
            let old = candidates.map { counted(earlier.blocks[$0].words) }
            for index in unnamed {
                let own = counted(text.blocks[index].words)
                var best: (place: Int, likeness: Double)?
                for (number, place) in candidates.enumerated() where free.contains(place) {
                    let value = likeness(old[number], own)
                    if value >= otherName, value > best?.likeness ?? 0 { best = (place, value) }
                }
                guard let best else { continue }
                names[index] = earlier.blocks[best.place].wId
                free.remove(best.place)
            }
        }
        return named(text, names, earlier)
    }

    /// What is new may not bear a name that something else has or had.
    private static func named(_ text: NegotiatedText, _ names: [Int: ProvisionIdentifier], _ earlier: NegotiatedText) -> [NegotiatedBlock] {
        var taken = Set(names.values)
        var result: [NegotiatedBlock] = []
        result.reserveCapacity(text.blocks.count)
        for (index, block) in text.blocks.enumerated() {
            if let name = names[index] {
                result.append(block.named(name))
                continue
            }
            var name = block.wId
            var number = 1
            while earlier.index(of: name) != nil || taken.contains(name) {
                number += 1
                guard let next = ProvisionIdentifier("\(String(block.wId.text.prefix(480)))-n\(number)") else { break }
                name = next
            }
            taken.insert(name)
            result.append(block.named(name))
        }
        return result
    }

    private static func counted(_ words: String) -> (words: [Substring: Int], total: Int) {
        var counts: [Substring: Int] = [:]
        var total = 0
        for word in words.split(whereSeparator: { $0.isWhitespace || "[]*".contains($0) }) {
            counts[word, default: 0] += 1
            total += 1
        }
        return (counts, total)
    }

    private static func likeness(_ left: String, _ right: String) -> Double { likeness(counted(left), counted(right)) }

    /// The share of words in common, from 0 to 1.
    private static func likeness(_ left: (words: [Substring: Int], total: Int), _ right: (words: [Substring: Int], total: Int)) -> Double {
        guard left.total + right.total > 0 else { return 1 }
        let common = left.words.reduce(0) { $0 + min($1.value, right.words[$1.key] ?? 0) }
        return 2 * Double(common) / Double(left.total + right.total)
    }
}

extension NegotiatedBlock {
    /// The same block under another name.
    func named(_ wId: ProvisionIdentifier) -> NegotiatedBlock {
        NegotiatedBlock(wId: wId, kind: kind, number: number, option: option, level: level, lead: lead, body: body, tail: tail)
    }
}
