public import Acts

/// The box of a secret ballot, recounted without the node: from what `…/ballots/{decision}` gives as JSON, and nothing else.
///
/// Every signature is checked with the round's public key, no number may stand twice, papers may be no more than delegations that had one
/// signed, and each round's counts are made anew.
public struct SecretBox: Sendable {
    /// What is wrong with a box.
    public enum Fault: Hashable, Sendable {
        /// The round's key is no RSA key of 2048 to 4096 bits.
        case key(round: Int64)
        /// A paper's signature does not hold for its choices and this round.
        case signature(round: Int64, number: String)
        /// A number stands twice.
        case twice(round: Int64, number: String)
        /// A delegation had more than one paper signed.
        case signedTwice(round: Int64, actor: String)
        /// There are more papers than delegations that had one signed.
        case tooMany(round: Int64, papers: Int, signed: Int)
        /// The counts that were announced are not those of the papers.
        case counts(round: Int64)
    }

    /// One round as it was recounted.
    public struct Round: Hashable, Sendable {
        public var number: Int64
        public var signed: Int
        public var papers: Int
        /// How often each choice stands on a paper, by choice; papers without any under the empty text.
        public var counts: [String: Int64]
    }

    public private(set) var rounds: [Round] = []
    public private(set) var faults: [Fault] = []
    private var choices: [String: (round: Int64, choices: [String])] = [:]

    /// Most rounds and papers of one that are read.
    private static let most = 10_000

    /// Reads a ballot's resource and recounts it.
    ///
    /// - Throws: where it is none.
    public init(json: JSON) throws(MalformedAct) {
        guard let conference = json["conference"]?.string, let body = json["body"]?.string, let decision = json["decision"]?.string,
            let rounds = json["rounds"]?.array, rounds.count <= Self.most
        else { throw MalformedAct(place: "ballot", reason: "is no secret ballot: fetch its page as JSON") }
        for (index, round) in rounds.enumerated() {
            guard case .integer(let number)? = round["round"], let key = round["key"]?.string, let signed = round["signed"]?.array,
                let papers = round["papers"]?.array, max(signed.count, papers.count) <= Self.most
            else { throw MalformedAct(place: "ballot.rounds[\(index)]", reason: "is no round") }
            let scope = BallotPaper.Scope(conference: conference, body: body, decision: decision, round: number)
            var casts: [ConferenceBallotCast] = []
            for (index, paper) in papers.enumerated() {
                guard let nonce = paper["nonce"]?.string, let signature = paper["signature"]?.string, let chosen = paper["choices"]?.array
                else { throw MalformedAct(place: "ballot.rounds[\(number - 1)].papers[\(index)]", reason: "is no paper") }
                casts.append(
                    ConferenceBallotCast(
                        session: ConferenceSession(conference: conference, body: body, meeting: 1), decision: decision, nonce: nonce,
                        choices: chosen.compactMap(\.string), signature: signature))
            }
            check(casts, signed.compactMap { $0["actor"]?.string }, scope, key)
            count(casts, signed: signed.count, number, announced: round["result"]?["counts"]?.array)
        }
    }

    /// Where a paper lies and what stands on it, by its number; `nil` where it is not in the box.
    public func paper(_ number: String) -> (round: Int64, choices: [String])? { choices[number.lowercased()] }

    private mutating func check(_ casts: [ConferenceBallotCast], _ signed: [String], _ scope: BallotPaper.Scope, _ published: String) {
        let round = scope.round
        if let key = try? BallotKey.Public(published) {
            for cast in casts where !key.verifies(cast, scope: scope) { faults.append(.signature(round: round, number: cast.nonce)) }
        } else {
            faults.append(.key(round: round))
        }
        for cast in casts {
            if choices.updateValue((round, cast.choices), forKey: cast.nonce.lowercased()) != nil {
                faults.append(.twice(round: round, number: cast.nonce))
            }
        }
        var seen: Set<String> = []
        for actor in signed where !seen.insert(actor).inserted { faults.append(.signedTwice(round: round, actor: actor)) }
        if casts.count > signed.count { faults.append(.tooMany(round: round, papers: casts.count, signed: signed.count)) }
    }

    private mutating func count(_ casts: [ConferenceBallotCast], signed: Int, _ number: Int64, announced: [JSON]?) {
        var counts: [String: Int64] = [:]
        for cast in casts {
            for choice in cast.choices.isEmpty ? [""] : cast.choices { counts[choice, default: 0] += 1 }
        }
        rounds.append(Round(number: number, signed: signed, papers: casts.count, counts: counts))
        guard let announced else { return }
        let isSame = announced.allSatisfy { one in
            guard let name = one["candidate"]?.string, case .integer(let votes)? = one["votes"] else { return false }
            return counts[name, default: 0] == votes
        }
        let named = Set(announced.compactMap { $0["candidate"]?.string })
        if !isSame || !counts.keys.allSatisfy({ $0.isEmpty || named.contains($0) }) { faults.append(.counts(round: number)) }
    }
}
