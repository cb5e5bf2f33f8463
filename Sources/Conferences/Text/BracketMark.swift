/// One bracket of a text under negotiation: `[` opens words that are not agreed, `]` ends them.
public struct BracketMark: Hashable, Sendable {
    /// How a bracket is drawn. A closing bracket ends the innermost one open, whatever it is drawn like: editors mix them.
    public enum Shape: String, Hashable, Sendable, CaseIterable {
        /// `[ ]`
        case square
        /// `［ ］`, U+FF3B and U+FF3D, in Chinese and Japanese texts.
        case fullWidth = "full-width"
        /// `【 】`, U+3010 and U+3011.
        case lenticular
        /// `〔 〕`, U+3014 and U+3015.
        case tortoiseShell = "tortoise-shell"
    }

    /// What a bracket is there for.
    public enum Role: String, Hashable, Sendable, CaseIterable {
        /// Around words that are not agreed.
        case text
        /// Around a number and nothing else, `[2020]`. It is counted with the marks of notes (docs/negotiated-text.md), yet is a bracket
        /// where no note has that number.
        case numeral
        /// The mark of a footnote, `[^3]`, or its definition, `[^3]:`.
        case note
        /// Of a link: `[words][label]`, `[words](https://…)`, or the definition of one, `[label]: https://…`.
        case link
    }

    /// Where it begins, in bytes from the beginning of the text.
    public let offset: Int
    /// 1 byte for a square bracket, 3 for the others.
    public let length: Int
    public let isOpening: Bool
    public let shape: Shape
    public internal(set) var role: Role
    /// The place of the mark it belongs to in ``BracketScan/marks``; `nil` where it has none, which is reported and never refused.
    public internal(set) var partner: Int?
    /// How many brackets are open inside it, itself among them: 1 for an outermost one. 0 for the mark of a note.
    public internal(set) var depth: Int

    /// Whether it stands alone: never closed, or closing nothing.
    public var isStray: Bool { partner == nil && role != .note }

    /// Whether somebody has yet to agree to what it encloses.
    public var isOpenQuestion: Bool { role == .text || role == .numeral }
}
