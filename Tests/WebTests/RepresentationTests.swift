import HTTPTypes
import Testing

@testable import Web

@Suite("One resource, many representations")
struct RepresentationTests {
    @Test(
        "The most specific range of Accept decides (RFC 9110, 12.5.1)",
        arguments: [
            (nil, 1000, 1000), ("", 1000, 1000), ("*/*", 1000, 1000), ("text/html", 1000, 0), ("application/json", 0, 1000),
            ("text/*;q=0.5, application/json;q=0.9", 500, 900), ("text/html;q=0, */*;q=0.1", 0, 100),
            ("application/*, text/html;q=0.8", 800, 1000), ("TEXT/HTML", 1000, 0), ("text/html;level=1;q=0.3", 300, 0),
            ("text/html;q=1.5", 1000, 0), ("text/html;q=nonsense", 0, 0), (",,;;, application/json", 0, 1000),
        ] as [(String?, Int, Int)])
    func accept(_ header: String?, html: Int, json: Int) {
        let accept = AcceptHeader(header)
        #expect(accept.weight(of: .html) == html)
        #expect(accept.weight(of: .json) == json)
    }

    @Test(
        "The language wanted most among those offered (RFC 4647, 3.4)",
        arguments: [
            ("fr", Language.french), ("fr-CA, en;q=0.5", .french), ("de, ar;q=0.8, en;q=0.9", .english), ("de", nil), ("", nil),
            ("*", nil), ("id;q=0, fr;q=0.1", .french), ("zh-Hant, id", .indonesian),
        ] as [(String, Language?)])
    func acceptLanguage(_ header: String, _ language: Language?) {
        #expect(AcceptHeader(header).language(among: [.english, .french, .arabic, .indonesian]) == language)
    }

    @Test(
        "CSV quotes what it must (RFC 4180) and lets no formula through",
        arguments: [
            ("plain", "plain"), ("a,b", "\"a,b\""), ("say \"x\"", "\"say \"\"x\"\"\""), ("two\nlines", "\"two\nlines\""),
            ("=HYPERLINK(\"x\")", "\"'=HYPERLINK(\"\"x\"\")\""), ("+1-555", "'+1-555"), ("@SUM", "'@SUM"), ("-5", "-5"), ("-5.25", "-5.25"),
            ("-x", "'-x"), ("\tx", "'\tx"), ("Côte d’Ivoire", "Côte d’Ivoire"), ("", ""),
        ])
    func csv(_ field: String, _ written: String) {
        var table = CSVWriter(header: ["name"])
        table.write([field])
        #expect(String(decoding: table.bytes, as: UTF8.self) == "name\r\n\(written)\r\n")
    }

    @Test("The same resource is HTML, JSON or CSV by parameter before header, and 406 where none is wanted")
    func negotiation() async throws {
        let house = try TestHouse()
        try await house.visit { (visitor) async throws in
            #expect(try await visitor.get("/record").mediaType == "text/html")
            #expect(try await visitor.get("/record", [.accept: "application/json"]).mediaType == "application/json")
            #expect(try await visitor.get("/record?format=json", [.accept: "text/html"]).mediaType == "application/json")
            #expect(try await visitor.get("/record", [.accept: "*/*"]).mediaType == "text/html")
            let refused = try await visitor.get("/record", [.accept: "image/png"])
            #expect(refused.status == .notAcceptable)
            #expect(try await visitor.get("/record?format=csv", [.accept: "application/json"]).status == .notAcceptable)
            let unknown = try await visitor.json("/record?format=docx")
            #expect(unknown.status == .badRequest && unknown.code == "request.choice")
            #expect(try await visitor.get("/record").headers[.vary]?.contains("Accept") == true)
        }
    }
}
