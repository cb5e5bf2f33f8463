import Acts
import Testing

@testable import Conferences

@Suite("The acts of the room")
struct ConferenceActsTests {
    static let session = Room.session
    static let fra = Room.code("FRA")
    static let moment = Moment(milliseconds: 1_764_151_200_000)

    /// One of each kind, with every member and with as few as there can be.
    static let acts: [any Payload & Hashable] = [
        ConferenceProcedureAdopted(conference: "c", body: "b", procedure: "consensus", rules: [:], decision: "d"),
        ConferenceProposalSubmitted(
            session: session, proposal: "L.1", sponsors: [fra], item: "7", amends: "L.0", question: "q", matter: "budget",
            parts: [
                ConferenceProposalPart(part: "OP1", isOperative: true, text: "Decides"),
                ConferenceProposalPart(part: "PP1", isOperative: false),
            ],
            circulated: moment),
        ConferenceProposalSubmitted(session: session, proposal: "L.1"),
        ConferenceProposalRevised(session: session, proposal: "L.1", amendment: "L.2", text: "t"),
        ConferenceProposalWithdrawn(session: session, proposal: "L.1", actor: fra),
        ConferenceProposalReintroduced(session: session, proposal: "L.1", actor: fra),
        ConferenceFloorRequested(
            session: session, request: "1", actor: fra, purpose: .rightOfReply, item: "7", motion: "m", decision: "d", language: "fr"),
        ConferenceFloorLanguageSet(session: session, request: "1", language: "mis"),
        ConferenceFloorGiven(session: session, request: "1", actor: fra, seconds: 180),
        ConferenceFloorEnded(session: session, request: "1", reason: .calledToOrder),
        ConferenceSpeakersListClosed(session: session, item: "7", isClosed: true),
        ConferenceExplanationGiven(session: session, decision: "d", actor: fra, isBefore: true, text: "t"),
        ConferenceMotionMade(
            session: session, motion: "m", actor: fra, motionKind: .division, proposal: "L.1", parts: ["OP1"], seconds: 3, times: 2,
            text: "t"),
        ConferenceMotionWithdrawn(session: session, motion: "m", actor: fra),
        ConferenceRulingGiven(
            session: session, ruling: "r", subject: .orderOfAmendments, concerns: "L.1", isAllowed: true, order: ["L.2", "L.3"],
            implied: [ConferenceImpliedRejection(adopted: "L.2", rejected: ["L.3"])], text: "t"),
        ConferenceRulingAppealed(session: session, appeal: "a", ruling: "r", actor: fra),
        ConferenceDecisionOpened(
            session: session, decision: "d", subject: .election, concerns: "e", parts: ["OP1"], matter: "m", method: .secret,
            majority: "simple", rule: "GA rule 92", language: "en", drawn: fra, repeats: "d0", candidates: ["FRA"], places: 2,
            ballotKey: "AA==", closes: moment),
        ConferenceVoteCast(session: session, decision: "d", actor: fra, vote: .abstain),
        ConferenceVoteChanged(session: session, decision: "d", actor: fra, vote: .no),
        ConferenceCallPassed(session: session, decision: "d", actor: fra),
        ConferenceHandsCounted(session: session, decision: "d", yes: 1, no: 2, abstaining: 3),
        ConferenceDecisionClosed(
            session: session, decision: "d", outcome: .rejectedByTie, yes: 1, no: 1, abstaining: 0, notVoting: 2, present: 4,
            majority: "simple", needed: 2, quorum: 3, rules: ["GA rule 95"]),
        ConferenceObjectionRaised(session: session, decision: "d", actor: fra, paragraph: "OP1", text: "t"),
        ConferenceDissociated(session: session, decision: "d", actor: fra, paragraph: "OP1", text: "t"),
        ConferenceSilenceBegun(
            conference: "c", body: "b", silence: "s", concerns: "L.1", paragraphs: ["OP1"], deadline: moment, zone: "UTC", isSecret: true,
            isPartial: true),
        ConferenceSilenceBroken(conference: "c", body: "b", silence: "s", actor: fra, paragraphs: ["OP1"], reason: "t"),
        ConferenceSilenceBroken(conference: "c", body: "b", silence: "s"),
        ConferenceSilenceExtended(conference: "c", body: "b", silence: "s", deadline: moment, zone: "UTC"),
        ConferenceSilenceEnded(conference: "c", body: "b", silence: "s", outcome: .partlyAdopted, open: ["OP1"], rule: "r"),
        ConferenceBallotTokenIssued(session: session, decision: "d", actor: fra, blinded: "AA==", signature: "AA=="),
        ConferenceBallotBoxOpened(session: session, decision: "d"),
        ConferenceBallotCast(session: session, decision: "d", nonce: "00", choices: ["yes"], signature: "AA=="),
        ConferenceElectionRoundClosed(
            session: session, decision: "d", round: 1, counts: [ConferenceCandidateCount(candidate: "FRA", votes: 3)], voting: 3,
            abstaining: 1, invalid: 0, majority: 2, elected: ["FRA"], lots: ["FRA"], next: ["KEN"], placesLeft: 1, rules: ["GA rule 92"],
            seed: "00", ballotKey: "AA=="),
    ]

    @Test("Every act reads back as it was written", arguments: acts.indices)
    func roundTrips(index: Int) throws {
        func check<Act: Payload & Hashable>(_ act: Act) throws {
            let bytes = act.json.canonicalBytes
            #expect(try Act(json: try JSONParser.parse(Array(bytes))) == act)
            var object = try #require(act.json.object)
            object["stranger"] = 1
            #expect(throws: MalformedAct.self) { try Act(json: .object(object)) }
            for name in object.names {
                // Whatever stands there, it is read or refused.
                for value in [JSON.null, 1, "x", [], [:], ["x", 1], true] {
                    var wrong = try #require(act.json.object)
                    wrong[name] = value
                    _ = try? Act(json: .object(wrong))
                }
            }
        }
        try check(Self.acts[index])
    }

    @Test("Every kind has a name in every language")
    func names() throws {
        for act in Self.acts {
            let kind = type(of: act).kind.name
            for language in ["en", "fr", "es", "ru", "zh", "ar", "id"] {
                #expect(try Words.of(language)["kind.\(kind)"]?.string?.isEmpty == false, "\(kind) \(language)")
            }
        }
    }
}
