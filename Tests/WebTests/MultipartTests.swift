import Acts
import TestSupport
import Testing

@testable import Web

@Suite("Forms with files")
struct MultipartTests {
    private static func body(_ text: String) -> [UInt8] { Array(text.replacing("\n", with: "\r\n").utf8) }

    private static let whole = body(
        """
        --x1
        Content-Disposition: form-data; name="label"

        Draft; of "3 March"
        --x1
        Content-Disposition: form-data; name="file"; filename="a%22b.xml"
        Content-Type: application/xml

        <akomaNtoso/>
        --x1
        Content-Disposition: form-data; name="none"; filename=""
        Content-Type: application/octet-stream


        --x1--

        """)

    @Test("Fields and files are told apart, and an empty file is none (RFC 7578, 4.2)")
    func parts() throws {
        let content = try MultipartParser(contentType: "multipart/form-data; boundary=x1").content(of: Self.whole)
        #expect(content.fields.map(\.name) == ["label"] && content.fields.first?.value == "Draft; of \"3 March\"")
        #expect(content.files.count == 1)
        #expect(content.files.first?.name == "a\"b.xml")
        #expect(content.files.first.map { String(decoding: $0.bytes, as: UTF8.self) } == "<akomaNtoso/>")
    }

    @Test("A file may hold what looks like a boundary within a line")
    func boundaryWithin() throws {
        let body = Self.body("--b\nContent-Disposition: form-data; name=\"f\"; filename=\"f\"\n\na --b--\n--bc is not it\n--b--")
        let content = try? MultipartParser(contentType: "multipart/form-data; boundary=b").content(of: body)
        // "--bc" begins as the boundary does: such a body is refused rather than misread.
        #expect(content == nil)
        let good = Self.body("--b\nContent-Disposition: form-data; name=\"f\"; filename=\"f\"\n\na --b--\n--b--")
        let file = try MultipartParser(contentType: "multipart/form-data; boundary=b").content(of: good).files.first
        #expect(file.map { String(decoding: $0.bytes, as: UTF8.self) } == "a --b--")
    }

    @Test(
        "What is not of the form is refused",
        arguments: [
            "", "--x1", "--x1--x", "--x1\n", "--x1\nContent-Disposition: form-data; name=\"a\"\n\nvalue",
            "--x1\nContent-Type: text/plain\n\nvalue\n--x1--", "--x1\nContent-Disposition: form-data\n\nvalue\n--x1--",
            "--x1\nContent-Disposition: attachment; name=\"a\"\n\nvalue\n--x1--",
            "--x1\nContent-Disposition: form-data; name=\"a\n\nvalue\n--x1--",
            "--x1\nContent-Disposition: form-data; name=\"a\"; name=\"b\"\n\nvalue\n--x1--",
            "--x1\nContent-Disposition: form-data; name=\"a\"\n\n\u{0}\n--x1--", "--x1\nno colon\n\nvalue\n--x1--",
        ])
    func broken(_ text: String) throws {
        let parser = try MultipartParser(contentType: "multipart/form-data; boundary=x1")
        #expect(throws: Refusal.self) { try parser.content(of: Self.body(text)) }
    }

    @Test(
        "A boundary is 1 to 70 characters of its own set (RFC 2046, 5.1.1)",
        arguments: [
            "multipart/form-data", "multipart/form-data; boundary=", "multipart/form-data; boundary=a; boundary=b",
            "multipart/form-data; boundary=\"a\u{7F}b\"", "multipart/form-data; boundary=" + String(repeating: "a", count: 71),
        ])
    func boundaries(_ header: String) {
        #expect(throws: Refusal.self) { try MultipartParser(contentType: header) }
    }

    @Test("Too many parts and endless headers are refused")
    func limits() throws {
        let parser = try MultipartParser(contentType: "multipart/form-data; boundary=\"x1\"")
        let part = "--x1\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nv\r\n"
        #expect(throws: Refusal.self) { try parser.content(of: Array((String(repeating: part, count: 300) + "--x1--").utf8)) }
        let headers = String(repeating: "X: y\r\n", count: 5_000)
        #expect(throws: Refusal.self) { try parser.content(of: Array("--x1\r\n\(headers)\r\nv\r\n--x1--".utf8)) }
    }

    @Test("Whatever arrives is either taken apart or refused")
    func fuzz() throws {
        let seed = UInt64.random(in: 0 ... .max)
        var generator = SeededGenerator(seed: seed)
        let parser = try MultipartParser(contentType: "multipart/form-data; boundary=x1")
        for _ in 0..<2_000 {
            var bytes = Self.whole
            for _ in 0..<Int.random(in: 1...6, using: &generator) {
                let place = Int.random(in: 0..<bytes.count, using: &generator)
                switch Int.random(in: 0..<3, using: &generator) {
                case 0: bytes[place] = UInt8.random(in: .min ... .max, using: &generator)
                case 1: bytes.remove(at: place)
                default: bytes.insert(UInt8.random(in: .min ... .max, using: &generator), at: place)
                }
            }
            do {
                let content = try parser.content(of: bytes)
                #expect(content.files.reduce(0) { $0 + $1.bytes.count } <= bytes.count, "seed \(seed)")
            } catch {
                #expect(!error.mend.isEmpty, "seed \(seed)")
            }
        }
    }
}
