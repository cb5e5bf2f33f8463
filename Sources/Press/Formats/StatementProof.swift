public import Acts
import Texts

/// What a proved payload of `press.released` says of a statement, and whether a text is that statement's: without any node.
public struct StatementProof: Hashable, Sendable {
    /// The code that is printed on its renderings.
    public let code: String
    public let version: Int64
    /// By language tag.
    public let titles: [String: String]
    /// SHA-256 of each of its files, in hexadecimal.
    public let files: [String]
    private let act: StatementReleased

    /// A text held against it.
    public struct Verdict: Hashable, Sendable {
        /// Word for word, as a whole or in part.
        public let isGenuine: Bool
        public let isExcerpt: Bool
        /// The language that the text is in, or is most like.
        public let language: String
        /// Word by word where it differs: `kept`, `removed` (in the statement only), `added` (in the text only).
        public let differences: [(change: String, words: String)]

        public static func == (left: Verdict, right: Verdict) -> Bool {
            left.isGenuine == right.isGenuine && left.isExcerpt == right.isExcerpt && left.language == right.language
        }

        public func hash(into hasher: inout Hasher) {
            hasher.combine(isGenuine)
            hasher.combine(language)
        }
    }

    /// - Returns: `nil` for kinds that are no release.
    /// - Throws: `MalformedAct` where the payload is not what its kind says, its code included.
    public init?(_ payload: JSON, of kind: ActKind) throws(MalformedAct) {
        guard kind == StatementReleased.kind else { return nil }
        act = try StatementReleased(json: payload)
        code = act.code
        version = act.version
        files = act.content.media.map(\.blob)
        titles = act.content.texts.mapValues(\.title)
    }

    /// Holds a text against every language of the statement.
    public func verdict(on text: String) -> Verdict? {
        let statement = PublicStatement(entry: 0, act: act, released: Moment(milliseconds: 0), newest: act.version)
        let checks = act.content.languages.map { GenuineCheck(text: text, against: statement, in: $0, isExact: true) }
        guard
            let best = checks.first(where: { $0.verdict == .genuine })
                ?? checks.max(by: { ($0.comparison?.likeness ?? 0) < ($1.comparison?.likeness ?? 0) })
        else { return nil }
        return Verdict(
            isGenuine: best.verdict == .genuine, isExcerpt: best.isExcerpt, language: best.language ?? act.content.authoritative,
            differences: (best.comparison?.pieces ?? []).map { ($0.change.rawValue, $0.words) })
    }
}
