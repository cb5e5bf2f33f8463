/// What a leaked text shows at each site: one of the approved wordings, or nothing that can be told.
///
/// Sites are read one by one by the words around them, so a leak that was cut, reordered or partly rewritten still tells what it can; a
/// slip of the hand in a word of six letters or more is forgiven.
public struct LeakReading: Hashable, Sendable {
    /// The wording's index at each site; `nil`: rewritten, missing, or not to be told apart.
    public let options: [Int?]

    /// How many sites could be read.
    public var read: Int { options.count { $0 != nil } }

    /// Words on each side of a site that are looked for around a wording.
    static let context = 8
    public static let maximumBytes = 4 << 20

    public init(options: [Int?]) {
        self.options = options
    }

    /// Reads a leak.
    ///
    /// - Parameter leak: the text as it was found. What lies beyond 4 MiB is not read.
    public init(of leak: String, against text: VariantText) {
        let words = WordFolding.words(leak.utf8.count > Self.maximumBytes ? String(leak.prefix(Self.maximumBytes / 4)) : leak)
        self.init(words: words, sites: SiteContext.all(of: text))
    }

    init(words: [String], sites: [SiteContext]) {
        let index = WordIndex(words)
        options = sites.map { site in
            var best = (score: 0, option: Int?.none)
            for (number, option) in site.options.enumerated() {
                let score = index.score(option, before: site.before, after: site.after)
                if score > best.score {
                    best = (score, number)
                } else if score == best.score {
                    best.option = nil
                }
            }
            // A wording counts only where enough of what surrounds the site surrounds it too.
            let around = min(Self.context, site.before.count) + min(Self.context, site.after.count)
            return best.score >= max(2, around * 2 / 5) ? best.option : nil
        }
    }
}

/// A site as it is looked for: its wordings, and the words that stand before and after it in any copy.
struct SiteContext: Hashable, Sendable {
    let options: [[String]]
    let before: Set<String>
    let after: Set<String>

    static func all(of text: VariantText) -> [SiteContext] {
        // A run of the text: fixed words, or the words of all the wordings of a site, as far as they go.
        var runs: [(words: [[String]], site: Int?)] = []
        for paragraph in text.paragraphs {
            for segment in paragraph.segments {
                switch segment {
                case .fixed(let fixed): runs.append((WordFolding.words(fixed).map { [$0] }, nil))
                case .site(let site):
                    let options = site.options.map(WordFolding.words)
                    let longest = options.map(\.count).max() ?? 0
                    runs.append(
                        ((0..<longest).map { place in options.compactMap { place < $0.count ? $0[place] : nil } }, runs.count))
                }
            }
        }
        let flat = runs.flatMap(\.words)
        var contexts: [SiteContext] = []
        var position = 0
        var site = 0
        for run in runs {
            if run.site != nil {
                let end = position + run.words.count
                let before = flat[max(0, position - LeakReading.context)..<position].flatMap { $0 }
                let after = flat[end..<min(flat.count, end + LeakReading.context)].flatMap { $0 }
                contexts.append(
                    SiteContext(options: text.sites[site].options.map(WordFolding.words), before: Set(before), after: Set(after)))
                site += 1
            }
            position += run.words.count
        }
        return contexts
    }
}

/// A leak's words, and where each stands.
struct WordIndex {
    private let words: [String]
    private let places: [String: [Int]]
    /// Long words by their length, for slips.
    private let long: [Int: [String]]

    init(_ words: [String]) {
        self.words = words
        var places: [String: [Int]] = [:]
        for (place, word) in words.enumerated() { places[word, default: []].append(place) }
        self.places = places
        long = Dictionary(grouping: places.keys.filter { $0.unicodeScalars.count >= 5 }, by: { $0.unicodeScalars.count })
    }

    /// The most words of the context that stand around one occurrence of a wording; 0 where it does not occur.
    func score(_ option: [String], before: Set<String>, after: Set<String>) -> Int {
        // A wording without words ("{|duly} noted") is read by what surrounds it: by the words after following those before at once.
        guard let anchor = option.first else { return scoreOfNothing(before: before, after: after) }
        var best = 0
        for place in occurrences(of: anchor) where matches(option, at: place) {
            best = max(best, around(from: place, to: place + option.count, before: before, after: after))
        }
        return best
    }

    private func occurrences(of word: String) -> [Int] {
        if let exact = places[word] { return exact }
        let length = word.unicodeScalars.count
        guard length >= 6 else { return [] }
        var result: [Int] = []
        for near in max(6, length - 1)...(length + 1) {
            for candidate in long[near] ?? [] where WordFolding.nearlySame(candidate, word) { result += places[candidate] ?? [] }
        }
        return result
    }

    private func matches(_ option: [String], at place: Int) -> Bool {
        guard place + option.count <= words.count else { return false }
        for (offset, word) in option.enumerated() where !WordFolding.nearlySame(words[place + offset], word) { return false }
        return true
    }

    private func around(from start: Int, to end: Int, before: Set<String>, after: Set<String>) -> Int {
        var found: Set<String> = []
        for word in words[max(0, start - LeakReading.context)..<start] where before.contains(word) { found.insert(word) }
        var count = found.count
        found = []
        for word in words[min(end, words.count)..<min(words.count, end + LeakReading.context)] where after.contains(word) {
            found.insert(word)
        }
        count += found.count
        return count
    }

    /// Nothing stands between the words before and those after: the best place where the word at its left is of the one and the word at
    /// its right of the other.
    private func scoreOfNothing(before: Set<String>, after: Set<String>) -> Int {
        var best = 0
        for word in before {
            for place in places[word] ?? [] where place + 1 < words.count && after.contains(words[place + 1]) {
                best = max(best, around(from: place + 1, to: place + 1, before: before, after: after))
            }
        }
        return best
    }
}
