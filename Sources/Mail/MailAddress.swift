import NIOCore
import NIOPosix
import NIOSSL

/// An address of electronic mail (RFC 5321, 4.1.2), as far as we send to it.
public struct MailAddress: Hashable, Sendable, CustomStringConvertible {
    public let description: String

    public init?(_ text: String) {
        let parts = text.split(separator: "@", omittingEmptySubsequences: false)
        guard parts.count == 2, !parts[0].isEmpty, parts[1].contains("."), text.utf8.count <= 254 else { return nil }
        guard
            text.unicodeScalars.allSatisfy({
                $0.isASCII && $0.value > 32 && $0.value != 127 && !"<>()[],;:\\\"".unicodeScalars.contains($0)
            })
        else { return nil }
        description = text
    }
}
