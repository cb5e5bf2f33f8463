/// What a certificate is for.
public enum CertificatePurpose: String, Hashable, Sendable, CaseIterable {
    /// To seal documents.
    case sealing
    /// To say when (RFC 3161).
    case timeStamping
    /// To sign where files come from (C2PA 2.2, 14.5.1).
    case provenance
}
