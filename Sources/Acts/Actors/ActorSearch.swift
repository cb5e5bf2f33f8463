/// The index behind ``ActorTable/find(name:)`` and ``ActorTable/search(_:limit:)``: every name of every actor, folded once.
struct ActorSearch: Sendable {
    private struct Entry: Sendable {
        let actor: Int
        let name: Int
        let folded: FoldedName
        /// One bit for each kind of letter in the name: two names whose bits differ much cannot be near each other.
        let letters: UInt64
        /// 0 for a present short name, more for names people mean less often.
        let rank: Int
    }

    private let entries: [Entry]
    private let exact: [[UInt32]: [Int]]

    init(actors: [Actor]) {
        var entries: [Entry] = []
        var exact: [[UInt32]: [Int]] = [:]
        for (actorIndex, actor) in actors.enumerated() {
            for (nameIndex, name) in actor.names.enumerated() {
                let folded = FoldedName(name.text)
                if folded.joined.isEmpty { continue }
                exact[folded.joined, default: []].append(entries.count)
                entries.append(
                    Entry(
                        actor: actorIndex, name: nameIndex, folded: folded, letters: ActorSearch.letters(of: folded.joined),
                        rank: ActorSearch.rank(of: name, actor: actor)))
            }
        }
        self.entries = entries
        self.exact = exact
    }

    /// Positions (in the table's actors and in the actor's names) of all names equal to the text once both are folded, those that
    /// are meant most often first.
    func equal(to text: String) -> [(actor: Int, name: Int)] {
        let found = (exact[FoldedName(text).joined] ?? []).map { entries[$0] }
        return found.sorted { ($0.rank, $0.actor, $0.name) < ($1.rank, $1.actor, $1.name) }.map { ($0.actor, $0.name) }
    }

    /// The best name of each actor that is like the text, best first, with a score of 0 to 1.
    func like(_ text: String, limit: Int) -> [(actor: Int, name: Int, score: Double)] {
        // What one types to find an actor is short; a longer text is cut so that no input makes the search slow.
        let query = FoldedName(String(text.prefix(80)))
        guard !query.joined.isEmpty, limit > 0 else { return [] }
        let letters = ActorSearch.letters(of: query.joined)
        let bound = ActorSearch.bound(for: query.joined)
        var best: [Int: (name: Int, score: Double)] = [:]
        var distance = EditDistance()
        for entry in entries {
            var score = ActorSearch.score(of: query, in: entry.folded)
            if score == 0, bound > 0 {
                score = ActorSearch.nearness(of: query, letters: letters, to: entry, bound: bound, distance: &distance)
            }
            if score == 0 { continue }
            score -= Double(entry.rank) * 0.01
            if score > best[entry.actor]?.score ?? 0 { best[entry.actor] = (entry.name, score) }
        }
        let sorted = best.sorted { ($1.value.score, $0.key) < ($0.value.score, $1.key) }
        return sorted.prefix(limit).map { ($0.key, $0.value.name, $0.value.score) }
    }

    // MARK: Scores

    /// Without misspellings: the whole name, its beginning, the beginnings of its words, or something within it.
    private static func score(of query: FoldedName, in name: FoldedName) -> Double {
        let sought = query.joined
        let text = name.joined
        if text.count < sought.count { return 0 }
        if text == sought { return 1 }
        let share = Double(sought.count) / Double(text.count)
        if text.starts(with: sought) { return 0.90 + 0.05 * share }
        if name.words.count > 1 {
            for (index, word) in name.words.enumerated() where index > 0 && word.first == sought.first {
                // The text goes on over the word's end: "arab emi" in "United Arab Emirates".
                if name.words[index...].joined().starts(with: sought) { return 0.82 + 0.05 * share }
            }
            if query.words.count > 1, query.words.allSatisfy({ part in name.words.contains { $0.starts(with: part) } }) {
                return 0.76 + 0.05 * share
            }
        }
        // Scripts without spaces are found by any two signs, others by four letters.
        let least = (sought.first ?? 0) >= 0x2E80 ? 2 : 4
        if sought.count >= least, contains(text, sought) { return 0.66 + 0.05 * share }
        return 0
    }

    /// With misspellings: near the whole name, near its beginning as far as typed, or near one of its words.
    private static func nearness(
        of query: FoldedName, letters: UInt64, to entry: Entry, bound: Int, distance: inout EditDistance
    ) -> Double {
        let sought = query.joined
        // A letter that the name has nowhere costs at least one change.
        if (letters & ~entry.letters).nonzeroBitCount > bound { return 0 }
        let whole = entry.folded.joined
        let length = Double(sought.count)
        if let cost = distance.between(sought, and: whole[...], bound: bound) {
            return 0.80 - 0.5 * Double(cost) / length
        }
        if let cost = distance.between(sought, and: whole[...], bound: bound, anyBeginning: true) {
            return 0.66 - 0.5 * Double(cost) / length
        }
        if entry.folded.words.count > 1 {
            for word in entry.folded.words where word.count >= 4 {
                if let cost = distance.between(sought, and: word[...], bound: bound) { return 0.62 - 0.5 * Double(cost) / length }
            }
        }
        return 0
    }

    /// How many mistakes a text of this length may hold.
    private static func bound(for query: [UInt32]) -> Int {
        switch query.count {
        case ..<4: 0
        case 4...6: 1
        case 7...11: 2
        case 12...15: 3
        default: 4
        }
    }

    private static func rank(of name: ActorName, actor: Actor) -> Int {
        var rank = 0
        switch name.form {
        case .short: rank = name.isFormer ? 3 : 0
        case .formal: rank = 1
        case .alias: rank = 2
        }
        switch actor.kind {
        case .state, .observerState: break
        case .entity, .regionalOrganization: rank += 1
        case .internationalOrganization: rank += 2
        case .extinctState: rank += 2
        }
        return rank
    }

    private static func letters(of text: [UInt32]) -> UInt64 {
        var letters: UInt64 = 0
        for value in text { letters |= 1 << UInt64(value % 61) }
        return letters
    }

    private static func contains(_ text: [UInt32], _ part: [UInt32]) -> Bool {
        guard let first = part.first, text.count >= part.count else { return false }
        for start in 0...(text.count - part.count) where text[start] == first {
            if text[start..<(start + part.count)].elementsEqual(part) { return true }
        }
        return false
    }
}
