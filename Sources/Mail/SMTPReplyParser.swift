/// Gathers a server's replies from bytes as they come. Bounded: a server cannot make us keep more than it may say.
struct SMTPReplyParser {
    /// RFC 5321, 4.5.3.1.5 has 512 bytes; some servers say more.
    static let longestLine = 2048
    static let mostLines = 128

    struct Malformed: Error, Hashable {
        let reason: String
    }

    private var buffer: [UInt8] = []
    private var code: Int?
    private var lines: [String] = []

    /// Whether nothing has come after the last whole reply.
    var isEmpty: Bool { buffer.isEmpty && code == nil }

    mutating func append(_ bytes: some Sequence<UInt8>) throws(Malformed) {
        buffer.append(contentsOf: bytes)
        guard buffer.count <= Self.longestLine * Self.mostLines else { throw Malformed(reason: "the reply is too long") }
    }

    /// The next whole reply; `nil` until more comes.
    mutating func next() throws(Malformed) -> SMTPReply? {
        while let end = buffer.firstIndex(of: 0x0A) {
            var line = buffer[..<end]
            if line.last == 0x0D { line.removeLast() }
            let (number, isLast, text) = try read(line)
            buffer.removeSubrange(...end)
            if let code, code != number { throw Malformed(reason: "a reply has two codes") }
            code = number
            guard lines.count < Self.mostLines else { throw Malformed(reason: "a reply has too many lines") }
            lines.append(text)
            if isLast {
                defer {
                    code = nil
                    lines = []
                }
                return SMTPReply(code: number, lines: lines)
            }
        }
        guard buffer.count <= Self.longestLine else { throw Malformed(reason: "a line of a reply is too long") }
        return nil
    }

    private func read(_ line: ArraySlice<UInt8>) throws(Malformed) -> (code: Int, isLast: Bool, text: String) {
        let bytes = Array(line)
        guard bytes.count <= Self.longestLine, bytes.count >= 3, bytes[..<3].allSatisfy({ (0x30...0x39).contains($0) }) else {
            throw Malformed(reason: "a line of a reply does not begin with a code")
        }
        let code = bytes[..<3].reduce(0) { $0 * 10 + Int($1 - 0x30) }
        guard (200...599).contains(code) else { throw Malformed(reason: "\(code) is not a code of a reply") }
        guard bytes.count == 3 || bytes[3] == 0x20 || bytes[3] == 0x2D else {
            throw Malformed(reason: "a line of a reply has no space after its code")
        }
        let text = String(decoding: bytes.dropFirst(4), as: UTF8.self)
        return (code, bytes.count == 3 || bytes[3] == 0x20, MailHeader.cleaned(text))
    }
}
