import Acts
import Testing

@testable import Treaties

/// Custody, the examination of form, corrections, registration, ledgers: what the law lets the depositary enter (VCLT arts. 76 to 80).
struct DepositaryRuleTests {
    private typealias Fixtures = DepositaryFixtures
    private let today = Fixtures.date("2026-11-26")

    private func received(_ change: (inout TreatyInstrumentReceived) -> Void = { _ in }) -> TreatyInstrumentReceived {
        var act = TreatyInstrumentReceived(
            treaty: "XXVII-99", item: .instrument, actor: Fixtures.france, action: .ratification, dated: Fixtures.date("2026-11-01"),
            received: Fixtures.date("2026-11-20"), channel: .byHand, medium: .original, document: Array(repeating: 7, count: 32))
        change(&act)
        return act
    }

    @Test("A document is entered with the day it arrived; impossible days, senders and scans are refused")
    func receipt() throws {
        let commands = try Fixtures.commands()
        func code(_ act: TreatyInstrumentReceived, scan: TreatyInstrumentReceived? = nil) -> String? {
            Fixtures.code { _ = try commands.receive(act, scan: scan, today: today, request: nil) }
        }
        let drafts = try commands.receive(received(), scan: nil, today: today, request: nil)
        #expect(drafts.first?.statement.effective == Fixtures.date("2026-11-20"))
        #expect(try TreatyInstrumentReceived(json: drafts[0].payload.json()) == received())
        #expect(code(received { $0.received = Fixtures.date("2026-11-27") }) == "treaty.received-in-future")
        #expect(code(received { $0.dated = Fixtures.date("2026-11-21") }) == "treaty.dated-after-receipt")
        #expect(code(received { $0.actor = nil }) == "treaty.document-of-nobody")
        #expect(code(received { $0.actor = ActorCode(rawValue: "XYZ") }) == "treaty.unknown-actor")
        #expect(code(received { $0.follows = 3 }) == "treaty.no-such-scan")
        #expect(code(received { $0.follows = 3 }, scan: received { $0.medium = .scan }) == nil)
        #expect(code(received { $0.follows = 3 }, scan: received { $0.actor = Fixtures.kenya }) == "treaty.no-such-scan")
        #expect(
            code(
                received {
                    $0.item = .originalText
                    $0.actor = nil
                }) == nil)
    }

    /// The points of the Treaty Handbook, 3.3.5; VCLT art. 77(2).
    @Test("The form is examined on every point; the depositary says what it finds and does not decide a difference")
    func examination() throws {
        let commands = try Fixtures.commands()
        let points = TreatyInstrumentExamined.Point.allCases
        func code(
            _ answers: [TreatyInstrumentExamined.Answer], _ result: TreatyInstrumentExamined.Result, remarks: String? = nil
        ) -> String? {
            let checks = zip(points, answers).map { TreatyInstrumentExamined.Check($0, $1) }
            let act = TreatyInstrumentExamined(instrument: 5, treaty: "XXVII-99", checks: checks, result: result, remarks: remarks)
            return Fixtures.code { _ = try commands.examine(act, of: received(), request: nil) }
        }
        #expect(points.count == 5)
        #expect(code([.yes, .yes, .yes, .yes, .yes], .inOrder) == nil)
        #expect(code([.yes, .yes, .yes, .yes], .inOrder) == "treaty.examination-incomplete")
        #expect(code([.yes, .yes, .no, .yes, .yes], .inOrder) == "treaty.examination-contradicts")
        #expect(code([.yes, .yes, .unclear, .yes, .yes], .toBeCompleted) == nil)
        #expect(code([.no, .yes, .yes, .yes, .yes], .difference) == "treaty.difference-without-words")
        #expect(code([.no, .yes, .yes, .yes, .yes], .difference, remarks: "Signed by an ambassador without full powers.") == nil)
    }

    private func file(
        scope: TreatyCorrectionProposed.Scope = .text, until: String? = "2026-12-31", objections: [(String, String)] = [],
        effected: Bool = false
    ) -> CorrectionFile {
        let proposal = TreatyCorrectionProposed(
            treaty: "XXVII-99", scope: scope,
            changes: [.init(language: "fr", place: "Article 12, paragraphe 3", reads: "trente", shouldRead: "treize")],
            objectionsUntil: until.map(Fixtures.date))
        return CorrectionFile(
            entry: 10, proposal: proposal,
            objections: objections.enumerated().map { index, objection in
                .init(
                    entry: Int64(20 + index),
                    objection: TreatyCorrectionObjected(
                        proposal: 10, treaty: "XXVII-99", actor: ActorCode(rawValue: objection.0)!, date: Fixtures.date(objection.1)))
            },
            effected: effected
                ? TreatyCorrectionEffected(
                    proposal: 10, treaty: "XXVII-99", date: Fixtures.date("2027-01-02"), procesVerbal: "PV.1", serial: 1, paragraphs: [:])
                : nil)
    }

    /// VCLT art. 79(2): notify, time limit, no objection: corrected; objection: communicated and not corrected.
    @Test(
        "A correction goes from open to due, or is objected to: on the last day still in time, a day later not",
        arguments: [
            ("2026-12-31", nil, .open), ("2027-01-01", nil, .due), ("2027-01-01", "2026-12-31", .objected),
            ("2027-01-01", "2027-01-01", .due),
            ("2026-12-01", "2026-11-30", .objected),
        ] as [(String, String?, CorrectionFile.Stage)])
    func stages(_ day: String, _ objection: String?, _ stage: CorrectionFile.Stage) {
        let file = file(objections: objection.map { [("FRA", $0)] } ?? [])
        #expect(file.stage(on: Fixtures.date(day)) == stage)
    }

    @Test("An objection on day 89 of a period of 90 days stands in the way; the procès-verbal is executed only where none does")
    func dayEightyNine() throws {
        let commands = try Fixtures.commands()
        let proposed = Fixtures.date("2026-09-01")
        let until = proposed.adding(days: 90)
        let objected = file(until: until.description, objections: [("KEN", proposed.adding(days: 89).description)])
        let after = until.adding(days: 1)
        #expect(
            Fixtures.code { _ = try commands.effect(objected, opened: Fixtures.opened, serial: 1, today: after, request: nil) }
                == "treaty.correction-objected")
        #expect(
            Fixtures.code {
                _ = try commands.effect(file(until: until.description), opened: Fixtures.opened, serial: 1, today: until, request: nil)
            }
                == "treaty.correction-period-runs")
        let drafts = try commands.effect(file(until: until.description), opened: Fixtures.opened, serial: 4, today: after, request: nil)
        let effected = try TreatyCorrectionEffected(json: drafts[0].payload.json())
        #expect(effected.procesVerbal == "PV.4.2026.TREATIES-XXVII.99")
        #expect(effected.paragraphs["fr"]?.contains { $0.contains("au lieu de « trente », lire « treize »") } == true)
        #expect(effected.paragraphs["en"]?.contains { $0.contains("for “trente” read “treize”") } == true)
        #expect(
            Fixtures.code { _ = try commands.effect(file(effected: true), opened: Fixtures.opened, serial: 1, today: after, request: nil) }
                == "treaty.correction-effected-already")
    }

    @Test("An error in a certified copy is corrected at once, and nobody need be asked (VCLT art. 79(5))")
    func certifiedCopy() throws {
        let commands = try Fixtures.commands()
        let copy = file(scope: .certifiedCopy, until: nil)
        #expect(copy.stage(on: today) == .due)
        #expect(try commands.effect(copy, opened: Fixtures.opened, serial: 1, today: today, request: nil).count == 1)
        let objection = TreatyCorrectionObjected(proposal: 10, treaty: "XXVII-99", actor: Fixtures.france, date: today)
        #expect(
            Fixtures.code { _ = try commands.object(objection, to: copy, isConcerned: true, today: today, request: nil) }
                == "treaty.correction-of-copy")
    }

    @Test("A proposal needs a change and a period; an objection needs a State concerned, once")
    func proposals() throws {
        let commands = try Fixtures.commands()
        func propose(_ change: (inout TreatyCorrectionProposed) -> Void) -> String? {
            var proposal = file().proposal
            change(&proposal)
            return Fixtures.code { _ = try commands.propose(proposal, today: today, request: nil) }
        }
        #expect(propose { _ in } == nil)
        #expect(propose { $0.changes = [] } == "treaty.correction-empty")
        #expect(propose { $0.changes[0].shouldRead = "trente" } == "treaty.correction-changes-nothing")
        #expect(propose { $0.objectionsUntil = nil } == "treaty.correction-without-period")
        #expect(propose { $0.objectionsUntil = today } == "treaty.correction-without-period")
        let objection = TreatyCorrectionObjected(proposal: 10, treaty: "XXVII-99", actor: Fixtures.france, date: today)
        func object(_ file: CorrectionFile, isConcerned: Bool = true) -> String? {
            Fixtures.code { _ = try commands.object(objection, to: file, isConcerned: isConcerned, today: today, request: nil) }
        }
        #expect(object(file()) == nil)
        #expect(object(file(), isConcerned: false) == "treaty.correction-not-concerned")
        #expect(object(file(objections: [("FRA", "2026-11-25")])) == "treaty.correction-objected-already")
        #expect(object(file(effected: true)) == "treaty.correction-effected-already")
    }

    /// Charter art. 102; VCLT art. 80(1); General Assembly resolution 97 (I), art. 1(2).
    @Test("A treaty is registered only once it has entered into force")
    func registration() throws {
        let commands = try Fixtures.commands()
        let act = TreatyRegistered(treaty: "XXVII-99", manner: .exOfficio, date: Fixtures.date("2026-11-20"), number: "58000")
        func code(inForce: String?, already: String? = nil) -> String? {
            Fixtures.code {
                _ = try commands.register(act, inForce: inForce.map(Fixtures.date), already: already, today: today, request: nil)
            }
        }
        #expect(code(inForce: nil) == "treaty.not-in-force-yet")
        #expect(code(inForce: "2026-11-21") == "treaty.not-in-force-yet")
        #expect(code(inForce: "2026-11-20") == nil)
        #expect(code(inForce: "2020-01-01", already: "58000") == "treaty.registered-already")
    }

    @Test("Contact points are addresses of mail, or none")
    func contacts() throws {
        let commands = try Fixtures.commands()
        func code(_ addresses: [String]) -> String? {
            Fixtures.code {
                _ = try commands.setContact(
                    TreatyContactPoint(actor: Fixtures.france, addresses: addresses), isAddress: { $0.contains("@") }, request: nil)
            }
        }
        #expect(code([]) == nil)
        #expect(code(["a@b.example"]) == nil)
        #expect(code(["nobody"]) == "treaty.contact-address")
    }

    /// The practice of the treaties with three depositaries: a State may deposit with any of them, and the earliest deposit counts.
    @Test("Ledgers are compared actor by actor: the same, another date, missing; the earliest counts")
    func ledgers() throws {
        func line(_ actor: String, _ action: ParticipationKind, _ date: String) -> TreatyLedgerImported.Line {
            .init(ActorCode(rawValue: actor)!, action, on: Fixtures.date(date))
        }
        let comparison = LedgerComparison([
            .init(
                depositary: "", asOf: Fixtures.date("2026-01-01"),
                lines: [
                    line("FRA", .ratification, "1970-01-05"), line("KEN", .accession, "1970-02-01"), line("IDN", .signature, "1968-07-01"),
                    // Later than the oldest list could know.
                    line("FIN", .accession, "2025-01-01"),
                ]),
            .init(
                depositary: "GBR", asOf: Fixtures.date("2020-01-01"),
                lines: [
                    line("FRA", .ratification, "1970-01-05"), line("KEN", .accession, "1970-01-31"), line("KEN", .accession, "1971-01-01"),
                    line("PRK", .accession, "1985-12-12"),
                ]),
        ])
        #expect(comparison.rows.map(\.actor.rawValue) == ["FRA", "IDN", "KEN", "PRK"])
        #expect(comparison.rows.map(\.finding) == [.same, .missing, .otherDate, .missing])
        #expect(comparison.rows[2].earliest == Fixtures.date("1970-01-31"))
        #expect(comparison.differences.count == 3)
    }
}
