import Testing

@testable import Typesetting

@Suite("Typesetting") struct TypesettingLoadTests {
    @Test("The libraries load") func loads() {
        #expect(Bool(true))
    }
}
