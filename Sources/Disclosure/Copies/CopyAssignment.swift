import Crypto

/// Which wording stands at each site of each copy: balanced at every site, and drawn from a secret, so that who holds one copy cannot
/// tell another's.
public struct CopyAssignment: Hashable, Sendable {
    public enum Fault: Error, Hashable, Sendable, CustomStringConvertible {
        case noCopies
        case tooMany(Int)
        case weakSecret
        /// Fewer different texts exist than copies are wanted.
        case tooFewSites(sites: Int, copies: Int)

        public var description: String {
            switch self {
            case .noCopies: "There is nobody to make a copy for."
            case .tooMany(let count): "\(count) copies are more than the \(CopyAssignment.maximumCopies) that one assignment may have."
            case .weakSecret: "The secret of an assignment is 32 bytes or more."
            case .tooFewSites(let sites, let copies):
                "\(sites) sites do not make \(copies) copies different. Add sites, or give out equal copies and say so."
            }
        }
    }

    public static let maximumCopies = 10_000

    /// `choices[copy][site]` is the index of the wording. Copy numbers people see begin at 1.
    public let choices: [[Int]]

    public var copies: Int { choices.count }

    /// Draws an assignment.
    ///
    /// - Parameters:
    ///   - text: the text with its sites.
    ///   - copies: 1 to 10,000.
    ///   - secret: at least 32 bytes, kept sealed. The same secret and document give the same assignment again.
    ///   - document: the document's identifier and issue, so that one secret gives another assignment to every document.
    public init(of text: VariantText, copies: Int, secret: [UInt8], document: String) throws(Fault) {
        guard copies > 0 else { throw .noCopies }
        guard copies <= Self.maximumCopies else { throw .tooMany(copies) }
        guard secret.count >= 32 else { throw .weakSecret }
        var texts = 1.0
        for site in text.sites { texts = min(1e18, texts * Double(site.options.count)) }
        guard texts >= Double(copies) else { throw .tooFewSites(sites: text.sites.count, copies: copies) }
        for attempt in 0..<64 {
            var random = KeyedGenerator(secret: secret, purpose: "chancery-copies/1", document: document, attempt: attempt)
            var choices = Array(repeating: [Int](), count: copies)
            for site in text.sites {
                // Every wording equally often, give or take one, in an order nobody can guess.
                let offset = Int.random(in: 0..<site.options.count, using: &random)
                let row = (0..<copies).map { ($0 + offset) % site.options.count }.shuffled(using: &random)
                for copy in 0..<copies { choices[copy].append(row[copy]) }
            }
            if Set(choices).count == copies {
                self.choices = choices
                return
            }
        }
        throw .tooFewSites(sites: text.sites.count, copies: copies)
    }

    /// Takes up an assignment as it was recorded.
    public init(choices: [[Int]]) {
        self.choices = choices
    }
}

/// Numbers from a secret: HMAC-SHA-256 over a counter, so that an assignment can be drawn again and not foreseen.
struct KeyedGenerator: RandomNumberGenerator {
    private let key: SymmetricKey
    private let prefix: [UInt8]
    private var counter: UInt64 = 0
    private var block: [UInt8] = []

    init(secret: [UInt8], purpose: String, document: String, attempt: Int) {
        key = SymmetricKey(data: secret)
        prefix = Array("\(purpose)\u{0}\(document)\u{0}\(attempt)\u{0}".utf8)
    }

    mutating func next() -> UInt64 {
        if block.isEmpty {
            block = Array(HMAC<SHA256>.authenticationCode(for: prefix + withUnsafeBytes(of: counter.bigEndian) { Array($0) }, using: key))
            counter += 1
        }
        var value: UInt64 = 0
        for _ in 0..<8 { value = value << 8 | UInt64(block.removeLast()) }
        return value
    }
}
