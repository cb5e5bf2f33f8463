import Acts
import Testing

@testable import Treaties

/// VCLT articles 7 and 8: who may act for a State.
@Suite("Authority")
struct AuthorityTests {
    static let kenya = ActorCode(rawValue: "KEN")!
    static let treaty = "XXVII-99"

    let actors: ActorTable

    init() throws { actors = try ActorTable.standard }

    static func powers(
        _ entry: Int64 = 7, actor: String = "KEN", issuer: TreatyFullPowersIssued.Issuer = .foreignMinister,
        names: [String] = ["Amina Otieno"], treaties: [String] = [treaty], acts: [AuthorizedAct] = [.signature],
        from: String? = nil, until: String? = nil, form: TreatyFullPowersIssued.Form = .fullPowers, revokedOn: String? = nil
    ) -> HeldFullPowers {
        HeldFullPowers(
            entry: entry,
            issued: TreatyFullPowersIssued(
                form: form, actor: ActorCode(rawValue: actor)!, issuer: issuer, issuedBy: "The Minister",
                issuedOn: CalendarDate("2024-01-10")!, representatives: names.map { .init(name: $0, title: "Ambassador") },
                treaties: treaties, acts: acts, conference: form == .credentials ? "The Conference" : nil,
                validFrom: from.flatMap { CalendarDate($0) }, validUntil: until.flatMap { CalendarDate($0) }),
            revokedOn: revokedOn.flatMap { CalendarDate($0) })
    }

    private func deed(
        _ act: AuthorizedAct = .signature, by name: String = "Amina Otieno", as capacity: Capacity = .plenipotentiary, powers: Int64? = 7,
        on date: String = "2024-02-20", actor: String = "KEN", note: String? = nil
    ) -> AuthorityRule.Deed {
        .init(
            treaty: Self.treaty, actor: ActorCode(rawValue: actor)!, act: act, date: CalendarDate(date)!,
            signatory: Signatory(name: name, title: "Ambassador", capacity: capacity), fullPowers: powers, note: note)
    }

    private func refusal(_ deed: AuthorityRule.Deed, _ held: [HeldFullPowers]) -> Refusal? {
        do throws(Refusal) {
            try AuthorityRule(actors: actors, held: held).check(deed)
            return nil
        } catch {
            return error
        }
    }

    /// VCLT art. 7(2)(a).
    @Test(
        "Heads of State and Government and Ministers for Foreign Affairs do every act without full powers",
        arguments: [Capacity.headOfState, .headOfGovernment, .foreignMinister], AuthorizedAct.allCases)
    func threeOffices(_ capacity: Capacity, _ act: AuthorizedAct) throws {
        let ground = try AuthorityRule(actors: actors, held: []).check(deed(act, as: capacity, powers: nil))
        #expect(ground == .office(capacity) && ground.citation == "VCLT art. 7(2)(a)")
    }

    /// VCLT art. 7(2)(b) and (c).
    @Test(
        "A head of mission and an accredited representative adopt a text without full powers, and do nothing else",
        arguments: [(Capacity.headOfMission, "VCLT art. 7(2)(b)"), (.accreditedRepresentative, "VCLT art. 7(2)(c)")])
    func adoptionOnly(_ capacity: Capacity, _ citation: String) throws {
        #expect(try AuthorityRule(actors: actors, held: []).check(deed(.adoption, as: capacity, powers: nil)).citation == citation)
        for act in AuthorizedAct.allCases where act != .adoption {
            #expect(refusal(deed(act, as: capacity, powers: nil), [])?.code == "treaty.adoption-only", "\(act)")
        }
    }

    @Test("Full powers that cover the act authorize it (VCLT art. 7(1)(a)), however the name is spelt")
    func covering() throws {
        for name in ["Amina Otieno", "AMINA  OTIENO", "Ámina Otieno"] {
            #expect(try AuthorityRule(actors: actors, held: [Self.powers()]).check(deed(by: name)) == .fullPowers(7))
        }
        let general = Self.powers(treaties: [], acts: [])
        for act in AuthorizedAct.allCases {
            #expect(try AuthorityRule(actors: actors, held: [general]).check(deed(act)) == .fullPowers(7))
        }
    }

    struct Wanting: CustomTestStringConvertible, Sendable {
        var code: String
        var powers: HeldFullPowers
        var date = "2024-02-20"
        var act = AuthorizedAct.signature
        var name = "Amina Otieno"
        var testDescription: String { code }
    }

