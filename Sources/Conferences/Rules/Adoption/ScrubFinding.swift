/// Something the legal scrub found in a text that is to be adopted: what, where, and why it matters.
struct ScrubFinding: Hashable, Sendable {
    enum Kind: String, Hashable, Sendable, CaseIterable {
        /// Words that nobody has agreed.
        case bracket
        /// Options of which one will stand.
        case option
        /// A place that is still to be filled, in brackets or not: `[X]`, `20XX`, `__ day of __`.
        case placeholder
        /// A bracket that closes nothing, or that nothing closes.
        case unbalanced
        /// A number is left out.
        case numberingGap = "numbering-gap"
        /// A number stands twice, or out of its order.
        case numberingDouble = "numbering-double"
        /// A number such as `8 bis`, which negotiation left behind.
        case numberingInserted = "numbering-inserted"
        /// A reference to an article, paragraph or annex that the text has not got.
        case deadReference = "dead-reference"
        /// A term is defined twice.
        case termTwice = "term-twice"
        /// A term is defined and then not used.
        case termUnused = "term-unused"
        /// The words of a footnote to which no mark leads.
        case noteUnplaced = "note-unplaced"
        /// The mark of a footnote that has no words.
        case noteMissing = "note-missing"
        /// A footnote: in a treaty that is adopted, the exception.
        case note
        /// The status of a provision says that somebody has not agreed to it yet.
        case notAgreed = "not-agreed"
        /// A short word stands twice in a row.
        case wordTwice = "word-twice"
        case noDepositary = "no-depositary"
        case noLanguages = "no-languages"
        case noEntryIntoForce = "no-entry-into-force"
        case noReservations = "no-reservations"
        case noConsent = "no-consent"

        /// The rule that makes it matter; `nil` where it is drafting practice and nothing more.
        var citation: String? {
            switch self {
            case .bracket, .option, .notAgreed: "VCLT art. 9"
            case .noDepositary: "VCLT arts. 76, 77"
            case .noLanguages: "VCLT arts. 10, 33(1)"
            case .noEntryIntoForce: "VCLT art. 24(1), (4)"
            case .noReservations: "VCLT art. 19"
            case .noConsent: "VCLT arts. 11 to 15"
            default: nil
            }
        }
    }

    var kind: Kind
    /// The provision's name (wId); empty where it is the whole text.
    var provision: String
    /// The words, the number or the reference it is about.
    var detail: String

    /// Its name in acts and forms: the same finding of the same version has the same.
    var id: String { [kind.rawValue, provision, detail].filter { !$0.isEmpty }.joined(separator: ":") }

    /// Most characters of a detail.
    static let mostDetail = 80

    init(_ kind: Kind, _ provision: String = "", _ detail: String = "") {
        self.kind = kind
        self.provision = provision
        self.detail = String(detail.prefix(Self.mostDetail))
    }
}
