/// A server's reply (RFC 5321, 4.2): a code and one or more lines of text.
public struct SMTPReply: Hashable, Sendable, CustomStringConvertible {
    /// 200 to 599.
    public let code: Int
    /// Printable text, without codes and line ends.
    public let lines: [String]

    public init(code: Int, lines: [String]) {
        self.code = code
        self.lines = lines
    }

    public var isPositive: Bool { code < 400 }

    /// The reply in one line, as receipts keep it; at most 500 characters.
    public var description: String { String("\(code) \(lines.joined(separator: " "))".prefix(500)) }
}
