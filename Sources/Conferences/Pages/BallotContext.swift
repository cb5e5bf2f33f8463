import Acts
import Web

/// What the page of a secret ballot shows, and what programs read of it: every paper in the box, so that everybody can count.
struct BallotContext {
    let pages: ConferencePages
    let room: Room
    let decision: MeetingState.Decision
    let rounds: [BallotRound]
    let standing: RoomPages.Standing
    let address: String
    let visit: Visit

    private enum Stage: String { case papers, box, counted, closed }

    private var stage: Stage {
        if !decision.isOpen { return .closed }
        guard let last = rounds.last, last.closed == nil else { return .counted }
        return last.isBoxOpen ? .box : .papers
    }

    private func text(_ key: String, _ arguments: [String: TextArgument] = [:]) -> String {
        pages.text("ballot.\(key)", arguments, visit)
    }

    /// What can be written on a paper now, and how much of it.
    private var offered: [String] {
        guard let election = room.engine.election(decision) else { return ConferenceVote.allCases.map(\.rawValue) }
        let names = election.restriction.isEmpty ? election.candidates : election.restriction
        return names.filter { !election.elected.contains($0) }
    }

    private var most: Int64 { room.engine.election(decision).map { max(1, $0.placesLeft) } ?? 1 }

    private func name(_ choice: String) -> String {
        if decision.opened.subject != .election, ConferenceVote(rawValue: choice) != nil {
            return pages.text("room.vote.\(choice)", visit)
        }
        return ActorCode(rawValue: choice).map { pages.name($0, visit) } ?? choice
    }

    // MARK: For programs

    var json: JSON {
        let opened = decision.opened
        var object: JSONObject = [
            "conference": .string(opened.session.conference), "body": .string(opened.session.body),
            "meeting": .integer(opened.session.meeting), "decision": .string(opened.decision), "subject": .string(opened.subject.rawValue),
            "stage": .string(stage.rawValue), "round": .integer(rounds.last?.number ?? 1), "most": .integer(most),
            "choices": .array(offered.map(JSON.string)), "rule": .string(opened.rule),
        ]
        object["concerns"] = opened.concerns.map(JSON.string)
        object["places"] = opened.places.map(JSON.integer)
        object["key"] = stage == .papers ? decision.ballotKey.map(JSON.string) : nil
        object["outcome"] = (decision.closed?.outcome.rawValue).map(JSON.string)
        object["rounds"] = .array(rounds.map(round))
        return .object(object)
    }

    private func round(_ round: BallotRound) -> JSON {
        var object: JSONObject = [
            "round": .integer(round.number), "key": .string(round.key), "open": .bool(round.isBoxOpen),
            "signed": .array(
                round.tokens.map {
                    ["actor": .string($0.actor.rawValue), "blinded": .string($0.blinded), "signature": .string($0.signature)]
                }),
            "papers": .array(
                round.ballots.map {
                    ["nonce": .string($0.nonce), "choices": .array($0.choices.map(JSON.string)), "signature": .string($0.signature)]
                }),
        ]
        if let closed = round.closed { object["result"] = result(closed) }
        return .object(object)
    }

    private func result(_ closed: ConferenceElectionRoundClosed) -> JSON {
        var object: JSONObject = [
            "counts": .array(closed.counts.map { ["candidate": .string($0.candidate), "votes": .integer($0.votes)] }),
            "voting": .integer(closed.voting), "abstaining": .integer(closed.abstaining), "majority": .integer(closed.majority),
            "elected": .array(closed.elected.map(JSON.string)), "lots": .array(closed.lots.map(JSON.string)),
            "next": .array(closed.next.map(JSON.string)), "placesLeft": .integer(closed.placesLeft),
            "rules": .array(closed.rules.map(JSON.string)),
        ]
        object["seed"] = closed.seed.map(JSON.string)
        return .object(object)
    }

    // MARK: For people

    var values: [String: Any] {
        let opened = decision.opened
        let isElection = opened.subject == .election
        var values: [String: Any] = [
            "self": address, "room": String(address.prefix { $0 != "?" }).replacing("/ballots/\(opened.decision)", with: ""),
            "heading": isElection
                ? text("election", ["name": .text(opened.concerns ?? "")])
                : pages.text("room.subject.\(opened.subject.rawValue)", ["name": .text(opened.concerns ?? "")], visit),
            "stage": stage.rawValue, "state": text("stage.\(stage.rawValue)"), "chip": stage == .closed ? "agreed" : "awaiting",
            "rule": opened.rule, "decision": opened.decision, "rounds": rounds.reversed().map(roundRow),
            "places": isElection
                ? text("places", ["count": .number(opened.places ?? 1), "round": .number(rounds.last?.number ?? 1)]) : false,
            "numbers": text(
                "numbers",
                ["signed": .number(Int64(rounds.last?.tokens.count ?? 0)), "cast": .number(Int64(rounds.last?.ballots.count ?? 0))]),
        ]
        if let closed = decision.closed {
            values["outcome"] = pages.text("room.outcome.\(closed.outcome.rawValue)", visit)
            if !isElection { values["count"] = count(closed) }
        }
        values["paper"] = paper
        if standing.chair != nil, decision.isOpen { values["chair"] = chair(isElection) }
        return values
    }

