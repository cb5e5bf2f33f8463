import Acts

/// Reads a row of an imported table into the acts it speaks of, or says what about it cannot be read.
struct ImportRowReader: Sendable {
    let actors: ActorTable
    let layout: ImportLayout
    let treaty: String
    /// What holds for rows that do not say otherwise.
    let source: String?
    let confidence: String?

    /// What a row says.
    struct Reading {
        var actor: ActorCode
        var acts: [TreatyParticipation]
        /// What the table says of the day the treaty took effect for the actor.
        var statedEffect: CalendarDate?
    }

    /// Why a row cannot be read, and whom its name may have meant.
    struct Unreadable: Error {
        var refusal: Refusal
        var suggestions: [ActorCode] = []
    }

    func read(_ row: CSVTable.Row) throws(Unreadable) -> Reading {
        guard row.cells.count == layout.columns.count else {
            throw unreadable(
                "width", "The row has \(row.cells.count) fields, and the header has \(layout.columns.count).",
                "Quote fields that hold the separator.", ["fields": String(row.cells.count), "columns": String(layout.columns.count)])
        }
        let days = try days(of: row)
        let actor = try actor(of: row, on: days.first?.date)
        let note = try cell(.note, of: row, longest: 2_000)
        let source = try cell(.source, of: row, longest: 500) ?? source
        guard let source else {
            throw unreadable(
                "no-source", "The row does not say where it comes from.", "Fill in the source, in the row or for the whole table.", [:])
        }
        let confidence = try cell(.confidence, of: row, longest: 200) ?? confidence
        let effect = try effect(of: row)
        var reading = Reading(actor: actor, acts: [], statedEffect: nil)
        for day in days {
            let carriesEffect =
                day.kind.isWithdrawal || day.kind == .succession || day.kind == .successionToSignature
                || day.kind == .provisionalApplication
            if day.kind.isConsent, !carriesEffect { reading.statedEffect = effect }
            reading.acts.append(
                TreatyParticipation(
                    treaty: treaty, actor: actor, action: day.kind, date: day.date, takesEffect: carriesEffect ? effect : nil,
                    source: source, confidence: confidence, note: note))
        }
        return reading
    }

    // MARK: Acts and days

    private struct Done {
        var kind: ParticipationKind
        var date: CalendarDate
    }

    /// The acts of the row, by day; a signature before a consent of the same day.
    private func days(of row: CSVTable.Row) throws(Unreadable) -> [Done] {
        var days: [Done] = []
        if let column = layout.index(of: .act), let dateColumn = layout.index(of: .date) {
            let text = trimmed(row.cells[column])
            let dateText = trimmed(row.cells[dateColumn])
            guard !text.isEmpty || !dateText.isEmpty else { return [] }
            guard !text.isEmpty, let kind = ImportWords.action(text) ?? ImportWords.kind(ofLetter: text, isSignature: false) else {
                throw unreadable(
                    "unknown-act", "'\(text)' is not an act of participation.", "Name it as docs/import.md does.", ["act": text])
            }
            guard ImportColumn.kinds.contains(kind) else {
                throw unreadable(
                    "act-elsewhere", "'\(text)' has a text of its own and cannot be imported as a date.",
                    "Enter it as a statement.", ["act": text])
            }
            guard !dateText.isEmpty else {
                throw unreadable("no-day", "The row names an act and no day.", "Fill in its day.", ["act": text])
            }
            let day = try day(dateText)
            if let letter = day.letter { throw strange(letter, dateText) }
            return [Done(kind: kind, date: day.date)]
        }
        for (index, column) in layout.columns.enumerated() {
            let text = trimmed(row.cells[index])
            guard !text.isEmpty else { continue }
            switch column {
            case .day(let kind):
                let day = try day(text)
                days.append(Done(kind: try self.kind(kind, letter: day.letter, in: text), date: day.date))
            case .consent:
                let day = try day(text)
                days.append(Done(kind: try consentKind(of: row, letter: day.letter, in: text), date: day.date))
            default:
                continue
            }
        }
        return days.enumerated().sorted { left, right in
            (left.element.date, left.element.kind.isSignature ? 0 : 1, left.offset)
                < (right.element.date, right.element.kind.isSignature ? 0 : 1, right.offset)
        }.map(\.element)
    }

    private func day(_ text: String) throws(Unreadable) -> ImportWords.Day {
        guard let day = ImportWords.day(text) else {
            throw unreadable(
                "date", "'\(text)' is not a day of the calendar.", "Write it as 2016-04-22 or 22 Apr 2016.", ["value": text])
        }
        return day
    }

