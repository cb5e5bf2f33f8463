import Acts
import Foundation
import Testing

@testable import Conferences

@Suite("Secret ballots")
struct SecretBallotTests {
    /// A decision that is opened with a key; and the key, which the node holds.
    private func opened(_ room: inout Room, candidates: [String] = ["AUS", "BRA", "CAN"]) throws -> BallotKey {
        let key = try BallotKey()
        try room.enter(
            ConferenceDecisionOpened(
                session: room.session, decision: "e", subject: .election, concerns: "presidency", matter: "election", method: .secret,
                majority: "simple", rule: "GA rule 92", candidates: candidates, places: 1, ballotKey: key.published))
        return key
    }

    private func paper(_ choices: [String], _ room: Room, _ key: BallotKey) throws -> BallotPaper {
        try BallotPaper(choices, scope: BallotPaper.Scope(try #require(room.state.decision("e"))), key: try BallotKey.Public(key.published))
    }

    /// Has a delegation's paper signed, by an act that names it, and takes the cover off.
    private func sign(_ paper: BallotPaper, for actor: ActorCode, _ room: inout Room, _ key: BallotKey) throws -> ConferenceBallotCast {
        let signature = try key.sign(paper.blinded)
        try room.enter(
            ConferenceBallotTokenIssued(session: room.session, decision: "e", actor: actor, blinded: paper.blinded, signature: signature))
        return try paper.finish(signature, session: room.session)
    }

    private func openBox(_ room: inout Room) throws {
        try room.enter(ConferenceBallotBoxOpened(session: room.session, decision: "e"))
    }

    @Test("An election by secret ballot, from the papers to the result: each finds its own in the box, and it is counted")
    func election() throws {
        var room = try Room("general-assembly")
        let key = try opened(&room)
        var casts: [ConferenceBallotCast] = []
        for (index, actor) in Room.members.enumerated() {
            let paper = try paper(index < 7 ? ["BRA"] : index < 11 ? ["AUS"] : [], room, key)
            casts.append(try sign(paper, for: actor, &room, key))
        }
        #expect(room.refusal(of: try #require(casts.first))?.code == "box-closed")
        try openBox(&room)
        // In the box they lie in an order that is nobody's.
        for cast in casts.sorted(by: { $0.nonce < $1.nonce }) { try room.enter(cast) }
        let decision = try #require(room.state.decision("e"))
        for cast in casts { #expect(decision.ballots.contains { $0.nonce == cast.nonce && $0.choices == cast.choices }) }
        let election = try #require(room.engine.election(decision))
        guard case .settled(let round) = election.count(decision.ballots.map(\.choices), session: room.session, decision: "e") else {
            Issue.record("lots")
            return
        }
        #expect(round.elected == ["BRA"])
        #expect(round.abstaining == 1)
        var wrong = round
        wrong.elected = ["AUS"]
        #expect(room.refusal(of: wrong)?.code == "result")
        try room.enter(round)
        try room.enter(try room.engine.result(of: "e", room.state))
        #expect(room.state.decision("e")?.closed?.outcome == .adopted)
    }

    @Test("What the node signs and what lies in the box have nothing in common: no byte sequence of one is in the other")
    func unlinkable() throws {
        var room = try Room("general-assembly")
        let key = try opened(&room)
        let paper = try paper(["BRA"], room, key)
        let signature = try key.sign(paper.blinded)
        let cast = try sign(paper, for: Room.members[0], &room, key)
        #expect(cast.signature != signature)
        let seen = try #require(Data(base64Encoded: paper.blinded)) + (try #require(Data(base64Encoded: signature)))
        let box = try #require(Data(base64Encoded: cast.signature))
        for start in stride(from: 0, to: box.count - 8, by: 4) { #expect(seen.range(of: box[start..<(start + 8)]) == nil) }
        // The same choices hidden twice look different each time, so choices cannot be tried out against a hidden paper.
        #expect(try self.paper(["BRA"], room, key).blinded != paper.blinded)
    }

    @Test("A paper is signed once for each delegation, and counts once")
    func once() throws {
        var room = try Room("general-assembly")
        let key = try opened(&room)
        let first = try sign(try paper(["BRA"], room, key), for: Room.members[0], &room, key)
        let again = ConferenceBallotTokenIssued(
            session: room.session, decision: "e", actor: Room.members[0], blinded: "AA==", signature: "AA==")
        #expect(room.refusal(of: again)?.code == "token-issued")
        let observer = ConferenceBallotTokenIssued(
            session: room.session, decision: "e", actor: Room.observer, blinded: "AA==", signature: "AA==")
        #expect(room.refusal(of: observer)?.code == "observer")
        try openBox(&room)
        try room.enter(first)
        // Papers are signed before the box is open, so that the one hour tells nothing of the other.
        let late = ConferenceBallotTokenIssued(
            session: room.session, decision: "e", actor: Room.members[1], blinded: "AA==", signature: "AA==")
        #expect(room.refusal(of: late)?.code == "box-open")
        #expect(room.refusal(of: first)?.code == "ballot-cast")
    }

    @Test("A paper that is altered, of another round, of another key or of no signature does not count")
    func forged() throws {
        var room = try Room("general-assembly")
        let key = try opened(&room)
        let cast = try sign(try paper(["BRA"], room, key), for: Room.members[0], &room, key)
        try openBox(&room)
        #expect(room.refusal(of: cast) == nil)
        var altered = cast
        altered.choices = ["AUS"]
        #expect(room.refusal(of: altered)?.code == "ballot-invalid")
        altered = cast
        altered.nonce = String(cast.nonce.reversed())
        #expect(room.refusal(of: altered)?.code == "ballot-invalid")
        altered = cast
        altered.signature = "AAAA"
        #expect(room.refusal(of: altered)?.code == "ballot-invalid")
        let other = try BallotKey()
        let foreign = try paper(["BRA"], room, other)
        #expect(room.refusal(of: try foreign.finish(try other.sign(foreign.blinded), session: room.session))?.code == "ballot-invalid")
        var scope = BallotPaper.Scope(try #require(room.state.decision("e")))
        scope.round = 2
        let later = try BallotPaper(["BRA"], scope: scope, key: try BallotKey.Public(key.published))
        #expect(room.refusal(of: try later.finish(try key.sign(later.blinded), session: room.session))?.code == "ballot-invalid")
    }

    @Test("The node can stuff no ballot unseen: papers in the box are never more than delegations that had one signed")
    func stuffing() throws {
        var room = try Room("general-assembly")
        let key = try opened(&room)
        let cast = try sign(try paper(["BRA"], room, key), for: Room.members[0], &room, key)
        try openBox(&room)
        try room.enter(cast)
        let own = try paper(["AUS"], room, key)
        #expect(room.refusal(of: try own.finish(try key.sign(own.blinded), session: room.session))?.code == "ballot-box")
    }

    @Test("A paper names what can be chosen, no more than there are places")
    func choices() throws {
        for choices in [["BRA", "AUS"], ["BRA", "BRA"], ["XXX"]] {
            var room = try Room("general-assembly")
            let key = try opened(&room)
            let cast = try sign(try paper(choices, room, key), for: Room.members[0], &room, key)
            try openBox(&room)
            #expect(room.refusal(of: cast)?.code == "ballot-choices")
        }
    }

    @Test("Keys that are none are refused, whatever they are")
    func keys() throws {
        for text in ["", "AAAA", "?", String(repeating: "A", count: 4_096)] {
            #expect(throws: BallotPaper.Fault.key) { try BallotKey.Public(text) }
        }
        #expect(throws: BallotPaper.Fault.signature) { try BallotKey().sign("AAAA") }
        let key = try BallotKey()
        #expect(try BallotKey(der: key.der).published == key.published)
    }
}
