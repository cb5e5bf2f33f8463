/// Whether a leaked text is consistent with one of the copies beyond what chance explains.
///
/// For each copy the number of sites at which it agrees with the leak is compared with what a copy drawn at random would reach
/// (Poisson-binomial, each site with the share of copies that have the leak's wording), times the number of copies (Bonferroni). A verdict
/// is given only below p = 0.001. It names copies, never people: a copy may have been stolen from its reader.
public struct LeakAnalysis: Hashable, Sendable {
    /// The bar below which a verdict is given.
    public static let bar = 0.001

    public struct Candidate: Hashable, Sendable {
        /// From 1.
        public let copy: Int
        /// Sites at which the copy agrees with the leak.
        public let agreeing: Int
        /// Already times the number of copies; at most 1.
        public let probability: Double
    }

    /// Sites in the text.
    public let sites: Int
    /// Sites at which the leak shows an approved wording.
    public let read: Int
    public let copies: Int
    /// The copies below the bar, the least probable by chance first. Empty: no verdict.
    public let consistent: [Candidate]
    /// The copy nearest the bar, for the method's sake, where no verdict is given.
    public let nearest: Candidate?

    public init(reading: LeakReading, assignment: CopyAssignment) {
        let copies = assignment.copies
        var shares: [Double] = []
        var readable: [(site: Int, option: Int)] = []
        for (site, option) in reading.options.enumerated() {
            guard let option else { continue }
            let having = assignment.choices.count { site < $0.count && $0[site] == option }
            readable.append((site, option))
            shares.append(Double(max(having, 1)) / Double(max(copies, 1)))
        }
        let tail = Self.tail(of: shares)
        let candidates = assignment.choices.enumerated().map { number, choice in
            let agreeing = readable.count { $0.site < choice.count && choice[$0.site] == $0.option }
            return Candidate(copy: number + 1, agreeing: agreeing, probability: min(1, tail[agreeing] * Double(copies)))
        }.sorted { ($0.probability, $0.copy) < ($1.probability, $1.copy) }
        sites = reading.options.count
        read = readable.count
        self.copies = copies
        consistent = candidates.filter { $0.probability < Self.bar }
        nearest = candidates.first
    }

    /// `tail[k]`: how probable `k` or more successes are in independent trials of these probabilities. One longer than the trials.
    static func tail(of probabilities: [Double]) -> [Double] {
        var mass = [1.0]
        for probability in probabilities {
            var next = Array(repeating: 0.0, count: mass.count + 1)
            for (count, share) in mass.enumerated() {
                next[count] += share * (1 - probability)
                next[count + 1] += share * probability
            }
            mass = next
        }
        var sum = 0.0
        for index in mass.indices.reversed() {
            sum += mass[index]
            mass[index] = sum
        }
        return mass
    }

    /// The fewest agreeing sites with which `copies` copies of a text of binary sites can reach a verdict: 18 for 200 copies.
    public static func sitesNeeded(copies: Int, optionsPerSite: Int = 2) -> Int {
        var sites = 0
        var probability = Double(max(copies, 1))
        while probability >= bar, sites < 10_000 {
            probability /= Double(max(optionsPerSite, 2))
            sites += 1
        }
        return sites
    }
}
