import Acts

/// Why the rules of procedure do not let an act pass. Each has its words in the language catalogue, `refusal.conference.procedure.CODE`.
enum ProcedureFault: String, CaseIterable {
    case meetingNotOpen = "meeting-not-open"
    case quorumToOpen = "quorum-to-open"
    case quorumToDecide = "quorum-to-decide"
    case noSeat = "no-seat"
    case observer
    case noVote = "no-vote"
    case known
    case unknown
    case tooMany = "too-many"
    case listClosed = "list-closed"
    case debateOver = "debate-over"
    case timesUsed = "times-used"
    case repliesUsed = "replies-used"
    case speakersHeard = "speakers-heard"
    case notNext = "not-next"
    case floorTaken = "floor-taken"
    case tooLong = "too-long"
    case noFloor = "no-floor"
    case voting
    case sponsorExplains = "sponsor-explains"
    case notBeforeBody = "not-before-body"
    case motionNotInRules = "motion-not-in-rules"
    case motionAgain = "motion-again"
    case motionNeeds = "motion-needs"
    case votingBegun = "voting-begun"
    case notSponsor = "not-sponsor"
    case rulingFirst = "ruling-first"
    case orderIncomplete = "order-incomplete"
    case noAppeal = "no-appeal"
    case decisionFirst = "decision-first"
    case consensusOnly = "consensus-only"
    case consensusFirst = "consensus-first"
    case notCirculated = "not-circulated"
    case requirement
    case method
    case voted
    case notCalled = "not-called"
    case notVoted = "not-voted"
    case organizationVotes = "organization-votes"
    case decisionClosed = "decision-closed"
    case result
    case secondVoteLater = "second-vote-later"
    case rulesUnchanged = "rules-unchanged"
    case silenceShort = "silence-short"
    case silenceOver = "silence-over"
    case silenceRunning = "silence-running"
    case silenceParagraph = "silence-paragraph"
    case silenceObjector = "silence-objector"
    case zone
    case tokenIssued = "token-issued"
    case boxOpen = "box-open"
    case boxClosed = "box-closed"
    case ballotInvalid = "ballot-invalid"
    case ballotCast = "ballot-cast"
    case ballotChoices = "ballot-choices"
    case ballotBox = "ballot-box"

    /// - Parameters:
    ///   - rule: the rule it rests on, such as "GA rule 77".
    ///   - arguments: what the words name.
    func refusal(_ rule: String?, _ arguments: [String: String] = [:]) -> Refusal {
        let words = words
        return Refusal(
            words.kind, code: "conference.procedure.\(rawValue)", ProcedureFault.filled(words.explanation, arguments),
            mend: ProcedureFault.filled(words.mend, arguments), citation: rule, arguments: arguments)
    }

    private static func filled(_ text: String, _ arguments: [String: String]) -> String {
        var text = text
        for (name, value) in arguments { text = text.replacing("{\(name)}", with: value) }
        return text
    }

