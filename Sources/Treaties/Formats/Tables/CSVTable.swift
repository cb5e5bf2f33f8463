public import Acts

/// A table as RFC 4180 has it, read from bytes: a header line and rows under it.
///
/// Taken beyond the letter of the RFC, because spreadsheets write so: a byte order mark, line feeds alone, and semicolons or tabs
/// between fields. Everything else is refused with its line. Nothing is trimmed and nothing guessed but the separator, which is
/// whichever of the three stands most often in the header.
public struct CSVTable: Hashable, Sendable {
    /// What is read at the most.
    public struct Limits: Sendable {
        public var bytes: Int
        public var rows: Int
        public var columns: Int
        /// Bytes of one field.
        public var field: Int

        public init(bytes: Int = 4 << 20, rows: Int = 20_000, columns: Int = 60, field: Int = 8_192) {
            self.bytes = bytes
            self.rows = rows
            self.columns = columns
            self.field = field
        }
    }

    public struct Row: Hashable, Sendable {
        /// The line of the file it begins in, from 1.
        public let line: Int
        /// As many as the line has, which may differ from the header's.
        public let cells: [String]

        public init(line: Int, cells: [String]) {
            self.line = line
            self.cells = cells
        }
    }

    public enum Separator: String, Hashable, Sendable, CaseIterable {
        case comma = ","
        case semicolon = ";"
        case tab = "\t"

        var byte: UInt8 {
            switch self {
            case .comma: 0x2C
            case .semicolon: 0x3B
            case .tab: 0x09
            }
        }
    }

    public let header: [String]
    public let rows: [Row]
    public let separator: Separator

    /// - Throws: a refusal that names the line, with the code `treaty.import.csv`.
    public init(_ bytes: [UInt8], limits: Limits = Limits()) throws(Refusal) {
        guard bytes.count <= limits.bytes else {
            throw Refusal(
                .tooLarge, code: "treaty.import.too-large", "The table has \(bytes.count) bytes; at most \(limits.bytes) are read.",
                mend: "Split it into several tables.", arguments: ["bytes": String(bytes.count), "limit": String(limits.bytes)])
        }
        guard String(validating: bytes, as: UTF8.self) != nil else {
            throw CSVTable.encodingFault(in: bytes)
        }
        let start = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
        separator = CSVTable.separator(of: bytes[start...])
        var reader = CSVReader(bytes: bytes, position: start, separator: separator.byte, limits: limits)
        var header: [String]?
        var rows: [Row] = []
        while let row = try reader.next() {
            // A line without anything on it separates, and says nothing.
            if row.cells.allSatisfy(\.isEmpty) { continue }
            guard header != nil else {
                header = row.cells
                continue
            }
            guard rows.count < limits.rows else { throw CSVTable.refusal(line: row.line, "rows", "has more than \(limits.rows) rows") }
            rows.append(row)
        }
        guard let header else { throw CSVTable.refusal(line: 1, "empty", "has no header line") }
        self.header = header
        self.rows = rows
    }

    static func refusal(line: Int, _ fault: String, _ explanation: String) -> Refusal {
        Refusal(
            .malformed, code: "treaty.import.csv.\(fault)", "Line \(line) of the table \(explanation).",
            mend: "Mend the line, or save the table anew as CSV in UTF-8.", citation: "RFC 4180, 2", arguments: ["line": String(line)])
    }

