import Acts
import Testing

@testable import Conferences

/// GA rules 92 to 94 and 132; BBNJ draft rules 55 to 57.
@Suite("Elections")
struct ElectionTests {
    private func election(_ candidates: [String], places: Int64) throws -> Election {
        Election(rules: try Room.rules("conference-of-parties").elections, majority: .simple, candidates: candidates, places: places)
    }

    /// So many ballots with these names on each.
    private func ballots(_ counts: (Int, [String])...) -> [[String]] {
        counts.flatMap { Array(repeating: $0.1, count: $0.0) }
    }

    private func settled(_ count: Election.Count) throws -> ConferenceElectionRoundClosed {
        guard case .settled(let round) = count else { throw Room.Unexpected(what: "\(count)") }
        return round
    }

    private func count(_ election: inout Election, _ ballots: [[String]], lots: [String] = []) throws -> ConferenceElectionRoundClosed {
        let round = try settled(election.count(ballots, lots: lots, session: Room.session, decision: "e"))
        election.rounds.append(round)
        return round
    }

    @Test("Who has a majority of the votes cast is elected; abstentions are no votes")
    func majority() throws {
        var one = try election(["A", "B", "C"], places: 1)
        let round = try count(&one, ballots((6, ["A"]), (3, ["B"]), (2, ["C"]), (8, [])))
        #expect(round.majority == 6)
        #expect(round.voting == 11)
        #expect(round.abstaining == 8)
        #expect(round.elected == ["A"])
        #expect(one.placesLeft == 0)
    }

    @Test(
        "Without a majority the second ballot is restricted to the two with most votes, and equals are decided by lot (BBNJ draft rule 56(1); GA rule 93)"
    )
    func secondBallot() throws {
        var one = try election(["A", "B", "C"], places: 1)
        let first = try count(&one, ballots((5, ["A"]), (4, ["B"]), (3, ["C"])))
        #expect(first.elected.isEmpty)
        #expect(first.next == ["A", "B"])
        #expect(one.restriction == ["A", "B"])
        let tied = ballots((6, ["A"]), (6, ["B"]))
        #expect(one.count(tied, session: Room.session, decision: "e") == .lots(among: ["A", "B"], drawn: 1))
        let second = try count(&one, tied, lots: ["B"])
        #expect(second.elected == ["B"])
        #expect(second.lots == ["B"])
        #expect(second.rules == ["BBNJ draft rule 55(1)", "BBNJ draft rule 56"])
    }

    @Test("A first tie of three goes to all three; if more than two are equal again, lots reduce them to two (BBNJ draft rule 56(2))")
    func tieOfThree() throws {
        var one = try election(["A", "B", "C", "D"], places: 1)
        let first = try count(&one, ballots((4, ["A"]), (4, ["B"]), (4, ["C"]), (1, ["D"])))
        #expect(first.next == ["A", "B", "C"])
        let again = ballots((4, ["A"]), (4, ["B"]), (4, ["C"]))
        #expect(one.count(again, session: Room.session, decision: "e") == .lots(among: ["A", "B", "C"], drawn: 2))
        #expect(try count(&one, again, lots: ["C", "A"]).next == ["C", "A"])
        #expect(try count(&one, ballots((7, ["A"]), (5, ["C"]))).elected == ["A"])
    }

    @Test(
        "For several places, those with a majority are elected; the rest is balloted among twice as many as places are left (GA rule 94; BBNJ draft rule 57)"
    )
    func severalPlaces() throws {
        var council = try election(["A", "B", "C", "D", "E", "F"], places: 3)
        // Twelve members, up to three names each: A and B have eight votes, C and D six.
        let first = try count(
            &council, ballots((4, ["A", "B", "C"]), (4, ["A", "B", "D"]), (2, ["C", "E"]), (2, ["D", "F"])))
        #expect(first.majority == 7)
        #expect(first.elected == ["A", "B"])
        #expect(first.placesLeft == 1)
        #expect(first.next == ["C", "D"])
        for _ in 0..<3 where council.placesLeft > 0 {
            let restriction = council.restriction
            #expect(restriction.count <= Int(council.placesLeft) * 2)
            #expect(Set(restriction).isDisjoint(with: council.elected))
            _ = try count(&council, ballots((8, [try #require(restriction.first)]), (4, [try #require(restriction.last)])))
        }
        #expect(council.placesLeft == 0)
        #expect(council.elected.count == 3)
    }

    @Test("More with a majority than places: the largest numbers are elected, equals by lot")
    func moreThanPlaces() throws {
        var council = try election(["A", "B", "C"], places: 2)
        let all = ballots((5, ["A", "B"]), (4, ["A", "C"]), (1, ["B", "C"]), (1, ["C", "B"]))
        let round = try count(&council, all)
        #expect(round.elected == ["A", "B"])
        var tied = try election(["A", "B", "C"], places: 2)
        let equal = ballots((2, ["A", "B"]), (2, ["A", "C"]), (2, ["B", "C"]))
        // Four votes each of six: all have a majority, and two places.
        #expect(tied.count(equal, session: Room.session, decision: "e") == .lots(among: ["A", "B", "C"], drawn: 2))
        #expect(try count(&tied, equal, lots: ["C", "B"]).elected == ["C", "B"])
    }

    @Test(
        "After the third inconclusive restricted ballot votes may be cast for anybody, for three ballots, and so on (GA rule 94; BBNJ draft rule 57(2), (3))"
    )
    func alternation() throws {
        var council = try election(["A", "B", "C", "D", "E", "F"], places: 2)
        _ = try count(&council, ballots((6, ["A"]), (6, ["B"]), (4, ["C"]), (3, ["D"]), (2, ["E"]), (1, ["F"])))
        var isRestricted: [Bool] = []
        for _ in 1...9 {
            isRestricted.append(!council.restriction.isEmpty)
            _ = try count(&council, ballots((4, ["A"]), (4, ["B"]), (4, ["C"]), (4, ["D"])), lots: ["A", "B", "C", "D"])
        }
        #expect(isRestricted == [true, true, true, false, false, false, true, true, true])
    }

    @Test("No vote where there are no more candidates than places (GA decision 34/401; BBNJ draft rule 55(2))")
    func uncontested() throws {
        #expect(try election(["A", "B"], places: 2).isDispensed)
        #expect(try !election(["A", "B", "C"], places: 2).isDispensed)
    }

    @Test("An election always ends or goes on: whatever the ballots, places filled and left make the whole, and nobody is elected twice")
    func property() throws {
        var generator = SystemRandomNumberGenerator()
        for _ in 0..<300 {
            let names = ["A", "B", "C", "D", "E", "F", "G"]
            let places = Int64.random(in: 1...4, using: &generator)
            var election = try election(names, places: places)
            for _ in 0..<12 where election.placesLeft > 0 {
                let eligible = election.restriction.isEmpty ? names.filter { !election.elected.contains($0) } : election.restriction
                let ballots = (0..<Int.random(in: 0...15, using: &generator)).map { _ in
                    Array(eligible.shuffled(using: &generator).prefix(Int.random(in: 0...Int(election.placesLeft), using: &generator)))
                }
                let round = try count(&election, ballots, lots: eligible.shuffled(using: &generator))
                #expect(Set(election.elected).count == election.elected.count)
                #expect(Int64(election.elected.count) + round.placesLeft == places)
                #expect(Set(round.next).isDisjoint(with: election.elected))
            }
        }
    }
}
