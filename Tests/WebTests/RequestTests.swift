import Acts
import TestSupport
import Testing

@testable import Web

@Suite("What a request may look like")
struct RequestTests {
    @Test(
        "A path has one spelling and no tricks",
        arguments: [
            ("/", true), ("/treaties", true), ("/treaties/IV-11", true), ("/record/acts/5.tlog-proof", true), ("/caf%C3%A9", true),
            ("/a%20b", true), ("/record/tile/0/x001/234.p/7", true), ("", false), ("treaties", false), ("//elsewhere.example/", false),
            ("/a//b", false), ("/..", false), ("/a/../b", false), ("/.", false), ("/%2e%2e/etc", false), ("/.%2E/etc", false),
            ("/a%2Fb", false), ("/a%5cb", false), ("/a\\b", false), ("/a%00", false), ("/a%0Ab", false), ("/a%7f", false),
            ("/a%252e%252e", false), ("/%", false), ("/%zz", false), ("/%C0%AF", false), ("/%FF", false), ("/a%C2%85b", false),
            ("/a/", false),
        ])
    func paths(_ path: String, _ isGood: Bool) {
        if isGood {
            #expect(throws: Never.self) { try RequestPath.check(path) }
        } else {
            #expect(throws: Refusal.self) { try RequestPath.check(path) }
        }
    }

    @Test("Fields are decoded strictly, and one that stands twice is not read as one")
    func fields() throws {
        let fields = try Fields(parsing: "q=law+of%20the+sea&empty=&bare&twice=1&twice=2&%C3%A9=%D8%B9")
        #expect(try fields.text("q") == "law of the sea")
        #expect(try fields.text("empty") == "" && fields.filled("empty") == nil)
        #expect(try fields.text("bare") == "" && fields.text("absent") == nil)
        #expect(try fields.text("é") == "ع")
        #expect(fields.texts("twice") == ["1", "2"])
        #expect(throws: Refusal.self) { try fields.text("twice") }
        #expect(throws: Refusal.self) { try fields.required("empty") }
    }

    @Test(
        "What is not text is refused by the field's name", arguments: ["a=%", "a=%zz", "a=%FF%FE", "a=%00", "a=%ED%A0%80", "a=%C0%80"])
    func brokenFields(_ text: String) {
        let refusal = #expect(throws: Refusal.self) { try Fields(parsing: text[...]) }
        #expect(refusal?.code == "request.encoding" && refusal?.arguments["field"] == "a")
    }

    @Test("Ten thousand fields are refused before they are kept")
    func manyFields() {
        let text = (0..<10_000).map { "f\($0)=1" }.joined(separator: "&")
        #expect(throws: Refusal.self) { try Fields(parsing: text[...]) }
    }

    @Test(
        "Numbers are within bounds and in digits",
        arguments: [
            ("7", 7), ("", nil), ("0", nil), ("-1", nil), ("101", nil), ("1e1", nil), ("+7", nil), ("7.0", nil), ("٧", nil),
            ("99999999999999999999", nil), ("0x7", nil),
        ] as [(String, Int64?)])
    func numbers(_ text: String, _ number: Int64?) throws {
        let fields = try Fields(parsing: "n=\(PercentCoding.encode(text))"[...])
        #expect((try? fields.integer("n", in: 1...100)) ?? nil == number)
    }

    @Test(
        "Dates are days of the calendar",
        arguments: [("2024-02-29", true), ("2023-02-29", false), ("29/02/2024", false), ("٢٠٢٤-٠٢-٢٩", false)])
    func dates(_ text: String, _ exists: Bool) throws {
        let fields = try Fields(parsing: "d=\(PercentCoding.encode(text))"[...])
        if exists {
            #expect(try fields.date("d")?.description == text)
        } else {
            #expect(throws: Refusal.self) { try fields.date("d") }
        }
    }

    @Test("Percent-encoding reads back what it wrote, for any text")
    func percentEncoding() {
        let seed = UInt64.random(in: .min ... .max)
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<500 {
            let scalars = (0..<Int.random(in: 0..<12, using: &generator)).compactMap { _ in
                Unicode.Scalar(UInt32.random(in: 0..<0x11_0000, using: &generator))
            }
            let text = String(String.UnicodeScalarView(scalars))
            let read = PercentCoding.decode(PercentCoding.encode(text)[...], plusIsSpace: true)
            #expect(read.map { Array($0.utf8) } == Array(text.utf8), "seed \(seed)")
        }
    }

    @Test("No input, however strange, does more than be refused")
    func fuzz() {
        let seed = UInt64.random(in: .min ... .max)
        var generator = SeededGenerator(seed: seed)
        let alphabet = Array("/.%2eEfF0\\&=+?#:ab\u{0}\u{7F}é\n".unicodeScalars)
        for _ in 0..<5_000 {
            let scalars = (0..<Int.random(in: 0..<30, using: &generator)).map { _ in alphabet.randomElement(using: &generator) ?? "a" }
            let text = String(String.UnicodeScalarView(scalars))
            if (try? RequestPath.check(text)) != nil {
                let decoded = PercentCoding.decode(text[...], plusIsSpace: false)
                #expect(decoded?.contains("..") != true || !(decoded ?? "").split(separator: "/").contains(".."), "seed \(seed): \(text)")
                #expect(decoded?.unicodeScalars.contains("\u{0}") != true, "seed \(seed): \(text)")
            }
            _ = try? Fields(parsing: text[...])
            _ = AcceptHeader(text)
            _ = WebOrigin(text)
            _ = Cookies([text])["a"]
        }
    }

    @Test(
        "An origin is a scheme, a host and perhaps a port",
        arguments: [
            ("http://localhost:8080", "http://localhost:8080"), ("https://Treaties.Example.org", "https://treaties.example.org"),
            ("https://x:443", "https://x"), ("http://x:80", "http://x"), ("http://[::1]:9", "http://[::1]:9"), ("ftp://x", nil), ("x", nil),
            ("http://", nil), ("http://x/", nil), ("http://x:0", nil), ("http://x:99999", nil), ("http://a b", nil), ("null", nil),
            ("http://user@x", nil),
        ] as [(String, String?)])
    func origins(_ text: String, _ written: String?) {
        #expect(WebOrigin(text)?.description == written)
    }
}
