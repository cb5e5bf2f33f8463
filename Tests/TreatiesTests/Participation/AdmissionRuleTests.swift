import Acts
import Testing

@testable import Treaties

/// What may be entered in the register, and on which article a refusal rests.
struct AdmissionRuleTests {
    private static let today = CalendarDate("2026-11-22")!

    private static func act(
        _ actor: String, _ action: ParticipationKind, _ date: String, effect: String? = nil
    ) -> TreatyParticipation {
        TreatyParticipation(
            treaty: "XXVII-99", actor: ActorCode(rawValue: actor)!, action: action, date: CalendarDate(date)!,
            takesEffect: effect.flatMap { CalendarDate($0) })
    }

    private static func file(_ acts: [TreatyParticipation]) -> TreatyFile {
        TreatyFile(
            opened: TreatyOpened(
                treaty: "XXVII-99", titles: ["en": "A convention"], chapter: "XXVII", chapterNames: [:],
                adoptedOn: CalendarDate("2000-01-10"), openForSignature: CalendarDate("2000-02-01"),
                closedForSignature: CalendarDate("2001-01-31"), article: "Art. 1: on the 30th day",
                clause: ["condition": ["count": 2], "delay": ["unit": "days", "count": 30]]),
            lines: acts.enumerated().map { TreatyFile.Line(entry: Int64($0.offset), participation: $0.element) })
    }

    private static func refusal(of act: TreatyParticipation, after earlier: [TreatyParticipation] = []) throws -> Refusal? {
        do {
            try AdmissionRule(file: file(earlier), actors: try ActorTable.standard, today: today).check(act)
            return nil
        } catch let refusal as Refusal {
            return refusal
        }
    }

    struct Case: CustomTestStringConvertible, Sendable {
        var testDescription: String
        var earlier: [TreatyParticipation] = []
        var act: TreatyParticipation
        /// `nil`: it is entered.
        var code: String?
        var citation: String?
    }

