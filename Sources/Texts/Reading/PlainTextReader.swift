/// Goes through a plain text line by line and builds the provisions it finds.
struct PlainTextReader {
    private let language: TextLanguage
    private let vocabulary: ReadingVocabulary
    private var titleLines: [String]
    private var takesTitle: Bool
    private var notes: [TextNote] = []
    private var roots: [ProvisionDraft] = []
    /// The divisions and the article, rule or annex that are open, from the outermost in.
    private var open: [ProvisionDraft] = []
    /// The lists open in the innermost of them, from the outermost in.
    private var lists: [OpenList] = []
    /// The last number of each kind, in the instrument or in the annex that is open.
    private var counts: [ProvisionKind: Int] = [:]
    private var annexes = 0
    private var awaitsHeading = false
    /// What is left of a line in which a further point begins.
    private var inside: Substring?
    private var lines: [Line] = []
    private var hasArticles = false

    private struct Line {
        let number: Int
        let words: String
        let followsBlank: Bool
    }

    private struct OpenList {
        let style: ListMark.Style
        var last: Int
        var item: ProvisionDraft
        let owner: ProvisionDraft?
    }

    init(language: TextLanguage, title: String?) {
        self.language = language
        vocabulary = ReadingVocabulary.of(language)
        titleLines = title.map { [$0] } ?? []
        takesTitle = title == nil
    }

    mutating func read(_ text: String) throws(TextFault) {
        if !ReadingVocabulary.knows(language) {
            note(
                TextNote(.language, line: 1, "The words for articles and parts are not known in \(language); English ones were looked for.")
            )
        }
        try split(text)
        hasArticles = lines.contains { line in
            HeadingLine.read(line.words[...], vocabulary, language: language).map { $0.rest.isEmpty || vocabulary.runsOn } ?? false
        }
        var index = lines.startIndex
        takeTitle(&index)
        takePreamble(&index)
        while index < lines.endIndex {
            take(lines[index], at: index)
            index += 1
        }
    }

    func finished() throws(TextFault) -> (title: [String], provisions: [ProvisionDraft], notes: [TextNote]) {
        guard !titleLines.isEmpty else {
            throw TextFault(.structure, line: 1, "the text has no title.", mend: "Write the instrument's title into the first line.")
        }
        return (titleLines, roots, notes)
    }

    private mutating func note(_ note: TextNote) {
        if notes.count < TextLimits.notes { notes.append(note) }
    }

    // MARK: Lines

    private mutating func split(_ text: String) throws(TextFault) {
        var blank = true
        var number = 0
        for raw in text.split(omittingEmptySubsequences: false, whereSeparator: { $0.isNewline && $0 != "\u{C}" && $0 != "\u{B}" }) {
            number += 1
            var scalars = String.UnicodeScalarView()
            for scalar in raw.unicodeScalars {
                switch scalar.value {
                case 0xFEFF where number == 1 && scalars.isEmpty: continue
                case 0x09, 0x0B, 0x0C: scalars.append(" ")
                case 0..<0x20, 0x7F..<0x85, 0x86..<0xA0, 0xFEFF, 0xFFFE, 0xFFFF, 0x202D, 0x202E:
                    scalars.append(" ")
                    let name = String(scalar.value, radix: 16, uppercase: true)
                    note(TextNote(.control, line: number, "The control character U+\(name) was taken out; a space stands for it."))
                default: scalars.append(scalar)
                }
            }
            let words = String(scalars).split(separator: " ", omittingEmptySubsequences: true).joined(separator: " ")
            if !words.allSatisfy(\.isWhitespace) {
                guard lines.count < TextLimits.lines else {
                    throw TextFault(
                        .tooLarge, line: number, "the text has more than \(TextLimits.lines) lines.",
                        mend: "Divide it into several instruments.")
                }
                lines.append(Line(number: number, words: words, followsBlank: blank))
                blank = false
            } else {
                blank = true
            }
        }
    }

    private mutating func takeTitle(_ index: inout Int) {
        guard takesTitle else { return }
        while index < lines.endIndex, titleLines.isEmpty || !lines[index].followsBlank {
            let words = lines[index].words
            guard !begins(words), !vocabulary.preamble.contains(words.lowercased()), titleLines.count < 8 else { return }
            titleLines.append(words)
            index += 1
        }
    }

    /// Whether a line begins an article, a division or an annex, or a numbered paragraph.
    private func begins(_ words: String) -> Bool {
        if let heading = HeadingLine.read(words[...], vocabulary, language: language), heading.rest.isEmpty || vocabulary.runsOn {
            return true
        }
        return ListMark.read(words[...])?.readings.contains {
            vocabulary.paragraphStyles.contains($0.style)
        }
            ?? false
    }

