import Acts
import Testing

@testable import Treaties

@Suite("Final clauses as data")
struct FinalClausesTests {
    private func read(_ text: String) throws -> FinalClauses {
        try FinalClauses.read(try JSONParser.parse(text))
    }

    private func english(_ text: String) throws -> [String] {
        try read(text).sentences.map(\.english)
    }

    @Test(
        "real clauses read back as sentences with their articles",
        arguments: [
            (#"{"reservations": {"rule": "prohibited", "article": "Art. 120"}}"#, "No reservation may be made (Art. 120)."),
            (
                #"{"reservations": {"rule": "silent", "objectionPeriod": {"unit": "days", "count": 90}, "incompatible": {"fraction": "2/3"}, "article": "Art. 20"}}"#,
                "A reservation is inadmissible if at least 2/3 of the Parties object (Art. 20)."
            ),
            (
                #"{"reservations": {"listed": [{"name": "wartime", "description": "the death penalty in time of war"}], "at": ["consent"], "article": "Art. 2(1)"}}"#,
                "Only these reservations may be made: the death penalty in time of war (Art. 2(1))."
            ),
            (
                #"{}"#,
                "Silence for 12 months after notification, or until the State's own consent if that is later, is acceptance (VCLT art. 20(5))."
            ),
            (
                #"{"withdrawal": {"yearly": {"on": "06-30", "noticeBy": "01-01"}, "article": "Art. XI"}}"#,
                "A Party may leave on 06-30 (month-day) of any year, by notice on or before 01-01 of that year (Art. XI)."
            ),
            (
                #"{"withdrawal": {"notice": {"unit": "years", "count": 1}, "notWithin": {"unit": "years", "count": 3}, "article": "Art. 28"}}"#,
                "Not before 3 years from the treaty's entry into force for it (Art. 28)."
            ),
            (
                #"{"amendments": {"entryIntoForce": {"fraction": "2/3", "of": "Parties", "at": "adoption", "delay": {"unit": "days", "count": 30}}, "article": "Art. 72(3)"}}"#,
                "An amendment enters into force 30 days after this is met: at least 2/3 of Parties at the adoption; it binds those that accepted it (Art. 72(3))."
            ),
            (
                #"{"amendments": {"tacit": {"rejection": {"unit": "months", "count": 10}, "effect": {"unit": "months", "count": 12}}, "article": "Arts. 59, 61"}}"#,
                "An amendment enters into force 12 months after its notification, but for those that reject it within 10 months (Arts. 59, 61)."
            ),
            (
                #"{"corrections": {"period": {"unit": "days", "count": 60}}}"#,
                "A proposed correction of the text stands unless someone objects within 60 days of its notification (VCLT art. 79(2))."
            ),
        ])
    func sentences(_ text: String, _ sentence: String) throws {
        let said = try english(text)
        #expect(said.contains(sentence), "\(said)")
    }

    @Test(
        "what is wrong is refused with its place",
        arguments: [
            (#"{"reservation": "silent"}"#, "finalClauses.reservation: unknown member 'reservation' of final clauses"),
            (#"{"reservations": {"rule": "listed"}}"#, "finalClauses.reservations.rule: needs the reservations it lists: listed"),
            (
                #"{"reservations": {"rule": "allowed", "at": ["adoption"]}}"#,
                "finalClauses.reservations.at[0]: 'adoption' is not known; use signature, consent"
            ),
            (
                #"{"reservations": {"incompatible": {"fraction": "4/3"}}}"#,
                "finalClauses.reservations.incompatible.fraction: 4/3 is not a part of the whole"
            ),
            (
                #"{"participation": {"from": "2001-01-02", "until": "2001-01-01"}}"#,
                "finalClauses.participation.until: 2001-01-01 is before 'from', 2001-01-02"
            ),
            (
                #"{"participation": {"consent": ["signature"]}}"#,
                "finalClauses.participation.consent[0]: 'signature' is not a form of consent to be bound"
            ),
            (#"{"withdrawal": {"article": "Art. 1"}}"#, "finalClauses.withdrawal: should have one of the members notice, yearly"),
            (
                #"{"amendments": {"tacit": {"rejection": {"unit": "days", "count": 1}}}}"#,
                "finalClauses.amendments.tacit.effect: is missing"
            ),
            (#"{"territory": {"rule": "half"}}"#, "finalClauses.territory.rule: 'half' is not known; use whole, extension, exclusion"),
            (#"[]"#, "finalClauses: should be an object, not an array"),
        ])
    func refused(_ text: String, _ reason: String) throws {
        let error = #expect(throws: MalformedAct.self) { try read(text) }
        #expect(error?.description == reason)
    }

    @Test("every step has its words, and no gap is left unfilled", arguments: LegalStepCode.allCases)
    func words(_ code: LegalStepCode) {
        #expect(!code.pattern.isEmpty)
        #expect(!code.pattern.hasSuffix("."))
        #expect(code.pattern.count { $0 == "{" } == code.pattern.count { $0 == "}" })
    }
}
