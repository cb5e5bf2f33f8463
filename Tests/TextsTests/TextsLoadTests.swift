import Testing

@testable import Texts

@Suite("Texts") struct TextsLoadTests {
    @Test("The libraries load") func loads() {
        #expect(Bool(true))
    }
}
