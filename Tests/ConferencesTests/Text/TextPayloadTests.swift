import Acts
import Foundation
import Ledger
import Testing

@Suite("The acts of a negotiated text")
struct TextPayloadTests {
    private func roundTrips<P: Payload & Equatable>(_ payload: P) throws {
        let read = try P(json: JSONParser.parse(payload.json.canonicalText))
        #expect(read == payload)
        #expect(read.json.canonicalText == payload.json.canonicalText)
    }

    @Test("Every act is written and read back, whole and with as little as it may have")
    func actsRoundTrip() throws {
        let hash = try #require(Hash(hexadecimal: String(repeating: "ab", count: 32)))
        try roundTrips(
            ConferenceTextTabled(
                conference: "c", text: "t", version: 1, form: .zeroDraft, title: ["en": "Draft", "fr": "Projet"], language: "en",
                document: "A/CONF.1/L.1", body: "plenary", sha256: hash, sponsors: ["FRA", "g77"]))
        try roundTrips(
            ConferenceTextTabled(conference: "c", text: "t", version: 2, form: .cleanText, title: [:], language: "ar", words: "كلمات"))
        let change = ConferenceTextChange(
            .insert, target: "art_1", words: "w", anchor: "a", occurrence: 2, position: .before, beside: "art_2", number: "1bis")
        try roundTrips(
            ConferenceAmendmentProposed(
                conference: "c", text: "t", amendment: "a", base: 1, change: change, sponsors: ["FRA"], amends: "b", document: "L.2",
                reason: "why"))
        for operation in ConferenceTextChange.Operation.allCases {
            try roundTrips(
                ConferenceAmendmentProposed(
                    conference: "c", text: "t", amendment: "a", base: 1, change: ConferenceTextChange(operation, target: "x"), sponsors: [])
            )
        }
        try roundTrips(ConferenceAmendmentCosponsored(conference: "c", text: "t", amendment: "a", sponsors: ["IDN"]))
        try roundTrips(ConferenceAmendmentWithdrawn(conference: "c", text: "t", amendment: "a", by: "FRA"))
        try roundTrips(ConferenceAmendmentWithdrawn(conference: "c", text: "t", amendment: "a"))
        for manner in ConferenceAmendmentApplied.Manner.allCases {
            try roundTrips(
                ConferenceAmendmentApplied(conference: "c", text: "t", amendment: "a", version: 2, manner: manner, decision: "d"))
        }
        for status in ConferenceProvisionStatus.allCases {
            try roundTrips(
                ConferenceProvisionStatusSet(
                    conference: "c", text: "t", version: 2, provision: "art_1", status: status, by: "USA", note: "n"))
        }
        try roundTrips(ConferenceReadingBegun(conference: "c", text: "t", reading: 1, version: 2, provision: "art_1"))
    }

    @Test(
        "What is not of the form is refused with its place",
        arguments: [
            #"{"conference":"c","text":"t","version":1,"form":"zero-draft","title":{},"language":"en","sponsors":[]}"#,
            #"{"conference":"c","text":"t","version":1,"form":"poem","title":{},"language":"en","words":"x","sponsors":[]}"#,
            #"{"conference":"c","text":"t","version":1,"form":"zero-draft","title":{},"language":"en","words":"x","color":"red"}"#,
            #"{"conference":"c","text":"t","version":1,"form":"zero-draft","title":{},"language":"en","words":"x","sha256":"ab"}"#,
        ])
    func malformedTextsAreRefused(text: String) {
        #expect(throws: MalformedAct.self) { try ConferenceTextTabled(json: JSONParser.parse(text)) }
    }

    @Test("Words longer than an act may hold are refused, as text and as amendment")
    func longWordsAreRefused() {
        let long = String(repeating: "a", count: ConferenceTextTabled.mostInlineBytes + 1)
        let tabled = ConferenceTextTabled(conference: "c", text: "t", version: 1, form: .zeroDraft, title: [:], language: "en", words: long)
        #expect(throws: MalformedAct.self) { try ConferenceTextTabled(json: tabled.json) }
        let proposed = ConferenceAmendmentProposed(
            conference: "c", text: "t", amendment: "a", base: 1, change: ConferenceTextChange(.replace, target: "x", words: long),
            sponsors: ["FRA"])
        #expect(throws: MalformedAct.self) { try ConferenceAmendmentProposed(json: proposed.json) }
    }
}
