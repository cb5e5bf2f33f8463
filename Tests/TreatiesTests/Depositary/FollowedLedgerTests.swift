import Acts
import Testing

@testable import Treaties

/// Registers of joint depositaries, as their records are followed.
@Suite("Followed ledgers")
struct FollowedLedgerTests {
    private static let kenya = ActorCode(rawValue: "KEN")!
    private static let uganda = ActorCode(rawValue: "UGA")!

    private static func entry(_ index: Int64, _ content: some Payload) -> Entry {
        let payload = SealedPayload(content)
        let draft = ActDraft(kind: type(of: content).kind, payload: payload, office: "depositary", author: "node")
        let header = EntryHeader(statement: draft.statement, received: Moment(milliseconds: 1_700_000_000_000 + index))
        return Entry(index: index, leaf: header.canonicalBytes, header: header, content: .present(payload))
    }

    private static func act(
        _ actor: ActorCode, _ action: ParticipationKind, _ date: String, unconfirmed: Bool = false
    ) -> TreatyParticipation {
        TreatyParticipation(treaty: "NPT", actor: actor, action: action, date: CalendarDate(date)!, unconfirmed: unconfirmed)
    }

    @Test("The list is what the other depositary knows now: corrections replace, confirmations give effect, the unconfirmed does not count")
    func lines() {
        let lines = FollowedLedger.lines(of: [
            Self.entry(1, Self.act(Self.kenya, .ratification, "1970-06-11")),
            Self.entry(2, Self.act(Self.uganda, .accession, "1982-10-20", unconfirmed: true)),
            Self.entry(
                3,
                TreatyParticipationCorrected(
                    entry: 1, replacement: Self.act(Self.kenya, .ratification, "1970-06-12"), reason: "A slip of the pen")),
            Self.entry(4, Remark(text: "nothing to do with it")),
            Self.entry(5, TreatyActConfirmed(treaty: "NPT", entry: 2, date: CalendarDate("1982-10-22")!)),
            Self.entry(6, Self.act(Self.kenya, .signature, "1968-07-01")),
            Self.entry(7, TreatyParticipationCorrected(entry: 6, replacement: nil, reason: "It was another treaty")),
            Self.entry(8, Self.act(Self.uganda, .signature, "1980-01-01", unconfirmed: true)),
        ])
        #expect(
            lines == [
                .init(Self.kenya, .ratification, on: CalendarDate("1970-06-12")!),
                .init(Self.uganda, .accession, on: CalendarDate("1982-10-22")!),
            ])
    }

    @Test("The same treaty is known by its title under any number, and never by its number under another title")
    func numbers() {
        func opened(_ number: String, _ title: String?) -> TreatyOpened {
            TreatyOpened(
                treaty: number, titles: title.map { ["en": $0] } ?? [:], chapter: "I", chapterNames: ["en": "One"], article: "IX",
                clause: ["none": true])
        }
        let own = opened("NPT", "Treaty on the Non-Proliferation of Nuclear Weapons")
        #expect(
            FollowedLedger.numbers(
                of: own,
                among: [
                    opened("10485", "TREATY ON THE NON-PROLIFERATION OF NUCLEAR WEAPONS"), opened("NPT", "Another treaty"),
                    opened("OST", "Outer Space Treaty"),
                ]) == ["10485"])
        #expect(FollowedLedger.numbers(of: own, among: [opened("NPT", nil)]) == ["NPT"])
        #expect(FollowedLedger.numbers(of: own, among: []).isEmpty)
    }

    @Test("Of deposits with several depositaries the earliest counts, and what one list lacks is shown (NPT art. IX)")
    func compared() throws {
        func ledger(_ name: String, _ lines: [TreatyLedgerImported.Line]) -> LedgerComparison.Ledger {
            .init(depositary: name, asOf: CalendarDate("2026-01-01")!, lines: lines)
        }
        let comparison = LedgerComparison([
            ledger("", [.init(Self.kenya, .ratification, on: CalendarDate("1970-06-11")!)]),
            ledger("node:london.example", [.init(Self.kenya, .ratification, on: CalendarDate("1970-05-11")!)]),
            ledger(
                "node:moscow.example",
                [
                    .init(Self.kenya, .ratification, on: CalendarDate("1970-06-11")!),
                    .init(Self.uganda, .accession, on: CalendarDate("1982-10-20")!),
                ]),
        ])
        let kenya = try #require(comparison.rows.first { $0.actor == Self.kenya })
        #expect(kenya.finding == .otherDate && kenya.earliest == CalendarDate("1970-05-11")!)
        let uganda = try #require(comparison.rows.first { $0.actor == Self.uganda })
        #expect(uganda.finding == .missing && uganda.lines.compactMap(\.self).count == 1)
    }
}
