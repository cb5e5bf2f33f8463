import Testing

@testable import Press

/// What the press desk is.
@Suite("Press desk")
struct PressDeskTests {
    @Test("It has its name, and words in every language of the house")
    func name() {
        #expect(PressDesk().name == "press")
    }
}