    /// Everything before the first article or division; in a text without any, before its first numbered paragraph.
    private mutating func takePreamble(_ index: inout Int) {
        let end: Int
        if hasArticles {
            end = lines[index...].firstIndex { accepts($0, peeking: true) != nil } ?? index
        } else {
            end = lines[index...].firstIndex { begins($0.words) } ?? index
        }
        guard end > index else { return }
        let preamble = ProvisionDraft(.preamble)
        var taken = lines[index..<end]
        if let first = taken.first, vocabulary.preamble.contains(first.words.lowercased().trimming(" .:")) {
            preamble.heading = first.words
            taken = taken.dropFirst()
        }
        for (place, line) in taken.enumerated() {
            let isMiddle = place > 0 && place < taken.count - 1
            let mark = ListMark.read(line.words[...])
            if taken.count > 2, isMiddle || mark?.readings.first.map({ $0.style != .dash }) ?? false {
                let recital = ProvisionDraft(.recital, number: mark.map { String($0.number) }, value: nil)
                recital.content = [mark.map { String($0.rest) } ?? line.words]
                if recital.content == [""] { recital.content = [line.words] }
                preamble.append(mark?.rest.isEmpty == true ? ProvisionDraft.unnumbered(line.words) : recital)
            } else {
                preamble.append(line.words)
            }
        }
        roots.append(preamble)
        index = end
    }

    private mutating func take(_ line: Line, at index: Int) {
        if awaitsHeading, let container = open.last, takesAsHeading(line, of: container) {
            container.heading = line.words
            awaitsHeading = false
            return
        }
        if let heading = accepts(line, peeking: false) {
            begin(heading, line)
            return
        }
        if let container = open.last, awaitsHeading, container.kind.isDivision { awaitsHeading = false }
        awaitsHeading = false
        if beginsConclusions(line) { return }
        if let conclusions = roots.last, conclusions.kind == .conclusions, open.isEmpty {
            conclusions.append(line.words)
            return
        }
        if let mark = ListMark.read(line.words[...]), item(mark, line, at: index) {
            while let rest = inside, let mark = ListMark.read(rest) {
                inside = nil
                note(TextNote(.listInside, line: line.number, "\(mark.number) stands within the line; it was set apart."))
                guard item(mark, line, at: index) else {
                    continueWith(Line(number: line.number, words: String(rest), followsBlank: false))
                    break
                }
            }
            return
        }
        continueWith(line)
        lookInside(line)
    }

    // MARK: Headings

    /// Whether a line that looks like a heading is one: it has its turn, and what follows the number on the line is no sentence.
    private func accepts(_ line: Line, peeking: Bool) -> HeadingLine? {
        guard let heading = HeadingLine.read(line.words[...], vocabulary, language: language) else { return nil }
        guard let value = heading.value else { return roots.contains { $0.kind != .preamble } ? heading : nil }
        let last = heading.kind == .annex ? annexes : counts[heading.kind, default: 0]
        let follows = value == last + 1 || value == last && !heading.suffix.isEmpty
        let restarts = heading.kind.isDivision && value == 1 && heading.kind != .part
        if heading.rest.isEmpty { return value > last || follows || restarts || peeking ? heading : nil }
        if heading.isSeparated { return follows || restarts ? heading : nil }
        if vocabulary.runsOn {
            let reach = heading.kind == .article ? last + 4 : last + 1
            return follows || restarts || value > last && value <= reach ? heading : nil
        }
        let isTitled = heading.rest.first.map { $0.isUppercase || !$0.isCased } ?? false
        return (follows || restarts) && isTitled && !endsSentence(heading.rest) ? heading : nil
    }

    private mutating func begin(_ heading: HeadingLine, _ line: Line) {
        let draft = ProvisionDraft(
            heading.kind, number: String(heading.number), value: heading.value, suffix: heading.suffix)
        lists = []
        if heading.kind == .annex {
            counts = [:]
            open = []
            annexes = heading.value ?? annexes + 1
            roots.append(draft)
        } else {
            let last = counts[heading.kind, default: 0]
            if let value = heading.value {
                if value > last + 1 {
                    let missing = value == last + 2 ? "\(last + 1) is" : "\(last + 1) to \(value - 1) are"
                    note(
                        TextNote(
                            .numberMissing, line: line.number,
                            "\(heading.number) stands here, but \(heading.kind.rawValue) \(missing) missing."))
                }
                counts[heading.kind] = value
            }
            while let container = open.last, !heading.kind.mayStand(in: container.kind) { open.removeLast() }
            if let container = open.last { container.append(draft) } else { roots.append(draft) }
        }
        open.append(draft)
        awaitsHeading = heading.rest.isEmpty
        guard !heading.rest.isEmpty else { return }
        if heading.kind.isDivision || couldBeHeading(heading.rest) {
            draft.heading = String(heading.rest)
        } else {
            if vocabulary.runsOn {
                note(
                    TextNote(
                        .headingRunsOn, line: line.number,
                        "After \(heading.number), heading and words are in one line; they were not told apart."))
            }
            draft.content = [String(heading.rest)]
        }
    }

