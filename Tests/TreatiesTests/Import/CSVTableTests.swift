import Acts
import TestSupport
import Testing

@testable import Treaties

/// RFC 4180 read from outside: what it says is read to the letter, everything else is refused with its line.
struct CSVTableTests {
    private static func table(_ text: String) throws -> CSVTable { try CSVTable(Array(text.utf8)) }

    private static func cells(_ text: String) throws -> [[String]] {
        let table = try table(text)
        return [table.header] + table.rows.map(\.cells)
    }

    @Test(
        "Fields are read as RFC 4180, section 2 has them",
        arguments: [
            ("a,b\r\n1,2\r\n", [["a", "b"], ["1", "2"]]),
            ("a,b\n1,2", [["a", "b"], ["1", "2"]]),
            ("a,b\r1,2\r", [["a", "b"], ["1", "2"]]),
            ("\u{FEFF}a,b\n1,2\n", [["a", "b"], ["1", "2"]]),
            ("a,b\n\"x, y\",\"say \"\"no\"\"\"\n", [["a", "b"], ["x, y", "say \"no\""]]),
            ("a,b\n\"two\r\nlines\",\n", [["a", "b"], ["two\r\nlines", ""]]),
            ("a;b\n1,5;2\n", [["a", "b"], ["1,5", "2"]]),
            ("a\tb\nx y\tz\n", [["a", "b"], ["x y", "z"]]),
            ("\"a;b\",c\n1,2\n", [["a;b", "c"], ["1", "2"]]),
            ("a\n\n\n x \n", [["a"], [" x "]]),
            ("a,b\n1\n1,2,3\n", [["a", "b"], ["1"], ["1", "2", "3"]]),
        ])
    func fields(_ text: String, _ expected: [[String]]) throws {
        #expect(try Self.cells(text) == expected)
    }

    @Test(
        "What is not a table is refused with its line",
        arguments: [
            ("", "empty", "1"), ("\n\n", "empty", "1"), ("a,b\n1,x\"y\n", "quote", "2"), ("a,b\n\"x\"y,2\n", "quote", "2"),
            ("a,b\n1,2\n\"never\nclosed", "unclosed", "3"), ("a,b\n1,\u{0}\n", "encoding", "2"),
        ])
    func faults(_ text: String, _ fault: String, _ line: String) {
        let refusal = #expect(throws: Refusal.self) { try Self.table(text) }
        #expect(refusal?.code == "treaty.import.csv.\(fault)")
        #expect(refusal?.arguments["line"] == line)
    }

    @Test("Lines are counted through quoted fields, so that a refusal names the line a person sees")
    func lines() throws {
        let table = try Self.table("a,b\r\n\"one\r\ntwo\",x\r\nlast,y\r\n")
        #expect(table.rows.map(\.line) == [2, 4])
    }

    @Test("Limits hold: bytes, rows, columns and the length of a field")
    func limits() {
        func code(_ text: String, _ limits: CSVTable.Limits) -> String? {
            do {
                _ = try CSVTable(Array(text.utf8), limits: limits)
                return nil
            } catch { return error.code }
        }
        #expect(code("a\n1\n2\n3\n", .init(rows: 2)) == "treaty.import.csv.rows")
        #expect(code("a,b,c\n", .init(columns: 2)) == "treaty.import.csv.columns")
        #expect(code("a\n12345\n", .init(field: 4)) == "treaty.import.csv.field")
        #expect(code("a\n\"12345\"\n", .init(field: 4)) == "treaty.import.csv.field")
        #expect(code("a\n12345\n", .init(bytes: 4)) == "treaty.import.too-large")
    }

    @Test("Any table written is read back the same, whatever is in its fields")
    func roundTrip() throws {
        let seed: UInt64 = 4180
        var generator = SeededGenerator(seed: seed)
        let alphabet = Array("a,;\t\"\r\n é文 0'")
        for round in 0..<300 {
            let columns = Int.random(in: 1...5, using: &generator)
            let rows = (0...Int.random(in: 0...6, using: &generator)).map { _ in
                (0..<columns).map { _ in
                    String((0..<Int.random(in: 0...8, using: &generator)).map { _ in alphabet.randomElement(using: &generator)! })
                }
            }
            let text = rows.map { row in row.map { "\"" + $0.replacing("\"", with: "\"\"") + "\"" }.joined(separator: ",") + "\r\n" }
                .joined()
            let kept = rows.filter { !$0.allSatisfy(\.isEmpty) }
            guard !kept.isEmpty else { continue }
            let table = try Self.table(text)
            #expect([table.header] + table.rows.map(\.cells) == kept, "seed \(seed), round \(round)")
        }
    }

    @Test("Bytes by lot are read or refused, never more")
    func fuzz() {
        let seed: UInt64 = 20_260
        var generator = SeededGenerator(seed: seed)
        let bytes: [UInt8] = [0x22, 0x2C, 0x0A, 0x0D, 0x61, 0xC3, 0xA9, 0x3B, 0x09, 0x00, 0xFF, 0xEF, 0xBB, 0xBF]
        var read = 0
        for _ in 0..<3_000 {
            let input = (0..<Int.random(in: 0...40, using: &generator)).map { _ in bytes.randomElement(using: &generator)! }
            if (try? CSVTable(input)) != nil { read += 1 }
        }
        #expect(read > 0, "seed \(seed)")
    }
}