    /// VCLT arts. 2(1)(c), 7(1)(a), 8; the Secretary-General's practice for the issuing offices.
    @Test(
        "Full powers that do not cover the act are refused with the rule and the way out",
        arguments: [
            Wanting(code: "full-powers-of-another", powers: powers(actor: "FRA")),
            Wanting(code: "full-powers-issuer", powers: powers(issuer: .other)),
            Wanting(code: "full-powers-issuer", powers: powers(issuer: .organizationOrgan)),
            Wanting(code: "full-powers-not-yet", powers: powers(from: "2024-02-21")),
            Wanting(code: "full-powers-not-yet", powers: powers(), date: "2024-01-09"),
            Wanting(code: "full-powers-expired", powers: powers(until: "2024-02-19")),
            Wanting(code: "full-powers-withdrawn", powers: powers(revokedOn: "2024-02-20")),
            Wanting(code: "full-powers-other-treaty", powers: powers(treaties: ["XXVII-98"])),
            Wanting(code: "full-powers-other-act", powers: powers(), act: .consent),
            Wanting(code: "full-powers-other-act", powers: powers(acts: [], form: .credentials)),
            Wanting(code: "full-powers-other-person", powers: powers(), name: "Somebody Else"),
        ])
    func notCovering(_ wanting: Wanting) throws {
        let found = try #require(refusal(deed(wanting.act, by: wanting.name, on: wanting.date), [wanting.powers]))
        #expect(found.code == "treaty.\(wanting.code)")
        #expect(found.citation?.contains("VCLT") == true && !found.mend.isEmpty)
    }

    @Test("The last and the first day of full powers are good days")
    func boundaries() throws {
        let rule = AuthorityRule(actors: actors, held: [Self.powers(from: "2024-02-20", until: "2024-02-20", revokedOn: "2024-02-21")])
        #expect(try rule.check(deed()) == .fullPowers(7))
    }

    @Test("Without full powers, without a name, and without a reason to dispense with them, nobody is authorized")
    func nothing() {
        #expect(refusal(deed(powers: nil), [])?.code == "treaty.no-full-powers")
        #expect(refusal(deed(powers: 8), [Self.powers()])?.code == "treaty.no-full-powers")
        #expect(refusal(deed(by: "", as: .headOfState), [])?.code == "treaty.no-signatory")
        #expect(refusal(deed(as: .dispensed, powers: nil), [])?.code == "treaty.practice-unexplained")
        #expect(refusal(deed(as: .dispensed, powers: nil, note: "The exchange of notes of 3 May says so."), []) == nil)
    }

    /// VCLT 1986 art. 7(3).
    @Test("An organization acts by powers of its competent organ")
    func organizations() {
        #expect(refusal(deed(as: .foreignMinister, powers: nil, actor: "EU"), [])?.code == "treaty.capacity-of-organization")
        let powers = Self.powers(actor: "EU", issuer: .organizationOrgan)
        #expect(refusal(deed(actor: "EU"), [powers]) == nil)
        #expect(refusal(deed(actor: "EU"), [Self.powers(actor: "EU")])?.code == "treaty.full-powers-issuer-organ")
    }

    @Test("A form offers the full powers that cover the act, the newest first")
    func offered() {
        let held = [Self.powers(1), Self.powers(2, treaties: ["XXVII-98"]), Self.powers(3, acts: []), Self.powers(4, until: "2024-02-01")]
        var anybody = deed()
        anybody.signatory = nil
        #expect(AuthorityRule(actors: actors, held: held).covering(anybody).map(\.entry) == [3, 1])
    }

    @Test("Full powers are entered as an office could issue them")
    func entering() throws {
        let rule = FullPowersRule(actors: actors, today: CalendarDate("2024-03-01")!)
        func code(_ change: (inout TreatyFullPowersIssued) -> Void) -> String? {
            var issued = Self.powers().issued
            change(&issued)
            do throws(Refusal) {
                try rule.check(issued, treaties: [Self.treaty])
                return nil
            } catch {
                return error.code
            }
        }
        #expect(code { _ in } == nil)
        #expect(code { $0.issuer = .other } == "treaty.full-powers-issuer")
        #expect(code { $0.treaties = ["I-1"] } == "treaty.unknown-treaty")
        #expect(code { $0.issuedOn = CalendarDate("2024-03-02")! } == "treaty.full-powers-in-future")
        #expect(code { $0.validUntil = CalendarDate("2023-01-01") } == "treaty.full-powers-empty")
        #expect(code { $0.form = .credentials } == "treaty.credentials-without-conference")
        #expect(code { $0.document = "abc" } == "treaty.document-hash")
    }
}
