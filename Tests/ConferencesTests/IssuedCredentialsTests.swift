import Acts
import Testing

@testable import Conferences

/// Rules of procedure of the General Assembly, rule 27: credentials issued at home.
@Suite("Credentials from home")
struct IssuedCredentialsTests {
    private static let kenya = ActorCode(rawValue: "KEN")!

    private func code(_ office: String?, _ change: (inout ConferenceCredentialsIssued) -> Void = { _ in }) throws -> String? {
        var issued = ConferenceCredentialsIssued(
            actor: Self.kenya, conference: "A/CONF.77", members: [.init(name: "Amina Otieno", function: "Head of delegation")],
            issuer: .foreignMinister, issuedBy: "The Minister", issuedOn: CalendarDate("2024-02-01")!)
        change(&issued)
        let rule = IssuedCredentialsRule(actors: try .standard, today: CalendarDate("2024-03-01")!)
        do throws(Refusal) {
            try rule.check(issued, office: office)
            return nil
        } catch {
            return error.code
        }
    }

    @Test("They are taken from an office that acts for the State, issued by one of the three that may")
    func table() throws {
        #expect(try code("KEN") == nil)
        #expect(try code("KEN") { $0.issuer = .headOfState } == nil)
        #expect(try code("UGA") == "conferences.credentials-not-home")
        #expect(try code(nil) == "conferences.credentials-not-home")
        #expect(try code("KEN") { $0.issuer = .organizationOrgan } == "conferences.credentials-issuer")
        #expect(try code("KEN") { $0.issuedOn = CalendarDate("2024-03-02")! } == "conferences.credentials-in-future")
        #expect(try code("KEN") { $0.conference = "" } == "conferences.credentials-text")
        #expect(try code("KEN") { $0.members[0].name = "" } == "conferences.credentials-text")
        #expect(try code("KEN") { $0.members[0].function = String(repeating: "x", count: 201) } == "conferences.credentials-text")
    }

    @Test("What is written is what is read, and a delegation of nobody or of too many is refused")
    func payload() throws {
        let issued = ConferenceCredentialsIssued(
            actor: Self.kenya, conference: "A/CONF.77", members: [.init(name: "Amina Otieno", function: "")], issuer: .headOfState,
            issuedBy: "The President", issuedOn: CalendarDate("2024-02-01")!)
        #expect(try ConferenceCredentialsIssued(json: issued.json) == issued)
        for count in [0, ConferenceCredentialsIssued.mostMembers + 1] {
            var other = issued
            other.members = Array(repeating: .init(name: "Amina Otieno", function: ""), count: count)
            #expect(throws: MalformedAct.self) { try ConferenceCredentialsIssued(json: other.json) }
        }
    }
}
