import Acts
import Foundation
import TestSupport
import Testing

@testable import Treaties

@Suite("The replay reader survives anything")
struct ReplayFuzzTests {
    private static let sample =
        #"{"note": "é", "cases": [{"treaty": "T", "article": "Art. 1", "clause": {"condition": {"all": [{"count": 3, "of": "club"}, {"share": 55, "metric": "m"}, {"inForce": "P"}]}, "delay": {"unit": "months", "count": 3, "then": "first-day-of-following-month"}, "notBefore": {"afterOpening": {"unit": "years", "count": 2}}, "fixedDate": "1999-01-01", "else": {"unit": "days", "count": 90}, "later": "same", "withdrawal": {"yearly": {"on": "06-30", "noticeBy": "01-01"}}}, "opening": "1990-01-01", "classes": {"club": ["A", {"actor": "B", "from": "1991-01-01", "until": "1999-12-31"}, "C"]}, "metrics": {"m": {"unit": "percent", "values": {"A": 30.5, "B": "29.5"}}}, "treaties": {"P": "1992-01-01"}, "asOf": "2015-03-14", "instruments": [{"actor": "A", "kind": "ratification", "date": "1995-01-01"}, {"actor": "B", "kind": "accession", "date": "1996-01-01"}, {"actor": "C", "kind": "withdrawal", "date": "1997-01-01"}, {"actor": "C", "kind": "succession", "date": "1998-01-01", "effect": "1997-06-01"}], "expected": {"entryIntoForce": null, "participants": {"A": null}}}, {"treaty": "U"}]}"#

    @Test("bytes changed, cut out, doubled or put in at random give an answer, never a trap", arguments: [7, 77, 777, 7_777] as [UInt64])
    func mutations(_ seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        let original = Array(Self.sample.utf8)
        let actors = ReplayActors(table: nil)
        for _ in 0..<600 {
            var bytes = original
            for _ in 0..<Int.random(in: 1...6, using: &generator) where !bytes.isEmpty {
                let place = Int.random(in: 0..<bytes.count, using: &generator)
                let end = min(bytes.count, place + Int.random(in: 1...40, using: &generator))
                switch Int.random(in: 0..<5, using: &generator) {
                case 0: bytes[place] = UInt8.random(in: 0...255, using: &generator)
                case 1: bytes.removeSubrange(place..<end)
                case 2: bytes.insert(contentsOf: bytes[place..<end], at: place)
                case 3: bytes[place] = Array(#"{}[]",:0-9eE.\n"#.utf8).randomElement(using: &generator) ?? 0
                default: bytes.removeSubrange(place...)
                }
            }
            let answer = TreatyReplay.run(data: bytes, actors: actors)
            #expect((0...2).contains(answer.exitCode), "seed \(seed)")
            #expect(!answer.json.canonicalBytes.isEmpty)
        }
    }

    @Test(
        "values swapped for values of other kinds are refused with a place or change the answer, never a trap",
        arguments: [5, 55, 555] as [UInt64])
    func swaps(_ seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let whole = try JSONParser.parse(Self.sample)
        let actors = ReplayActors(table: nil)
        let replacements: [JSON] = [
            .null, true, 0, -1, 9_007_199_254_740_991, .number(0.5), .number(1e300), "", "A", "2015-02-29", "9999-12-31", "0001-01-01",
            "1/1", "0/1",
            "999999999/1", [], [[]], [:], ["count": 1], "signatories", "other signatories", "non-non-A", "m >= 1", "A at 2001-01-01",
        ]
        for _ in 0..<300 {
            let mutated = swap(whole, &generator, replacements)
            let answer = TreatyReplay.run(data: mutated.canonicalBytes, actors: actors)
            for line in answer.lines where line.hasPrefix("malformed") {
                #expect(line.contains(": "), "seed \(seed): \(line)")
            }
        }
    }

    private func swap(_ value: JSON, _ generator: inout SeededGenerator, _ replacements: [JSON]) -> JSON {
        if Int.random(in: 0..<40, using: &generator) == 0 { return replacements.randomElement(using: &generator) ?? .null }
        switch value {
        case .array(let values): return .array(values.map { swap($0, &generator, replacements) })
        case .object(let object):
            return .object(JSONObject(object.members.map { ($0.name, swap($0.value, &generator, replacements)) }))
        default: return value
        }
    }

    @Test("the outline finds the cases of any JSON text as the parser does", arguments: [3, 33, 333] as [UInt64])
    func outline(_ seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        func random(_ depth: Int) -> JSON {
            switch Int.random(in: 0..<(depth > 3 ? 4 : 6), using: &generator) {
            case 0: return .integer(Int64.random(in: -9...9, using: &generator))
            case 1: return .string(["", "\"", "\\", "[{", "cases", "é\n", "a,b"].randomElement(using: &generator) ?? "")
            case 2: return .bool(true)
            case 3: return .null
            case 4: return .array((0..<Int.random(in: 0...4, using: &generator)).map { _ in random(depth + 1) })
            default:
                return .object(
                    JSONObject(
                        (0..<Int.random(in: 0...4, using: &generator)).map { _ in
                            (["a", "cases", "\"]", "b"].randomElement(using: &generator) ?? "", random(depth + 1))
                        }))
            }
        }
        for _ in 0..<500 {
            let value = random(0)
            let bytes = value.canonicalBytes
            let expected: [JSON]? = if case .array(let values) = value { values } else { value["cases"]?.array }
            let ranges = JSONOutline(bytes: bytes).elements(of: "cases")
            #expect(try ranges?.map { try JSONParser.parse(Array(bytes[$0])) } == expected, "seed \(seed): \(value.canonicalText)")
        }
    }
}
