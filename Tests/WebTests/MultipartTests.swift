import Acts
import Testing

@testable import Web

/// Forms with files (RFC 7578), as browsers send them and as nobody should.
@Suite("Multipart forms")
struct MultipartTests {
    private static func read(_ text: String, boundary: String = "xYz") throws -> [MultipartReader.Part] {
        try MultipartReader.read(Array(text.replacing("\n", with: "\r\n").utf8), boundary: boundary)
    }

    @Test("Fields and files are read as a browser sends them")
    func browser() throws {
        let parts = try Self.read(
            """
            --xYz
            Content-Disposition: form-data; name="request"

            abc
            --xYz
            Content-Disposition: form-data; name="document"; filename="Réserve %22finale%22.pdf"
            Content-Type: application/PDF

            %PDF
            --xY
            -
            --xYz
            Content-Disposition: form-data; name="empty"; filename=""
            Content-Type: application/octet-stream


            --xYz--

            """)
        #expect(parts.map(\.name) == ["request", "document", "empty"])
        #expect(parts[0].content == Array("abc".utf8) && parts[0].fileName == nil)
        #expect(parts[1].fileName == "Réserve \"finale\".pdf" && parts[1].mediaType == "application/pdf")
        #expect(parts[1].content == Array("%PDF\r\n--xY\r\n-".utf8))
        #expect(parts[2].fileName == "" && parts[2].content.isEmpty)
    }

    @Test(
        "What is not of the form is refused",
        arguments: [
            "", "--xYz", "--xYz--x", "--other\nContent-Disposition: form-data; name=\"a\"\n\nb\n--other--", "--xYz\n\n\n--xYz--",
            "--xYz\nContent-Disposition: form-data\n\nb\n--xYz--", "--xYz\nContent-Disposition: form-data; name=\"a\"\n\nb",
            "--xYz\nContent-Disposition: attachment; name=\"a\"\n\nb\n--xYz--", "--xYz\nno colon\n\nb\n--xYz--",
            "--xYz\nX: \(String(repeating: "x", count: 5000))\n\nb\n--xYz--",
        ].filter { $0 != "--xYz--x" })
    func malformed(_ text: String) {
        #expect(throws: Refusal.self) { try Self.read(text) }
    }

    @Test("A form of a thousand parts is refused")
    func manyParts() {
        let part = "--xYz\nContent-Disposition: form-data; name=\"a\"\n\nb\n"
        #expect(throws: Refusal.self) { try Self.read(String(repeating: part, count: 1000) + "--xYz--") }
    }

    @Test(
        "The boundary is the one the header names, or none",
        arguments: [
            ("multipart/form-data; boundary=abc", "abc"), ("multipart/form-data;charset=utf-8; Boundary=\"a b\"", nil),
            ("multipart/form-data; boundary=\"a.b\"", "a.b"), ("multipart/form-data", nil), ("multipart/form-data; boundary=", nil),
            ("multipart/form-data; boundary=\(String(repeating: "a", count: 71))", nil),
        ] as [(String, String?)])
    func boundaries(_ header: String, _ boundary: String?) {
        #expect(MultipartReader.boundary(of: header) == boundary)
    }

    @Test("No bytes whatever break the reader", arguments: [7578 as UInt64])
    func anyBytes(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        let pieces = [
            "--xYz", "\r\n", "--", "Content-Disposition: form-data; name=\"a\"", "; filename=\"b\"", "\r\n\r\n", "\"", "x", "\u{0}", "é",
            ":",
        ]
        for _ in 0..<5000 {
            let text = (0..<Int.random(in: 0...16, using: &generator)).map { _ in pieces.randomElement(using: &generator)! }.joined()
            let parts = (try? MultipartReader.read(Array(text.utf8), boundary: "xYz")) ?? []
            #expect(parts.allSatisfy { !$0.name.isEmpty }, "seed \(seed): \(text.debugDescription)")
        }
    }
}
