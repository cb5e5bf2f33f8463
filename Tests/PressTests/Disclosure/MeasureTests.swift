import Acts
import Crypto
import Testing

@testable import Press

@Suite("Measures")
struct MeasureTests {
    /// Wilson (1927): worked by hand from the formula, z = 1.95996.
    @Test(
        "The interval of a share is Wilson's",
        arguments: [(0, 10, 0.0, 0.2775), (10, 10, 0.7225, 1.0), (5, 10, 0.2366, 0.7634), (81, 263, 0.2553, 0.3662)])
    func wilson(hits: Int, count: Int, low: Double, high: Double) {
        let interval = ProportionInterval(hits, of: count)
        #expect(abs(interval.low - low) < 0.0001)
        #expect(abs(interval.high - high) < 0.0001)
    }

    /// Newcombe (1998), table II, row (a): 56/70 against 48/80, method 10: 0.0524 to 0.3339.
    @Test("The interval of a difference is Newcombe's")
    func newcombe() {
        let found = ProportionInterval(56, of: 70).minus(ProportionInterval(48, of: 80))
        #expect(abs(found.difference - 0.2) < 1e-9)
        #expect(abs(found.low - 0.0524) < 0.0001)
        #expect(abs(found.high - 0.3339) < 0.0001)
    }

    @Test("A phrase counts word for word, whatever the case and the punctuation, and not within words")
    func phrases() {
        let uptake = MessageUptake(
            phrases: ["freedom of navigation"], placebos: ["in the meeting"],
            after: ["They upheld Freedom of\nnavigation, too.", "A freedom of navigational aids", "In the meeting nothing"],
            before: ["Nothing", "Nothing"])
        #expect(uptake.phrase.hits == 1)
        #expect(uptake.phrase.of == 3)
        #expect(uptake.placebo.hits == 1)
        #expect(uptake.before.hits == 0)
        #expect(uptake.gain.difference == 0, "a phrase said no oftener than ordinary words was not taken up")
    }

    @Test("The placebo is of the same length and has no word of a key phrase")
    func placebo() {
        let text = "We uphold freedom of navigation in every strait and sea, and will go on doing so."
        let found = MessageUptake.placebo(for: "freedom of navigation", in: text, avoiding: ["freedom of navigation"])
        #expect(found == "in every strait")
    }

    private func hash(_ visitor: Int, key: [UInt8]) -> [UInt8] {
        Array(HMAC<SHA256>.authenticationCode(for: Array("visitor \(visitor)".utf8), using: SymmetricKey(data: key)))
    }

    @Test("Days are closed once, nothing of a day is published below ten, and the key changes with the day")
    func days() throws {
        let count = VisitorCount()
        let day = try #require(CalendarDate("2026-11-20"))
        var keys: Set<[UInt8]> = []
        for visitor in 0..<60 {
            count.note(language: visitor < 4 ? "ar" : "en", on: day) { key in
                keys.insert(key)
                return hash(visitor, key: key)
            }
        }
        #expect(count.finished(before: day) == nil)
        count.note(language: "en", on: day.adding(days: 1)) { key in
            keys.insert(key)
            return hash(1, key: key)
        }
        #expect(keys.count == 2)
        let closed = try #require(count.finished(before: day.adding(days: 1)))
        #expect(closed.day == day)
        #expect(closed.total == 60)
        #expect(Set(closed.languages.keys) == ["en"], "four in Arabic are too few to publish")
        #expect(count.finished(before: day.adding(days: 1)) == nil)
    }

    @Test("A sketch counts different visitors within a tenth, and the same visitor once")
    func sketch() {
        for count in [5, 50, 400, 3_000, 20_000] {
            var sketch = VisitorSketch()
            for visitor in 0..<count { for _ in 0..<2 { sketch.note(hash(visitor, key: [1, 2, 3])) } }
            #expect(abs(Double(sketch.estimate) - Double(count)) <= max(1, Double(count) / 10), "\(sketch.estimate) for \(count)")
        }
    }

    @Test("Another day's salt gives the same visitor another place: days cannot be joined")
    func salts() {
        var (one, other) = (VisitorSketch(), VisitorSketch())
        one.note(hash(7, key: [1]))
        other.note(hash(7, key: [2]))
        #expect(one != other)
        one.formUnion(other)
        #expect(one.estimate == 2)
    }

    @Test(
        "Nothing below ten is published, and the rest in tens",
        arguments: [(0, nil), (9, nil), (10, 10), (14, 10), (15, 20), (1_234, 1_230)])
    func suppressed(count: Int, published: Int?) {
        #expect(VisitorSketch.published(count) == published)
    }

    @Test("A median lies in the middle")
    func median() {
        #expect(DeskMeasures.median([5, 1, 3]) == 3)
        #expect(DeskMeasures.median([5, 1, 3, 9]) == 4)
        #expect(DeskMeasures.median([]) == 0)
    }
}
