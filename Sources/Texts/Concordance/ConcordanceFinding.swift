/// A place where the languages of an instrument do not have the same.
public struct ConcordanceFinding: Hashable, Sendable, CustomStringConvertible {
    public enum Kind: String, Hashable, Sendable, CaseIterable {
        /// Languages that have not got a provision that others have. What it holds is not named again.
        case missing
        /// The numbers count differently: 8 against 8 bis.
        case number
        /// A paragraph in one language is a point or something else in another.
        case kind
        /// Different numbers of paragraphs of words.
        case paragraphs
        /// A heading in some languages only.
        case heading
        /// The provision stands in another order.
        case order
    }

    public let kind: Kind
    /// The name of the provision, and its address and number in the first language that has it.
    public let wId: ProvisionIdentifier
    public let eId: String
    public let number: String?
    /// What each language has; `—` where it has nothing.
    public let values: [TextLanguage: String]
    /// The languages that differ from most, in the order of their tags.
    public let languages: [TextLanguage]

    public var description: String {
        let subject = number.map { "\(eId) (\($0))" } ?? eId
        let names = languages.map(\.tag).joined(separator: ", ")
        switch kind {
        case .missing: return "\(subject): missing in \(names)"
        case .number: return "\(subject): numbered otherwise in \(names): \(listed)"
        case .kind: return "\(subject): another kind of provision in \(names): \(listed)"
        case .paragraphs: return "\(subject): another number of paragraphs of words in \(names): \(listed)"
        case .heading: return "\(subject): a heading in some languages only: \(listed)"
        case .order: return "\(subject): in another order in \(names)"
        }
    }

    private var listed: String {
        values.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }.joined(separator: ", ")
    }
}
