import Testing

@testable import Treaties

@Suite("Shares and fractions are exact")
struct ExactArithmeticTests {
    @Test("decimals read back as they were written", arguments: ["0", "17.4", "34.35", "-0.5", "13728306", "999999999999999.999999999"])
    func roundTrip(_ text: String) {
        #expect(ExactDecimal(text)?.description == text)
    }

    @Test(
        "what is not a plain decimal is refused",
        arguments: ["", ".", "1.", ".5", "1e3", "+1", "--1", "1,000", "0x10", "1.0000000001", "1234567890123456", "١"])
    func refused(_ text: String) {
        #expect(ExactDecimal(text) == nil)
    }

    @Test("a third of the whole, three times, is two thirds and the whole, not almost")
    func thirds() throws {
        let share = try #require(ExactDecimal("0.333333333"))
        #expect(!Proportion.fraction(1, 3).isReached(by: share, of: 1, .atLeast))
        #expect(Proportion.fraction(1, 3).isReached(by: 1, of: 3, .atLeast))
        #expect(!Proportion.fraction(1, 3).isReached(by: 1, of: 3, .moreThan))
        #expect(Proportion.percent(55).isReached(by: 55, of: 100, .atLeast))
        let almost = try #require(ExactDecimal("54.999999999"))
        #expect(!Proportion.percent(55).isReached(by: almost, of: 100, .atLeast))
    }

    @Test(
        "the number needed is the smallest that reaches the part",
        arguments: [(2, 3, 124, 83), (2, 3, 114, 76), (3, 4, 192, 144), (1, 2, 11, 6)])
    func needed(_ numerator: Int, _ denominator: Int, _ whole: Int, _ expected: Int) {
        #expect(Proportion.fraction(numerator, denominator).smallestCount(of: whole, .atLeast) == expected)
    }

    @Test("a majority is more than half: 24 of 46 (UN Charter art. 110(3))")
    func majority() {
        #expect(Proportion.fraction(1, 2).smallestCount(of: 46, .moreThan) == 24)
        #expect(Proportion.fraction(1, 2).smallestCount(of: 47, .moreThan) == 24)
    }

    @Test("what is short is rounded up, what is reached is rounded down")
    func rounding() throws {
        let reached = try #require(ExactDecimal("34.355"))
        #expect(reached.percent(of: 100).description == "34.35")
        #expect(Proportion.percent(35).percentShort(of: reached, in: 100).description == "0.65")
        #expect(Proportion.percent(35).percentShort(of: 0, in: 0).description == "35")
    }
}
