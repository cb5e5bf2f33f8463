/// A name that stays with a provision: `art_8bis__para_2`. It can stand in a URL's fragment and in an XML attribute as it is.
public struct ProvisionIdentifier: Hashable, Comparable, Sendable, LosslessStringConvertible {
    public let text: String

    /// `nil` where a character is not a letter a-z or A-Z, a digit, `_`, `-` or `.`; where the first is a digit, `-` or `.`; or where it is
    /// too long.
    public init?(_ description: String) {
        guard let first = description.utf8.first, description.utf8.count <= TextLimits.identifierBytes,
            Self.isLetter(first) || first == 0x5F,
            description.utf8.allSatisfy({ Self.mayStandInToken($0) || $0 == 0x5F || $0 == 0x2E })
        else { return nil }
        text = description
    }

    /// The name a provision gets when it is first given one: the parent's, then the kind and the number's token.
    public static func first(
        _ kind: ProvisionKind, token: String, in parent: ProvisionIdentifier?
    ) throws(TextFault) -> ProvisionIdentifier {
        let own = token.isEmpty ? kind.identifierWord : "\(kind.identifierWord)_\(token)"
        let text = parent.map { "\($0.text)__\(own)" } ?? own
        guard let identifier = ProvisionIdentifier(text) else {
            throw TextFault(
                .identifier, "'\(text.prefix(80))' can be no identifier.", mend: "Use letters a to z, digits and hyphens in its number.")
        }
        return identifier
    }

    public var description: String { text }

    public static func < (left: ProvisionIdentifier, right: ProvisionIdentifier) -> Bool {
        left.text.utf8.lexicographicallyPrecedes(right.text.utf8)
    }

    static func isLetter(_ byte: UInt8) -> Bool {
        (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
    }

    static func mayStandInToken(_ byte: UInt8) -> Bool {
        isLetter(byte) || (0x30...0x39).contains(byte) || byte == 0x2D
    }
}
