import Acts
import Testing

@testable import Conferences

/// Who may do what to a text: docs/negotiated-text.md, *On pages*.
@Suite("Who may do what to a text")
struct TextCommandsTests {
    enum Who: String, CaseIterable, Sendable {
        case chair
        /// France, which introduced amendment `a`.
        case france
        /// Kenya, which speaks for the group `g77`.
        case kenya
        /// Chile, a member of `g77`.
        case chile
        case observer
        case nobody
    }

    private func conference() throws -> Conference {
        let day = try #require(CalendarDate("2026-11-01"))
        var conference = Conference(
            id: "c", symbol: "A/CONF.9", title: ["en": "C"], place: "Geneva", opens: day, zone: "UTC", procedure: "consensus",
            languages: ["en"])
        conference.bodies = [.init(id: "plenary", form: .plenary, name: ["en": "Plenary"], symbol: "A/CONF.9", members: [])]
        conference.delegations = ["FRA", "KEN", "CHL", "VAT"].map {
            .init(actor: Room.code($0), standing: $0 == "VAT" ? .observer : .participant, office: $0, members: [], credentials: .awaited)
        }
        conference.groups = [
            .init(id: "g77", name: ["en": "Group of 77"], members: [Room.code("KEN"), Room.code("CHL")], speaker: Room.code("KEN"))
        ]
        return conference
    }

    private func negotiation() throws -> Negotiation {
        var negotiation = Negotiation()
        let moment = Moment(milliseconds: 0)
        let words = "1. Parties shall act.\n\n2. [Parties] report.\n"
        try negotiation.table(tabled(1, words), words: Array(words.utf8), at: moment)
        try negotiation.propose(proposed("a", ["FRA"]), at: moment)
        return negotiation
    }

    private func tabled(_ version: Int64, _ words: String = "New.", _ sponsors: [String] = []) -> ConferenceTextTabled {
        ConferenceTextTabled(
            conference: "c", text: "t", version: version, form: .rollingText, title: ["en": "T"], language: "en", body: "plenary",
            words: words,
            sponsors: sponsors)
    }

    private func proposed(_ id: String, _ sponsors: [String]) -> ConferenceAmendmentProposed {
        ConferenceAmendmentProposed(
            conference: "c", text: "t", amendment: id, base: 1,
            change: ConferenceTextChange(.replace, target: "para_1", words: "must", anchor: "shall"), sponsors: sponsors)
    }

    private func joined(_ sponsors: [String]) -> ConferenceAmendmentCosponsored {
        ConferenceAmendmentCosponsored(conference: "c", text: "t", amendment: "a", sponsors: sponsors)
    }

    private func status(_ status: ConferenceProvisionStatus, _ provision: String, by: String?) -> ConferenceProvisionStatusSet {
        ConferenceProvisionStatusSet(conference: "c", text: "t", version: 1, provision: provision, status: status, by: by)
    }

    private var applied: ConferenceAmendmentApplied {
        ConferenceAmendmentApplied(conference: "c", text: "t", amendment: "a", version: 2, manner: .inBrackets)
    }

    private func withdrawn(by: String?) -> ConferenceAmendmentWithdrawn {
        ConferenceAmendmentWithdrawn(conference: "c", text: "t", amendment: "a", by: by)
    }

    /// The code of the refusal; `nil` where it is admitted.
    private func outcome(_ act: any Payload, _ who: Who) throws -> String? {
        let codes: [Who: String] = [.france: "FRA", .kenya: "KEN", .chile: "CHL", .observer: "VAT"]
        let rules = TextCommands(
            conference: try conference(), body: nil, negotiation: try negotiation(), sponsors: ["g77"],
            chair: who == .chair ? RoomActor(office: "s", person: "p", delegation: nil) : nil,
            delegate: codes[who].map { RoomActor(office: $0, person: "p", delegation: Room.code($0)) })
        do {
            _ = try rules.admit(act, words: Array("New.".utf8), at: Moment(milliseconds: 1))
            return nil
        } catch {
            return error.code
        }
    }

    @Test("Amendments are applied, and readings begun, by who presides alone", arguments: Who.allCases)
    func chairs(who: Who) throws {
        let expected = who == .chair ? nil : "conferences.not-presiding"
        #expect(try outcome(applied, who) == expected)
        #expect(try outcome(ConferenceReadingBegun(conference: "c", text: "t", reading: 1, version: 1), who) == expected)
        #expect(try outcome(status(.agreed, "para_1", by: nil), who) == expected)
    }

    @Test("Nobody signs for others, and who speaks for a group signs for it", arguments: Who.allCases)
    func sponsors(who: Who) throws {
        let foreign = "conferences.texts.speaks-for-others"
        let none = "conferences.no-delegation"
        let isNone = who == .observer || who == .nobody
        #expect(try outcome(proposed("b", ["FRA"]), who) == (who == .chair || who == .france ? nil : isNone ? none : foreign))
        #expect(try outcome(proposed("b", ["g77"]), who) == (who == .chair || who == .kenya ? nil : isNone ? none : foreign))
        #expect(try outcome(proposed("b", ["KEN", "g77"]), who) == (who == .chair || who == .kenya ? nil : isNone ? none : foreign))
        #expect(try outcome(joined(["CHL"]), who) == (who == .chair || who == .chile ? nil : isNone ? none : foreign))
        #expect(try outcome(joined(["FRA"]), .france) == "conferences.texts.sponsor-already")
        #expect(try outcome(proposed("b", ["XYZ"]), .chair) == "conferences.unknown-sponsor")
        #expect(try outcome(proposed("b", ["VAT"]), .chair) == "conferences.unknown-sponsor")
    }

    @Test("Who introduced it takes it back; the chair enters what was said from the floor", arguments: Who.allCases)
    func withdrawal(who: Who) throws {
        let expected = who == .france || who == .chair ? nil : "conferences.texts.not-sponsor"
        #expect(try outcome(withdrawn(by: "FRA"), who) == expected)
    }

    @Test("A delegation tables the next version of what it, or its group, tabled", arguments: Who.allCases)
    func versions(who: Who) throws {
        let isNone = who == .observer || who == .nobody
        let expected = who == .chair || who == .kenya ? nil : isNone ? "conferences.no-delegation" : "conferences.texts.not-sponsor"
        #expect(try outcome(tabled(2, "New.", ["g77"]), who) == expected)
        #expect(try outcome(tabled(3, "New.", ["g77"]), .kenya) == "conference.text.version-order")
    }

    @Test("What stands in brackets is not found agreed, and one's position is one's own")
    func positions() throws {
        #expect(try outcome(status(.agreed, "para_2", by: nil), .chair) == "conferences.texts.brackets-stand")
        #expect(try outcome(status(.bracketed, "para_2", by: nil), .chair) == nil)
        #expect(try outcome(status(.deleted, "para_2", by: nil), .chair) == "conferences.texts.status-by-amendment")
        #expect(try outcome(status(.reserved, "para_1", by: "KEN"), .kenya) == nil)
        #expect(try outcome(status(.reserved, "para_1", by: "g77"), .kenya) == nil)
        #expect(try outcome(status(.reserved, "para_1", by: "g77"), .chile) == "conferences.not-yours")
        #expect(try outcome(status(.reserved, "para_1", by: "KEN"), .france) == "conferences.not-yours")
        #expect(try outcome(status(.reserved, "para_1", by: "KEN"), .nobody) == "conferences.no-delegation")
        #expect(try outcome(status(.reserved, "para_9", by: "KEN"), .kenya) == "conference.text.provision-vanished")
    }
}
