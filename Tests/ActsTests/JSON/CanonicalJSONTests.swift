import Foundation
import Testing

@testable import Acts

/// RFC 8785: one way to write a value.
struct CanonicalJSONTests {
    @Test(
        "Numbers are written as ECMAScript writes them (RFC 8785, appendix B)",
        arguments: [
            (0x0000_0000_0000_0000, "0"), (0x8000_0000_0000_0000, "0"), (0x0000_0000_0000_0001, "5e-324"),
            (0x8000_0000_0000_0001, "-5e-324"), (0x7fef_ffff_ffff_ffff, "1.7976931348623157e+308"),
            (0xffef_ffff_ffff_ffff, "-1.7976931348623157e+308"), (0x4340_0000_0000_0000, "9007199254740992"),
            (0xc340_0000_0000_0000, "-9007199254740992"), (0x4430_0000_0000_0000, "295147905179352830000"),
            (0x44b5_2d02_c7e1_4af5, "9.999999999999997e+22"), (0x44b5_2d02_c7e1_4af6, "1e+23"),
            (0x44b5_2d02_c7e1_4af7, "1.0000000000000001e+23"), (0x444b_1ae4_d6e2_ef4e, "999999999999999700000"),
            (0x444b_1ae4_d6e2_ef4f, "999999999999999900000"), (0x444b_1ae4_d6e2_ef50, "1e+21"),
            (0x3eb0_c6f7_a0b5_ed8c, "9.999999999999997e-7"), (0x3eb0_c6f7_a0b5_ed8d, "0.000001"),
            (0x41b3_de43_5555_5553, "333333333.3333332"), (0x41b3_de43_5555_5557, "333333333.33333343"),
            (0xbecb_f647_612f_3696, "-0.0000033333333333333333"),
        ] as [(UInt64, String)])
    func numbers(bits: UInt64, text: String) {
        #expect(CanonicalJSONWriter.text(of: Double(bitPattern: bits)) == text)
    }

    @Test("Members are ordered by UTF-16 code units (RFC 8785, 3.2.3)")
    func order() {
        let value: JSON = [
            "\u{20ac}": "Euro Sign", "\r": "Carriage Return", "\u{fb33}": "Hebrew Letter Dalet With Dagesh", "1": "One",
            "\u{1f600}": "Emoji: Grinning Face", "\u{80}": "Control", "\u{f6}": "Latin Small Letter O With Diaeresis",
        ]
        #expect(
            value.object?.members.map(\.value.string) == [
                "Carriage Return", "One", "Control", "Latin Small Letter O With Diaeresis", "Euro Sign", "Emoji: Grinning Face",
                "Hebrew Letter Dalet With Dagesh",
            ])
    }

    @Test("Only what must be escaped is (RFC 8785, 3.2.2.2)")
    func strings() {
        #expect(JSON.string("€$\u{0F}\nA'B\"\\\\\"/").canonicalText == #""€$\u000f\nA'B\"\\\\\"/""#)
        #expect(JSON.string("\u{8}\u{9}\u{A}\u{C}\u{D}\u{1F}\u{7F}").canonicalText == "\"\\b\\t\\n\\f\\r\\u001f\u{7F}\"")
    }

    @Test("Two spellings of one letter are two names")
    func names() {
        let value = JSONObject([("e\u{301}", 1), ("\u{e9}", 2)])
        #expect(value.count == 2)
    }

    /// The `rfc8785` package of PyPI writes generated values; we read them from its JSON and must write the same bytes.
    @Test("An independent implementation writes the same bytes for generated values")
    func againstAnother() throws {
        guard let python = Self.python() else {
            print("NOT CHECKED by rfc8785: no Python with that package; `make test` sets it up")
            return
        }
        let script = """
            import json, random, struct, sys
            import rfc8785
            random.seed(8785)
            def text():
                return "".join(chr(random.choice([random.randrange(32, 127), random.randrange(0, 32), random.randrange(160, 0xd800),
                    random.randrange(0x10000, 0x110000)])) for _ in range(random.randrange(0, 12)))
            def value(depth):
                kind = random.randrange(8 if depth < 4 else 6)
                if kind == 0: return None
                if kind == 1: return random.random() < 0.5
                if kind == 2: return random.randrange(-2**53 + 1, 2**53)
                if kind == 3:
                    while True:
                        number = struct.unpack("<d", random.randbytes(8))[0]
                        if number == number and abs(number) != float("inf"): return number
                if kind in (4, 5): return text()
                if kind == 6: return [value(depth + 1) for _ in range(random.randrange(5))]
                return {text(): value(depth + 1) for _ in range(random.randrange(5))}
            for _ in range(2000):
                one = value(0)
                print(json.dumps(one))
                sys.stdout.flush()
                sys.stdout.buffer.write(rfc8785.dumps(one) + b"\\n")
                sys.stdout.flush()
            """
        let process = Process()
        let pipe = Pipe()
        process.executableURL = URL(filePath: python)
        process.arguments = ["-c", script]
        process.standardOutput = pipe
        try process.run()
        let lines = (try pipe.fileHandleForReading.readToEnd() ?? Data()).split(separator: 0x0A, omittingEmptySubsequences: false)
        process.waitUntilExit()
        #expect(process.terminationStatus == 0)
        var compared = 0
        for index in stride(from: 0, to: lines.count - 1, by: 2) {
            let value = try JSONParser.parse(Array(lines[index]))
            #expect(value.canonicalBytes == Array(lines[index + 1]), "\(String(decoding: lines[index], as: UTF8.self))")
            compared += 1
        }
        #expect(compared == 2000)
    }

    /// A Python that has the package.
    static func python() -> String? {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let named = ProcessInfo.processInfo.environment["CHANCERY_TEST_PYTHON"]
        for path in [named, root.appending(path: ".tools/venv/bin/python").path(percentEncoded: false)].compactMap({ $0 }) {
            let process = Process()
            process.executableURL = URL(filePath: path)
            process.arguments = ["-c", "import rfc8785"]
            process.standardError = FileHandle.nullDevice
            if (try? process.run()) != nil {
                process.waitUntilExit()
                if process.terminationStatus == 0 { return path }
            }
        }
        return nil
    }
}
