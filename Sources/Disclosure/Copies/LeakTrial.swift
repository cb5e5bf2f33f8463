/// Trials of the copies' engine itself: texts with sites are assigned, one copy or two are leaked after rewriting, and the leak is analysed,
/// to measure how often a verdict comes and how often it is false.
public struct LeakTrial: Sendable {
    /// What is done with the copy before it is published.
    public enum Treatment: String, Hashable, Sendable, CaseIterable {
        /// Retyped as it stands.
        case verbatim
        /// Three sites in ten worded in a third way.
        case rewritten30 = "30 % rewritten"
        case rewritten60 = "60 % rewritten"
        /// Two holders compare their copies and take each sentence from one of the two, by lot.
        case colluders = "two colluders"

        var rewritten: Double {
            switch self {
            case .verbatim, .colluders: 0
            case .rewritten30: 0.3
            case .rewritten60: 0.6
            }
        }
    }

    /// What came of many trials.
    public struct Result: Hashable, Sendable {
        public let sites: Int
        public let treatment: Treatment
        public let recipients: Int
        public let runs: Int
        /// Runs in which a copy that did leak was named.
        public var named = 0
        /// Runs in which a copy that did not leak was named.
        public var falselyNamed = 0

        /// Shares of all runs, 0 to 1.
        public var namedShare: Double { Double(named) / Double(max(runs, 1)) }
        public var falseShare: Double { Double(falselyNamed) / Double(max(runs, 1)) }
    }

    public let sites: Int
    public let recipients: Int

    public init(sites: Int, recipients: Int = 200) {
        self.sites = sites
        self.recipients = recipients
    }

    /// Runs the trials. Every run has a text, a secret and leakers of its own.
    public func run(_ treatment: Treatment, runs: Int = 400, random: inout some RandomNumberGenerator) throws -> Result {
        var result = Result(sites: sites, treatment: treatment, recipients: recipients, runs: runs)
        for run in 0..<runs {
            let text = try Self.text(sites: sites, random: &random)
            let secret = (0..<32).map { _ in UInt8.random(in: .min ... .max, using: &random) }
            let assignment = try CopyAssignment(of: text, copies: recipients, secret: secret, document: "trial/\(run)")
            let first = Int.random(in: 0..<recipients, using: &random)
            var leakers: Set<Int> = [first + 1]
            var choice = assignment.choices[first]
            if treatment == .colluders {
                let second = (first + Int.random(in: 1..<recipients, using: &random)) % recipients
                leakers.insert(second + 1)
                for site in choice.indices where Bool.random(using: &random) { choice[site] = assignment.choices[second][site] }
            }
            let rewritten = choice.map { _ in Double.random(in: 0..<1, using: &random) < treatment.rewritten }
            let leak = Self.retyped(Self.leaked(text, choice: choice, rewritten: rewritten), random: &random)
            let analysis = LeakAnalysis(reading: LeakReading(of: leak, against: text), assignment: assignment)
            let named = Set(analysis.consistent.map(\.copy))
            if !named.isDisjoint(with: leakers) { result.named += 1 }
            if !named.isSubset(of: leakers) { result.falselyNamed += 1 }
        }
        return result
    }

    /// The copy's text with a third wording at the rewritten sites.
    private static func leaked(_ text: VariantText, choice: [Int], rewritten: [Bool]) -> String {
        var site = 0
        return text.paragraphs.map { paragraph in
            paragraph.segments.map { segment in
                switch segment {
                case .fixed(let fixed): return fixed
                case .site(let place):
                    defer { site += 1 }
                    return rewritten[site] ? "otherwise put" : place.options[choice[site]]
                }
            }.joined()
        }.joined(separator: "\n\n")
    }

    /// Lower case, without punctuation, lines broken elsewhere, and a slip in one of a hundred long words.
    private static func retyped(_ text: String, random: inout some RandomNumberGenerator) -> String {
        let words = text.lowercased().split(whereSeparator: { $0.isWhitespace || $0.isPunctuation }).map { word in
            guard word.count >= 6, Int.random(in: 0..<100, using: &random) == 0 else { return String(word) }
            var letters = Array(word)
            letters.remove(at: Int.random(in: 1..<letters.count, using: &random))
            return String(letters)
        }
        return words.enumerated().map { $0.offset % 11 == 10 ? $0.element + "\n" : $0.element + " " }.joined()
    }

    /// A text in the manner of a cable: sentences of words drawn by lot around approved pairs of words.
    static func text(sites: Int, random: inout some RandomNumberGenerator) throws -> VariantText {
        var paragraphs: [VariantText.Paragraph] = []
        var pairs: [(String, String)] = []
        var segments: [VariantText.Segment] = []
        for site in 0..<sites {
            if pairs.isEmpty { pairs = Self.pairs.shuffled(using: &random) }
            let pair = pairs.removeLast()
            segments.append(.fixed((site % 4 == 0 ? "The " : " the ") + words(7, &random) + " "))
            segments.append(.site(VariantText.Site(options: Bool.random(using: &random) ? [pair.0, pair.1] : [pair.1, pair.0])))
            segments.append(.fixed(" " + words(7, &random) + "."))
            if site % 4 == 3 || site == sites - 1 {
                paragraphs.append(VariantText.Paragraph(segments: segments))
                segments = []
            }
        }
        return try VariantText(paragraphs: paragraphs)
    }

    private static func words(_ count: Int, _ random: inout some RandomNumberGenerator) -> String {
        (0..<count).map { _ in lexicon[Int.random(in: 0..<lexicon.count, using: &random)] }.joined(separator: " ")
    }

    /// Pairs an author might approve.
    private static let pairs: [(String, String)] = [
        ("shortly", "before long"), ("began", "started"), ("however", "nevertheless"), ("stressed", "underlined"),
        ("requested", "asked for"),
        ("almost", "nearly"), ("perhaps", "possibly"), ("regarding", "concerning"), ("obtain", "secure"), ("assist", "help"),
        ("purchase", "buy"), ("attempt", "try"), ("also", "in addition"), ("often", "frequently"), ("whole", "entire"),
        ("chose", "selected"),
        ("reply", "answer"), ("showed", "demonstrated"), ("usually", "as a rule"), ("quickly", "rapidly"), ("although", "even though"),
        ("despite", "in spite of"), ("noted", "observed"), ("believes", "considers"), ("main", "principal"), ("enough", "sufficient"),
        ("recently", "of late"), ("further", "additional"), ("kept", "retained"), ("plainly", "clearly"), ("likely", "probably"),
        ("offered", "proposed"),
    ]

    private static let lexicon: [String] = """
        ministry delegation ambassador minister harbour border ferry commission agreement protocol meeting session request licence customs \
        vessel airline visa consulate secretary official neighbour island coast river valley market tariff convoy grain energy pipeline court \
        observer election parliament committee adviser envoy capital province district regional bilateral multilateral informal technical draft \
        annex paragraph timetable delay progress concern interest position question text wording proposal meeting exchange visit route supply \
        storage inspection certificate fishery quota season storm relief shelter medical water bridge railway station network cable satellite \
        signal budget currency credit invoice insurance cargo container terminal warehouse vehicle police guard patrol incident report witness \
        statement record archive register journal newspaper interview editor citizen family student teacher university hospital engineer farmer \
        and with from for after before during under between against towards within without across along around because while since until
        """.split(separator: " ").map(String.init)
}
