import Acts

/// Another depositary's list as a file: CSV with a heading `actor,action,date`, or JSON, an array of objects with these members.
///
/// Actors by code or by name in any language, actions by the register's words (`accession`), dates as `YYYY-MM-DD`. Nothing is guessed: a row
/// that cannot be read is named, and none is taken.
struct LedgerTable: Sendable {
    /// A file may be at most this long.
    static let longest = 1 << 20
    static let mostLines = 2000

    struct Problem: Error, Hashable, CustomStringConvertible {
        /// The row, from 1; the heading of a CSV file is row 1.
        let row: Int
        let reason: String

        var description: String { "row \(row): \(reason)" }
    }

    let lines: [TreatyLedgerImported.Line]

    init(_ bytes: [UInt8], actors: ActorTable) throws(Problem) {
        guard bytes.count <= Self.longest else { throw Problem(row: 0, reason: "the file is longer than \(Self.longest) bytes") }
        guard let text = String(validating: bytes, as: UTF8.self) else { throw Problem(row: 0, reason: "the file is not UTF-8") }
        let first = text.unicodeScalars.first { !$0.properties.isWhitespace && $0 != "\u{FEFF}" }
        let rows = first == "[" ? try Self.json(bytes) : try Self.csv(text)
        var lines: [TreatyLedgerImported.Line] = []
        for (number, fields) in rows {
            guard lines.count < Self.mostLines else { throw Problem(row: number, reason: "there are more than \(Self.mostLines) rows") }
            lines.append(try Self.line(fields, row: number, actors))
        }
        guard !lines.isEmpty else { throw Problem(row: 1, reason: "the file has no rows") }
        self.lines = lines
    }

    private static func line(
        _ fields: [String: String], row: Int, _ actors: ActorTable
    ) throws(Problem) -> TreatyLedgerImported.Line {
        let dateText = fields["date"] ?? ""
        guard let date = CalendarDate(dateText) else {
            throw Problem(row: row, reason: "'\(dateText.prefix(40))' is not a day; write YYYY-MM-DD")
        }
        let actionText = fields["action"] ?? ""
        guard let action = ParticipationKind(rawValue: actionText) else {
            throw Problem(row: row, reason: "'\(actionText.prefix(40))' is not a known action towards a treaty")
        }
        let name = fields["actor"] ?? ""
        guard let actor = actors.find(name: name, at: date) else {
            throw Problem(row: row, reason: "'\(name.prefix(80))' is not a State or organization of the actor table")
        }
        return TreatyLedgerImported.Line(actor.code, action, on: date)
    }

    private static func json(_ bytes: [UInt8]) throws(Problem) -> [(Int, [String: String])] {
        let json: JSON
        do { json = try JSONParser.parse(bytes, limits: .init(bytes: longest, depth: 4)) } catch {
            throw Problem(row: 0, reason: error.description)
        }
        var rows: [(Int, [String: String])] = []
        for (index, value) in (json.array ?? []).enumerated() {
            var fields: [String: String] = [:]
            for member in value.object?.members ?? [] { fields[member.name] = member.value.string }
            rows.append((index + 1, fields))
        }
        return rows
    }

    /// RFC 4180, with LF or CRLF between lines.
    private static func csv(_ text: String) throws(Problem) -> [(Int, [String: String])] {
        var records: [[String]] = [[]]
        var field: [Unicode.Scalar] = []
        var isQuoted = false
        var scalars = text.unicodeScalars.makeIterator()
        var waiting = scalars.next()
        func end() {
            var text = String.UnicodeScalarView()
            text.append(contentsOf: field)
            records[records.count - 1].append(String(text).trimmedOfSpace)
            field = []
        }
        while let scalar = waiting {
            waiting = scalars.next()
            switch scalar {
            case "\"" where isQuoted && waiting == "\"":
                field.append(scalar)
                waiting = scalars.next()
            case "\"": isQuoted.toggle()
            case "," where !isQuoted: end()
            case "\n" where !isQuoted:
                end()
                records.append([])
            case "\r" where !isQuoted, "\u{FEFF}": continue
            default: field.append(scalar)
            }
        }
        guard !isQuoted else { throw Problem(row: records.count, reason: "a quotation mark is not closed") }
        end()
        let heading = records.removeFirst().map { $0.lowercased() }
        for name in ["actor", "action", "date"] where !heading.contains(name) {
            throw Problem(row: 1, reason: "the heading has no '\(name)'")
        }
        var rows: [(Int, [String: String])] = []
        for (index, record) in records.enumerated() where record != [""] && !record.isEmpty {
            guard record.count == heading.count else {
                throw Problem(row: index + 2, reason: "there are \(record.count) fields, the heading has \(heading.count)")
            }
            rows.append((index + 2, Dictionary(zip(heading, record)) { first, _ in first }))
        }
        return rows
    }
}

extension String {
    /// Without white space at either end.
    var trimmedOfSpace: String {
        var text = Substring(self)
        while let first = text.first, first.isWhitespace { text.removeFirst() }
        while let last = text.last, last.isWhitespace { text.removeLast() }
        return String(text)
    }
}
