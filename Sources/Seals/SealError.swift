/// Why something about a seal, a certificate, a time-stamp or a key did not go through: one reason and the way out, in English.
public struct SealError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What kind of obstacle it is, for programs.
    public enum Kind: String, Hashable, Sendable, CaseIterable {
        /// Input that is not of the form it should have.
        case malformed
        /// Well-formed, but of a sort this program does not take.
        case unsupported
        /// A signature, digest or certificate that does not hold.
        case untrusted
        /// A key file that others may read, or that cannot be read or written.
        case file
        /// A passphrase or PIN is needed and was not given.
        case secretNeeded
        /// A passphrase or PIN is wrong.
        case secretWrong
        /// The token takes no more attempts.
        case locked
        /// There is no such module, token, key or certificate.
        case missing
        /// A device or library failed.
        case failed
    }

    public let kind: Kind
    /// What stands in the way.
    public let reason: String
    /// What to do instead.
    public let mend: String

    public init(_ kind: Kind, _ reason: String, mend: String) {
        self.kind = kind
        self.reason = reason
        self.mend = mend
    }

    public var description: String { "\(reason) \(mend)" }
}
