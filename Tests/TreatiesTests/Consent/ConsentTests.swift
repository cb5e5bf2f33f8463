import Acts
import Testing

@testable import Treaties

/// Acts of consent and statements, from refusal to record.
@Suite("Consent")
struct ConsentTests {
    let actors: ActorTable

    init() throws { actors = try ActorTable.standard }

    static func code(_ text: String) -> ActorCode { ActorCode(rawValue: text)! }
    static func day(_ text: String) -> CalendarDate { CalendarDate(text)! }

    static func opened(_ clauses: JSON? = nil) -> TreatyOpened {
        var opened = TreatyViewTests.opened
        opened.finalClauses = clauses
        return opened
    }

    static func act(
        _ actor: String, _ action: ParticipationKind, _ date: String, effect: String? = nil
    ) -> TreatyParticipation {
        var act = TreatyViewTests.act(actor, action, date)
        act.takesEffect = effect.flatMap { CalendarDate($0) }
        act.signatory = Signatory(name: "The Minister", title: "Minister for Foreign Affairs", capacity: .foreignMinister)
        return act
    }

    /// A file with acts as they stand, and the life that follows from them.
    func file(
        _ acts: [TreatyParticipation] = [], clauses: JSON? = nil, statements: [StatementRecord] = [],
        unconfirmed: [TreatyParticipation] = [],
        terminations: [TreatyTerminated] = [], confirmed: String? = nil
    ) throws -> ConsentFile {
        let opened = Self.opened(clauses)
        let lines = acts.enumerated().map { TreatyFile.Line(entry: Int64($0.offset + 1), participation: $0.element) }
        let file = TreatyFile(opened: opened, lines: lines, confirmed: confirmed.flatMap { CalendarDate($0) })
        let law = TreatyLaw(actors: actors)
        var events = lines.map { line in
            LifeEvent(
                id: String(line.entry), .participation(line.participation.action), by: law.participant(line.participation.actor),
                on: line.participation.date, effect: line.participation.takesEffect)
        }
        for record in statements {
            guard let kind = record.made.lifeKind else { continue }
            events.append(LifeEvent(id: String(record.entry), kind, by: law.participant(record.made.actor), on: record.made.date))
        }
        return ConsentFile(
            file: file, unconfirmed: unconfirmed.enumerated().map { .init(entry: Int64($0.offset + 100), participation: $0.element) },
            authenticatedText: String(repeating: "a", count: 64), statements: statements, terminations: terminations,
            life: .success(try law.life(of: opened, declared: file.confirmed, inForce: [:], events: events)))
    }

    func refusal(_ act: TreatyParticipation, in file: ConsentFile) -> Refusal? {
        do throws(Refusal) {
            try ConsentRule(consent: file, actors: actors, today: Self.day("2025-01-01")).check(act)
            return nil
        } catch {
            return error
        }
    }

    // MARK: Acts

