import Acts
import Testing

@testable import Treaties

/// What a notification says, in both languages, and when it may be issued (VCLT arts. 77 to 79).
struct NotificationTests {
    private typealias Fixtures = DepositaryFixtures

    @Test("An instrument's notification names State, action, date of effect and entry into force, in English and French")
    func instrument() throws {
        let sheets = NotificationDrafting(settings: .standard).sheets(of: Fixtures.ratification(), issued: Fixtures.date("2026-03-05"))
        let english = try #require(sheets["en"])
        #expect(english.title == "Convention on Rivers")
        #expect(english.imprint == "Nairobi, 10 January 2020")
        #expect(english.subject == "FRANCE: RATIFICATION")
        #expect(
            english.paragraphs == [
                "The action mentioned above was effected on 1 March 2026.",
                "It enters into force for the State or organization mentioned above on 31 March 2026.",
            ])
        #expect(english.issued == "5 March 2026")
        let french = try #require(sheets["fr"])
        #expect(french.title == "Convention sur les fleuves")
        #expect(french.subject == "FRANCE\u{A0}: RATIFICATION")
        #expect(french.paragraphs.first == "La formalité mentionnée ci-dessus a été accomplie le 1er mars 2026.")
        #expect(french.issued == "5 mars 2026")
    }

    @Test("A treaty that is not in force is said not to be")
    func notInForce() throws {
        var facts = Fixtures.ratification()
        facts.inForce = nil
        facts.inForceForActor = nil
        let sheets = NotificationDrafting(settings: .standard).sheets(of: facts, issued: Fixtures.date("2026-03-05"))
        #expect(sheets["en"]?.paragraphs.last == "The treaty has not entered into force.")
        #expect(sheets["fr"]?.paragraphs.last == "Le traité n’est pas entré en vigueur.")
    }

    @Test("Every subject and every action has its name in both languages", arguments: DocumentLanguage.allCases)
    func names(language: DocumentLanguage) {
        let words = NotificationWording(language: language)
        let subjects = NotificationKind.allCases.map { words.name(of: $0, action: nil) }
        #expect(Set(subjects).count >= NotificationKind.allCases.count - 1)
        #expect(!subjects.contains(""))
        for action in ParticipationKind.allCases where action != .communication {
            #expect(words.name(of: action)?.isEmpty == false, "\(action)")
        }
    }

    @Test("It is issued with its number, its acts and its addressees, and once previewed cannot change unseen")
    func issued() throws {
        let commands = try Fixtures.commands()
        let facts = Fixtures.ratification()
        let today = Fixtures.date("2026-03-05")
        let sheets = NotificationDrafting(settings: .standard).sheets(of: facts, issued: today)
        let digest = DepositaryCommands.digest(of: sheets, facts)
        let drafts = try commands.issue(facts, serial: 7, today: today, previewed: digest, request: "r")
        let issued = try TreatyNotificationIssued(json: try #require(drafts.first).payload.json())
        #expect(issued.number == "C.N.7.2026.TREATIES-XXVII.99")
        #expect(issued.acts == [41] && drafts[0].statement.references == [Reference(41)])
        #expect(drafts[0].statement.effective == today)
        #expect(issued.addressees == facts.addressees)
        var changed = facts
        changed.effected = Fixtures.date("2026-03-02")
        #expect(
            Fixtures.code { _ = try commands.issue(changed, serial: 7, today: today, previewed: digest, request: nil) }
                == "treaty.notification-changed")
    }

    @Test("The payload is read back as it was written")
    func roundTrip() throws {
        let commands = try Fixtures.commands()
        var facts = Fixtures.ratification()
        facts.earlier = .init(number: "C.N.1.2026.TREATIES-XXVII.99", date: Fixtures.date("2026-01-02"), relation: .refersTo, entry: 9)
        facts.quotations = [.init(language: "fr", text: "Le Gouvernement déclare…"), .init(language: "en", text: "…", isTranslation: true)]
        facts.further = ["en": ["More."], "fr": ["Plus."]]
        let draft = try #require(
            try commands.issue(facts, serial: 8, today: Fixtures.date("2026-03-05"), previewed: nil, request: nil).first)
        let read = try TreatyNotificationIssued(json: draft.payload.json())
        #expect(read.json == (try draft.payload.json()))
        #expect(read.sheets["en"]?.footnotes == ["Refer to depositary notification C.N.1.2026.TREATIES-XXVII.99 of 2 January 2026."])
        #expect(read.quotations == facts.quotations)
    }

    @Test("A rectification points back and says what is right; one language alone, nothing said or no number is refused")
    func refusals() throws {
        let commands = try Fixtures.commands()
        let today = Fixtures.date("2026-03-05")
        func code(_ change: (inout NotificationFacts) -> Void) -> String? {
            var facts = Fixtures.ratification()
            change(&facts)
            return Fixtures.code { _ = try commands.issue(facts, serial: 1, today: today, previewed: nil, request: nil) }
        }
        #expect(code { $0.subject = .rectification } == "treaty.notification-points-nowhere")
        #expect(
            code {
                $0.subject = .rectification
                $0.earlier = .init(number: "number 5", relation: .rectifies)
            } == "treaty.notification-number")
        #expect(
            code {
                $0.subject = .rectification
                $0.earlier = .init(number: "C.N.5.2026.TREATIES-IV.1", relation: .rectifies)
            } == "treaty.notification-empty")
        #expect(code { $0.further = ["en": ["Only here."]] } == "treaty.notification-one-language")
        #expect(
            code {
                $0.subject = .other
                $0.action = nil
                $0.effected = nil
            } == "treaty.notification-empty")
        #expect(
            code {
                $0.subject = .rectification
                $0.earlier = .init(number: "C.N.5.2026.TREATIES-IV.1", relation: .rectifies)
                $0.further = ["en": ["The date should read 2 March 2026."], "fr": ["Lire 2 mars 2026."]]
            } == nil)
    }

    @Test("It goes to the Parties and to all entitled to become Parties; a difference to those that signed or consented (VCLT art. 77)")
    func addressees() throws {
        let actors = try ActorTable.standard
        let rule = AddresseeRule(actors: actors, settings: .standard)
        let lines = [("FRA", ParticipationKind.ratification), ("KEN", .signature), ("EU", .approval)].enumerated().map { index, act in
            TreatyFile.Line(
                entry: Int64(index),
                participation: TreatyParticipation(
                    treaty: "XXVII-99", actor: ActorCode(rawValue: act.0)!, action: act.1, date: Fixtures.date("2021-01-01")))
        }
        let participation = try StandingRule(actors: actors).participation(
            of: Fixtures.opened, lines: lines, inForce: [:], asOf: Fixtures.date("2026-01-01"))
        let all = rule.addressees(participation, on: Fixtures.date("2026-01-01"), reach: .everybodyEntitled)
        #expect(all.count == 194)
        #expect(all.first { $0.actor == Fixtures.france }?.capacity == .party)
        #expect(all.first { $0.actor == Fixtures.kenya }?.capacity == .signatory)
        #expect(all.first { $0.actor.rawValue == "IDN" }?.capacity == .entitled)
        #expect(!all.contains { $0.actor.rawValue == "SUN" })
        let few = rule.addressees(participation, on: Fixtures.date("2026-01-01"), reach: .signatoryAndContracting)
        #expect(few.map(\.actor.rawValue) == ["EU", "FRA", "KEN"])
        #expect(AddresseeRule.reach(of: .difference) == .signatoryAndContracting)
    }
}
