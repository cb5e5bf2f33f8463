/// The mail server that takes our messages, and how to speak with it.
public struct SMTPSettings: Hashable, Sendable {
    public enum Security: String, Hashable, Sendable, CaseIterable {
        /// STARTTLS, or nothing is sent (RFC 3207). The usual one, port 587 or 25.
        case startTLS = "starttls"
        /// TLS from the first byte (RFC 8314, 3.3), port 465.
        case tls
        /// In the clear, for a server on this machine or behind a tunnel. Nobody signs in over it.
        case none
    }

    public struct Credentials: Hashable, Sendable {
        public var user: String
        public var password: String

        public init(user: String, password: String) {
            self.user = user
            self.password = password
        }
    }

    public var host: String
    public var port: Int
    public var security: Security
    public var credentials: Credentials?
    /// Who the messages are from.
    public var sender: Mailbox
    /// A PEM file of certificates to trust besides none other; `nil`: the system's.
    public var trustedCertificates: String?
    /// Seconds to wait for each reply. RFC 5321, 4.5.3.2 asks for up to ten minutes after the message's end.
    public var timeout: Int

    public init(
        host: String, port: Int, security: Security, credentials: Credentials? = nil, sender: Mailbox,
        trustedCertificates: String? = nil, timeout: Int = 120
    ) {
        self.host = host
        self.port = port
        self.security = security
        self.credentials = credentials
        self.sender = sender
        self.trustedCertificates = trustedCertificates
        self.timeout = timeout
    }
}