    /// Names what the bytes are taken for, or the first line that is not text.
    private static func encodingFault(in bytes: [UInt8]) -> Refusal {
        if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) {
            return Refusal(
                .malformed, code: "treaty.import.csv.utf-16", "The table is text in UTF-16.", mend: "Save the table anew as CSV in UTF-8.",
                citation: "RFC 4180, 2; RFC 2781, 3.3")
        }
        for (index, line) in bytes.split(separator: 0x0A, omittingEmptySubsequences: false).enumerated()
        where String(validating: line, as: UTF8.self) == nil {
            return refusal(line: index + 1, "encoding", "is not text in UTF-8")
        }
        return refusal(line: 1, "encoding", "is not text in UTF-8")
    }

    /// Whichever separator stands most often in the first line outside quotes; the comma where none does.
    private static func separator(of bytes: ArraySlice<UInt8>) -> Separator {
        var counts: [UInt8: Int] = [:]
        var isQuoted = false
        for byte in bytes {
            if byte == 0x22 { isQuoted.toggle() }
            if !isQuoted, byte == 0x0A || byte == 0x0D { break }
            if !isQuoted { counts[byte, default: 0] += 1 }
        }
        return Separator.allCases.max { (counts[$0.byte] ?? 0) < (counts[$1.byte] ?? 0) }
            .flatMap { (counts[$0.byte] ?? 0) > (counts[Separator.comma.byte] ?? 0) ? $0 : nil } ?? .comma
    }
}

/// Reads one record of a table after another.
private struct CSVReader {
    let bytes: [UInt8]
    var position: Int
    let separator: UInt8
    let limits: CSVTable.Limits
    /// The line that `position` stands in.
    var line = 1

    init(bytes: [UInt8], position: Int, separator: UInt8, limits: CSVTable.Limits) {
        self.bytes = bytes
        self.position = position
        self.separator = separator
        self.limits = limits
    }

    /// The next record, or `nil` at the end.
    mutating func next() throws(Refusal) -> CSVTable.Row? {
        guard position < bytes.count else { return nil }
        let first = line
        var cells: [String] = []
        while true {
            guard cells.count < limits.columns else {
                throw CSVTable.refusal(line: line, "columns", "has more than \(limits.columns) columns")
            }
            cells.append(try field())
            guard position < bytes.count, bytes[position] == separator else { break }
            position += 1
        }
        endLine()
        return CSVTable.Row(line: first, cells: cells)
    }

    /// Stands behind the end of the line it is at: CR LF, LF or CR.
    private mutating func endLine() {
        guard position < bytes.count else { return }
        if bytes[position] == 0x0D {
            position += 1
            if position < bytes.count, bytes[position] == 0x0A { position += 1 }
        } else {
            position += 1
        }
        line += 1
    }

    private mutating func field() throws(Refusal) -> String {
        position < bytes.count && bytes[position] == 0x22 ? try quoted() : try plain()
    }

    private mutating func plain() throws(Refusal) -> String {
        let start = position
        while position < bytes.count, bytes[position] != separator, bytes[position] != 0x0A, bytes[position] != 0x0D {
            guard bytes[position] != 0x22 else {
                throw CSVTable.refusal(line: line, "quote", "has a quotation mark within a field that does not begin with one")
            }
            position += 1
        }
        return try text(Array(bytes[start..<position]))
    }

    private mutating func quoted() throws(Refusal) -> String {
        let opening = line
        position += 1
        var content: [UInt8] = []
        while position < bytes.count {
            let byte = bytes[position]
            if byte == 0x22 {
                position += 1
                guard position < bytes.count, bytes[position] == 0x22 else {
                    guard position == bytes.count || bytes[position] == separator || bytes[position] == 0x0A || bytes[position] == 0x0D
                    else {
                        throw CSVTable.refusal(line: line, "quote", "goes on after the closing quotation mark of a field")
                    }
                    return try text(content)
                }
            } else if byte == 0x0A || (byte == 0x0D && !(position + 1 < bytes.count && bytes[position + 1] == 0x0A)) {
                line += 1
            }
            content.append(byte)
            position += 1
            guard content.count <= limits.field else { throw tooLong }
        }
        throw CSVTable.refusal(line: opening, "unclosed", "opens a quotation mark that is never closed")
    }

    private func text(_ content: [UInt8]) throws(Refusal) -> String {
        guard content.count <= limits.field else { throw tooLong }
        guard !content.contains(0), let text = String(validating: content, as: UTF8.self) else {
            throw CSVTable.refusal(line: line, "encoding", "is not text in UTF-8")
        }
        return text
    }

    private var tooLong: Refusal {
        CSVTable.refusal(line: line, "field", "has a field of more than \(limits.field) bytes")
    }
}
