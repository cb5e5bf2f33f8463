import Acts
import Crypto

/// Lots that the box itself draws, so that nobody can choose them and everybody can draw them again.
///
/// Every paper carries 32 random bytes of its delegation's, which were signed unseen before the first paper was shown. The seed is a hash
/// over all of them, in order: no delegation knew another's when it chose its own. A delegation can still keep its paper back when it
/// has seen all others, and so choose between two draws; the record then shows a paper signed and not cast.
struct BoxLots: Hashable, Sendable {
    /// SHA-256 over `chancery lots/1` and the papers' numbers in ascending order, each on a line of its own; in hexadecimal.
    let seed: String
    private let ballots: [[String]]

    init(_ ballots: [ConferenceBallotCast]) {
        self.ballots = ballots.map(\.choices)
        seed = Self.hash((["chancery lots/1"] + ballots.map(\.nonce).sorted()).joined(separator: "\n"))
    }

    /// The names in the order they are drawn: by SHA-256 over the seed and the name, each on a line of its own.
    func drawn(_ names: [String]) -> [String] {
        names.map { (hash: Self.hash("\(seed)\n\($0)"), name: $0) }.sorted { $0.hash < $1.hash }.map(\.name)
    }

    /// Counts a round, with lots drawn wherever they have to be.
    func count(_ election: Election, session: ConferenceSession, decision: String, ballotKey: String?) -> Election.Count {
        var lots: [String] = []
        while true {
            let count = election.count(ballots, lots: lots, session: session, decision: decision, seed: seed, ballotKey: ballotKey)
            guard case .lots(let among, let number) = count else { return count }
            let more = drawn(among).prefix(number).filter { !lots.contains($0) }
            guard !more.isEmpty else { return count }
            lots += more
        }
    }

    private static func hash(_ text: String) -> String {
        SHA256.hash(data: Array(text.utf8)).map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
    }
}
