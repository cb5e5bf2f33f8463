import Acts
import Foundation
import TestSupport
import Testing

@testable import Treaties

@Suite("Replaying life-cycle cases")
struct LifecycleReplayTests {
    @Test("the known cases come out right: later joiners, exits, reservations, amendments, corrections, successions")
    func knownCases() throws {
        let url = try #require(Bundle.module.url(forResource: "lifecycle-cases", withExtension: "json", subdirectory: "Cases"))
        let answer = TreatyReplay.run(data: [UInt8](try Data(contentsOf: url)))
        #expect(answer.lines.filter { !$0.hasPrefix("ok ") } == [])
        #expect(answer.lines.count == 34)
        #expect(answer.exitCode == 0)
    }

    @Test(
        "the Paris Agreement takes effect for each of its 195 Parties on the day the depositary's table gives",
        .enabled(if: SharedTreatyData.folder != nil, "the shared treaty data is not beside the checkout"))
    func paris() throws {
        let bytes = try #require(try SharedTreatyData.bytes("participation/paris-agreement.csv"))
        var acts: [String] = [#"{"actor": "FRA", "kind": "communication", "date": "2015-12-12"}"#]
        var questions: [String] = []
        var shares: [String] = []
        for line in String(decoding: bytes, as: UTF8.self).split(whereSeparator: \.isNewline).dropFirst() {
            // Names with commas are in quotation marks; the columns behind them are plain.
            let columns = line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
            let code = columns[0]
            let plain = Array(columns.suffix(7))
            guard let deposit = CalendarDate(plain[1]), let effect = CalendarDate(plain[3]) else { continue }
            shares.append(#""\#(code)": "\#(plain[5].isEmpty ? "0" : plain[5])""#)
            if code == "USA" {
                acts.append(#"{"actor": "USA", "kind": "acceptance", "date": "2016-09-03"}"#)
                acts.append(#"{"actor": "USA", "kind": "withdrawal", "date": "2019-11-04"}"#)
            }
            let organization = code == "EUU" || code == "EU" ? #", "regionalOrganization": true"# : ""
            acts.append(
                #"{"actor": "\#(code)", "kind": "ratification", "date": "\#(deposit)"\#(organization)}"#.replacing(
                    "ratification", with: "acceptance"))
            questions.append(#"{"ask": "party", "of": "\#(code)", "expected": {"dateOfEffect": "\#(effect)", "state": "party"}}"#)
        }
        #expect(questions.count == 195)
        let clause = #"""
            {"entryIntoForce": {"condition": {"all": [{"count": 55}, {"share": 55, "metric": "emissions"}]},
              "delay": {"unit": "days", "count": 30}, "later": {"unit": "days", "count": 30}, "regionalOrganizationsCount": false},
             "withdrawal": {"notice": {"unit": "years", "count": 1}, "notWithin": {"unit": "years", "count": 3}, "article": "Art. 28"}}
            """#
        let file = #"""
            {"cases": [{"name": "Paris", "instrument": {"title": "Paris Agreement", "finalClauses": \#(clause)},
             "metrics": {"emissions": {"unit": "percent", "values": {\#(shares.joined(separator: ","))}}}, "asOf": "2026-01-01",
             "acts": [\#(acts.joined(separator: ","))], "questions": [{"ask": "entryIntoForce", "expected": "2016-11-04"}, \#(questions.joined(separator: ","))]}]}
            """#
        let answer = TreatyReplay.run(data: Array(file.utf8))
        #expect(answer.lines == ["ok         196 answers  Paris"])
    }

    private static let good = #"""
        {"name": "Good", "instrument": {"title": "T"}, "asOf": "2010-01-01",
         "acts": [{"actor": "State A", "kind": "ratification", "date": "2001-01-01"}],
         "questions": [{"ask": "party", "of": "State A", "expected": "party"}]}
        """#

    private func replay(_ cases: String...) -> TreatyReplay.Answer {
        TreatyReplay.run(data: Array(#"{"cases": [\#(cases.joined(separator: ", "))]}"#.utf8))
    }

    @Test(
        "a malformed case names its place, and the others still run",
        arguments: [
            (#""ratification""#, #""ratifying""#, "cases[1].acts[0].kind: unknown kind 'ratifying'; docs/lifecycle.md lists them"),
            (#""2001-01-01""#, #""2001-02-30""#, "cases[1].acts[0].date: '2001-02-30' is not a day of the calendar; write YYYY-MM-DD"),
            (#""title""#, #""titel""#, "cases[1].instrument.title: is missing"),
            (
                #""T"}"#, #""T", "finalClauses": {"reservations": "none"}}"#,
                "cases[1].instrument.finalClauses.reservations: 'none' is not known; use silent, allowed, prohibited or listed"
            ),
            (
                #""kind": "ratification""#, #""kind": "objection", "to": "r9""#,
                "cases[1].acts[0].to: no earlier act of this case has the id 'r9'"
            ),
            (
                #""kind": "ratification""#, #""kind": "ratification", "datum": 1"#,
                "cases[1].acts[0].datum: unknown member 'datum' of an act of the kind 'ratification'"
            ),
            (
                #""expected": "party""#, #""expected": {"status": "party"}"#,
                "cases[1].questions[0].expected.status: unknown member of the answer to 'party'"
            ),
            (#""asOf": "2010-01-01","#, "", "cases[1].questions[0].on: is missing; give the day here, or asOf for the whole case"),
            (#""ask": "party""#, #""ask": "parties""#, "cases[1].questions[0].ask: unknown question 'parties'"),
        ])
    func malformed(_ old: String, _ new: String, _ error: String) {
        let answer = replay(Self.good, Self.good.replacingOccurrences(of: old, with: new), Self.good)
        #expect(answer.lines.count == 3)
        #expect(answer.lines[0] == "ok         party: party  Good")
        #expect(answer.lines[1].hasPrefix("malformed  \(error)"), "\(answer.lines[1])")
        #expect(answer.lines[2].hasPrefix("ok "))
        #expect(answer.exitCode == 2)
    }

    @Test("an answer that differs says so with both, and ends with 1; a case on entry into force may stand beside")
    func differs() {
        let wrong = Self.good.replacingOccurrences(of: #""expected": "party""#, with: #""expected": "signatory""#)
        let entry =
            #"{"treaty": "E", "clause": {"count": 1}, "asOf": "2015-03-14", "instruments": [{"actor": "Sweden", "kind": "ratification", "date": "1990-01-01"}], "expected": {"entryIntoForce": "1990-01-01"}}"#
        let answer = replay(entry, wrong)
        #expect(answer.lines[0].hasPrefix("ok         1990-01-01  E"))
        #expect(answer.lines[1] == "differs    1 of 1 answer  Good: cases[1].questions[0] party: state computed party, expected signatory")
        #expect(answer.exitCode == 1)
        #expect(answer.summary == "2 cases: 1 as expected, 1 different.")
    }

    @Test("facts that do not suffice are told with the question's place")
    func insufficient() {
        let text = Self.good.replacingOccurrences(
            of: #"{"title": "T"}"#,
            with: #"{"title": "T", "finalClauses": {"entryIntoForce": {"fraction": "1/2", "of": "the Unknown"}}}"#)
        let answer = replay(text)
        #expect(answer.lines[0].hasPrefix("malformed  cases[0].questions[0]: the facts do not suffice"))
        #expect(answer.exitCode == 2)
    }

    @Test("every answer of the JSON report carries its steps with their rules")
    func steps() throws {
        let text = #"""
            {"name": "S", "instrument": {"title": "T"}, "asOf": "2010-01-01",
             "acts": [{"actor": "A", "kind": "ratification", "date": "2001-01-01"}, {"actor": "B", "kind": "ratification", "date": "2001-01-01"},
               {"actor": "A", "kind": "reservation", "date": "2001-01-01", "id": "r", "provisions": ["art. 2"], "notified": "2001-02-01"}],
             "questions": [{"ask": "relation", "of": "A", "towards": "B", "expected": {"modified": ["art. 2"]}}]}
            """#
        let steps = try #require(replay(text).json["cases"]?[0]?["answers"]?[0]?["steps"]?.array)
        #expect(steps.contains { $0["code"]?.string == "effect-accepted-by-silence" && $0["rule"]?.string == "VCLT art. 20(5)" })
        #expect(steps.contains { $0["text"]?.string == "Between A and B it modifies art. 2 to its extent, both ways." })
    }

    @Test("no text makes the reader fail otherwise than by saying where", arguments: [7, 77, 777] as [UInt64])
    func fuzz(_ seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        let original = Array(#"{"cases": [\#(Self.good)]}"#.utf8)
        for _ in 0..<400 {
            var bytes = original
            for _ in 0..<Int.random(in: 1...4, using: &generator) {
                let place = Int.random(in: 0..<bytes.count, using: &generator)
                switch Int.random(in: 0..<3, using: &generator) {
                case 0: bytes[place] = UInt8.random(in: 0x20...0x7E, using: &generator)
                case 1: bytes.remove(at: place)
                default: bytes.insert(UInt8.random(in: 0x20...0x7E, using: &generator), at: place)
                }
            }
            let answer = TreatyReplay.run(data: bytes, actors: ReplayActors(table: nil))
            #expect((0...2).contains(answer.exitCode), "seed \(seed)")
        }
    }
}