    /// The articles are cited by the refusals themselves.
    @Test("An act that the law or the treaty does not admit is refused, with the article")
    func refusals() throws {
        let signed = Self.act("KEN", .signature, "2024-01-15")
        let bound = Self.act("KEN", .accession, "2024-01-15")
        let cases: [(String, TreatyParticipation, ConsentFile)] = [
            ("second-consent", Self.act("KEN", .ratification, "2024-05-01"), try file([signed, bound])),
            ("not-signed", Self.act("KEN", .ratification, "2024-05-01"), try file()),
            ("nothing-to-disavow", Self.act("KEN", .intentionNotToBecomeParty, "2024-05-01"), try file()),
            (
                "disavowed-already", Self.act("KEN", .intentionNotToBecomeParty, "2024-06-01"),
                try file([signed, Self.act("KEN", .intentionNotToBecomeParty, "2024-05-01")])
            ),
            (
                "bound-by-treaty", Self.act("KEN", .intentionNotToBecomeParty, "2024-06-01"),
                try file([bound], confirmed: "2024-05-01")
            ),
            (
                "provisional-already", Self.act("KEN", .provisionalApplication, "2024-06-01"),
                try file([Self.act("KEN", .provisionalApplication, "2024-05-01")])
            ),
            (
                "initialled-already", Self.act("KEN", .initialling, "2024-06-01"),
                try file([Self.act("KEN", .initialling, "2024-05-01")])
            ),
            ("no-territory", Self.act("KEN", .territorialApplication, "2024-06-01"), try file([bound])),
            (
                "terminated", Self.act("FRA", .accession, "2024-06-01"),
                try file([bound], terminations: [TreatyTerminated(treaty: "XXVII-99", from: Self.day("2024-06-01"), ground: .consentOfAll)])
            ),
            (
                "provisional-application-excluded", Self.act("KEN", .provisionalApplication, "2024-06-01"),
                try file(clauses: ["provisionalApplication": ["allowed": false, "article": "Art. 8"]])
            ),
            (
                "withdrawal-excluded", Self.act("KEN", .withdrawal, "2024-06-01", effect: "2025-06-01"),
                try file([bound], clauses: ["withdrawal": ["rule": "excluded"]])
            ),
            (
                "withdrawal-effect-too-early", Self.act("KEN", .withdrawal, "2024-06-01", effect: "2024-08-01"),
                try file(
                    [bound, Self.act("FRA", .accession, "2024-01-20")],
                    clauses: ["withdrawal": ["notice": ["unit": "years", "count": 1], "article": "Art. 12"]])
            ),
            (
                "exit-silent", Self.act("KEN", .withdrawal, "2024-06-01", effect: "2025-06-01"),
                try file([bound, Self.act("FRA", .accession, "2024-01-20")], clauses: ["registration": ["by": "depositary"]])
            ),
        ]
        for (code, act, file) in cases {
            let found = refusal(act, in: file)
            #expect(found?.code == "treaty.\(code)", "\(code): \(found?.description ?? "admitted")")
            #expect(found?.mend.isEmpty == false)
        }
    }

    @Test("The text signed is the one that was authenticated, in all its languages together (VCLT art. 10)")
    func texts() throws {
        var act = Self.act("KEN", .signature, "2024-05-01")
        act.text = String(repeating: "a", count: 64)
        #expect(refusal(act, in: try file()) == nil)
        act.text = String(repeating: "b", count: 64)
        let found = try #require(refusal(act, in: try file()))
        #expect(found.code == "treaty.other-text" && found.citation == "VCLT arts. 10, 79")
    }

    @Test("Consent to part of a treaty says on what it rests (VCLT art. 17)")
    func parts() throws {
        var act = Self.act("KEN", .accession, "2024-05-01")
        act.provisions = ["part_2"]
        #expect(refusal(act, in: try file())?.code == "treaty.part-unexplained")
        act.note = "Article 15 allows the choice."
        #expect(refusal(act, in: try file()) == nil)
    }

    @Test("An act without authority is refused, or recorded as unconfirmed, never anonymously (VCLT art. 8)")
    func unauthorized() throws {
        var act = Self.act("KEN", .signature, "2024-05-01")
        act.signatory = Signatory(name: "Somebody", title: "Counsellor", capacity: .plenipotentiary)
        #expect(refusal(act, in: try file())?.code == "treaty.no-full-powers")
        act.unconfirmed = true
        #expect(refusal(act, in: try file()) == nil)
        act.signatory = nil
        #expect(refusal(act, in: try file())?.code == "treaty.no-signatory")
    }

    // MARK: Confirmation

    private func confirmation(_ entry: Int64, _ date: String, from: String? = nil) -> TreatyActConfirmed {
        TreatyActConfirmed(
            treaty: "XXVII-99", entry: entry, date: Self.day(date), effectiveFrom: from.flatMap { CalendarDate($0) },
            signatory: Signatory(name: "The Minister", title: "", capacity: .foreignMinister))
    }

