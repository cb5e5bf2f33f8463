/// What is wrong with a table of votes, and on which line of it.
public struct VoteTableError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The line of the file, from 1.
    public let line: Int
    /// What is wrong, in English.
    public let reason: String
    /// What mends it, in English.
    public let mend: String

    public init(line: Int, reason: String, mend: String = "Mend the line, or save the table anew as CSV in UTF-8 (RFC 4180).") {
        self.line = line
        self.reason = reason
        self.mend = mend
    }

    public var description: String { "line \(line): \(reason). \(mend)" }
}

/// A table of votes as RFC 4180 has it: a header line and rows under it, each with as many fields as the header.
///
/// Taken beyond the letter of the RFC: a byte order mark, line feeds alone, and semicolons or tabs between fields, whichever stands most
/// often in the header. Lines without anything on them are passed over.
struct VoteTable: Sendable {
    struct Limits: Sendable {
        var bytes = 256 << 20
        var rows = 2_000_000
        var columns = 2_000
    }

    struct Row: Sendable {
        /// The line of the file it begins on, from 1.
        let line: Int
        let cells: [String]
    }

    /// Names of the columns, lowercase, without spaces around them.
    let header: [String]
    /// Names of the columns as they stand.
    let names: [String]
    let headerLine: Int
    let rows: [Row]

    /// - Throws: ``VoteTableError`` with the line that cannot be read.
    init(_ bytes: [UInt8], limits: Limits = Limits()) throws(VoteTableError) {
        guard bytes.count <= limits.bytes else {
            throw VoteTableError(line: 1, reason: "the table has more than \(limits.bytes) bytes", mend: "Split it.")
        }
        let start = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
        var reader = VoteTableReader(bytes: bytes, position: start, separator: VoteTable.separator(of: bytes[start...]), limits: limits)
        var header: Row?
        var rows: [Row] = []
        while let row = try reader.next() {
            if row.cells.allSatisfy(\.isEmpty), row.cells.count <= 1 { continue }
            guard let header else {
                header = row
                continue
            }
            guard row.cells.count == header.cells.count else {
                throw VoteTableError(
                    line: row.line, reason: "there are \(row.cells.count) fields, and the header has \(header.cells.count)")
            }
            guard rows.count < limits.rows else { throw VoteTableError(line: row.line, reason: "there are more than \(limits.rows) rows") }
            rows.append(row)
        }
        guard let header else { throw VoteTableError(line: 1, reason: "the table is empty", mend: "It needs a header line and rows.") }
        self.rows = rows
        headerLine = header.line
        names = header.cells
        self.header = header.cells.map { VoteTable.folded($0) }
        var seen: Set<String> = []
        for name in names where !name.isEmpty {
            guard seen.insert(name).inserted else {
                throw VoteTableError(line: header.line, reason: "the column '\(name)' is there twice", mend: "Name each column once.")
            }
        }
    }

    /// The place of the column that has one of these names.
    func column(_ names: String...) -> Int? { header.firstIndex { names.contains($0) } }

    /// Without spaces around it, lowercase, and with one sign between words: `Two thirds` is `two-thirds`.
    static func folded(_ text: String) -> String {
        var result = ""
        for character in text.lowercased() {
            if character.isWhitespace || character == "_" || character == "-" || character == "–" {
                if !result.isEmpty, result.last != "-" { result.append("-") }
            } else {
                result.append(character)
            }
        }
        while result.last == "-", result.count > 1 { result.removeLast() }
        return result
    }

    private static func separator(of bytes: ArraySlice<UInt8>) -> UInt8 {
        var counts: [UInt8: Int] = [:]
        var isQuoted = false
        for byte in bytes {
            if byte == 0x22 { isQuoted.toggle() }
            if !isQuoted, byte == 0x0A || byte == 0x0D { break }
            if !isQuoted { counts[byte, default: 0] += 1 }
        }
        let comma = counts[0x2C] ?? 0
        return [0x3B, 0x09].first { (counts[$0] ?? 0) > comma } ?? 0x2C
    }
}

/// Reads one row after another.
private struct VoteTableReader {
    let bytes: [UInt8]
    var position: Int
    let separator: UInt8
    let limits: VoteTable.Limits
    var line = 1

    init(bytes: [UInt8], position: Int, separator: UInt8, limits: VoteTable.Limits) {
        self.bytes = bytes
        self.position = position
        self.separator = separator
        self.limits = limits
    }

    mutating func next() throws(VoteTableError) -> VoteTable.Row? {
        guard position < bytes.count else { return nil }
        let first = line
        var cells: [String] = []
        while true {
            guard cells.count < limits.columns else {
                throw VoteTableError(line: line, reason: "there are more than \(limits.columns) fields")
            }
            cells.append(try field())
            guard position < bytes.count, bytes[position] == separator else { break }
            position += 1
        }
        if position < bytes.count {
            let isPair = bytes[position] == 0x0D && position + 1 < bytes.count && bytes[position + 1] == 0x0A
            position += isPair ? 2 : 1
            line += 1
        }
        return VoteTable.Row(line: first, cells: cells)
    }

    private mutating func field() throws(VoteTableError) -> String {
        if position < bytes.count, bytes[position] == 0x22 { return try quoted() }
        let start = position
        while position < bytes.count, bytes[position] != separator, bytes[position] != 0x0A, bytes[position] != 0x0D {
            guard bytes[position] != 0x22 else {
                throw VoteTableError(line: line, reason: "a quotation mark stands within a field that does not begin with one")
            }
            position += 1
        }
        return try text(bytes[start..<position])
    }

    private mutating func quoted() throws(VoteTableError) -> String {
        let opening = line
        position += 1
        var content: [UInt8] = []
        while position < bytes.count {
            let byte = bytes[position]
            position += 1
            if byte == 0x22 {
                guard position < bytes.count, bytes[position] == 0x22 else {
                    guard position == bytes.count || [separator, 0x0A, 0x0D].contains(bytes[position]) else {
                        throw VoteTableError(line: line, reason: "a field goes on after its closing quotation mark")
                    }
                    return try text(content[...])
                }
                position += 1
            } else if byte == 0x0A || (byte == 0x0D && !(position < bytes.count && bytes[position] == 0x0A)) {
                line += 1
            }
            content.append(byte)
        }
        throw VoteTableError(line: opening, reason: "a quotation mark is opened that is never closed")
    }

    private func text(_ content: ArraySlice<UInt8>) throws(VoteTableError) -> String {
        guard !content.contains(0), let text = String(validating: content, as: UTF8.self) else {
            throw VoteTableError(line: line, reason: "it is not text in UTF-8")
        }
        return text.trimmed
    }
}

extension String {
    /// Without white space at both ends.
    var trimmed: String {
        guard let first = firstIndex(where: { !$0.isWhitespace }), let last = lastIndex(where: { !$0.isWhitespace }) else { return "" }
        return String(self[first...last])
    }
}
