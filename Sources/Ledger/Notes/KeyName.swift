/// The name in a note's signature line: not empty, without Unicode spaces or `+` (C2SP signed-note).
///
/// Names are compared byte by byte. Swift's own `String` comparison would take two spellings of an accented letter for one.
public struct KeyName: Sendable {
    /// The longest name this library reads or makes, in bytes: other verifiers stop here too.
    public static let longest = 255

    /// The name as text.
    public let text: String

    /// - Throws: ``NoteError/badKeyName(_:)`` for a name that the format does not allow.
    public init(_ text: String) throws(NoteError) {
        let scalars = text.unicodeScalars
        guard !scalars.isEmpty, text.utf8.count <= KeyName.longest,
            !scalars.contains(where: { $0 == "+" || $0.value < 0x20 || $0.properties.isWhitespace })
        else { throw .badKeyName(text) }
        self.text = text
    }
}

extension KeyName: Hashable {
    /// Whether both names have the same bytes.
    public static func == (left: KeyName, right: KeyName) -> Bool {
        left.text.utf8.elementsEqual(right.text.utf8)
    }

    /// Hashes the bytes.
    public func hash(into hasher: inout Hasher) {
        for byte in text.utf8 { hasher.combine(byte) }
        hasher.combine(0xff as UInt8)
    }
}

extension KeyName: CustomStringConvertible {
    /// The name as text.
    public var description: String { text }
}
