public import X509

/// What a file's manifest says, and whether it holds.
public struct ProvenanceFinding: Sendable {
    /// What is wrong with a manifest or with the file, by the names that C2PA gives it (C2PA 2.2, 15.2).
    public enum Fault: String, Hashable, Sendable, CaseIterable {
        /// The manifest cannot be read, or is not of the form it should have.
        case malformed = "claim.malformed"
        /// The claim's signature does not hold.
        case signature = "claimSignature.mismatch"
        /// The signer's certificate leads to no root that is trusted.
        case untrusted = "signingCredential.untrusted"
        /// What the manifest says was changed after it was signed.
        case assertion = "assertion.hashedURI.mismatch"
        /// The manifest says more than was signed.
        case undeclared = "assertion.undeclared"
        /// The manifest is bound to no bytes.
        case unbound = "claim.hardBindings.missing"
        /// The file was changed after it was signed.
        case file = "assertion.dataHash.mismatch"
    }

    public let form: ProvenanceForm
    public internal(set) var title: String?
    public internal(set) var generator: String?
    /// The statement that the file belongs to; only where that stands as it was signed.
    public internal(set) var statement: StatementMark?
    /// The signer's certificate, then its issuers; empty where the signature does not hold.
    public internal(set) var chain: [Certificate] = []
    /// In the order they were found; empty: everything holds.
    public internal(set) var faults: [Fault] = []
    /// The file without its manifest; `nil` for a PDF, and where the manifest's place cannot be told.
    public internal(set) var bare: [UInt8]?
    /// SHA-256 of ``bare``.
    public var bareHash: [UInt8]? { bare.map { Digest.sha256($0) } }

    public var holds: Bool { faults.isEmpty }
    /// Whether somebody who is trusted signed what ``statement`` says, whatever became of the file since.
    public var isSignedByTrusted: Bool { !chain.isEmpty && !faults.contains(.untrusted) && !faults.contains(.signature) }

    init(form: ProvenanceForm) {
        self.form = form
    }
}
