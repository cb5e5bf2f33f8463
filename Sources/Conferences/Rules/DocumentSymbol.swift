/// The symbol of a conference document, such as `A/CONF.232/2023/L.4/Rev.1/Add.2`: what series it is of, its number, and what it
/// changes or adds to.
///
/// Symbols of real series are irregular, so reading is lenient: every slash-separated part is kept as it is written, and only the
/// endings that say how a document relates to another (`Rev.`, `Add.`, `Corr.`, `Amend.`) are understood.
///
/// ```swift
/// let symbol = DocumentSymbol("A/CONF.1/L.4/Rev.1/Add.2")
/// symbol?.root          // "A/CONF.1/L.4"
/// symbol?.changes       // [revision 1, addendum 2]
/// ```
public struct DocumentSymbol: Hashable, Sendable, LosslessStringConvertible {
    /// What a document does to the one before it in the symbol.
    public enum Change: String, Hashable, Sendable, CaseIterable {
        /// Replaces it.
        case revision = "Rev"
        /// Comes beside it.
        case addendum = "Add"
        /// Corrects its wording.
        case corrigendum = "Corr"
        /// Amends it by decision.
        case amendment = "Amend"
    }

    public struct Step: Hashable, Sendable {
        public let change: Change
        /// From 1.
        public let number: Int

        public init(_ change: Change, _ number: Int) {
            self.change = change
            self.number = number
        }
    }

    /// Limited (drafts), conference room papers, information, working papers, records.
    public enum Series: String, Hashable, Sendable, CaseIterable {
        /// No series of its own: the conference's general documents.
        case general = ""
        case limited = "L"
        case roomPaper = "CRP"
        case information = "INF"
        case workingPaper = "WP"
        /// Verbatim records of meetings.
        case verbatim = "PV"
        /// Summary records of meetings.
        case summary = "SR"
        case decision = "DEC"
    }

    /// Its parts before any ending, as written.
    public let parts: [String]
    public let changes: [Step]

    /// Most characters of a symbol.
    public static let longest = 80

    /// The number of a series of a body: `DocumentSymbol(of: "A/CONF.1/C.1", .limited, 4)` is `A/CONF.1/C.1/L.4`.
    public init?(of body: String, _ series: Series, _ number: Int) {
        guard number > 0, let base = DocumentSymbol(body), base.changes.isEmpty else { return nil }
        parts = base.parts + [series == .general ? String(number) : "\(series.rawValue).\(number)"]
        changes = []
    }

    /// `nil` where it is empty, too long, or has an empty part, an unknown sign, or an ending before the document's own number.
    public init?(_ description: String) {
        guard (1...Self.longest).contains(description.utf8.count) else { return nil }
        var parts: [String] = []
        var changes: [Step] = []
        for part in description.split(separator: "/", omittingEmptySubsequences: false).map(String.init) {
            guard !part.isEmpty, part.utf8.allSatisfy(Self.isSign) else { return nil }
            if let step = Self.step(part) {
                guard !parts.isEmpty else { return nil }
                changes.append(step)
            } else {
                guard changes.isEmpty else { return nil }
                parts.append(part)
            }
        }
        self.parts = parts
        self.changes = changes
    }

    private init(parts: [String], changes: [Step]) {
        self.parts = parts
        self.changes = changes
    }

    private static func isSign(_ byte: UInt8) -> Bool {
        (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
            || [0x2E, 0x2D, 0x5F, 0x28, 0x29].contains(byte)
    }

    private static func step(_ part: String) -> Step? {
        let halves = part.split(separator: ".", omittingEmptySubsequences: false)
        guard halves.count == 2, let number = Int(halves[1]), number > 0, String(number) == halves[1],
            let change = Change.allCases.first(where: { $0.rawValue == halves[0] })
        else { return nil }
        return Step(change, number)
    }

    public var description: String { (parts + changes.map { "\($0.change.rawValue).\($0.number)" }).joined(separator: "/") }

    /// The document all its revisions, addenda and corrigenda belong to.
    public var root: String { parts.joined(separator: "/") }

    /// The document this one changes or adds to; `nil` for a first issue.
    public var changed: DocumentSymbol? {
        changes.isEmpty ? nil : DocumentSymbol(parts: parts, changes: Array(changes.dropLast()))
    }

    public var series: Series {
        guard let last = parts.last, let mark = last.firstIndex(of: ".") else { return .general }
        return Series(rawValue: String(last[..<mark])) ?? .general
    }

    /// The number in its series; `nil` where the last part ends in none.
    public var number: Int? {
        guard let last = parts.last else { return nil }
        return Int(last.reversed().prefix { $0.isASCII && $0.isNumber }.reversed().map(String.init).joined())
    }

    /// The next symbol that changes this document in that way, after those that are taken.
    public func next(_ change: Change, after taken: some Sequence<DocumentSymbol>) -> DocumentSymbol {
        let highest = taken.filter { $0.changed == self && $0.changes.last?.change == change }.compactMap(\.changes.last?.number).max() ?? 0
        return DocumentSymbol(parts: parts, changes: changes + [Step(change, highest + 1)])
    }
}
