/// Why something is no text that can be kept: what is wrong, at which line or provision, and what mends it.
public struct TextFault: Error, Hashable, Sendable, CustomStringConvertible {
    public enum Kind: String, Hashable, Sendable, CaseIterable {
        /// Larger, deeper or longer than ``TextLimits`` allow.
        case tooLarge = "too-large"
        /// Not UTF-8, or not XML at all.
        case notReadable = "not-readable"
        /// A document type declaration, and so entities, stands in the file.
        case documentType = "document-type"
        /// Not Akoma Ntoso 3.0: another namespace or another document.
        case notAkomaNtoso = "not-akoma-ntoso"
        /// Akoma Ntoso, but not in the form a text of an instrument has here.
        case unexpected
        /// It does not satisfy the schema it was checked against.
        case schema
        /// Two provisions with one identifier, or an identifier that can be none.
        case identifier
        /// Provisions in an order or a nesting that no instrument has.
        case structure
        /// A character that cannot stand in a text that is signed.
        case character
    }

    public let kind: Kind
    /// The line of the file, counted from 1, where one is known.
    public let line: Int?
    /// The provision's identifier, where one is known.
    public let place: String?
    /// What is wrong, in English.
    public let reason: String
    /// What can be done about it, in English.
    public let mend: String

    public init(_ kind: Kind, line: Int? = nil, place: String? = nil, _ reason: String, mend: String) {
        self.kind = kind
        self.line = line
        self.place = place
        self.reason = reason
        self.mend = mend
    }

    /// The same fault, found at that line.
    public func at(line: Int?) -> TextFault {
        TextFault(kind, line: self.line ?? line, place: place, reason, mend: mend)
    }

    /// The same fault, found in that provision.
    public func `in`(place: String) -> TextFault {
        TextFault(kind, line: line, place: self.place ?? place, reason, mend: mend)
    }

    public var description: String {
        let position = [line.map { "line \($0)" }, place].compactMap(\.self).joined(separator: ", ")
        return (position.isEmpty ? "" : "\(position): ") + "\(reason) \(mend)"
    }
}
