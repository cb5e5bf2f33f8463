import Acts
import TestSupport
import Testing

@testable import Fediverse

@Suite("Lists of servers that are not heard")
struct DomainBlockListTests {
    private static let header = "#domain,#severity,#reject_media,#reject_reports,#public_comment,#obfuscate\n"

    private func read(_ rows: String) throws -> DomainBlockList { try DomainBlockList(Array((Self.header + rows).utf8)) }

    @Test("Mastodon's columns are read in whatever order, and a list of names alone suspends them")
    func columns() throws {
        let list = try read(
            "Spam.example,suspend,true,true,\"a \"\"b\"\", c\",false\r\nloud.example:8443,silence,,,,\nart.example,noop,true,,,\n\n")
        #expect(
            list.rows == [
                .init(domain: "spam.example", severity: .suspend, comment: "a \"b\", c"),
                .init(domain: "loud.example:8443", severity: .silence, comment: ""),
                .init(domain: "art.example", severity: .noop, comment: ""),
            ])
        #expect(list.badRows == [])
        let bare = try DomainBlockList([0xEF, 0xBB, 0xBF] + Array("severity,domain\nsilence,a.example\n,b.example".utf8))
        #expect(bare.rows.map(\.severity) == [.silence, .suspend])
    }

    @Test(
        "A row that says nothing that can be done is named by its line and its fault",
        arguments: [
            ("a.example,suspend\nnot a host,suspend", 3, DomainBlockList.BadRow.Fault.domain), ("https://a.example/,suspend", 2, .domain),
            ("a***e.example,suspend", 2, .masked), ("a.example,hush", 2, .severity), ("a.example,suspend\n\nA.example,silence", 4, .twice),
            (",suspend", 2, .domain), ("localhost,suspend", 2, .domain), ("user@a.example,suspend", 2, .domain),
            ("\"a.\nexample\",suspend", 2, .domain), ("bücher.example,suspend", 2, .domain),
        ])
    func badRows(_ rows: String, _ line: Int, _ fault: DomainBlockList.BadRow.Fault) throws {
        let bad = try read(rows).badRows
        #expect(bad.map(\.fault) == [fault])
        #expect(bad.map(\.line) == [line])
    }

    @Test("What is no list is refused with its reason")
    func problems() {
        #expect(throws: DomainBlockList.Problem.noHeader) { try DomainBlockList(Array("a.example,suspend\n".utf8)) }
        #expect(throws: DomainBlockList.Problem.noHeader) { try DomainBlockList([]) }
        #expect(throws: DomainBlockList.Problem.notText) { try DomainBlockList([0xFF, 0xFE]) }
        #expect(throws: DomainBlockList.Problem.openQuote(line: 2)) { try read("\"a.example,suspend\n\n") }
        #expect(throws: DomainBlockList.Problem.tooManyRows) {
            try read((0...DomainBlockList.mostRows).map { "a\($0).example,suspend\n" }.joined())
        }
        #expect(throws: DomainBlockList.Problem.tooLong) { try read(String(repeating: "a", count: DomainBlockList.longest)) }
    }

    @Test("What is written is read again as it was, whatever is in it")
    func roundTrip() throws {
        let seed = UInt64.random(in: 0...UInt64.max)
        var lot = SeededGenerator(seed: seed)
        for _ in 0..<300 {
            let rows = (0..<Int.random(in: 0...8, using: &lot)).map { place in
                let pieces = ["a", "\"", ",", "\n", "\r\n", "é", "ب", "=", " ", "#"]
                let comment =
                    "x" + (0..<Int.random(in: 0...6, using: &lot)).map { _ in pieces.randomElement(using: &lot) ?? "" }.joined() + "x"
                return DomainBlockList.Row(
                    domain: "h\(place).example", severity: DomainBlockList.Severity.allCases.randomElement(using: &lot) ?? .suspend,
                    comment: comment)
            }
            let list = DomainBlockList(rows: rows)
            #expect(try DomainBlockList(list.csv) == list, "seed \(seed)")
        }
    }

    @Test("Whatever comes in, it is read or refused, and every row that is read names a host")
    func fuzz() {
        let seed = UInt64.random(in: 0...UInt64.max)
        var lot = SeededGenerator(seed: seed)
        let pieces = [
            "#domain", "domain", ",", "\n", "\r", "\r\n", "\"", "\"\"", "a.example", "suspend", "#severity", "*", " ", "\u{FEFF}", "é",
            "://", "@",
            "\u{0}", "noop", ":1", "::",
        ]
        for _ in 0..<20_000 {
            var text = Bool.random(using: &lot) ? Self.header : ""
            for _ in 0..<Int.random(in: 0...16, using: &lot) { text += pieces.randomElement(using: &lot) ?? "" }
            guard let list = try? DomainBlockList(Array(text.utf8)) else { continue }
            #expect(list.rows.allSatisfy { DomainBlockList.isHost($0.domain) }, "seed \(seed): \(text)")
            #expect(Set(list.rows.map(\.domain)).count == list.rows.count, "seed \(seed): \(text)")
        }
    }
}
