public import Acts
import Texts

/// An amendment to a text under negotiation: what it would change, in which version, and who stands behind it.
public struct TextAmendment: Hashable, Sendable {
    public enum State: String, Hashable, Sendable, CaseIterable {
        case pending
        case withdrawn
        /// In the text, as proposed or in brackets; of a sub-amendment, in the amendment.
        case applied
    }

    /// Its name among the text's amendments.
    public let id: String
    /// The version it was written for.
    public let base: Int
    /// What it would do; its words as sub-amendments that were applied have left them.
    public internal(set) var change: ConferenceTextChange
    /// Codes of actors and names of groups; the first introduced it.
    public internal(set) var sponsors: [String]
    /// The amendment whose words it changes.
    public let amends: String?
    public internal(set) var state: State
    public let proposedAt: Moment?

    public init(
        id: String, base: Int, change: ConferenceTextChange, sponsors: [String], amends: String? = nil, state: State = .pending,
        proposedAt: Moment? = nil
    ) {
        self.id = id
        self.base = base
        self.change = change
        self.sponsors = sponsors
        self.amends = amends
        self.state = state
        self.proposedAt = proposedAt
    }

    /// The same amendment as if it had been written for another version.
    func based(on version: Int) -> TextAmendment {
        TextAmendment(
            id: id, base: version, change: change, sponsors: sponsors, amends: amends, state: state, proposedAt: proposedAt)
    }

    /// Judges the form of a change before anything is done with it: what it must say, and what words may hold.
    ///
    /// Words are data wherever they are shown. What is refused is what would change how the text around them is read: brackets that do
    /// not match, signs that cannot be seen, directions that are turned about and not turned back.
    public static func check(_ change: ConferenceTextChange) throws(Refusal) {
        for words in [change.words, change.anchor].compactMap(\.self) { try checkWords(words) }
        if let number = change.number {
            try checkWords(number)
            guard number.utf8.count <= TextLimits.numberBytes, !number.contains(where: { $0.isNewline || "[]#*".contains($0) }) else {
                throw TextRefusal.several
            }
        }
        func want(_ value: String?, _ member: String) throws(Refusal) {
            guard let value, value.contains(where: { !$0.isWhitespace }) else { throw TextRefusal.missing(member) }
        }
        switch change.operation {
        case .insert: try want(change.words, "words")
        case .replace: try want(change.words, "words")
        case .delete:
            if change.words != nil { throw TextRefusal.superfluous("words") }
        case .move: try want(change.beside, "beside")
        case .split: try want(change.anchor, "anchor")
        case .renumber: try want(change.number, "number")
        }
        if change.anchor != nil, change.anchor?.contains(where: { !$0.isWhitespace }) != true { throw TextRefusal.missing("anchor") }
        if let occurrence = change.occurrence, occurrence < 1 { throw TextRefusal.missing("occurrence") }
    }

    /// Refuses signs that cannot be seen (Unicode's controls and overriding directions) and brackets that do not match.
    static func checkWords(_ words: String) throws(Refusal) {
        guard words.utf8.count <= ConferenceTextChange.mostBytes else { throw TextRefusal.tooLarge }
        var isolates = 0
        for scalar in words.unicodeScalars {
            switch scalar.value {
            case 0x09, 0x0A, 0x0D: continue
            case 0x00...0x1F, 0x7F...0x84, 0x86...0x9F, 0x202A...0x202E, 0xFEFF, 0xFFF9...0xFFFB, 0xE0000...0xE007F:
                throw TextRefusal.sign("U+" + hexadecimal(scalar.value))
            case 0x2066...0x2068: isolates += 1
            case 0x2069:
                isolates -= 1
                guard isolates >= 0 else { throw TextRefusal.sign("U+2069") }
            default: continue
            }
        }
        guard isolates == 0 else { throw TextRefusal.sign("U+2066") }
        let scan = BracketScan(Array(words.utf8))
        guard scan.strayClosing == 0, scan.neverClosed == 0 else { throw TextRefusal.unbalanced }
    }

    private static func hexadecimal(_ value: UInt32) -> String {
        let digits = String(value, radix: 16, uppercase: true)
        return String(repeating: "0", count: max(0, 4 - digits.count)) + digits
    }
}