    @Test("A confirmed act has effect from its confirmation; a signature ad referendum from its own date (VCLT arts. 8, 12(2)(b))")
    func confirmations() throws {
        var without = Self.act("KEN", .accession, "2024-03-01")
        without.unconfirmed = true
        let file = try file([Self.act("FRA", .signatureAdReferendum, "2024-02-01")], unconfirmed: [without])
        let rule = ConsentRule(consent: file, actors: actors, today: Self.day("2025-01-01"))
        let late = try rule.check(confirmation(100, "2024-06-01"))
        #expect(late.date == Self.day("2024-06-01") && !late.unconfirmed)
        #expect(try rule.check(confirmation(100, "2024-06-01", from: "2024-03-01")).date == Self.day("2024-03-01"))
        let full = try rule.check(confirmation(1, "2024-06-01"))
        #expect(full.action == .signature && full.date == Self.day("2024-02-01"))
        for (wrong, code) in [
            (confirmation(99, "2024-06-01"), "nothing-to-confirm"), (confirmation(100, "2024-02-01"), "confirmed-before"),
            (confirmation(1, "2024-06-01", from: "2024-03-01"), "ad-referendum-date"),
        ] {
            let refusal = #expect(throws: Refusal.self) { try rule.check(wrong) }
            #expect(refusal?.code == "treaty.\(code)")
        }
    }

    // MARK: Statements

    static func made(
        _ actor: String, _ kind: StatementKind, _ date: String, answers: Int64? = nil, madeAt: Int64? = nil, provisions: [String] = []
    ) -> TreatyStatementMade {
        TreatyStatementMade(
            treaty: "XXVII-99", actor: code(actor), statement: kind, date: day(date), text: "The Government of the State \(kind.rawValue).",
            language: "en", provisions: provisions, madeAt: madeAt, answers: answers,
            signatory: Signatory(name: "The Minister", title: "", capacity: .foreignMinister))
    }

    private func outcome(_ made: TreatyStatementMade, in file: ConsentFile) -> (code: String?, late: Bool) {
        do throws(Refusal) {
            let recorded = try StatementRule(consent: file, actors: actors, today: Self.day("2026-01-01")).checkWithAuthority(made)
            return (nil, recorded.late == true)
        } catch {
            return (error.code, false)
        }
    }

