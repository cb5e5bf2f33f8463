import Testing

@testable import Seals

@Suite("Seals") struct SealsLoadTests {
    @Test("The libraries load") func loads() {
        #expect(Bool(true))
    }
}
