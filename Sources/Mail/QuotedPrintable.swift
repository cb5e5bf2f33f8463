/// Text as 7-bit lines of at most 76 characters (RFC 2045, 6.7).
enum QuotedPrintable {
    private static let digits = Array("0123456789ABCDEF".utf8)

    /// UTF-8 of the text, each of its lines (LF or CRLF) ended by CRLF.
    static func encode(_ text: String) -> [UInt8] {
        var bytes: [UInt8] = []
        let lines = Array(text.utf8).split(separator: 0x0A, omittingEmptySubsequences: false)
        for (number, line) in lines.enumerated() {
            if number == lines.count - 1, line.isEmpty { break }
            encode(line.last == 0x0D ? line.dropLast() : line, into: &bytes)
            bytes += [0x0D, 0x0A]
        }
        return bytes
    }

    private static func encode(_ line: ArraySlice<UInt8>, into bytes: inout [UInt8]) {
        var width = 0
        for (offset, byte) in line.enumerated() {
            let isLast = offset == line.count - 1
            let isPlain =
                (0x21...0x7E).contains(byte) && byte != 0x3D || (byte == 0x20 || byte == 0x09) && !isLast
            let needed = isPlain ? 1 : 3
            // A soft line break takes one column; the last character of a line needs none behind it.
            if width + needed > (isLast ? 76 : 75) {
                bytes += [0x3D, 0x0D, 0x0A]
                width = 0
            }
            if isPlain { bytes.append(byte) } else { bytes += [0x3D, digits[Int(byte >> 4)], digits[Int(byte & 15)]] }
            width += needed
        }
    }
}