    @Test("A reservation is refused where the treaty prohibits it, and recorded as late where it comes after consent")
    func reservations() throws {
        let bound = [Self.act("KEN", .accession, "2024-01-15"), Self.act("FRA", .accession, "2024-01-20")]
        let prohibited: JSON = ["reservations": ["rule": "prohibited", "article": "Art. 70"]]
        #expect(
            outcome(Self.made("KEN", .reservation, "2024-01-15", madeAt: 1), in: try file(bound, clauses: prohibited)).code
                == "treaty.reservation-prohibited")
        #expect(outcome(Self.made("KEN", .reservation, "2024-01-15", madeAt: 1), in: try file(bound)) == (nil, false))
        #expect(outcome(Self.made("KEN", .reservation, "2024-09-15"), in: try file(bound)) == (nil, true))
        #expect(outcome(Self.made("USA", .reservation, "2024-09-15"), in: try file(bound)).code == "treaty.reservation-of-nobody")
        var act = Self.act("USA", .accession, "2024-02-20")
        act.statements = [AttachedStatement(statement: .reservation, text: "Not article 3.", language: "en")]
        #expect(refusal(act, in: try file(bound)) == nil)
        #expect(refusal(act, in: try file(bound, clauses: prohibited))?.code == "treaty.reservation-prohibited")
    }

    @Test("An objection in its period is one; after it, it is recorded as late (VCLT art. 20(5))")
    func objections() throws {
        let bound = [Self.act("KEN", .accession, "2024-01-15"), Self.act("FRA", .accession, "2024-01-20")]
        let reservation = StatementRecord(
            entry: 50, made: Self.made("KEN", .reservation, "2024-01-15", madeAt: 1), known: Moment(milliseconds: 0))
        let file = try file(bound, statements: [reservation])
        #expect(outcome(Self.made("FRA", .objection, "2024-12-31", answers: 50), in: file) == (nil, false))
        #expect(outcome(Self.made("FRA", .objection, "2025-01-16", answers: 50), in: file) == (nil, true))
        #expect(outcome(Self.made("KEN", .objection, "2024-12-31", answers: 50), in: file).code == "treaty.own-statement")
        #expect(outcome(Self.made("FRA", .objection, "2024-12-31", answers: 51), in: file).code == "treaty.no-such-statement")
        #expect(outcome(Self.made("FRA", .objection, "2024-01-14", answers: 50), in: file).code == "treaty.answers-before")
        #expect(outcome(Self.made("USA", .objection, "2024-12-31", answers: 50), in: file).code == "treaty.not-concerned")
    }

    @Test("A statement is in writing, in a language, and made once")
    func forms() throws {
        let file = try file(
            [Self.act("KEN", .accession, "2024-01-15")],
            statements: [
                StatementRecord(entry: 50, made: Self.made("KEN", .optionalDeclaration, "2024-01-15"), known: Moment(milliseconds: 0))
            ])
        var empty = Self.made("KEN", .communication, "2024-02-01")
        empty.text = " \n"
        #expect(outcome(empty, in: file).code == "treaty.statement-without-text")
        var tongue = Self.made("KEN", .communication, "2024-02-01")
        for tag in ["", "x", "français", "en_GB", "en--GB", "1x"] {
            tongue.language = tag
            #expect(outcome(tongue, in: file).code == "treaty.language-tag", "\(tag)")
        }
        #expect(outcome(Self.made("KEN", .optionalDeclaration, "2024-01-15"), in: file).code == "treaty.statement-already")
        #expect(outcome(Self.made("FRA", .objection, "2024-02-01", answers: 50), in: file).code == "treaty.not-a-reservation")
    }

    @Test("A statement is changed by whom it may be, once it can be")
    func changes() throws {
        let signed = Self.act("KEN", .signature, "2024-01-15")
        let reservation = StatementRecord(
            entry: 50, made: Self.made("KEN", .reservation, "2024-01-15", madeAt: 1), known: Moment(milliseconds: 0))
        func code(_ change: StatementChange, _ date: String = "2024-05-01", text: String? = nil, note: String? = nil) throws -> String? {
            let rule = StatementRule(consent: try file([signed], statements: [reservation]), actors: actors, today: Self.day("2025-01-01"))
            do throws(Refusal) {
                try rule.check(
                    TreatyStatementChanged(
                        treaty: "XXVII-99", statement: 50, change: change, date: Self.day(date), text: text, language: "en",
                        signatory: Signatory(name: "The Minister", title: "", capacity: .foreignMinister), note: note))
                return nil
            } catch {
                return error.code
            }
        }
        #expect(try code(.withdrawn) == nil)
        #expect(try code(.withdrawn, "2024-01-14") == "treaty.changed-before")
        #expect(try code(.confirmed) == nil)
        #expect(try code(.modified) == "treaty.changed-to-what")
        #expect(try code(.modified, text: "Only article 3.") == nil)
        #expect(try code(.struckOut) == "treaty.struck-unexplained")
        #expect(try code(.struckOut, note: "Entered twice.") == nil)
    }

    /// VCLT arts. 58, 64, 65.
    @Test("A treaty ends and is suspended on grounds that can do that, shown in the record")
    func endings() throws {
        let file = try file([Self.act("KEN", .accession, "2024-01-15")], confirmed: "2024-03-01")
        let rule = ConsentRule(consent: file, actors: actors, today: Self.day("2025-01-01"))
        func ends(_ ground: EndingGround, note: String? = "By the notes of 3 May.") -> String? {
            do throws(Refusal) {
                try rule.check(TreatyTerminated(treaty: "XXVII-99", from: Self.day("2024-12-01"), ground: ground, note: note))
                return nil
            } catch {
                return error.code
            }
        }
        #expect(ends(.consentOfAll) == nil)
        #expect(ends(.breach, note: nil) == "treaty.ground-unexplained")
        #expect(ends(.certainParties) == "treaty.ground-suspends-only")
        let suspension = #expect(throws: Refusal.self) {
            try rule.check(
                TreatySuspended(treaty: "XXVII-99", from: Self.day("2024-12-01"), ground: .peremptoryNorm, note: "Invoked."))
        }
        #expect(suspension?.code == "treaty.ground-ends-only")
    }
}