    private func takesAsHeading(_ line: Line, of container: ProvisionDraft) -> Bool {
        if ListMark.read(line.words[...]) != nil { return false }
        if let heading = HeadingLine.read(line.words[...], vocabulary, language: language), heading.value != nil { return false }
        return couldBeHeading(line.words[...])
    }

    /// A heading is no sentence, and not as long as a paragraph.
    private func couldBeHeading(_ words: Substring) -> Bool {
        !endsSentence(words) && words.utf8.count <= 600
    }

    private func endsSentence(_ words: Substring) -> Bool {
        words.trimmingEnd(" \"”»’)").last.map { ".;:,。；：，、؛،؟!?".contains($0) } ?? false
    }

    private mutating func beginsConclusions(_ line: Line) -> Bool {
        let folded = line.words.lowercased()
        guard !roots.isEmpty, !roots.contains(where: { $0.kind == .annex || $0.kind == .conclusions }),
            counts[.article] != nil || !hasArticles,
            vocabulary.conclusions.contains(where: { folded.hasPrefix($0) })
        else { return false }
        lists = []
        open = []
        let conclusions = ProvisionDraft(.conclusions)
        conclusions.append(line.words)
        roots.append(conclusions)
        return true
    }

    // MARK: Lists

    /// Adds a numbered paragraph or a point; `false` where its number has no place here.
    private mutating func item(_ mark: ListMark.Found, _ line: Line, at index: Int) -> Bool {
        let readings = mark.readings.count > 1 ? preferred(mark.readings, at: index) : mark.readings
        // The next of an open list, the innermost first.
        for level in lists.indices.reversed() {
            if let reading = readings.first(where: {
                $0.style == lists[level].style && ($0.style == .dash || $0.value == lists[level].last + 1)
            }) {
                add(reading, mark, at: level)
                return true
            }
        }
        // The first of a list within what is open.
        if let reading = readings.first(where: { $0.value == 1 || $0.style == .dash }),
            !lists.contains(where: { $0.style == reading.style })
        {
            start(reading, mark)
            return true
        }
        // A list that goes on with some left out, or begins again.
        for level in lists.indices.reversed() {
            guard let reading = readings.first(where: { $0.style == lists[level].style }) else { continue }
            let last = lists[level].last
            if reading.value > last, reading.value <= last + 20 {
                note(
                    TextNote(
                        .numberMissing, line: line.number, "\(mark.number) follows \(last) in a list: \(reading.value - last - 1) left out."
                    ))
            } else if reading.value == 1, last > 1 {
                note(TextNote(.numberOutOfOrder, line: line.number, "The numbers begin again with \(mark.number)."))
            } else {
                break
            }
            add(reading, mark, at: level)
            return true
        }
        if let reading = readings.first(where: { reading in
            (2...3).contains(reading.value) && !lists.contains { $0.style == reading.style }
        }) {
            note(TextNote(.numberMissing, line: line.number, "A list begins with \(mark.number)."))
            start(reading, mark)
            return true
        }
        note(
            TextNote(.numberOutOfOrder, line: line.number, "\(mark.number) does not follow what comes before it; it was read as words."))
        return false
    }

    /// `(i)` is the first of Roman numbers where `(ii)` comes next, and a letter after `(h)` else.
    private func preferred(_ readings: [ListMark], at index: Int) -> [ListMark] {
        let isFirstRoman = readings.contains { $0.isRoman && $0.value == 1 }
        guard isFirstRoman else { return readings }
        let next = lines[(index + 1)...].prefix(60).lazy.compactMap {
            ListMark.read($0.words[...])
        }
        .first { $0.readings.contains { $0.isRoman || $0.isLetter } }
        guard let next, next.readings.contains(where: { $0.isRoman && $0.value == 2 }) else {
            return readings
        }
        return readings.filter(\.isRoman)
    }