    static let cases: [Case] = [
        Case(testDescription: "a signature in its period", act: act("FRA", .signature, "2000-06-01")),
        Case(
            testDescription: "a date still to come", act: act("FRA", .accession, "2027-01-01"), code: "treaty.date-in-future",
            citation: "VCLT art. 16"),
        Case(
            testDescription: "an instrument before adoption", act: act("FRA", .accession, "1999-12-31"), code: "treaty.before-adoption",
            citation: "VCLT arts. 9, 24(4)"),
        Case(
            testDescription: "a signature before opening", act: act("FRA", .signature, "2000-01-20"), code: "treaty.not-yet-open",
            citation: "VCLT art. 10"),
        Case(
            testDescription: "a signature after closing", act: act("FRA", .signature, "2001-02-01"), code: "treaty.no-longer-open",
            citation: "VCLT art. 15"),
        Case(
            testDescription: "a second signature", earlier: [act("FRA", .signature, "2000-06-01")],
            act: act("FRA", .signature, "2000-07-01"), code: "treaty.second-signature", citation: "VCLT art. 12"),
        Case(
            testDescription: "a ratification after signature", earlier: [act("FRA", .signature, "2000-06-01")],
            act: act("FRA", .ratification, "2002-07-01")),
        Case(
            testDescription: "a ratification without signature", act: act("FRA", .ratification, "2002-07-01"), code: "treaty.not-signed",
            citation: "VCLT arts. 14(1), 15"),
        Case(
            testDescription: "two ratifications by one State",
            earlier: [act("FRA", .signature, "2000-06-01"), act("FRA", .ratification, "2002-07-01")],
            act: act("FRA", .ratification, "2003-07-01"), code: "treaty.second-consent", citation: "VCLT arts. 11, 16"),
        Case(
            testDescription: "an accession by a Party", earlier: [act("FRA", .accession, "2002-07-01")],
            act: act("FRA", .accession, "2003-07-01"), code: "treaty.second-consent", citation: "VCLT arts. 11, 16"),
        Case(
            testDescription: "an accession after a withdrawal has taken effect",
            earlier: [act("FRA", .accession, "2002-07-01"), act("FRA", .withdrawal, "2004-01-01", effect: "2005-01-01")],
            act: act("FRA", .accession, "2006-07-01")),
        Case(
            testDescription: "an accession while a withdrawal is running",
            earlier: [act("FRA", .accession, "2002-07-01"), act("FRA", .withdrawal, "2004-01-01", effect: "2005-01-01")],
            act: act("FRA", .accession, "2004-07-01"), code: "treaty.second-consent", citation: "VCLT arts. 11, 16"),
        Case(
            testDescription: "formal confirmation by a State", act: act("FRA", .formalConfirmation, "2002-07-01"),
            code: "treaty.confirmation-by-state", citation: "VCLT 1986 art. 2(1)(b bis)"),
        Case(testDescription: "formal confirmation by an organization", act: act("EU", .formalConfirmation, "2010-07-01")),
        Case(
            testDescription: "a State that no longer exists", act: act("SUN", .accession, "2002-07-01"),
            code: "treaty.actor-did-not-exist", citation: "VCLT art. 6"),
        Case(
            testDescription: "an actor nobody knows", act: act("ZZZ", .accession, "2002-07-01"), code: "treaty.unknown-actor",
            citation: nil),
        Case(
            testDescription: "a withdrawal by one that is not bound", act: act("FRA", .withdrawal, "2004-01-01", effect: "2005-01-01"),
            code: "treaty.not-bound", citation: "VCLT art. 54"),
        Case(
            testDescription: "a withdrawal without the day of its effect", earlier: [act("FRA", .accession, "2002-07-01")],
            act: act("FRA", .withdrawal, "2004-01-01"), code: "treaty.withdrawal-without-effect", citation: "VCLT art. 56(2)"),
        Case(
            testDescription: "a withdrawal in effect before its notice", earlier: [act("FRA", .accession, "2002-07-01")],
            act: act("FRA", .withdrawal, "2004-01-01", effect: "2003-01-01"), code: "treaty.effect-before-notice",
            citation: "VCLT art. 65(2)"),
        Case(
            testDescription: "a withdrawal revoked before its effect",
            earlier: [act("FRA", .accession, "2002-07-01"), act("FRA", .withdrawal, "2004-01-01", effect: "2005-01-01")],
            act: act("FRA", .withdrawalRevocation, "2004-06-01")),
        Case(
            testDescription: "a withdrawal revoked after its effect",
            earlier: [act("FRA", .accession, "2002-07-01"), act("FRA", .withdrawal, "2004-01-01", effect: "2005-01-01")],
            act: act("FRA", .withdrawalRevocation, "2005-06-01"), code: "treaty.too-late-to-revoke", citation: "VCLT art. 68"),
        Case(
            testDescription: "nothing to revoke", earlier: [act("FRA", .accession, "2002-07-01")],
            act: act("FRA", .withdrawalRevocation, "2005-06-01"), code: "treaty.nothing-to-revoke", citation: "VCLT art. 68"),
        Case(
            testDescription: "the end of a provisional application that never began",
            act: act("FRA", .provisionalApplicationEnd, "2005-06-01"), code: "treaty.not-provisional", citation: "VCLT art. 25(2)"),
        Case(
            testDescription: "a succession by a State without predecessor", act: act("FRA", .succession, "2005-06-01"),
            code: "treaty.no-predecessor", citation: "Vienna Convention on Succession of States 1978 arts. 2(1)(b), 17"),
        Case(testDescription: "a succession by a successor State", act: act("MNE", .succession, "2006-10-23", effect: "2006-06-03")),
    ]

    @Test("An act is entered or refused as the law has it", arguments: cases)
    func admission(_ example: Case) throws {
        let refusal = try Self.refusal(of: example.act, after: example.earlier)
        #expect(refusal?.code == example.code)
        #expect(refusal?.citation == example.citation)
        if let refusal { #expect(!refusal.mend.isEmpty) }
    }
}
