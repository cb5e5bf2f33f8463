import Testing

@testable import Mail

@Suite("Mail") struct MailLoadTests {
    @Test("The libraries load") func loads() {
        #expect(Bool(true))
    }
}
