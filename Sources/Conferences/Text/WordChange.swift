import Acts

/// Makes an amendment of words that somebody edited: the smallest change that leads from the words as they stand to the words as they
/// should be, so that two delegations that edit different words of one provision do not meet.
enum WordChange {
    /// - Parameters:
    ///   - old: the provision's words as they stand.
    ///   - new: the words as they should be.
    ///   - target: the provision's name; empty for the words of an amendment.
    /// - Returns: an insertion, deletion or replacement at an anchor, or a replacement of the whole where nothing smaller leads there.
    /// - Throws: a ``Refusal`` where nothing changes.
    static func between(_ old: String, and new: String, target: String) throws(Refusal) -> ConferenceTextChange {
        guard Array(old.utf8) != Array(new.utf8) else { throw TextRefusal.noEffect }
        let whole = ConferenceTextChange(.replace, target: target, words: new)
        let before = pieces(old)
        let after = pieces(new)
        var head = 0
        while head < min(before.count, after.count), before[head] == after[head] { head += 1 }
        var tail = 0
        while tail < min(before.count, after.count) - head, before[before.count - 1 - tail] == after[after.count - 1 - tail] { tail += 1 }
        // Where the words alone do not say which are meant, or brackets would be torn, a word more on either side may.
        for _ in 0..<24 {
            if let change = change(before, after, head, tail, old, target), leads(change, from: old, to: new) { return change }
            guard head > 0 || tail > 0 else { break }
            head = max(0, head - 1)
            tail = max(0, tail - 1)
        }
        return whole
    }

    private static func change(
        _ before: [String], _ after: [String], _ head: Int, _ tail: Int, _ old: String, _ target: String
    ) -> ConferenceTextChange? {
        let gone = before[head..<(before.count - tail)]
        let come = after[head..<(after.count - tail)].joined()
        let start = before[..<head].reduce(0) { $0 + $1.utf8.count }
        let anchor = gone.joined()
        guard anchor.contains(where: { !$0.isWhitespace }) else { return insertion(before, head, come, old, target) }
        guard let occurrence = occurrence(of: anchor, at: start, in: old) else { return nil }
        if come.isEmpty { return ConferenceTextChange(.delete, target: target, anchor: anchor, occurrence: occurrence) }
        return ConferenceTextChange(.replace, target: target, words: come, anchor: anchor, occurrence: occurrence)
    }

    /// New words come after the word before them.
    private static func insertion(
        _ before: [String], _ head: Int, _ come: String, _ old: String, _ target: String
    ) -> ConferenceTextChange? {
        var place = head
        while place > 0, before[place - 1].allSatisfy(\.isWhitespace) { place -= 1 }
        guard place > 0 else { return nil }
        let anchor = before[place - 1]
        let start = before[..<(place - 1)].reduce(0) { $0 + $1.utf8.count }
        guard let occurrence = occurrence(of: anchor, at: start, in: old) else { return nil }
        let words = come.drop(while: \.isWhitespace)
        return ConferenceTextChange(
            .insert, target: target, words: String(words).trimmingEnd(), anchor: anchor, occurrence: occurrence, position: .after)
    }

    private static func leads(_ change: ConferenceTextChange, from old: String, to new: String) -> Bool {
        guard (try? TextAmendment.check(change)) != nil,
            let made = try? WordEdit.words(old, changed: change, attribution: nil, place: change.target)
        else { return false }
        return Array(made.utf8) == Array(new.utf8)
    }

    /// Which of the equal stretches begins there, as an anchor's are counted; `nil` where none does.
    private static func occurrence(of anchor: String, at start: Int, in words: String) -> Int64? {
        let haystack = Array(words.utf8)
        let needle = Array(anchor.utf8)
        guard !needle.isEmpty else { return nil }
        var count: Int64 = 0
        var index = 0
        while index + needle.count <= haystack.count, index <= start {
            if haystack[index..<(index + needle.count)].elementsEqual(needle) {
                count += 1
                if index == start { return count }
                index += needle.count
            } else {
                index += 1
            }
        }
        return nil
    }

    /// Words and the spaces between them, in turn.
    private static func pieces(_ text: String) -> [String] {
        var pieces: [String] = []
        var current = ""
        for character in text {
            if let last = current.last, last.isWhitespace != character.isWhitespace {
                pieces.append(current)
                current = ""
            }
            current.append(character)
        }
        if !current.isEmpty { pieces.append(current) }
        return pieces
    }
}

extension String {
    /// Without white space at the end.
    fileprivate func trimmingEnd() -> String {
        var text = self
        while text.last?.isWhitespace == true { text.removeLast() }
        return text
    }
}