    private func count(_ closed: ConferenceDecisionClosed) -> String {
        pages.text(
            "room.count", ["yes": .number(closed.yes), "no": .number(closed.no), "abstaining": .number(closed.abstaining)], visit)
    }

    /// What the delegation's machine needs to write a paper, hide it, and cast it.
    private var paper: [String: Any] {
        let opened = decision.opened
        let own = standing.delegate?.delegation
        let seat = own.flatMap { room.state.seat($0) }
        let mayVote = seat.map { room.state.votes(of: $0) > 0 && $0.members.isEmpty } ?? false
        let isSigned = own.map { actor in rounds.last?.tokens.contains { $0.actor == actor } ?? false } ?? false
        let command =
            "chancery votes paper --conference \(opened.session.conference) --body \(opened.session.body)"
            + " --meeting \(opened.session.meeting) --decision \(opened.decision) --round \(rounds.last?.number ?? 1)"
            + " --choose … --key \(rounds.last?.key ?? "")"
        return [
            "conference": opened.session.conference, "body": opened.session.body, "round": rounds.last?.number ?? 1,
            "key": rounds.last?.key ?? "", "most": most, "actor": own?.rawValue ?? "", "token": pages.house.formToken(visit),
            "mayVote": mayVote, "isSigned": isSigned, "isPapers": stage == .papers, "isBox": stage == .box, "command": command,
            "isRunning": stage == .papers || stage == .box,
            "mayWrite": mayVote && !isSigned && stage == .papers, "isMany": most > 1,
            "limit": text("most", ["count": .number(most)]),
            "choices": offered.enumerated().map { ["value": $0.element, "name": name($0.element), "id": "choice-\($0.offset)"] },
            "type": most > 1 ? "checkbox" : "radio",
        ]
    }

    private func chair(_ isElection: Bool) -> [String: Any] {
        [
            "token": pages.house.formToken(visit), "second": pages.house.formToken(visit), "isPapers": stage == .papers,
            "isBox": stage == .box && isElection,
            "mayAnnounce": isElection ? stage == .counted : stage == .box, "isElection": isElection,
        ]
    }

    private func roundRow(_ round: BallotRound) -> [String: Any] {
        var row: [String: Any] = [
            "title": text("round", ["number": .number(round.number)]), "isElection": decision.opened.subject == .election,
            "signed": visit.language.sorted(round.tokens) { pages.name($0.actor, visit) }.map { pages.name($0.actor, visit) },
            "hasSigned": !round.tokens.isEmpty, "hasPapers": !round.ballots.isEmpty,
            "signedCount": text("signed", ["count": .number(Int64(round.tokens.count))]),
            "paperCount": text("papers", ["count": .number(Int64(round.ballots.count))]),
            // By their numbers: the order in which they came is nobody's business on a page.
            "papers": round.ballots.sorted { $0.nonce < $1.nonce }.map { ballot -> [String: Any] in
                [
                    "nonce": ballot.nonce, "short": String(ballot.nonce.prefix(16)),
                    "choices": ballot.choices.isEmpty
                        ? pages.text("room.vote.abstain", visit) : ballot.choices.map(name).joined(separator: ", "),
                ]
            },
        ]
        guard let closed = round.closed else { return row }
        row["result"] = [
            "counts": closed.counts.map { count -> [String: Any] in
                [
                    "name": name(count.candidate), "votes": String(count.votes), "isElected": closed.elected.contains(count.candidate),
                    "elected": text("elected"),
                ]
            },
            "needed": text("needed", ["count": .number(closed.majority), "abstaining": .number(closed.abstaining)]),
            "lots": closed.lots.isEmpty ? false : text("lots", ["names": .text(closed.lots.map(name).joined(separator: ", "))]),
            "seed": closed.seed ?? "",
            "next": closed.next.isEmpty ? false : text("next", ["names": .text(closed.next.map(name).joined(separator: ", "))]),
            "rules": closed.rules.joined(separator: "; "),
        ]
        return row
    }
}
