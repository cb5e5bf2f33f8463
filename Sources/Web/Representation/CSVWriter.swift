/// Writes a table as RFC 4180 has it: CRLF between lines, quotes where they are needed, UTF-8.
///
/// A text that a spreadsheet would take for a formula gets an apostrophe before it, so that data from outside cannot run there
/// (OWASP, CSV Injection).
public struct CSVWriter: Sendable {
    public private(set) var bytes: [UInt8] = []

    public init(header: [String]) {
        write(header)
    }

    public mutating func write(_ fields: [String]) {
        var first = true
        for field in fields {
            if !first { bytes.append(0x2C) }
            first = false
            write(field: field)
        }
        bytes.append(0x0D)
        bytes.append(0x0A)
    }

    private mutating func write(field: String) {
        var field = field
        if let lead = field.utf8.first, [0x3D, 0x2B, 0x2D, 0x40, 0x09, 0x0D].contains(lead), Double(field) == nil {
            field = "'" + field
        }
        guard field.utf8.contains(where: { $0 == 0x22 || $0 == 0x2C || $0 == 0x0D || $0 == 0x0A }) else {
            bytes.append(contentsOf: field.utf8)
            return
        }
        bytes.append(0x22)
        for byte in field.utf8 {
            if byte == 0x22 { bytes.append(0x22) }
            bytes.append(byte)
        }
        bytes.append(0x22)
    }
}
