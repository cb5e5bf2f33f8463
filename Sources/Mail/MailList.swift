/// That a message is one of many to those who asked for them, and how they ask for no more (RFC 2919, RFC 2369, RFC 8058).
public struct MailList: Hashable, Sendable {
    /// As people read it.
    public let name: String
    /// A name under the sender's own domain, such as `treaty-digest.example.org`; not an address.
    public let identifier: String
    /// Where a mail program sends `List-Unsubscribe=One-Click` to end it without asking further.
    public let unsubscribe: String

    public init(name: String, identifier: String, unsubscribe: String) {
        self.name = name
        self.identifier = identifier
        self.unsubscribe = unsubscribe
    }
}
