import Conferences
import Foundation
import Testing

@Suite("The conference desk")
struct ConferenceDeskTests {
    @Test("The desk finds its languages and templates where it is installed")
    func desksFilesAreThere() throws {
        let desk = try ConferenceDesk()
        #expect(desk.languages?.isFileURL == true)
        #expect(desk.templates?.isFileURL == true)
    }
}
