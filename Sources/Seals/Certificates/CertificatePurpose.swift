/// What a certificate is for.
public enum CertificatePurpose: String, Hashable, Sendable, CaseIterable {
    /// To seal documents.
    case sealing
    /// To say when (RFC 3161).
    case timeStamping
}
