import Acts
import Foundation
import Testing

@testable import Treaties

@Suite("The reference of the clause language")
struct ReferenceTests {
    /// The examples in one section of docs/clauses.md: its code, in backticks or fenced, that begins with a brace.
    private static func examples(under heading: String) throws -> [String] {
        var root = URL(filePath: #filePath)
        for _ in 0..<5 { root.deleteLastPathComponent() }
        let text = try String(contentsOf: root.appending(path: "docs/clauses.md"), encoding: .utf8)
        let sections = text.components(separatedBy: "\n## ")
        let section = try #require(sections.first { $0.hasPrefix(heading + "\n") })
        let fenced = section.components(separatedBy: "```json\n").dropFirst().compactMap { $0.components(separatedBy: "```").first }
        let inline = section.components(separatedBy: "`").enumerated().compactMap { $0.offset.isMultiple(of: 2) ? nil : $0.element }
        // Dots stand for what the reader fills in.
        return (fenced + inline).filter {
            $0.hasPrefix("{") && !$0.contains("…") && !$0.contains("CLASS") && !$0.contains("DELAY") && !$0.contains("DATE")
        }
    }

    @Test("every example of a condition reads")
    func conditions() throws {
        let examples = try Self.examples(under: "Conditions")
        #expect(examples.count >= 15)
        for example in examples where !example.hasPrefix(#"{"until"#) && !example.hasPrefix(#"{"notified"#) {
            #expect(throws: Never.self, "\(example)") { try EntryIntoForceClause.read(try JSONParser.parse(example)) }
        }
    }

    @Test("every example of a delay leads from its decisive day to its date")
    func delays() throws {
        let examples = try Self.examples(under: "Delays")
        #expect(examples.count == 5)
        for example in examples {
            #expect(throws: Never.self, "\(example)") {
                try EntryIntoForceClause.read(["count": 1, "delay": try JSONParser.parse(example)])
            }
        }
    }

    @Test("every example of a withdrawal and of a whole clause reads")
    func others() throws {
        for example in try Self.examples(under: "Withdrawal") {
            #expect(throws: Never.self, "\(example)") {
                try EntryIntoForceClause.read(["count": 1, "withdrawal": try JSONParser.parse(example)])
            }
        }
        for heading in ["A clause", "Earliest and fixed dates"] {
            for example in try Self.examples(under: heading) where example.contains("condition") {
                #expect(throws: Never.self, "\(example)") { try EntryIntoForceClause.read(try JSONParser.parse(example)) }
            }
        }
    }

    @Test("every member of a case and every kind of act is in the reference")
    func kinds() throws {
        var root = URL(filePath: #filePath)
        for _ in 0..<5 { root.deleteLastPathComponent() }
        let text = try String(contentsOf: root.appending(path: "docs/clauses.md"), encoding: .utf8)
        for kind in ParticipationKind.allCases { #expect(text.contains("`\(kind.rawValue)`"), "\(kind)") }
        for unit in ClauseDelay.Unit.allCases { #expect(text.contains("`\(unit.rawValue)`"), "\(unit)") }
        for roll in ClauseDelay.Roll.allCases { #expect(text.contains("`\(roll.rawValue)`"), "\(roll)") }
    }
}
