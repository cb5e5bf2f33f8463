import Acts
import Testing

@testable import Conferences

@Suite("Lots that the box draws")
struct BoxLotsTests {
    private func ballots(_ nonces: [String], _ choices: [[String]]) -> [ConferenceBallotCast] {
        zip(nonces, choices).map {
            ConferenceBallotCast(session: Room.session, decision: "e", nonce: $0, choices: $1, signature: "")
        }
    }

    @Test("The order of the papers in the box changes nothing, and any other number does")
    func seed() {
        let box = ballots(["01", "02", "03"], [["A"], ["B"], []])
        #expect(BoxLots(box).seed == BoxLots(box.reversed()).seed)
        #expect(BoxLots(box).seed != BoxLots(ballots(["01", "02", "04"], [["A"], ["B"], []])).seed)
        // sha256sum of "chancery lots/1\n01\n02\n03"
        #expect(BoxLots(box).seed == "5380b5bec06bd9c48329627d2eec615860746e5fc5f620acff006660bffe172c")
    }

    @Test("A tie of two on the second ballot is drawn (GA rule 93), and the round is counted again with the same lots")
    func tie() throws {
        var room = try Room("general-assembly")
        let key = try BallotKey()
        let next = try BallotKey()
        try room.enter(
            ConferenceDecisionOpened(
                session: room.session, decision: "e", subject: .election, concerns: "chair", matter: "election", method: .secret,
                majority: "simple", rule: "GA rule 92", candidates: ["AUS", "BRA"], places: 1, ballotKey: key.published))
        var election = try #require(room.state.decision("e").flatMap { room.engine.election($0) })
        let box = ballots(["0a", "0b"], [["AUS"], ["BRA"]])
        let lots = BoxLots(box)
        guard case .settled(let first) = lots.count(election, session: room.session, decision: "e", ballotKey: next.published) else {
            throw Room.Unexpected(what: "lots on the first ballot")
        }
        #expect(first.elected.isEmpty && first.seed == nil)
        #expect(first.ballotKey == next.published)
        election.rounds.append(first)
        guard case .settled(let second) = lots.count(election, session: room.session, decision: "e", ballotKey: next.published) else {
            throw Room.Unexpected(what: "no lots")
        }
        #expect(second.elected == Array(lots.drawn(["AUS", "BRA"]).prefix(1)))
        #expect(second.lots == second.elected)
        #expect(second.seed == lots.seed)
        #expect(second.ballotKey == nil, "there is no further round")
    }

    @Test("A round that leaves places open brings a new key, and not the old one")
    func nextKey() throws {
        var room = try Room("general-assembly")
        let key = try BallotKey()
        try room.enter(
            ConferenceDecisionOpened(
                session: room.session, decision: "e", subject: .election, concerns: "chair", matter: "election", method: .secret,
                majority: "simple", rule: "GA rule 92", candidates: ["AUS", "BRA"], places: 1, ballotKey: key.published))
        let election = try #require(room.state.decision("e").flatMap { room.engine.election($0) })
        func round(_ key: String?) throws -> ConferenceElectionRoundClosed {
            guard case .settled(let round) = election.count([], session: room.session, decision: "e", ballotKey: key) else {
                throw Room.Unexpected(what: "lots")
            }
            return round
        }
        #expect(room.refusal(of: try round(nil))?.code == "motion-needs")
        #expect(room.refusal(of: try round(key.published))?.code == "motion-needs")
        #expect(room.refusal(of: try round(try BallotKey().published)) == nil)
    }
}
