/// Whom passkeys are for: this node, by its domain, and the addresses its pages may be at (WebAuthn Level 2, 4).
public struct RelyingParty: Hashable, Sendable {
    /// The domain.
    public let id: String
    /// Serialized origins, `https://treaties.example.org`.
    public let origins: Set<String>

    public init(id: String, origins: Set<String>) {
        self.id = id
        self.origins = origins
    }

    init(_ origin: WebOrigin) {
        self.init(id: origin.host, origins: [origin.description])
    }
}
