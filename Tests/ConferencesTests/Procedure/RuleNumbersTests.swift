import Acts
import Foundation
import Testing

@testable import Conferences

/// The rules of the General Assembly by number: A/520/Rev.20, chapters XII (plenary meetings, rules 63 to 95) and XIII (committees, rules 96
/// to 133), by the headings that the United Nations publishes (un.org, Rules of procedure).
@Suite("The numbers of the General Assembly's rules")
struct RuleNumbersTests {
    /// What a rule is about, its numbers in plenary and in committee, and where a set cites it.
    struct Concept: Sendable, CustomTestStringConvertible {
        var heading: String
        var plenary: Int
        var committee: Int
        var cited: @Sendable (ProcedureSet) -> String?

        var testDescription: String { heading }

        init(_ heading: String, _ plenary: Int, _ committee: Int, _ cited: @escaping @Sendable (ProcedureSet) -> String?) {
            self.heading = heading
            self.plenary = plenary
            self.committee = committee
            self.cited = cited
        }

        static func motion(_ kind: ConferenceMotionKind) -> @Sendable (ProcedureSet) -> String? { { $0.motion(kind)?.rule } }
        static func matter(_ name: String) -> @Sendable (ProcedureSet) -> String? { { $0.matter(name)?.rule } }
    }

    static let business: [Concept] = [
        Concept("Quorum, to open", 67, 108) { $0.quorum.toOpenRule },
        Concept("Quorum, to decide", 67, 108) { $0.quorum.toDecideRule },
        Concept("Speeches", 68, 109) { $0.speakers.rule },
        Concept("Precedence", 69, 111) { $0.speakers.precedenceRule },
        Concept("Points of order", 71, 113, Concept.motion(.pointOfOrder)),
        Concept("Points of order: appeal", 71, 113) { $0.appeal.rule },
        Concept("Time limit on speeches", 72, 114, Concept.motion(.limitSpeakers)),
        Concept("Closing of list of speakers", 73, 115) { $0.speakers.listRule },
        Concept("Closing of list of speakers: motion", 73, 115, Concept.motion(.closeList)),
        Concept("Right of reply", 73, 115) { $0.reply.rule },
        Concept("Adjournment of debate", 74, 116, Concept.motion(.adjournDebate)),
        Concept("Closure of debate", 75, 117, Concept.motion(.closeDebate)),
        Concept("Suspension of the meeting", 76, 118, Concept.motion(.suspendMeeting)),
        Concept("Adjournment of the meeting", 76, 118, Concept.motion(.adjournMeeting)),
        Concept("Proposals and amendments", 78, 120) { $0.proposals.circulationRule },
        Concept("Decisions on competence", 79, 121, Concept.motion(.competence)),
        Concept("Withdrawal of motions", 80, 122) { $0.proposals.withdrawalRule },
        Concept("Reconsideration of proposals", 81, 123, Concept.motion(.reconsider)),
        Concept("Reconsideration of proposals: majority", 81, 123, Concept.matter("reconsideration")),
    ]

    static let voting: [Concept] = [
        Concept("Simple majority", 85, 125, Concept.matter("ordinary")),
        Concept("Members present and voting", 86, 126) { $0.voting.abstentionRule },
        Concept("Method of voting", 87, 127) { $0.voting.methodRule },
        Concept("Method of voting: recorded vote", 87, 127, Concept.motion(.recordedVote)),
        Concept("Method of voting: roll-call", 87, 127, Concept.motion(.rollCall)),
        Concept("Conduct during voting", 88, 128) { $0.voting.conductRule },
        Concept("Explanation of vote", 88, 128) { $0.voting.explanationRule },
        Concept("Division of proposals and amendments", 89, 129) { $0.proposals.divisionRule },
        Concept("Division: motion", 89, 129, Concept.motion(.division)),
        Concept("Voting on amendments", 90, 130) { $0.proposals.amendmentRule },
        Concept("Voting on proposals", 91, 131) { $0.proposals.orderRule },
        Concept("Elections by secret ballot", 92, 103) { $0.elections.rule },
        Concept("Restricted balloting, one place", 93, 132) { $0.elections.oneRule },
        Concept("Restricted balloting, two or more places", 94, 132) { $0.elections.manyRule },
        Concept("Equally divided votes", 95, 133) { $0.voting.tieRule },
    ]

    /// The numbers of General Assembly rules in a citation, in order: "GA rule 76, 77" and "GA rules 125, 163".
    static func numbers(_ citation: String) -> [Int] {
        citation.split(separator: ";").filter { $0.contains("GA rule") }.flatMap { part in
            part.split { !$0.isNumber }.compactMap { Int($0) }
        }
    }

    @Test("Each concept is cited by its own number in plenary and in committee", arguments: business + voting)
    func concepts(_ concept: Concept) throws {
        let shipped = try ShippedProcedures.load()
        for (name, number) in [("general-assembly", concept.plenary), ("general-assembly-committee", concept.committee)] {
            let set = try #require(shipped.set(name))
            let citation = try #require(concept.cited(set), "\(name) has nothing on it")
            #expect(Self.numbers(citation).first == number, "\(name): \(citation)")
        }
    }

    @Test("Motions with a precedence cite the rule of their order beside their own (rules 77, 119)")
    func precedence() throws {
        for (name, number) in [("general-assembly", 77), ("general-assembly-committee", 119)] {
            let set = try #require(try ShippedProcedures.load().set(name))
            for kind in [ConferenceMotionKind.suspendMeeting, .adjournMeeting, .adjournDebate, .closeDebate] {
                #expect(Self.numbers(set.motion(kind)?.rule ?? "").last == number, "\(name): \(kind)")
            }
            let ranked = set.motions.filter { $0.rank != nil }.sorted { ($0.rank ?? 0) < ($1.rank ?? 0) }.map(\.kind)
            #expect(ranked.prefix(5) == [.pointOfOrder, .suspendMeeting, .adjournMeeting, .adjournDebate, .closeDebate])
        }
    }

    @Test(
        "Important questions and their amendments need two thirds in plenary (rules 83, 84), and nothing does in committee but to reconsider"
    )
    func important() throws {
        let shipped = try ShippedProcedures.load()
        let plenary = try #require(shipped.set("general-assembly"))
        #expect(Self.numbers(plenary.matter("important")?.rule ?? "").first == 83)
        #expect(Self.numbers(plenary.matter("important-amendment")?.rule ?? "") == [84])
        let committee = try #require(shipped.set("general-assembly-committee"))
        #expect(committee.matters.filter { $0.majority != "simple" }.map(\.matter) == ["reconsideration"])
    }

    @Test("A plenary cites no rule of the committees, and a committee none of the plenary")
    func chapters() throws {
        let shipped = try ShippedProcedures.load()
        // Rules 60 and 61 are on public and private meetings of both, rule 163 on amendments to the rules.
        for (name, chapter) in [("general-assembly", 63...95), ("general-assembly-committee", 96...133)] {
            let text = try #require(shipped.set(name)).json.canonicalText
            let cited = text.split(separator: "\"").filter { $0.contains("GA rule") }.flatMap { Self.numbers(String($0)) }
            #expect(cited.count > 30)
            for number in cited { #expect(chapter.contains(number) || [60, 61, 163].contains(number), "\(name) cites rule \(number)") }
        }
    }
}
