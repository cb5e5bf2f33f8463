public import Acts
import Crypto
import Foundation

/// What a simulated conference came to, and whether everything held.
public struct SimulationReport: Sendable {
    /// A decision, as the chair announced it.
    public struct Decision: Hashable, Sendable {
        public var subject: String
        public var method: String
        public var outcome: String
        public var yes: Int64
        public var no: Int64
        public var abstaining: Int64

        var line: String { "\(subject) \(method) \(outcome) \(yes)-\(no)-\(abstaining)" }
    }

    /// The adoption of the text that was negotiated, as the conference's page of it says.
    public struct Adoption: Hashable, Sendable {
        /// The entry of the act `conference.text-adopted`.
        public var entry: Int64
        /// The version of the text that was adopted.
        public var version: Int64
        /// SHA-256 of the text in each authentic language, hexadecimal, by the language's tag.
        public var texts: [String: String]
        /// SHA-256 over all of them (docs/texts.md), hexadecimal.
        public var textSet: String

        /// Where an officer of the treaty desk opens the instrument from it.
        public var open: String { "/treaties/open?adopted=\(entry)" }
    }

    /// What the pages that were kept up to date saw.
    public struct Following: Hashable, Sendable {
        public var listeners = 0
        /// How often a line was broken and taken up again.
        public var cuts = 0
        /// Events that had to arrive, over all listeners.
        public var expected = 0
        public var lost = 0
        public var doubled = 0
        public var misordered = 0
        /// Milliseconds from when the node took an act, by its clock, to when a listener whose line was up had it.
        public var latencies: [Int64] = []

        /// - Parameter share: 0.99 for the wait that one in a hundred exceeds.
        public func percentile(_ share: Double) -> Int64 {
            let sorted = latencies.sorted()
            return sorted.isEmpty ? 0 : sorted[min(sorted.count - 1, Int(Double(sorted.count) * share))]
        }
    }

    public let node: String
    public let conference: String
    public let seed: UInt64
    public let delegations: Int
    /// The kinds of the conference's acts, in the order of the record.
    public var kinds: [String] = []
    public var decisions: [Decision] = []
    /// Refusals that the rules of procedure owed, and gave.
    public var refusals: [String] = []
    public var following = Following()
    /// `nil` where the conference did not come to it.
    public var adoption: Adoption?
    /// Seconds from the first act of the first meeting to the last.
    public var seconds = 0.0
    /// What did not hold; empty where all did.
    public var problems: [String] = []

    init(node: String, conference: String, seed: UInt64, delegations: Int) {
        self.node = node
        self.conference = conference
        self.seed = seed
        self.delegations = delegations
    }

    /// SHA-256 over the acts' kinds and the decisions' results in their order: the same for the same seed on any node.
    public var digest: String {
        let lines = kinds + decisions.map(\.line) + refusals
        return SHA256.hash(data: Data(lines.joined(separator: "\n").utf8)).map { String(format: "%02x", $0) }.joined()
    }

    public var json: JSON {
        let following: JSON = [
            "listeners": .integer(Int64(following.listeners)), "cuts": .integer(Int64(following.cuts)),
            "expected": .integer(Int64(following.expected)), "lost": .integer(Int64(following.lost)),
            "doubled": .integer(Int64(following.doubled)), "misordered": .integer(Int64(following.misordered)),
            "p50": .integer(following.percentile(0.5)), "p99": .integer(following.percentile(0.99)),
            "longest": .integer(following.latencies.max() ?? 0),
        ]
        let decisions: [JSON] = decisions.map {
            [
                "subject": .string($0.subject), "method": .string($0.method), "outcome": .string($0.outcome), "yes": .integer($0.yes),
                "no": .integer($0.no), "abstaining": .integer($0.abstaining),
            ]
        }
        var object: JSONObject = [
            "node": .string(node), "conference": .string(conference), "seed": .string(String(seed)),
            "delegations": .integer(Int64(delegations)), "digest": .string(digest), "milliseconds": .integer(Int64(seconds * 1000)),
        ]
        object["kinds"] = .array(kinds.map(JSON.string))
        object["decisions"] = .array(decisions)
        object["refusals"] = .array(refusals.map(JSON.string))
        object["following"] = following
        if let adoption {
            object["adoption"] = [
                "entry": .integer(adoption.entry), "version": .integer(adoption.version), "textSet": .string(adoption.textSet),
                "texts": JSON(texts: adoption.texts),
                "open": .string(adoption.open),
            ]
        }
        object["problems"] = .array(problems.map(JSON.string))
        return .object(object)
    }

    /// For a terminal.
    public var lines: [String] {
        let adopted = decisions.count { $0.outcome.hasPrefix("adopted") }
        let text = adoption.map {
            "the text was adopted in \($0.texts.keys.sorted().joined(separator: ", ")) by entry \($0.entry): set of texts \($0.textSet), "
                + "to be opened at \($0.open)"
        }
        return [
            "\(kinds.count) acts of the conference in \(String(format: "%.1f", seconds)) s; \(decisions.count) decisions, \(adopted) of them "
                + "adopted; \(refusals.count) refusals that the rules owed",
            "\(following.listeners) listeners, \(following.cuts) of their lines cut and taken up again: \(following.expected) events expected, "
                + "\(following.lost) lost, \(following.doubled) doubled, \(following.misordered) out of order",
            "from act to page: median \(following.percentile(0.5)) ms, p99 \(following.percentile(0.99)) ms, longest "
                + "\(following.latencies.max() ?? 0) ms",
            "kinds and results: \(digest)",
        ] + (text.map { [$0] } ?? []) + problems.map { "did not hold: \($0)" }
    }
}
