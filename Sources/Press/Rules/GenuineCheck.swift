import Acts
import Texts

/// What is said to somebody who asks whether a statement is genuine.
struct GenuineCheck: Hashable, Sendable {
    enum Verdict: String, Hashable, Sendable, CaseIterable {
        /// Word for word what was released, and it stands.
        case genuine
        /// It goes back to a statement, and words differ.
        case altered
        /// Genuine, and taken back since.
        case withdrawn
        /// Genuine, and corrected since.
        case superseded
        /// Nothing that this node released.
        case notOurs = "not-ours"
    }

    var verdict: Verdict
    /// What it was found to be, or to go back to.
    var statement: PublicStatement?
    /// In which of its languages; `nil` where a code or an address was asked.
    var language: String?
    /// Whether it is a part of the statement only.
    var isExcerpt = false
    /// What the answer rests on, where a file was asked about.
    enum Evidence: String, Hashable, Sendable, CaseIterable {
        /// It is a file of the statement, byte for byte.
        case bytes
        /// It bears this node's manifest (C2PA).
        case manifest
        /// It is the paper of the statement, byte for byte, with a seal that holds (PAdES).
        case seal
        /// Its words.
        case words
    }

    /// `nil` where no file was asked about.
    var evidence: Evidence?
    /// Word by word, where it was altered: what was released, then what was asked.
    var comparison: LineComparison?

    static let notOurs = GenuineCheck(verdict: .notOurs)

    /// A version that was named by its code or its address.
    init(naming statement: PublicStatement) {
        self.statement = statement
        verdict =
            switch statement.standing {
            case .current: .genuine
            case .superseded: .superseded
            case .withdrawn: .withdrawn
            }
    }

    private init(verdict: Verdict) { self.verdict = verdict }

    /// A file that says it is this statement and is not the one this node gives.
    init(alteredFileOf statement: PublicStatement, evidence: Evidence) {
        verdict = .altered
        self.statement = statement
        self.evidence = evidence
    }

    /// A PDF that is not the one this node gives, by its words.
    ///
    /// - Parameters:
    ///   - words: those of the file.
    ///   - released: those of the paper that this node sets.
    init(alteredFileOf statement: PublicStatement, in language: String, words: String, released: String) {
        self.init(alteredFileOf: statement, evidence: .words)
        self.language = language
        let (asked, known) = (NormalisedText.normalised(words), NormalisedText.normalised(released))
        if asked != known { comparison = LineComparison(known, asked) }
    }

    /// A file that is known to be a statement's own.
    init(naming statement: PublicStatement, evidence: Evidence, language: String? = nil) {
        self.init(naming: statement)
        self.evidence = evidence
        self.language = language
    }

    /// Fewest words of a part that is known as one: fewer words stand in many texts.
    static let fewestWords = 4

    /// A text that was pasted, against the version it shares most with.
    ///
    /// - Parameter isExact: whether it was asked of one version alone, by its code: then everything that differs is altered, however much.
    init(text asked: String, against statement: PublicStatement, in language: String, isExact: Bool = false) {
        let asked = NormalisedText.normalised(asked)
        guard let text = statement.act.content.texts[language] else {
            self = .notOurs
            return
        }
        let released = NormalisedText(text)
        self.init(naming: statement)
        self.language = language
        if asked == released.whole || asked == released.body { return }
        if TextFingerprint.words(of: asked).count >= Self.fewestWords, Self.contains(released.whole, asked) {
            isExcerpt = true
            return
        }
        let fingerprint = TextFingerprint(asked)
        let known = Set(TextFingerprint(released.whole).shingles)
        let shared = fingerprint.shingles.filter(known.contains).count
        guard isExact || (shared > 0 && Double(shared) >= TextFingerprint.leastLikeness * Double(fingerprint.shingles.count)) else {
            self = .notOurs
            return
        }
        verdict = .altered
        comparison = LineComparison(Self.window(of: released.whole, like: asked), asked)
    }

    /// Whether a text stands in another, from the beginning of a word to the end of one.
    private static func contains(_ whole: String, _ part: String) -> Bool {
        let (whole, part) = (Array(whole.utf8), Array(part.utf8))
        guard !part.isEmpty, part.count <= whole.count else { return false }
        func isEdge(_ place: Int) -> Bool {
            place <= 0 || place >= whole.count || !isLetter(whole[place - 1]) || !isLetter(whole[place])
        }
        // Bytes beyond ASCII are no edge by this measure but where the script sets no spaces; there any place is.
        func isLetter(_ byte: UInt8) -> Bool {
            (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
        }
        var place = 0
        while place + part.count <= whole.count {
            if whole[place] == part[0], whole[place..<(place + part.count)].elementsEqual(part), isEdge(place), isEdge(place + part.count) {
                return true
            }
            place += 1
        }
        return false
    }

    /// The stretch of a released text that a changed copy goes back to: what was left out before and after it is no change.
    private static func window(of released: String, like asked: String) -> String {
        let pieces = withTailFirst(LineComparison(released, asked).pieces)
        guard let first = pieces.firstIndex(where: { $0.change == .kept }), let last = pieces.lastIndex(where: { $0.change == .kept })
        else {
            return released
        }
        var kept = pieces[first...last].filter { $0.change != .added }.map(\.words).joined()
        // What replaces the first or the last words of the copy belongs to the change.
        if first > 0, pieces[..<first].contains(where: { $0.change == .added }) {
            kept = (pieces[..<first].last { $0.change == .removed }.map { lastWords($0.words) } ?? "") + kept
        }
        if last + 1 < pieces.count, pieces[(last + 1)...].contains(where: { $0.change == .added }) {
            kept += pieces[(last + 1)...].first { $0.change == .removed }.map { firstWords($0.words) } ?? ""
        }
        return kept
    }

    /// A full stop that ends both is better matched with the one where the copy breaks off: "…in full[. The Minister leaves]." is the
    /// same as "…in full.[ The Minister leaves.]".
    private static func withTailFirst(_ pieces: [LineComparison.Piece]) -> [LineComparison.Piece] {
        guard pieces.count >= 2, let last = pieces.last, last.change == .kept, let before = pieces.dropLast().last,
            before.change == .removed,
            before.words.hasPrefix(last.words)
        else { return pieces }
        return Array(pieces.dropLast(2)) + [last]
    }

    private static func lastWords(_ text: String, _ count: Int = 6) -> String {
        let words = text.split(separator: " ", omittingEmptySubsequences: true)
        return words.suffix(count).joined(separator: " ") + (text.hasSuffix(" ") ? " " : "")
    }

    private static func firstWords(_ text: String, _ count: Int = 6) -> String {
        let words = text.split(separator: " ", omittingEmptySubsequences: true)
        return (text.hasPrefix(" ") ? " " : "") + words.prefix(count).joined(separator: " ")
    }
}
