import Acts

extension MeetingState {
    /// The votes a seat has: its own, or for a regional economic integration organization one for each of its member States that sits in
    /// the body and may vote (BBNJ Agreement art. 64(2)).
    func votes(of seat: Seat) -> Int64 {
        guard !seat.rank.isObserver, seat.mayVote else { return 0 }
        guard !seat.members.isEmpty else { return max(0, seat.votes) }
        return seat.members.reduce(0) { sum, member in
            sum + (self.seat(member).map { $0.members.isEmpty ? votes(of: $0) : 0 } ?? 0)
        }
    }

    /// All votes that are entitled to be cast. An organization has none beside its members'.
    var membersVotes: Int64 {
        seats.reduce(0) { $0 + ($1.members.isEmpty ? votes(of: $1) : 0) }
    }

    /// Votes entitled to be cast by whoever is in the room (BBNJ draft rule 34(2)); an organization stands in for its absent members.
    var presentVotes: Int64 {
        var counted: Set<ActorCode> = []
        for seat in seats where present.contains(seat.actor) && !seat.rank.isObserver && seat.mayVote {
            if seat.members.isEmpty { counted.insert(seat.actor) } else { counted.formUnion(seat.members) }
        }
        return seats.reduce(0) { $0 + (counted.contains($1.actor) && $1.members.isEmpty ? votes(of: $1) : 0) }
    }

    /// The votes of a decision, counted.
    func tally(of decision: Decision) -> Tally {
        var tally = Tally(yes: 0, no: 0, present: presentVotes, members: membersVotes)
        if let hands = decision.hands {
            (tally.yes, tally.no, tally.abstaining) = (hands.yes, hands.no, hands.abstaining)
        } else if decision.opened.method == .secret {
            for ballot in decision.ballots {
                guard let choice = ballot.choices.first, let vote = ConferenceVote(rawValue: choice) else {
                    tally.count(.abstain)
                    continue
                }
                tally.count(vote)
            }
        } else {
            for (actor, vote) in decision.votes {
                if let seat = seat(actor) { tally.count(vote, votes: votes(of: seat)) }
            }
        }
        return tally
    }
}
