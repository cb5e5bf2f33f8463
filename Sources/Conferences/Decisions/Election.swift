import Acts

/// An election by rounds (GA rules 92 to 94 / 132; BBNJ draft rules 55 to 57): who is elected, and to whom the next ballot is restricted.
struct Election: Hashable, Sendable {
    let rules: ProcedureSet.ElectionRules
    let majority: Majority
    let candidates: [String]
    let places: Int64
    var rounds: [ConferenceElectionRoundClosed] = []

    var elected: [String] { rounds.flatMap(\.elected) }
    var placesLeft: Int64 { places - Int64(elected.count) }
    /// Whether no vote is taken: there are no more candidates than places, and nobody asked for a vote.
    var isDispensed: Bool { rules.isDispensedWithWhenUncontested && Int64(candidates.count) <= places }

    /// Whom the coming ballot may name; empty where it may name any eligible.
    var restriction: [String] {
        guard let last = rounds.last else { return candidates }
        return last.next
    }

    /// What a round came to.
    enum Count: Hashable, Sendable {
        case settled(ConferenceElectionRoundClosed)
        /// Lots must be drawn among these, so many of them; then count again with what was drawn.
        case lots(among: [String], drawn: Int)
    }

    /// Counts a round.
    ///
    /// - Parameters:
    ///   - ballots: the names on each; an empty one is an abstention.
    ///   - lots: who was drawn, where lots had to be.
    ///   - seed: what the lots were drawn from, where it was the box.
    ///   - ballotKey: the next round's, where there is one.
    func count(
        _ ballots: [[String]], lots: [String] = [], session: ConferenceSession, decision: String, seed: String? = nil,
        ballotKey: String? = nil
    ) -> Count {
        let voting = Int64(ballots.count { !$0.isEmpty })
        var counts: [String: Int64] = [:]
        for name in ballots.flatMap(\.self) { counts[name, default: 0] += 1 }
        for name in restriction where counts[name] == nil { counts[name] = 0 }
        // Most votes first; names in their order among equals, which decides nothing.
        let ranking = counts.sorted { $0.value == $1.value ? $0.key < $1.key : $0.value > $1.value }
        let needed = majority.needed(of: Tally(yes: voting, no: 0))
        let number = Int64(rounds.count) + 1
        var drawn: [String] = []
        var elected = ranking.filter { $0.value >= needed && voting > 0 }.map(\.key)
        if Int64(elected.count) > placesLeft {
            // More have a majority than there are places: the largest numbers count, and lots among equals.
            switch best(Int(placesLeft), of: ranking.filter { elected.contains($0.key) }, lots) {
            case .lots(let among, let number): return .lots(among: among, drawn: number)
            case .names(let names, let lots):
                elected = names
                drawn += lots
            }
        }
        var next: [String] = []
        var left = placesLeft - Int64(elected.count)
        if left > 0 {
            let others = ranking.filter { !elected.contains($0.key) }
            if places == 1, number >= 2, others.count == 2, others[0].value == others[1].value {
                // Two candidates, equally divided: the chair decides between them by drawing lots.
                guard let lot = lots.first(where: { name in others.contains { $0.key == name } }) else {
                    return .lots(among: others.map(\.key), drawn: 1)
                }
                elected = [lot]
                drawn.append(lot)
                left = 0
            } else if isRestricted(after: number) {
                let most = restrictedTo(others, left: left, round: number)
                switch best(most, of: others, lots) {
                case .lots(let among, let number): return .lots(among: among, drawn: number)
                case .names(let names, let lots):
                    next = names
                    drawn += lots
                }
            }
        }
        return .settled(
            ConferenceElectionRoundClosed(
                session: session, decision: decision, round: number,
                counts: ranking.map { ConferenceCandidateCount(candidate: $0.key, votes: $0.value) }, voting: voting,
                abstaining: Int64(ballots.count) - voting, invalid: 0, majority: needed, elected: elected, lots: drawn, next: next,
                placesLeft: left, rules: [rules.rule, places == 1 ? rules.oneRule : rules.manyRule], seed: drawn.isEmpty ? nil : seed,
                ballotKey: left > 0 ? ballotKey : nil))
    }

    /// Whether the ballot after that round is restricted: the first is open; then as many restricted ones as the rules say, as many
    /// open ones, and so on.
    private func isRestricted(after round: Int64) -> Bool {
        places == 1 || ((round - 1) / max(1, rules.restrictedRounds)).isMultiple(of: 2)
    }

    /// Two for one place; a first tie of three or more for the largest number goes to all of them (BBNJ draft rule 56(2)). For several
    /// places no more than twice their number.
    private func restrictedTo(_ others: [(key: String, value: Int64)], left: Int64, round: Int64) -> Int {
        guard places == 1 else { return Int(left) * 2 }
        let most = others.first?.value
        let leaders = others.count { $0.value == most }
        return round == 1 && leaders > 2 ? leaders : 2
    }

    private enum Best {
        case names([String], lots: [String])
        case lots(among: [String], number: Int)
    }

    /// The first of a ranking; where the last of them is equal with others, lots decide among the equal.
    private func best(_ number: Int, of ranking: [(key: String, value: Int64)], _ lots: [String]) -> Best {
        guard number < ranking.count else { return .names(ranking.map(\.key), lots: []) }
        guard number > 0 else { return .names([], lots: []) }
        let edge = ranking[number - 1].value
        guard ranking[number].value == edge else { return .names(ranking.prefix(number).map(\.key), lots: []) }
        let safe = ranking.filter { $0.value > edge }.map(\.key)
        let equal = ranking.filter { $0.value == edge }.map(\.key)
        let drawn = Array(lots.filter { equal.contains($0) }.removingRepeats.prefix(number - safe.count))
        guard drawn.count == number - safe.count else { return .lots(among: equal, number: number - safe.count) }
        return .names(safe + drawn, lots: drawn)
    }
}

extension ProcedureEngine {
    /// An election that was opened, with its rounds so far; `nil` where the decision is none.
    func election(_ decision: MeetingState.Decision) -> Election? {
        guard decision.opened.subject == .election else { return nil }
        return Election(
            rules: rules.elections, majority: rules.majorities[rules.elections.majority] ?? .simple,
            candidates: decision.opened.candidates, places: decision.opened.places ?? 1, rounds: decision.rounds)
    }
}
