import Acts
import Testing

@testable import Treaties

/// The register that comes with the program.
struct SampleRegisterTests {
    @Test("It holds the facts of more than forty treaties, each in seven languages")
    func size() throws {
        let register = try SampleRegister.shipped()
        #expect(register.treaties.count >= 50)
        for treaty in register.treaties {
            for language in ["en", "fr", "es", "ru", "zh", "ar", "id"] {
                #expect(treaty.opened.titles[language]?.isEmpty == false, "\(treaty.opened.treaty) has no title in \(language)")
            }
        }
    }

    @Test("The arithmetic gives the depositary's date for every one of them")
    func dates() throws {
        let rule = StandingRule(actors: try ActorTable.standard)
        for treaty in try SampleRegister.shipped().treaties {
            let lines = treaty.participation.enumerated().map { TreatyFile.Line(entry: Int64($0.offset), participation: $0.element) }
            let found = try rule.participation(of: treaty.opened, lines: lines, inForce: [:], asOf: CalendarDate("2026-01-01")!)
            #expect(found.entryIntoForce.date == treaty.entryIntoForce, "\(treaty.opened.treaty)")
        }
    }

    @Test("Every clause says when it takes effect for one that joins later")
    func laterJoiners() throws {
        for treaty in try SampleRegister.shipped().treaties {
            let clause = try EntryIntoForceClause.read(treaty.opened.clause)
            #expect(clause.later != nil, "\(treaty.opened.treaty) is silent on later joiners")
        }
    }

    @Test(
        "A register of the wrong form is refused with the place of what is wrong",
        arguments: [
            ("[]", ""), ("{", "register"), (#"{"version":2}"#, "version"),
            (
                #"{"version":1,"depositary":{"code":"UN","title":{"en":"X"}},"chapters":{},"treaties":[{"id":"I-1"}]}"#,
                "treaties[0].chapter"
            ),
        ])
    func malformed(text: String, place: String) throws {
        let error = #expect(throws: MalformedAct.self) { try SampleRegister(bytes: Array(text.utf8)) }
        #expect(error?.place == place)
    }
}
