import Acts
import Foundation
import Testing
import Texts

@testable import Conferences

@Suite("A negotiation, from its acts")
struct NegotiationTests {
    private static let words = "## Article 1\n\n1. Parties shall act.\n\n2. Parties [EU: shall][G77: should] report.\n"

    private func moment(_ minute: Int64) -> Moment { Moment(milliseconds: minute * 60_000) }

    private func begun(_ words: String = words) throws -> Negotiation {
        var negotiation = Negotiation()
        try negotiation.table(
            ConferenceTextTabled(
                conference: "c", text: "t", version: 1, form: .compilation, title: ["en": "Draft"], language: "en", words: words,
                sponsors: ["chair"]), words: Array(words.utf8), at: moment(1))
        return negotiation
    }

    private func propose(
        _ id: String, _ change: ConferenceTextChange, by sponsors: [String], base: Int64 = 1, amends: String? = nil
    ) -> ConferenceAmendmentProposed {
        ConferenceAmendmentProposed(
            conference: "c", text: "t", amendment: id, base: base, change: change, sponsors: sponsors, amends: amends)
    }

    private func code(_ body: () throws -> Void) -> String? {
        do {
            try body()
            return nil
        } catch { return (error as? Refusal)?.code }
    }

    @Test("Who proposed these words, when, who objected, and when they were agreed")
    func historyIsTold() throws {
        var negotiation = try begun()
        let provision = try #require(ProvisionIdentifier("art_1__para_1"))
        let change = ConferenceTextChange(.insert, target: provision.text, words: "at once", anchor: "act", position: .after)
        try negotiation.propose(propose("a", change, by: ["FRA"]), at: moment(2))
        try negotiation.cosponsor(
            ConferenceAmendmentCosponsored(conference: "c", text: "t", amendment: "a", sponsors: ["IDN", "FRA"]), at: moment(3))
        try negotiation.apply(
            ConferenceAmendmentApplied(conference: "c", text: "t", amendment: "a", version: 2, manner: .asProposed), at: moment(4))
        func set(_ status: ConferenceProvisionStatus, by: String?, _ minute: Int64) throws {
            try negotiation.set(
                ConferenceProvisionStatusSet(conference: "c", text: "t", version: 2, provision: provision.text, status: status, by: by),
                at: moment(minute))
        }
        try set(.reserved, by: "USA", 5)
        #expect(negotiation.status(of: provision) == .reserved)
        #expect(negotiation.objectors(to: provision) == ["USA"])
        try set(.agreed, by: "USA", 6)
        try set(.agreedAdReferendum, by: nil, 7)
        #expect(negotiation.status(of: provision) == .agreedAdReferendum)
        let history = negotiation.history(of: provision)
        #expect(history.map(\.kind) == [.tabled, .proposed, .cosponsored, .applied, .statusSet, .statusSet, .statusSet])
        #expect(history.filter(\.isObjection).map(\.by) == [["USA"]])
        #expect(history.map(\.moment.milliseconds).map { $0 / 60_000 } == [1, 2, 3, 4, 5, 6, 7])
        #expect(negotiation.current?.origins(of: provision).compactMap(\.origin.amendment) == ["a"])
        #expect(try negotiation.amendment("a").sponsors == ["FRA", "IDN"])
    }

    @Test("Words that were agreed are open again when they change, and nothing is agreed until everything is")
    func agreementIsWhole() throws {
        var negotiation = try begun("1. One\n\n2. Two\n")
        for name in ["para_1", "para_2"] {
            #expect(!negotiation.isEverythingAgreed)
            try negotiation.set(
                ConferenceProvisionStatusSet(conference: "c", text: "t", version: 1, provision: name, status: .agreed), at: moment(2))
        }
        #expect(negotiation.isEverythingAgreed)
        try negotiation.propose(
            propose("a", ConferenceTextChange(.replace, target: "para_2", words: "Three", anchor: "Two"), by: ["EU"]), at: moment(3))
        try negotiation.apply(
            ConferenceAmendmentApplied(conference: "c", text: "t", amendment: "a", version: 2, manner: .asProposed), at: moment(4))
        #expect(!negotiation.isEverythingAgreed)
        #expect(negotiation.statusCounts == [.agreed: 1, .proposed: 1])
        #expect(negotiation.history(of: try #require(ProvisionIdentifier("para_2"))).map(\.kind).contains(.reopened))
    }

