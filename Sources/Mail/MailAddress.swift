/// An address of electronic mail (RFC 5321, 4.1.2), as far as we send to it: a dot-string before the `@`, a domain name behind it.
///
/// Quoted local parts and address literals are not taken. Letters beyond ASCII are (RFC 6531), and then only a server that offers
/// SMTPUTF8 can be given the address.
public struct MailAddress: Hashable, Sendable, CustomStringConvertible {
    public let description: String
    /// Everything before the last `@`.
    public let localPart: String
    public let domain: String

    /// `nil` where the text is not of that form, or longer than 254 bytes (64 before the `@`).
    public init?(_ text: String) {
        let parts = text.split(separator: "@", omittingEmptySubsequences: false)
        guard parts.count == 2, (1...64).contains(parts[0].utf8.count), text.utf8.count <= 254 else { return nil }
        guard MailAddress.isDotString(parts[0], also: "!#$%&'*+-/=?^_`{|}~"), MailAddress.isDotString(parts[1], also: "-") else {
            return nil
        }
        let labels = parts[1].split(separator: ".")
        guard labels.allSatisfy({ $0.utf8.count <= 63 && !$0.hasPrefix("-") && !$0.hasSuffix("-") }) else { return nil }
        description = text
        localPart = String(parts[0])
        domain = String(parts[1])
    }

    /// Whether it has letters beyond ASCII.
    public var isInternational: Bool { description.utf8.contains { $0 >= 0x80 } }

    private static func isDotString(_ text: Substring, also marks: String) -> Bool {
        text.split(separator: ".", omittingEmptySubsequences: false).allSatisfy { atom in
            !atom.isEmpty
                && atom.unicodeScalars.allSatisfy { scalar in
                    switch scalar.value {
                    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
                    case ..<0x80: marks.unicodeScalars.contains(scalar)
                    default: scalar.properties.isAlphabetic || scalar.properties.numericType != nil || scalar.properties.isGraphemeExtend
                    }
                }
        }
    }
}