    /// A letter may say more than its column, never something else.
    private func kind(_ column: ParticipationKind, letter: String?, in text: String) throws(Unreadable) -> ParticipationKind {
        guard let letter else { return column }
        guard let kind = ImportWords.kind(ofLetter: letter, isSignature: column.isSignature) else { throw strange(letter, text) }
        guard kind == column || (column == .signature && (kind == .definitiveSignature || kind == .successionToSignature)) else {
            throw strange(letter, text)
        }
        return kind
    }

    private func consentKind(of row: CSVTable.Row, letter: String?, in text: String) throws(Unreadable) -> ParticipationKind {
        var named: ParticipationKind?
        if let column = layout.index(of: .consentKind) {
            let word = trimmed(row.cells[column])
            if !word.isEmpty {
                guard let kind = ImportWords.action(word) ?? ImportWords.kind(ofLetter: word, isSignature: false), kind.isConsent else {
                    throw unreadable(
                        "unknown-act", "'\(word)' is not an act of participation.", "Name it as docs/import.md does.", ["act": word])
                }
                named = kind
            }
        }
        guard let letter else { return named ?? .ratification }
        guard let kind = ImportWords.kind(ofLetter: letter, isSignature: false), named == nil || named == kind else {
            throw strange(letter, text)
        }
        return kind
    }

    private func strange(_ letter: String, _ text: String) -> Unreadable {
        unreadable(
            "letter", "In '\(text)', '\(letter)' is not the letter of an act that can stand there.",
            "Use the depositary's letters as docs/import.md has them, or another column.", ["letter": letter, "value": text])
    }

    private func effect(of row: CSVTable.Row) throws(Unreadable) -> CalendarDate? {
        guard let column = layout.index(of: .effect) else { return nil }
        let text = trimmed(row.cells[column])
        guard !text.isEmpty else { return nil }
        let day = try day(text)
        if let letter = day.letter { throw strange(letter, text) }
        return day.date
    }

    // MARK: Who

    private func actor(of row: CSVTable.Row, on date: CalendarDate?) throws(Unreadable) -> ActorCode {
        let codeText = layout.index(of: .code).map { trimmed(row.cells[$0]) } ?? ""
        let name = layout.index(of: .actor).map { trimmed(row.cells[$0]) } ?? ""
        func find(_ name: String) -> Actor? {
            // A code in the column of names is taken as one in capitals only, as everywhere in the register.
            date.map { actors.find(name: name, at: $0) } ?? actors.find(name: name)
        }
        if !codeText.isEmpty {
            guard let code = ActorCode(rawValue: codeText), let coded = actors[code] else { throw unknown(codeText, hint: name) }
            // A name that means somebody else makes the row two-faced; which of the two is right is not for a program to say.
            if !name.isEmpty, let named = find(name), named.code != coded.code, actors.find(name: name)?.code != coded.code {
                throw unreadable(
                    "code-and-name", "The code \(codeText) is \(coded.name(in: "en"))'s, and the name '\(name)' another's.",
                    "Mend one of the two.", ["code": codeText, "name": name, "actor": coded.name(in: "en")])
            }
            return coded.code
        }
        guard !name.isEmpty else {
            throw unreadable("no-actor", "The row names no State or organization.", "Fill it in.", [:])
        }
        guard let actor = find(name) else { throw unknown(name, hint: name) }
        return actor.code
    }

    private func unknown(_ text: String, hint: String) -> Unreadable {
        let like = actors.search(hint.isEmpty ? text : hint, limit: 3).map(\.actor)
        let names = like.map { "\($0.name(in: "en")) (\($0.code))" }.joined(separator: ", ")
        var unreadable = unreadable(
            "unknown-actor", "No State or organization has the name or code '\(text)'.",
            like.isEmpty ? "Look it up in the list of actors." : "Is it one of these? \(names)", ["name": text])
        unreadable.suggestions = like.map(\.code)
        return unreadable
    }

    // MARK: Cells

    private func trimmed(_ text: String) -> String {
        var text = Substring(text)
        while let first = text.first, first.isWhitespace { text.removeFirst() }
        while let last = text.last, last.isWhitespace { text.removeLast() }
        return String(text)
    }

    private func cell(_ column: ImportColumn, of row: CSVTable.Row, longest: Int) throws(Unreadable) -> String? {
        guard let index = layout.index(of: column) else { return nil }
        let text = trimmed(row.cells[index])
        guard text.unicodeScalars.count <= longest else {
            throw unreadable(
                "too-long", "The column '\(column.name)' holds more than \(longest) characters.", "Shorten it.",
                ["column": column.name, "limit": String(longest)])
        }
        return text.isEmpty ? nil : text
    }

    private func unreadable(_ code: String, _ explanation: String, _ mend: String, _ arguments: [String: String]) -> Unreadable {
        Unreadable(
            refusal: Refusal(
                .malformed, code: "treaty.import.row.\(code)", explanation, mend: mend, citation: "docs/import.md", arguments: arguments))
    }
}
