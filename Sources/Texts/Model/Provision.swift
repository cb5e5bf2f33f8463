/// A part of an instrument's text that can be cited: an article, a paragraph, an annex; with what it holds.
///
/// Three names, for three uses. The `wId` is what the provision *is*: the same in all languages, kept when numbers change. The
/// `number` is what stands on the page. The `token` is that number in letters any language shares (`8bis`, `a`), from which the text
/// makes the `eId`, its address (``Place/eId``).
public struct Provision: Hashable, Sendable {
    public let kind: ProvisionKind
    public let wId: ProvisionIdentifier
    /// The number, for addresses; empty only for what a text has once.
    public let token: String
    /// The number as displayed: `Article 8 bis`, `(a)`, `第八条`. `nil` where none is printed.
    public let number: String?
    public let heading: InlineText?
    /// What it says before the provisions it holds.
    public let content: [TextBlock]
    public let children: [Provision]
    /// What it says after them: the words that close a list.
    public let closing: [TextBlock]

    /// Provisions below this one and itself.
    let size: Int
    /// Levels below this one and itself.
    let height: Int

    /// - Throws: ``TextFault`` where a child may not stand here, the token or number can be none, or a limit is passed.
    public init(
        _ kind: ProvisionKind, wId: ProvisionIdentifier, token: String, number: String? = nil, heading: InlineText? = nil,
        content: [TextBlock] = [], children: [Provision] = [], closing: [TextBlock] = []
    ) throws(TextFault) {
        guard token.utf8.count <= 64, token.utf8.allSatisfy(ProvisionIdentifier.mayStandInToken), token.isEmpty == kind.isSingle else {
            throw TextFault(
                .identifier, place: wId.text, "'\(token.prefix(80))' cannot number a \(kind.rawValue) in an address.",
                mend: kind.isSingle ? "Leave it empty: a text has one \(kind.rawValue)." : "Use letters a to z, digits and hyphens: 8bis.")
        }
        let number = try number.map { (number) throws(TextFault) in try InlineText.checked(number) }
        guard number.map({ !$0.isEmpty && $0.utf8.count <= TextLimits.numberBytes }) ?? true else {
            throw TextFault(.structure, place: wId.text, "the number is empty or too long.", mend: "Leave it out, or shorten it.")
        }
        for child in children where !child.kind.mayStand(in: kind) {
            throw TextFault(
                .structure, place: child.wId.text, "a \(child.kind.rawValue) cannot stand in a \(kind.rawValue).",
                mend: "Place it beside or above the \(kind.rawValue).")
        }
        guard closing.isEmpty || !children.isEmpty else {
            throw TextFault(
                .structure, place: wId.text, "closing words stand where nothing comes before them to close.", mend: "Make them content.")
        }
        guard number == nil || !kind.isSingle else {
            throw TextFault(.structure, place: wId.text, "a \(kind.rawValue) has a number.", mend: "Write it into the heading.")
        }
        self.kind = kind
        self.wId = wId
        self.token = token
        self.number = number
        self.heading = heading.flatMap { $0.isEmpty ? nil : $0 }
        // An empty paragraph says nothing and has no place on paper: one way to write nothing.
        self.content = content.filter { !$0.isEmpty }
        self.children = children
        self.closing = closing.filter { !$0.isEmpty }
        guard !(kind.isSingle || kind == .recital) || self.heading != nil || !self.content.isEmpty || !children.isEmpty else {
            throw TextFault(.structure, place: wId.text, "a \(kind.rawValue) says nothing.", mend: "Leave it out, or write its words.")
        }
        guard kind != .recital || !self.content.isEmpty else {
            throw TextFault(
                .structure, place: wId.text, "a recital has no words of its own.", mend: "Write its heading as its first paragraph.")
        }
        size = children.reduce(1) { $0 + $1.size }
        height = 1 + (children.map(\.height).max() ?? 0)
        guard height <= TextLimits.depth else {
            throw TextFault(
                .tooLarge, place: wId.text, "provisions stand more than \(TextLimits.depth) deep.",
                mend: "Bring the inner ones further out.")
        }
        guard size <= TextLimits.provisions else {
            throw TextFault(.tooLarge, place: wId.text, "it holds more than \(TextLimits.provisions) provisions.", mend: "Divide the text.")
        }
    }

    /// The words of number, heading, content, what it holds and closing, in reading order, without emphasis and footnotes.
    public var plain: String { lines.filter { !$0.isEmpty }.joined(separator: "\n") }

    private var lines: [String] {
        let head = [number, heading?.plain].compactMap(\.self).joined(separator: " ")
        return [head] + content.flatMap { $0.lines.map(\.plain) } + children.flatMap(\.lines) + closing.flatMap { $0.lines.map(\.plain) }
    }
}
