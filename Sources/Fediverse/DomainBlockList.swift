import Acts

/// A list of servers that are not heard, as Mastodon exports and imports it: CSV with the columns
/// `#domain,#severity,#reject_media,#reject_reports,#public_comment,#obfuscate` (Mastodon, `app/controllers/admin/export_domain_blocks_controller.rb`).
public struct DomainBlockList: Hashable, Sendable {
    public enum Severity: String, Hashable, Sendable, CaseIterable {
        /// Only its media are refused, say, which this node never fetches.
        case noop
        case silence
        case suspend
    }

    public struct Row: Hashable, Sendable {
        /// A host, in small letters, with a port where one is written.
        public var domain: String
        public var severity: Severity
        public var comment: String

        public init(domain: String, severity: Severity, comment: String) {
            self.domain = domain
            self.severity = severity
            self.comment = comment
        }
    }

    /// A row that says nothing that can be done.
    public struct BadRow: Hashable, Sendable {
        public enum Fault: String, Hashable, Sendable, CaseIterable {
            /// It names no host.
            case domain
            /// The host's name is masked with asterisks.
            case masked
            case severity
            /// The host stands in an earlier row.
            case twice
        }

        /// The line it begins in, from one on.
        public var line: Int
        public var fault: Fault
        /// What stands there, cut to 80 characters.
        public var text: String
    }

    /// Why a text is no such list.
    public enum Problem: Error, Hashable, Sendable {
        case tooLong
        case tooManyRows
        case notText
        /// A quoted field does not end.
        case openQuote(line: Int)
        /// The first line names no column `#domain`.
        case noHeader
    }

    /// Most bytes and rows of a list.
    public static let longest = 1 << 20
    public static let mostRows = 5_000
    public static let longestComment = 500

    public var rows: [Row]
    public var badRows: [BadRow]

    public init(rows: [Row]) {
        self.rows = rows
        badRows = []
    }

    // MARK: Reading

    /// - Parameter bytes: UTF-8, with or without a byte order mark.
    public init(_ bytes: [UInt8]) throws(Problem) {
        guard bytes.count <= Self.longest else { throw .tooLong }
        let start = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
        guard let text = String(validating: bytes[start...], as: UTF8.self), !text.utf8.contains(0) else { throw .notText }
        let records = try Self.records(Array(text.utf8))
        guard let header = records.first?.fields.map(Self.column), let domain = header.firstIndex(of: "domain") else { throw .noHeader }
        guard records.count - 1 <= Self.mostRows else { throw .tooManyRows }
        (rows, badRows) = ([], [])
        var seen: Set<String> = []
        for record in records.dropFirst() {
            func field(_ name: String) -> String {
                header.firstIndex(of: name).flatMap { record.fields.indices.contains($0) ? record.fields[$0] : nil } ?? ""
            }
            func bad(_ fault: BadRow.Fault) {
                let text = record.fields.indices.contains(domain) ? record.fields[domain] : ""
                badRows.append(BadRow(line: record.line, fault: fault, text: String(text.prefix(80))))
            }
            let host = Self.trimmed(field("domain")).lowercased()
            if host.contains("*") {
                bad(.masked)
                continue
            }
            guard Self.isHost(host) else {
                bad(.domain)
                continue
            }
            // A list without the column suspends, as Mastodon reads it.
            let written = Self.trimmed(field("severity")).lowercased()
            guard let severity = written.isEmpty ? .suspend : Severity(rawValue: written) else {
                bad(.severity)
                continue
            }
            guard seen.insert(host).inserted else {
                bad(.twice)
                continue
            }
            rows.append(
                Row(domain: host, severity: severity, comment: String(Self.trimmed(field("public_comment")).prefix(Self.longestComment))))
        }
    }

    private static func column(_ name: String) -> String {
        let name = trimmed(name).lowercased()
        return name.hasPrefix("#") ? String(name.dropFirst()) : name
    }

    private static func trimmed(_ text: String) -> String {
        var text = text[...]
        while text.first?.isWhitespace == true { text.removeFirst() }
        while text.last?.isWhitespace == true { text.removeLast() }
        return String(text)
    }

    /// A name of the web's hosts, in ASCII, with at least one dot or a port.
    public static func isHost(_ text: String) -> Bool {
        guard text.utf8.count <= 253, text.contains(".") || text.contains(":"), !text.contains("/"), !text.contains("?"),
            !text.contains("#"),
            text.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F })
        else { return false }
        return Origin("https://\(text)")?.authority == text
    }

    private struct Record {
        var line: Int
        var fields: [String]
    }

    /// Records and fields (RFC 4180); empty lines are passed over.
    private static func records(_ bytes: [UInt8]) throws(Problem) -> [Record] {
        var records: [Record] = []
        var (fields, field): ([String], [UInt8]) = ([], [])
        var (line, begun) = (1, 1)
        var isQuoted = false
        var at = 0
        func end() {
            fields.append(String(decoding: field, as: UTF8.self))
            field = []
        }
        func endRecord() {
            end()
            if fields != [""] { records.append(Record(line: begun, fields: fields)) }
            fields = []
        }
        while at < bytes.count {
            let byte = bytes[at]
            at += 1
            if byte == 0x0A { line += 1 }
            if isQuoted {
                if byte != 0x22 {
                    field.append(byte)
                } else if at < bytes.count, bytes[at] == 0x22 {
                    field.append(0x22)
                    at += 1
                } else {
                    isQuoted = false
                }
                continue
            }
            switch byte {
            case 0x22 where field.isEmpty: isQuoted = true
            case 0x2C: end()
            case 0x0A, 0x0D:
                if byte == 0x0D, at < bytes.count, bytes[at] == 0x0A {
                    at += 1
                    line += 1
                }
                endRecord()
                begun = line
            default: field.append(byte)
            }
            // The header is one more.
            guard records.count <= mostRows + 1, fields.count <= 64 else { throw .tooManyRows }
        }
        guard !isQuoted else { throw .openQuote(line: begun) }
        if !field.isEmpty || !fields.isEmpty { endRecord() }
        return records
    }

    // MARK: Writing

    public var csv: [UInt8] {
        var text = "#domain,#severity,#reject_media,#reject_reports,#public_comment,#obfuscate\r\n"
        for row in rows { text += "\(row.domain),\(row.severity.rawValue),false,false,\(Self.field(row.comment)),false\r\n" }
        return Array(text.utf8)
    }

    /// A field as CSV has it. What a program for tables would take for a formula begins with an apostrophe, as in all tables of this node.
    private static func field(_ text: String) -> String {
        var bytes = Array(text.utf8)
        if let first = bytes.first, Array("=+-@\t".utf8).contains(first) { bytes.insert(0x27, at: 0) }
        guard bytes.contains(where: { [0x22, 0x2C, 0x0A, 0x0D].contains($0) }) else { return String(decoding: bytes, as: UTF8.self) }
        return "\"" + String(decoding: bytes.flatMap { $0 == 0x22 ? [0x22, 0x22] : [$0] }, as: UTF8.self) + "\""
    }
}
