import Acts
import Testing

@testable import Treaties

@Suite("Reading clauses")
struct ClauseReaderTests {
    @Test(
        "both spellings say the same",
        arguments: [
            (
                #"{"condition": {"count": 60}, "delay": {"unit": "days", "count": 120}, "regionalOrganizationsCount": false}"#,
                #"{"count": 60, "delay": {"unit": "days", "count": 120}, "reio_counts": false}"#
            ),
            (#"{"condition": {"named": ["USA", "GBR"]}}"#, #"{"named_all": ["USA", "GBR"]}"#),
            (
                #"{"condition": {"fraction": "3/4", "of": "Parties", "size": 192}}"#,
                #"{"fraction_of": "Parties", "at_least": "3/4", "of": 192}"#
            ),
            (#"{"condition": {"moreThan": "1/2", "of": "Members"}}"#, #"{"fraction_of": "Members", "more_than": "1/2"}"#),
            (
                #"{"condition": {"share": 55, "metric": "CO2", "of": "Annex I"}}"#,
                #"{"metric": "CO2", "class": "Annex I", "at_least_percent": 55}"#
            ),
            (#"{"condition": {"share": "2/3", "metric": "CO2"}}"#, #"{"metric": "CO2", "at_least_fraction": "2/3"}"#),
            (
                #"{"condition": {"count": 20}, "fixedDate": "2019-01-01", "else": {"delay": {"unit": "days", "count": 90}}}"#,
                #"{"fixed_date": "2019-01-01", "count": 20, "else_delay": {"unit": "days", "count": 90}}"#
            ),
            (#"{"condition": {"inForce": "UNTOC"}}"#, #"{"treaty_in_force": "UNTOC"}"#),
            (#"{"condition": {"allSignatories": 12}}"#, #"{"named_all": "12 original signatories"}"#),
            (#"{"condition": {"allSignatories": 3}}"#, #"{"named_all": 3}"#),
            (
                #"{"condition": {"count": 1}, "notBefore": {"afterOpening": {"unit": "years", "count": 2}}}"#,
                #"{"count": 1, "not_before": {"unit": "years", "count": 2, "after": "opening"}}"#
            ),
            (#"{"condition": {"count": 7, "of": "developed"}}"#, #"{"count": 7, "class": "developed"}"#),
        ])
    func spellings(_ first: String, _ second: String) throws {
        #expect(try clause(first) == (try clause(second)))
    }

    @Test(
        "what is wrong is named with its place",
        arguments: [
            (
                #"{"condition": {"count": 60}, "delay": {"unit": "weeks", "count": 2}}"#,
                "clause.delay.unit: unknown unit 'weeks'; use days, months, calendar-months or years"
            ),
            (#"{"condition": {"count": 60}, "delay": {"unit": "days"}}"#, "clause.delay.count: is missing"),
            (
                #"{"condition": {"count": 60}, "delay": {"unit": "days", "count": -1}}"#,
                "clause.delay.count: -1 is out of range; 0 to 36525"
            ),
            (
                #"{"condition": {"count": 60}, "delay": {"unit": "days", "count": 3, "than": "x"}}"#,
                "clause.delay.than: unknown member 'than' of a delay"
            ),
            (
                #"{"condition": {"count": 60}, "delay": {"unit": "days", "count": 3, "then": "monday"}}"#,
                "clause.delay.then: unknown roll 'monday'; use first-day-of-following-month or first-day-of-that-month"
            ),
            (#"{"condition": {"count": "60"}}"#, "clause.condition.count: should be a whole number, not a string"),
            (#"{"condition": {"count": 0}}"#, "clause.condition.count: 0 is out of range; 1 to 1000000"),
            (
                #"{"condition": {"cuont": 60}}"#,
                "clause.condition: a condition needs a condition: one of count, fraction, share, named, allSignatories, exchange, inForce, silence, all, any, not"
            ),
            (#"{"condition": {"all": []}}"#, "clause.condition.all: is empty"),
            (
                #"{"condition": {"all": [{"count": 3}, {"count": 3, "bogus": 1}]}}"#,
                "clause.condition.all[1].bogus: unknown member 'bogus' of a condition"
            ),
            (
                #"{"condition": {"count": 3, "named": ["USA"]}}"#,
                #"clause.condition: count and named stand in one object; put them into {"all": [..]} or {"any": [..]}"#
            ),
            (#"{"condition": {"named": []}}"#, "clause.condition.named: is empty"),
            (#"{"condition": {"fraction": "5/4", "of": "Parties"}}"#, "clause.condition.fraction: 5/4 is not a part of the whole"),
            (#"{"condition": {"fraction": "3/0", "of": "Parties"}}"#, "clause.condition.fraction: '3/0' is not a fraction such as 3/4"),
            (#"{"condition": {"fraction": "3/4"}}"#, "clause.condition: a fraction needs the class it is taken of: of"),
            (#"{"condition": {"share": 101, "metric": "CO2"}}"#, "clause.condition.share: 101 % is not a part of the whole"),
            (#"{"condition": {"share": 55}}"#, "clause.condition.metric: is missing"),
            (
                #"{"condition": {"count": 3, "of": "club", "at": "someday"}}"#,
                "clause.condition.at: should be 'deposit', 'adoption' or a date (YYYY-MM-DD)"
            ),
            (
                #"{"condition": {"exchange": ["USA", "USA"]}}"#,
                "clause.condition.exchange: an exchange needs at least two different parties"
            ),
            (#"{"condition": {"silence": {}}}"#, "clause.condition.silence: needs its end: until, or notified and period"),
            (
                #"{"condition": {"count": 1}, "fixedDate": "2015-02-29"}"#,
                "clause.fixedDate: '2015-02-29' is not a day of the calendar; write YYYY-MM-DD"
            ),
            (#"{"condition": {"count": 1}, "else": {"unit": "days", "count": 90}}"#, "clause.else: stands without a fixedDate"),
            (#"{"condition": {"count": 1}, "later": "soon"}"#, "clause.later: 'soon' is not known; use 'same' or a delay"),
            (
                #"{"condition": {"count": 1}, "withdrawal": {"yearly": {"on": "02-30", "noticeBy": "01-01"}}}"#,
                "clause.withdrawal.yearly.on: is not a day of every year; write MM-DD"
            ),
            (
                #"{"condition": {"count": 1}, "perParty": true}"#,
                "clause: a clause for each Party on its own (perParty) has no common condition"
            ),
            (#"{"condition": {"count": 1}, "count": 2}"#, "clause.count: unknown member 'count' of a clause"),
            (
                #"{"condition": {"count": 1}, "regionalOrganizationsCount": false, "reio_counts": false}"#,
                "clause.reio_counts: says the same as 'regionalOrganizationsCount'; keep one of them"
            ),
            (#"[]"#, "clause: should be an object, not an array"),
            (
                #"{}"#,
                "clause: a clause needs a condition: one of count, fraction, share, named, allSignatories, exchange, inForce, silence, all, any, not"
            ),
        ])
    func errors(_ text: String, _ expected: String) throws {
        let json = try JSONParser.parse(text)
        let error = #expect(throws: MalformedAct.self) { try EntryIntoForceClause.read(json) }
        #expect(error?.description == expected)
    }

    @Test("a tree deeper than any treaty is refused, not followed")
    func depth() throws {
        var json: JSON = ["count": 1]
        for _ in 0..<20 { json = ["not": json] }
        let error = #expect(throws: MalformedAct.self) { try EntryIntoForceClause.read(json) }
        #expect(error?.reason == "nested deeper than 16")
        let long = JSON.string(String(repeating: "non-", count: 100_000) + "ASEAN")
        #expect(throws: MalformedAct.self) { try EntryIntoForceClause.read(["count": 1, "of": long]) }
    }

    @Test(
        "names of classes are understood",
        arguments: [
            ("State", ClassSelector.states), ("signatories", .signatories), ("original signatories", .signatories),
            ("other signatories", .all([.signatories, .others])), ("non-ASEAN", .not(.listed("ASEAN"))),
            ("non-ASEAN signatory", .all([.listed("non-ASEAN"), .signatories])),
            ("tonnage >= 1,000,000 GT", .metric("tonnage", atLeast: 1_000_000)),
        ])
    func classNames(_ name: String, _ expected: ClassSelector) {
        #expect(ClassName.meaning(of: name) == expected)
    }

    @Test(
        "spellings of one class are one class",
        arguments: [
            ("Council of Europe member", "Members of the Council of Europe"), ("CBD Parties", "Parties to the CBD"),
            ("UN Members", "un-member"),
        ])
    func classKeys(_ first: String, _ second: String) {
        #expect(ClassName.key(of: first) == ClassName.key(of: second))
    }

    @Test("facts beside the clause are checked too")
    func context() throws {
        func problem(classes: String? = nil, metrics: String? = nil, treaties: String? = nil) throws -> String? {
            let parsed = try [classes, metrics, treaties].map { try $0.map { try JSONParser.parse($0) } }
            return #expect(throws: MalformedAct.self) {
                try ClauseContext.read(classes: parsed[0], metrics: parsed[1], treaties: parsed[2], at: "case")
            }?.description
        }
        #expect(try problem(classes: #"{"club": 3}"#) == "case.classes.club: should be an object, not a number")
        #expect(try problem(classes: #"{"club": [{"from": "2001-01-01"}]}"#) == "case.classes.club[0].actor: is missing")
        #expect(
            try problem(classes: #"{"club": [{"actor": "FRA", "from": "2001-01-01", "until": "2000-01-01"}]}"#)
                == "case.classes.club[0].until: is before 'from'")
        #expect(try problem(metrics: #"{"m": {"values": {"FRA": -1}}}"#) == "case.metrics.m.values.FRA: is below zero")
        #expect(try problem(metrics: #"{"m": {"values": {"FRA": 1}, "total": 0}}"#) == "case.metrics.m.total: should be above zero")
        #expect(
            try problem(treaties: #"{"CBD": {"date": "1993-12-29"}}"#)
                == "case.treaties.CBD.entryIntoForce: is missing; write null where it is not in force")
    }

    @Test("classes and tables may come as lists of several days")
    func datedLists() throws {
        let context = try ClauseContext.read(
            classes: try JSONParser.parse(
                #"{"Parties": [{"date": "1990-01-01", "members": ["FRA", "ITA"]}, {"date": "2000-01-01", "members": ["FRA", "ESP"]}], "club": {"date": "1995-01-01", "members": ["FRA"]}}"#
            ),
            metrics: try JSONParser.parse(
                #"{"fleet": [{"date": "1990-01-01", "values": {"FRA": 10, "ITA": 90}}, {"date": "2000-01-01", "values": {"FRA": 60, "ITA": 40}}], "frozen": {"date": "1990-12-31", "unit": "percent", "values": {"FRA": 60}}, "list": [{"actor": "FRA", "value": 10, "until": "1999-12-31"}, {"actor": "FRA", "value": 60, "from": "2000-01-01"}, {"actor": "ITA", "value": 40, "until": null}]}"#
            ))
        let all = try acts("FRA ratification 1980-01-01; ITA ratification 1985-01-01")
        func decisive(_ text: String) throws -> String? {
            try clause(text).evaluate(all, context: context, asOf: try date("2010-01-01")).decisiveDay?.description
        }
        #expect(try decisive(#"{"count": 2, "of": "Parties"}"#) == "1985-01-01")
        #expect(
            try decisive(#"{"all": [{"count": 1, "of": "Parties"}, {"not": {"count": 2, "of": "Parties"}}, {"count": 2}]}"#) == "2000-01-01"
        )
        #expect(try decisive(#"{"count": 1, "of": "club"}"#) == "1980-01-01")
        #expect(try decisive(#"{"share": 50, "metric": "frozen"}"#) == "1980-01-01")
        #expect(try decisive(#"{"all": [{"share": 50, "metric": "fleet", "of": ["FRA"]}, {"count": 2}]}"#) == "1985-01-01")
        #expect(try decisive(#"{"share": 55, "metric": "list"}"#) == "1985-01-01")
    }

    @Test("null is the same as absent, where null says nothing of its own")
    func nulls() throws {
        #expect(try clause(#"{"condition": {"count": 1, "of": null}, "notBefore": null, "later": null}"#) == (try clause(#"{"count": 1}"#)))
        #expect(throws: MalformedAct.self) { try clause(#"{"condition": null}"#) }
        #expect(
            try clause(#"{"count": 1, "notBefore": {"years": 2, "after": "opening"}}"#).notBefore == .afterOpening(ClauseDelay(2, .years)))
    }
}