    /// In English, for logs and the command line.
    private var words: (kind: Refusal.Kind, explanation: String, mend: String) {
        switch self {
        case .meetingNotOpen:
            (
                .conflict, "The meeting is not open.",
                "Wait until the chair has called it to order."
            )
        case .quorumToOpen:
            (
                .unlawful, "{present} votes are present, and {needed} are needed to let the debate proceed.",
                "Note who is in the room, or suspend the meeting."
            )
        case .quorumToDecide:
            (
                .unlawful, "{present} votes are present, and {needed} are needed for a decision.",
                "Wait until more delegations are in the room."
            )
        case .noSeat:
            (
                .forbidden, "{actor} does not sit in this body.",
                "Register the delegation, or act for one that sits here."
            )
        case .observer:
            (
                .forbidden, "{actor} is an observer: it speaks, but moves nothing and decides nothing.",
                "Ask a participant to take it up."
            )
        case .noVote:
            (
                .forbidden, "{actor} has no vote in this body.",
                "Settle the credentials or the arrears first."
            )
        case .known:
            (
                .conflict, "{name} is there already.",
                "Take another name."
            )
        case .unknown:
            (
                .notFound, "There is no {name} in this meeting.",
                "Check its name."
            )
        case .tooMany:
            (
                .tooMany, "{actor} has {number} requests waiting already.",
                "Wait until they are dealt with, or take one back."
            )
        case .listClosed:
            (
                .unlawful, "The list of speakers is closed.",
                "Ask for the right of reply, or move that the list be opened."
            )
        case .debateOver:
            (
                .unlawful, "The debate on this question is closed or adjourned.",
                "Explain your vote when the decision is taken."
            )
        case .timesUsed:
            (
                .unlawful, "{actor} has spoken {number} times on this question, as often as is allowed.",
                "Give the statement to the secretariat in writing."
            )
        case .repliesUsed:
            (
                .unlawful, "{actor} has used its {number} replies on this item.",
                "Circulate the reply in writing."
            )
        case .speakersHeard:
            (
                .unlawful, "{number} speakers are heard on this side of the motion, and they have been found.",
                "Say it with your vote."
            )
        case .notNext:
            (
                .conflict, "{actor} is not next: {next} is.",
                "Give the floor in this order, or ask the body to change it."
            )
        case .floorTaken:
            (
                .conflict, "{actor} has the floor.",
                "Wait until the speaker has finished."
            )
        case .tooLong:
            (
                .unlawful, "The rules give {seconds} seconds.",
                "Give no more time than that, or have the body change the limit."
            )
        case .noFloor:
            (
                .conflict, "{actor} does not have the floor.",
                "Ask for it, and wait until the chair gives it."
            )
        case .voting:
            (
                .unlawful, "Voting has begun: it is interrupted by nothing but a point of order on its conduct.",
                "Wait until the result is announced."
            )
        case .sponsorExplains:
            (
                .unlawful, "{actor} sponsors it, and does not explain its vote on its own proposal.",
                "Speak in the debate, or let others explain."
            )
        case .notBeforeBody:
            (
                .unlawful, "{name} is not before the body any more: {fate}.",
                "Reintroduce it, or move to reconsider it."
            )
        case .motionNotInRules:
            (
                .unlawful, "The rules of this body have no motion of the kind {motion}.",
                "Raise a point of order, or make a proposal."
            )
        case .motionAgain:
            (
                .conflict, "The same motion is before the body already.",
                "Speak on it, or wait until it is decided."
            )
        case .motionNeeds:
            (
                .malformed, "The motion {motion} needs {member}.",
                "Name it."
            )
        case .votingBegun:
            (
                .unlawful, "Voting on {name} has begun, or it has been amended: it cannot be taken back.",
                "Vote against it."
            )
        case .notSponsor:
            (
                .forbidden, "{actor} does not sponsor {name}.",
                "Ask who proposed it."
            )
        case .rulingFirst:
            (
                .conflict, "{name} waits for the chair’s ruling.",
                "Rule on it first."
            )
        case .orderIncomplete:
            (
                .malformed, "The order must name each amendment before the body to {name} once, and no other.",
                "Name all of them: {amendments}."
            )
        case .noAppeal:
            (
                .conflict, "{name} can no longer be appealed against.",
                "An appeal follows the ruling at once; raise a new point of order."
            )
        case .decisionFirst:
            (
                .conflict, "{name} is decided first.",
                "Put it to the body, then this."
            )
        case .consensusOnly:
            (
                .unlawful, "This body decides {matter} by consensus alone.",
                "Ask whether there is consensus."
            )
        case .consensusFirst:
            (
                .unlawful, "A vote is taken only when all efforts to reach consensus on {matter} have been exhausted.",
                "Ask for consensus, or rule that the efforts are exhausted."
            )
        case .notCirculated:
            (
                .unlawful, "{name} was not circulated {days} days before.",
                "Wait, or rule that it may be taken up."
            )
        case .requirement:
            (
                .malformed, "This decision needs the majority {majority} on the matter {matter}, by the method {method}.",
                "Open it so."
            )
        case .method:
            (
                .conflict, "{name} is not decided in this way.",
                "Use the way it was opened with: {method}."
            )
        case .voted:
            (
                .conflict, "{actor} has voted.",
                "Correct the vote before the result is announced."
            )
        case .notCalled:
            (
                .conflict, "{actor} has not been called; it is the turn of {next}.",
                "Answer when you are called, or when the roll is through."
            )
        case .notVoted:
            (
                .conflict, "{actor} has not voted.",
                "Vote first."
            )
        case .organizationVotes:
            (
                .unlawful, "{actor} does not vote where {other} does: an organization votes for its member States, or they for themselves.",
                "Agree who votes."
            )
        case .decisionClosed:
            (
                .conflict, "{name} is decided.",
                "Move to reconsider it."
            )
        case .result:
            (
                .conflict, "The result is not what the votes come to: {outcome}, {yes} to {no} with {abstaining} abstentions.",
                "Announce what was counted."
            )
        case .secondVoteLater:
            (
                .unlawful, "The second vote is taken at a following meeting, within {hours} hours.",
                "Take it then."
            )
        case .rulesUnchanged:
            (
                .unlawful, "The body changes its rules by its own decision.",
                "Decide the motion to change them, and cite the decision."
            )
        case .silenceShort:
            (
                .unlawful, "The silence would end before {earliest}: it lasts {hours} hours at least.",
                "Set a later deadline."
            )
        case .silenceOver:
            (
                .conflict, "The silence ended at {deadline}.",
                "State your position, or propose a new text."
            )
        case .silenceRunning:
            (
                .conflict, "The silence runs until {deadline}.",
                "Wait, or take it back."
            )
        case .silenceParagraph:
            (
                .malformed, "{name} is none of the paragraphs under silence.",
                "Name one of them, or none to object to the whole."
            )
        case .silenceObjector:
            (
                .malformed, "This silence is broken {way}.",
                "Give the objection so."
            )
        case .zone:
            (
                .malformed, "‘{zone}’ is no time zone.",
                "Write its name in the IANA database, such as Africa/Nairobi."
            )
        case .tokenIssued:
            (
                .conflict, "{actor} has had its ballot signed.",
                "Each delegation has one."
            )
        case .boxOpen:
            (
                .conflict, "The box is open: no more papers are signed.",
                "Wait for the next ballot."
            )
        case .boxClosed:
            (
                .conflict, "The box is not open yet: papers are being signed.",
                "Wait until the chair opens it."
            )
        case .ballotInvalid:
            (
                .forbidden, "The ballot’s signature does not hold for this decision.",
                "Cast the ballot exactly as it was signed."
            )
        case .ballotCast:
            (
                .conflict, "This ballot is in the box.",
                "A ballot counts once."
            )
        case .ballotChoices:
            (
                .malformed, "The ballot does not name {most} of the choices at most, each once.",
                "Make a new one."
            )
        case .ballotBox:
            (
                .conflict, "There are {ballots} ballots and {tokens} delegations whose ballot was signed.",
                "Void the ballot and hold it anew."
            )
        }
    }
}
