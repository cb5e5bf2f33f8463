import Acts
import Foundation
import Testing

@testable import Conferences

@Suite("Rules of procedure as data")
struct ProcedureSetTests {
    @Test("Four sets come with the program, each whole, in seven languages, and read back as they are written")
    func shipped() throws {
        let sets = try ShippedProcedures.load().sets
        #expect(sets.map(\.name) == ["conference-of-parties", "consensus", "general-assembly", "general-assembly-committee"])
        for set in sets {
            #expect(try ProcedureSet(json: set.json) == set)
            for language in ["en", "fr", "es", "ru", "zh", "ar", "id"] { #expect(set.title[language]?.isEmpty == false) }
            #expect(set.matter(set.substance) != nil)
        }
    }

    @Test("A set that names what is not there is refused with the place")
    func broken() throws {
        let whole = try #require(try ShippedProcedures.load().set("general-assembly")).json.object
        let set = try #require(whole)
        for (member, value, place) in [
            ("substance", "nothing", "rules.substance"), ("change", "nothing", "rules.change"),
            ("procedureMatter", "nothing", "rules.procedureMatter"),
        ] {
            var object = set
            object[member] = .string(value)
            #expect { try ProcedureSet(json: .object(object)) } throws: { ($0 as? MalformedAct)?.place == place }
        }
        for name in set.names {
            var object = set
            object[name] = nil
            #expect(throws: MalformedAct.self) { try ProcedureSet(json: .object(object)) }
            for value in [JSON.null, 7, "x", [], [:], [[:]], true] {
                object[name] = value
                if let read = try? ProcedureSet(json: .object(object)) { #expect(read.json.object?[name] == value) }
            }
        }
    }

    @Test("What refusals name by a code, the desk has words for: motions, majorities, and what the shipped rules decide on")
    func codes() throws {
        let desk = try ConferenceDesk()
        let words = try JSONParser.parse(Array(try Data(contentsOf: try #require(desk.languages).appending(path: "en.json"))))
        func isNamed(_ argument: String, _ code: String) -> Bool {
            desk.refusalWords[argument]?.contains { words["\($0)\(code)"]?.string?.isEmpty == false } ?? false
        }
        for kind in ConferenceMotionKind.allCases { #expect(isNamed("motion", kind.rawValue), "\(kind)") }
        for set in try ShippedProcedures.load().sets {
            for matter in set.matters { #expect(isNamed("matter", matter.matter), "\(set.name) \(matter.matter)") }
            for majority in set.majorities.keys { #expect(isNamed("majority", majority), "\(set.name) \(majority)") }
        }
    }

    @Test("Every fault has its words in every language, for the same places")
    func words() throws {
        for language in ["en", "fr", "es", "ru", "zh", "ar", "id"] {
            let file = try #require(ConferenceDesk().languages).appending(path: "\(language).json")
            let words = try JSONParser.parse(Array(try Data(contentsOf: file)))
            for fault in ProcedureFault.allCases {
                for end in ["", ".mend"] {
                    #expect(words["refusal.conference.procedure.\(fault.rawValue)\(end)"]?.string?.isEmpty == false, "\(language) \(fault)")
                }
            }
        }
    }
}