    private mutating func start(_ reading: ListMark, _ mark: ListMark.Found) {
        let owner = lists.last?.item ?? open.last
        let item = ProvisionDraft(
            kind(of: reading, in: owner), number: String(mark.number), value: reading.style == .dash ? nil : reading.value)
        takeBackClosings()
        if let owner { owner.append(item) } else { roots.append(item) }
        lists.append(OpenList(style: reading.style, last: reading.value, item: item, owner: owner))
        fill(item, with: mark.rest)
    }

    private mutating func add(_ reading: ListMark, _ mark: ListMark.Found, at level: Int) {
        lists.removeSubrange((level + 1)...)
        let item = ProvisionDraft(
            lists[level].item.kind, number: String(mark.number), value: reading.style == .dash ? nil : reading.value)
        takeBackClosings()
        if let owner = lists[level].owner { owner.append(item) } else { roots.append(item) }
        lists[level].last = reading.value
        lists[level].item = item
        fill(item, with: mark.rest)
    }

    /// Before anything is added: words that seemed to close a list that goes on belong to what came before them.
    private func takeBackClosings() {
        for draft in open + lists.map(\.item) { draft.takeBackClosing() }
    }

    /// Gives an item its words; `4. (a) ...` begins a list at once.
    private mutating func fill(_ item: ProvisionDraft, with rest: Substring) {
        guard !rest.isEmpty else { return }
        if let inner = ListMark.read(rest), lists.count < 4,
            let reading = inner.readings.first(where: { reading in
                reading.value == 1 && reading.style != .dash && reading.style != .decimalDash
                    && !lists.contains { $0.style == reading.style }
            }), !inner.rest.isEmpty
        {
            start(inner.readings.first { $0.isRoman && $0.value == 1 } ?? reading, inner)
        } else {
            item.content = [takeInside(rest)]
        }
    }

    /// Words up to where the next point of an open list begins within the line, as it does where a page was copied without its line
    /// ends: `(i) one; (ii) two`. The rest is kept for later.
    private mutating func takeInside(_ words: Substring) -> String {
        var place = words.startIndex
        while let sign = words[place...].firstIndex(where: { ";；؛".contains($0) }) {
            place = words.index(after: sign)
            var rest = words[place...].drop { $0 == " " }
            let link = rest.prefix { $0 != " " }
            if vocabulary.links.contains(link.lowercased()) {
                place = link.endIndex
                rest = words[place...].drop { $0 == " " }
            }
            guard let mark = ListMark.read(rest), !mark.rest.isEmpty,
                mark.readings.contains(where: { reading in
                    reading.style != .dash && lists.contains { $0.style == reading.style && $0.last + 1 == reading.value }
                })
            else { continue }
            inside = rest
            return String(words[..<place])
        }
        return String(words)
    }

    private func kind(of reading: ListMark, in owner: ProvisionDraft?) -> ProvisionKind {
        if reading.style == .dash { return .indent }
        let isParagraph = lists.isEmpty && vocabulary.paragraphStyles.contains(reading.style)
        return isParagraph && ProvisionKind.paragraph.mayStand(in: owner?.kind ?? .article) ? .paragraph : .point
    }

    // MARK: Words

    /// A line without a number: it goes on with what is open.
    private mutating func continueWith(_ line: Line) {
        guard let list = lists.last else {
            if let container = open.last {
                container.append(line.words)
            } else {
                let paragraph = ProvisionDraft(.paragraph)
                paragraph.content = [line.words]
                roots.append(paragraph)
            }
            return
        }
        let startsSmall = line.words.first.map { $0.isLowercase } ?? false
        if startsSmall, list.item.kind != .paragraph, let owner = list.owner {
            owner.append(line.words)
        } else {
            note(
                TextNote(
                    .unsure, line: line.number,
                    "This line has no number; it was read as part of \(list.item.number ?? "the point") before it."))
            takeBackClosings()
            list.item.append(line.words)
        }
    }

    /// Notes what looks like an article's heading within a line: texts read from pictures have it there.
    private mutating func lookInside(_ line: Line) {
        guard vocabulary.runsOn, language.primary != "zh" else { return }
        let next = counts[.article, default: 0] + 1
        let words = line.words.split(separator: " ")
        for (place, word) in words.enumerated().dropFirst() where place + 1 < words.count {
            guard vocabulary.divisions.contains(where: { $0.kind == .article && $0.word == word }),
                Numeral.decimal(words[place + 1]) == next
            else {
                continue
            }
            note(TextNote(.headingInside, line: line.number, "'\(word) \(next)' stands within the line: it may begin an article."))
            return
        }
    }
}

extension ProvisionDraft {
    /// A recital that is all words, though it looks like a number.
    fileprivate static func unnumbered(_ words: String) -> ProvisionDraft {
        let recital = ProvisionDraft(.recital)
        recital.content = [words]
        return recital
    }
}
