import Acts
import TestSupport
import Testing

@testable import Conferences

@Suite("Words edited in place")
struct WordChangeTests {
    @Test(
        "The smallest change is made of what differs",
        arguments: [
            ("Parties shall act.", "Parties must act.", ConferenceTextChange.Operation.replace, "shall", "must"),
            ("Parties shall act.", "All Parties shall act.", .replace, "Parties", "All Parties"),
            ("Parties shall act.", "Parties shall also act.", .insert, "shall", "also"),
            ("Parties shall act.", "Parties shall act. And report.", .insert, "act.", "And report."),
            ("They [shall] act.", "They shall act.", .replace, "[shall]", "shall"),
            ("and and and", "and or and", .replace, "and", "or"),
        ])
    func smallest(old: String, new: String, operation: ConferenceTextChange.Operation, anchor: String, words: String) throws {
        let change = try WordChange.between(old, and: new, target: "p_1")
        #expect(change.operation == operation)
        #expect(change.anchor == anchor)
        #expect(change.words == words)
        #expect(try WordEdit.words(old, changed: change, attribution: nil, place: "p_1") == new)
    }

    @Test("What is the same is refused")
    func same() {
        #expect(throws: Refusal.self) { try WordChange.between("The same.", and: "The same.", target: "p_1") }
    }

    @Test("Whatever was edited, the change leads to the words as they should be", arguments: 0..<400)
    func leadsThere(seed: Int) throws {
        var numbers = SeededGenerator(seed: UInt64(seed))
        let words = ["shall", "should", "Parties", "[and]", "the", "the", "[EU: may]", "act,", "act", "[a [b] c]", "ملزم", "行动", "é"]
        func some() -> String {
            (0..<Int.random(in: 1...12, using: &numbers)).map { _ in words[Int.random(in: 0..<words.count, using: &numbers)] }
                .joined(separator: " ")
        }
        let old = some()
        let new = Bool.random(using: &numbers) ? some() : old.replacing("the", with: "all the")
        guard old != new else { return }
        let change = try WordChange.between(old, and: new, target: "p_1")
        #expect(try WordEdit.words(old, changed: change, attribution: nil, place: "p_1") == new, "\(old) -> \(new): \(change)")
    }
}
