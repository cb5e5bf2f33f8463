import TestSupport
import Testing

@testable import Acts

/// Input from outside is read strictly or refused with its place.
struct JSONParserTests {
    @Test(
        "What is not strict JSON is refused, with the byte at which it goes wrong",
        arguments: [
            ("", 0), ("{", 1), (#"{"a":1,"a":2}"#, 7), ("[1,]", 3), (#"{"a":}"#, 5), ("01", 0), ("1.", 2), ("- 1", 1), ("tru", 0),
            ("\"\u{1}\"", 1), (#""\x""#, 1), (#""\ud800""#, 1), (#""\udc00 ""#, 1), ("1 2", 2), ("nul", 0), ("[1 2]", 3), ("1e999", 0),
        ] as [(String, Int)])
    func refused(text: String, offset: Int) {
        let error = #expect(throws: JSONError.self) { try JSONParser.parse(text) }
        #expect(error?.offset == offset, "\(text): \(error.map { "\($0)" } ?? "")")
    }

    @Test("Invalid UTF-8 is refused at its first byte")
    func utf8() {
        let error = #expect(throws: JSONError.self) { try JSONParser.parse([0x22, 0x61, 0xC3, 0x28, 0x22]) }
        #expect(error?.offset == 2)
    }

    @Test("Depth and size are bounded")
    func bounds() {
        let deep = String(repeating: "[", count: 40) + String(repeating: "]", count: 40)
        #expect(throws: JSONError.self) { try JSONParser.parse(deep) }
        #expect(throws: Never.self) { try JSONParser.parse(deep, limits: .init(depth: 40)) }
        #expect(throws: JSONError.self) { try JSONParser.parse("[\(String(repeating: "1,", count: 100))1]", limits: .init(bytes: 100)) }
    }

    @Test("A whole number is a whole number however it is written, up to 2^53 - 1")
    func numbers() throws {
        #expect(try JSONParser.parse("1.0") == .integer(1))
        #expect(try JSONParser.parse("-0") == .integer(0))
        #expect(try JSONParser.parse("9007199254740991") == .integer(9_007_199_254_740_991))
        #expect(try JSONParser.parse("9007199254740993") == .number(9_007_199_254_740_992))
        #expect(try JSONParser.parse("1e2") == .integer(100))
    }

    @Test("Escapes, surrogate pairs among them")
    func escapes() throws {
        #expect(try JSONParser.parse(#""\u0041\ud83d\ude00\n\/""#) == .string("A😀\n/"))
    }

    @Test("Whatever is parsed reads back from its canonical form; whatever bytes come, nothing breaks")
    func fuzz() {
        var generator = SeededGenerator(seed: 4627)
        let alphabet = Array(#"{}[]",:0123456789.-+eEtrufalsn\u"#.utf8) + [0x20, 0x0A, 0x00, 0xC3, 0xA9, 0xFF]
        for _ in 0..<20_000 {
            let bytes = (0..<Int.random(in: 0...24, using: &generator)).map { _ in alphabet.randomElement(using: &generator) ?? 0 }
            guard let value = try? JSONParser.parse(bytes) else { continue }
            #expect((try? JSONParser.parse(value.canonicalBytes)) == value)
        }
    }
}
