import TestSupport
import Testing

@testable import Mail

/// A server's replies, well-formed and not (RFC 5321, 4.2).
@Suite("SMTP replies")
struct SMTPReplyTests {
    private static func replies(_ text: String, piece: Int = .max) throws -> [SMTPReply] {
        var parser = SMTPReplyParser()
        var replies: [SMTPReply] = []
        var rest = Array(text.utf8)[...]
        while !rest.isEmpty {
            try parser.append(rest.prefix(piece))
            rest = rest.dropFirst(piece)
            while let reply = try parser.next() { replies.append(reply) }
        }
        return replies
    }

    @Test("Lines are gathered into replies however they are cut", arguments: [1, 2, 3, 7, 1000])
    func gathered(piece: Int) throws {
        let replies = try Self.replies("220 hello\r\n250-first\r\n250-second \r\n250 SIZE 5\r\n250\r\n354 go\n", piece: piece)
        #expect(replies.map(\.code) == [220, 250, 250, 354])
        #expect(replies[1].lines == ["first", "second", "SIZE 5"])
        #expect(replies[2].lines == [""])
    }

    @Test(
        "What is no reply is refused",
        arguments: [
            "hello\r\n", "25 x\r\n", "250-a\r\n251 b\r\n", "250+x\r\n", "999 x\r\n", "\r\n", "1٢3 x\r\n",
            String(repeating: "2", count: 5000),
        ])
    func malformed(_ text: String) {
        #expect(throws: SMTPReplyParser.Malformed.self) { try Self.replies(text) }
    }

    @Test("A server that never ends its reply is stopped")
    func endless() {
        #expect(throws: SMTPReplyParser.Malformed.self) { try Self.replies(String(repeating: "250-x\r\n", count: 500)) }
    }

    @Test("No bytes whatever break the reader", arguments: [5321 as UInt64])
    func anyBytes(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        let alphabet: [UInt8] = [0x32, 0x35, 0x30, 0x20, 0x2D, 0x0D, 0x0A, 0x41, 0x00, 0xFF, 0xC3]
        for _ in 0..<5000 {
            var parser = SMTPReplyParser()
            for _ in 0..<4 {
                let bytes = (0..<Int.random(in: 0...30, using: &generator)).map { _ in alphabet.randomElement(using: &generator)! }
                guard (try? parser.append(bytes)) != nil, let reply = try? parser.next() else { break }
                #expect((200...599).contains(reply.code), "seed \(seed)")
            }
        }
    }
}