    @Test("A sub-amendment changes the amendment, which then comes as changed; a second order there is not")
    func subAmendmentsApply() throws {
        var negotiation = try begun()
        let change = ConferenceTextChange(.insert, target: "art_1__para_1", words: "with speed", anchor: "act")
        try negotiation.propose(propose("a", change, by: ["FRA"]), at: moment(2))
        let sub = ConferenceTextChange(.replace, target: "", words: "care", anchor: "speed")
        try negotiation.propose(propose("a-1", sub, by: ["IND"], amends: "a"), at: moment(3))
        #expect(
            code { try negotiation.propose(propose("a-1-1", sub, by: ["BRA"], amends: "a-1"), at: moment(3)) }
                == "conference.text.sub-amendment")
        try negotiation.apply(
            ConferenceAmendmentApplied(conference: "c", text: "t", amendment: "a-1", version: 1, manner: .asProposed), at: moment(4))
        try negotiation.apply(
            ConferenceAmendmentApplied(conference: "c", text: "t", amendment: "a", version: 2, manner: .inBrackets), at: moment(5))
        #expect(negotiation.current?.text.blocks[1].words == "Parties shall act [FRA: with care].")
    }

    @Test("A withdrawn amendment takes its sub-amendments with it, and neither can be applied")
    func withdrawalCloses() throws {
        var negotiation = try begun()
        let change = ConferenceTextChange(.insert, target: "art_1__para_1", words: "with speed", anchor: "act")
        try negotiation.propose(propose("a", change, by: ["FRA"]), at: moment(2))
        try negotiation.propose(
            propose("b", ConferenceTextChange(.delete, target: "", anchor: "with"), by: ["IND"], amends: "a"), at: moment(3))
        try negotiation.withdraw(ConferenceAmendmentWithdrawn(conference: "c", text: "t", amendment: "a"), at: moment(4))
        for id in ["a", "b"] {
            let act = ConferenceAmendmentApplied(conference: "c", text: "t", amendment: id, version: 2, manner: .asProposed)
            #expect(code { try negotiation.apply(act, at: moment(5)) } == "conference.text.amendment-closed")
        }
    }

    @Test("Every version can be had again, the same bytes, however many came after")
    func versionsAreMadeAnew() throws {
        var negotiation = try begun("1. Words\n")
        var expected: [[UInt8]] = [Array("1. Words\n".utf8)]
        for step in 2...40 {
            let change = ConferenceTextChange(.insert, target: "para_1", words: "w\(step)", anchor: "Words")
            try negotiation.propose(propose("a\(step)", change, by: ["EU"], base: Int64(step - 1)), at: moment(1))
            try negotiation.apply(
                ConferenceAmendmentApplied(conference: "c", text: "t", amendment: "a\(step)", version: Int64(step), manner: .inBrackets),
                at: moment(1))
            expected.append(try #require(negotiation.current).text.bytes)
        }
        for (index, bytes) in expected.enumerated() { #expect(try negotiation.version(Int64(index + 1)).text.bytes == bytes) }
        #expect(code { _ = try negotiation.version(41) } == "conference.text.version-unknown")
    }

    @Test("A version tabled anew keeps the names of provisions that are the same, and not those of others")
    func namesAreKept() throws {
        var negotiation = try begun(
            "1. Parties shall act with all the speed that science demands of them.\n\n2. Something else entirely is here now.\n")
        let next =
            "1. A new paragraph about finance and its flows comes first here.\n\n2. Parties shall act with all the speed that science demands of them.\n"
        try negotiation.table(
            ConferenceTextTabled(
                conference: "c", text: "t", version: 2, form: .chairsText, title: [:], language: "en", words: next),
            words: Array(next.utf8),
            at: moment(2))
        #expect(negotiation.current?.text.blocks.map(\.wId.text) == ["para_1-n2", "para_1"])
    }

    @Test("Readings come in their order")
    func readingsAreOrdered() throws {
        var negotiation = try begun()
        #expect(
            code {
                try negotiation.begin(ConferenceReadingBegun(conference: "c", text: "t", reading: 2, version: 1), at: moment(2))
            } == "conference.text.reading-order")
        try negotiation.begin(ConferenceReadingBegun(conference: "c", text: "t", reading: 1, version: 1), at: moment(2))
        #expect(negotiation.readings.map(\.number) == [1])
    }
}
