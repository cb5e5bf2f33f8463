import Acts
import Foundation
import Testing

@testable import Treaties

@Suite("Replaying cases from a file")
struct ReplayTests {
    private func resource(_ name: String) throws -> [UInt8] {
        let url = try #require(Bundle.module.url(forResource: name, withExtension: "json", subdirectory: "Cases"))
        return [UInt8](try Data(contentsOf: url))
    }

    @Test(
        "the 52 real treaties come out right",
        .enabled(if: SharedTreatyData.folder != nil, "the shared treaty data is not beside the checkout"))
    func sharedCases() throws {
        let answer = TreatyReplay.run(data: try #require(try SharedTreatyData.bytes("entry-into-force-cases.json")))
        #expect(answer.lines.count == 52)
        #expect(answer.lines.filter { !$0.hasPrefix("ok ") } == [])
        #expect(answer.exitCode == 0)
        #expect(answer.summary == "52 cases: 52 as expected.")
    }

    @Test("the clauses beyond a plain count come out right, with the decisive day, where participation is known")
    func complexCases() throws {
        let answer = TreatyReplay.run(data: try resource("complex-cases"))
        #expect(answer.lines.count == 34)
        #expect(answer.lines.filter { !$0.hasPrefix("ok ") } == [])
    }

    @Test("where participation is not at hand, the clause reads, and its delay leads from the known decisive day to the known date")
    func withoutParticipation() throws {
        let rows = try #require(try JSONParser.parse(try resource("complex-without-participation")).array)
        #expect(rows.count == 13)
        for row in rows {
            let name = row["treaty"]?.string ?? ""
            let read = try EntryIntoForceClause.read(try #require(row["parameters"]))
            let decisive = try #require(row["decisiveDate"]?.string.flatMap { CalendarDate($0) })
            let reached = read.fixedDate.map(\.date) ?? read.delay.date(from: decisive).date
            #expect(reached.description == row["entryIntoForce"]?.string, "\(name)")
            #expect(row["missing"]?.string?.isEmpty == false)
        }
    }

    private static let good =
        #"{"treaty": "Good", "clause": {"condition": {"count": 1}, "delay": {"unit": "days", "count": 30}}, "asOf": "2015-03-14", "instruments": [{"actor": "Sweden", "kind": "ratification", "date": "1990-01-01"}], "expected": {"entryIntoForce": "1990-01-31"}}"#

    private func replay(_ cases: String...) -> TreatyReplay.Answer {
        TreatyReplay.run(data: Array(#"{"note": "x", "cases": [\#(cases.joined(separator: ", "))]}"#.utf8))
    }

    @Test(
        "a malformed case names its place, and the others still run",
        arguments: [
            (#""weeks""#, #""days""#, "cases[1].clause.delay.unit: unknown unit 'weeks'; use days, months, calendar-months or years"),
            (
                #""1990-02-30""#, #""1990-01-01""#,
                "cases[1].instruments[0].date: '1990-02-30' is not a day of the calendar; write YYYY-MM-DD"
            ),
            (#""2016-01-01""#, #""1990-01-01""#, "cases[1].instruments[0].date: 2016-01-01 is after asOf, 2015-03-14"),
            (#""ratificaton""#, #""ratification""#, "cases[1].instruments[0].kind: unknown kind 'ratificaton'"),
            (#""actr""#, #""actor""#, "cases[1].instruments[0].actor: is missing"),
            (#"17"#, #""Sweden""#, "cases[1].instruments[0].actor: should be a string, not a number"),
            (#""asOff""#, #""asOf""#, "cases[1].asOf: is missing"),
            (#""titel""#, #""treaty""#, "cases[1].treaty: is missing"),
            (
                #"{"date": "1990-01-31"}"#, #"{"entryIntoForce": "1990-01-31"}"#,
                "cases[1].expected.entryIntoForce: is missing; write null where the treaty is not in force"
            ),
            (#"{"cuont": 1}"#, #"{"count": 1}"#, "cases[1].clause.condition: a condition needs a condition"),
            (#""unit": "days", "unit": "days""#, #""unit": "days""#, "cases[1].clause.delay: the name 'unit' stands twice in one object"),
            (
                #""kind": "ratification", "kind": "accession""#, #""kind": "ratification""#,
                "cases[1].instruments[0]: the name 'kind' stands twice in one object"
            ),
            (#"01"#, #"30"#, "cases[1].clause.delay.count: a number may not begin with a zero"),
            (
                #""asOf": "2015-03-14", "adoption": "1995-01-01""#, #""asOf": "2015-03-14""#,
                "cases[1].instruments[0].date: 1990-01-01 is before the adoption, 1995-01-01"
            ),
        ])
    func malformed(_ wrong: String, _ right: String, _ expected: String) throws {
        let bad = Self.good.replacingOccurrences(of: right, with: wrong)
        #expect(bad != Self.good)
        let answer = replay(Self.good, bad, Self.good)
        #expect(answer.lines.count == 3)
        #expect(answer.lines.first?.hasPrefix("ok ") == true)
        #expect(answer.lines.last?.hasPrefix("ok ") == true)
        #expect(answer.lines[1].hasPrefix("malformed  \(expected)"), "\(answer.lines[1])")
        #expect(answer.exitCode == 2)
    }

    @Test(
        "a file that is no replay file is refused as a whole",
        arguments: [
            ("", "file: not JSON"), ("17", "file: should be an object"), ("{}", "cases: is missing"),
            (#"{"cases": 3}"#, "cases: should be an array"), (#"{"cases": ["#, "cases[0]: not JSON"),
            (#"{"cases": [], "cases": []}"#, "file: not JSON"),
        ])
    func notAReplayFile(_ text: String, _ expected: String) {
        let answer = TreatyReplay.run(data: Array(text.utf8))
        #expect(answer.lines.count == 1)
        #expect(answer.lines.first?.hasPrefix("malformed  \(expected)") == true, "\(answer.lines)")
        #expect(answer.exitCode == 2)
    }

    @Test("a bare list of cases is read, and a date that differs is exit code 1, malformed cases or not")
    func differs() {
        let other = Self.good.replacingOccurrences(of: "1990-01-31", with: "1990-02-01")
        let answer = TreatyReplay.run(data: Array("[\(Self.good), \(other), {}]".utf8))
        #expect(answer.exitCode == 1)
        #expect(answer.lines[1].hasPrefix("differs    1990-01-31  Good: computed 1990-01-31, expected 1990-02-01"))
        #expect(answer.summary == "3 cases: 1 as expected, 1 different, 1 malformed.")
        #expect(answer.json["summary"]?["differs"] == .integer(1))
        #expect(answer.json["cases"]?[1]?["computed"] == .string("1990-01-31"))
    }

    @Test("expected dates of effect are compared for each participant, whatever name it goes by")
    func participants() {
        let text =
            #"{"treaty": "BBNJ", "clause": {"count": 1, "delay": {"unit": "days", "count": 120}, "later": {"unit": "days", "count": 30}}, "asOf": "2026-06-01", "instruments": [{"actor": "Morocco", "kind": "ratification", "date": "2025-09-19"}, {"actor": "Türkiye", "kind": "accession", "date": "2026-02-01"}], "expected": {"entryIntoForce": "2026-01-17", "decisiveDate": "2025-09-19", "participants": {"Maroc": "2026-01-17", "Turkey": "2026-03-03"}}}"#
        #expect(replay(text).exitCode == 0)
        #expect(
            replay(text.replacingOccurrences(of: "2026-03-03", with: "2026-03-04")).lines.first?.contains(
                "for Turkey computed 2026-03-03, expected 2026-03-04") == true)
        #expect(
            replay(text.replacingOccurrences(of: #""2025-09-19", "participants""#, with: #""2025-09-20", "participants""#)).exitCode == 1)
    }

    @Test("another treaty can be another case of the file, but not in a circle")
    func parentInTheFile() {
        let child =
            #"{"treaty": "Child", "clause": {"all": [{"count": 1}, {"inForce": "Good"}]}, "asOf": "2015-03-14", "instruments": [{"actor": "Sweden", "kind": "ratification", "date": "1980-01-01"}], "expected": {"entryIntoForce": "1990-01-31"}}"#
        #expect(replay(child, Self.good).exitCode == 0)
        let circle = child.replacingOccurrences(of: #""inForce": "Good""#, with: #""inForce": "Child""#)
        #expect(replay(circle).lines.first?.contains("depends on the treaty 'Child'") == true)
    }

    @Test("facts that do not suffice are said, not guessed")
    func insufficient() {
        let text = Self.good.replacingOccurrences(of: #"{"count": 1}"#, with: #"{"share": 25, "metric": "tonnage-1973"}"#)
        let answer = replay(text)
        #expect(
            answer.lines.first?.hasPrefix(
                "malformed  cases[0].clause: the facts do not suffice: the clause speaks of the table 'tonnage-1973'") == true)
        #expect(answer.exitCode == 2)
    }

    @Test("the European Union is known by name, and an unknown organization by its flag or its formal confirmation")
    func organizations() {
        let text =
            #"{"treaty": "T", "clause": {"count": 2, "reio_counts": false}, "asOf": "2015-03-14", "instruments": [{"actor": "A", "kind": "ratification", "date": "1990-01-01"}, {"actor": "European Union", "kind": "approval", "date": "1991-01-01"}, {"actor": "Union of Somewhere", "kind": "approval", "date": "1992-01-01", "regionalOrganization": true}, {"actor": "Bank of Somewhere", "kind": "formalConfirmation", "date": "1993-01-01"}], "expected": {"entryIntoForce": null}}"#
        #expect(replay(text).exitCode == 0)
    }

    @Test("members that are not understood are named, and change nothing")
    func ignored() {
        let text = Self.good.replacingOccurrences(of: #""treaty": "Good""#, with: #""treaty": "Good", "colour": "blue""#)
        #expect(replay(text).lines.first?.hasSuffix("; not understood: cases[0].colour") == true)
    }
}
