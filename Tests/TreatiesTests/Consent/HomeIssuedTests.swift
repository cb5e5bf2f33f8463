import Acts
import Testing

@testable import Treaties

/// VCLT articles 2(1)(c) and 7: full powers that a State issues on its own node, taken from that node's record.
@Suite("Full powers from home")
struct HomeIssuedTests {
    private let rule: HomeIssuedRule

    init() throws { rule = HomeIssuedRule(actors: try ActorTable.standard, today: CalendarDate("2024-03-01")!) }

    private func code(_ office: String?, _ change: (inout TreatyFullPowersIssued) -> Void = { _ in }) -> String? {
        var issued = AuthorityTests.powers().issued
        change(&issued)
        do throws(Refusal) {
            try rule.check(issued, office: office, treaties: [AuthorityTests.treaty])
            return nil
        } catch {
            return error.code
        }
    }

    @Test(
        "They are taken from an office of the very State, issued by one of the three that may, for a treaty of the register or for every treaty"
    )
    func taken() {
        #expect(code("KEN") == nil)
        #expect(code("KEN") { $0.treaties = [] } == nil)
        #expect(code("KEN") { $0.treaties = ["ELSEWHERE-1", AuthorityTests.treaty] } == nil)
        #expect(code("KEN") { $0.issuer = .headOfState } == nil)
        #expect(code("KEN") { $0.issuer = .headOfGovernment } == nil)
    }

    @Test("Anything else is refused with the article it rests on")
    func refused() {
        #expect(code("UGA") == "treaty.full-powers-not-home")
        #expect(code(nil) == "treaty.full-powers-not-home")
        #expect(code("KEN") { $0.issuer = .other } == "treaty.full-powers-issuer")
        #expect(code("KEN") { $0.issuer = .organizationOrgan } == "treaty.full-powers-issuer")
        #expect(code("KEN") { $0.treaties = ["ELSEWHERE-1"] } == "treaty.full-powers-elsewhere")
        #expect(code("KEN") { $0.issuedOn = CalendarDate("2024-03-02")! } == "treaty.full-powers-in-future")
        #expect(throws: Refusal.self) {
            try rule.check(AuthorityTests.powers().issued, office: "UGA", treaties: [AuthorityTests.treaty])
        }
        do throws(Refusal) {
            try rule.check(AuthorityTests.powers().issued, office: "UGA", treaties: [AuthorityTests.treaty])
        } catch {
            #expect(error.citation == "VCLT arts. 2(1)(c), 7(1)(a)")
        }
    }

    @Test("They are withdrawn by an office of the same State alone, once")
    func withdrawn() {
        let revoked = TreatyFullPowersRevoked(entry: 40, date: CalendarDate("2024-02-20")!, reason: "A new ambassador")
        func code(_ held: HeldFullPowers?, _ office: String?) -> String? {
            do throws(Refusal) {
                try rule.check(revoked, of: held, office: office)
                return nil
            } catch {
                return error.code
            }
        }
        #expect(code(AuthorityTests.powers(), "KEN") == nil)
        #expect(code(AuthorityTests.powers(), "UGA") == "treaty.full-powers-not-home")
        #expect(code(AuthorityTests.powers(revokedOn: "2024-02-01"), "KEN") == "treaty.full-powers-revoked-already")
        #expect(code(nil, "KEN") == "treaty.no-such-full-powers")
    }

    @Test("A State's own office may name a treaty that another depositary holds; a depositary may not")
    func issuedAtHome() throws {
        let rule = FullPowersRule(actors: try ActorTable.standard, today: CalendarDate("2024-03-01")!)
        let issued = AuthorityTests.powers().issued
        #expect(throws: Refusal.self) { try rule.check(issued, treaties: []) }
        #expect(throws: Never.self) { try rule.check(issued, treaties: [], isHome: true) }
    }
}
