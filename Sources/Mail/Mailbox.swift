/// An address with the name of whoever has it: `Permanent Mission of France <mission@example.org>`.
public struct Mailbox: Hashable, Sendable {
    public let address: MailAddress
    /// As people read it; any text, made safe when it is written into a header.
    public let name: String?

    public init(_ address: MailAddress, name: String? = nil) {
        self.address = address
        self.name = name
    }

    /// `ADDRESS` or `NAME <ADDRESS>`; `nil` where the address is none.
    public init?(_ text: String) {
        guard text.hasSuffix(">"), let open = text.lastIndex(of: "<") else {
            guard let address = MailAddress(text) else { return nil }
            self.init(address)
            return
        }
        guard let address = MailAddress(String(text[text.index(after: open)...].dropLast())) else { return nil }
        var name = text[..<open]
        while name.last == " " { name.removeLast() }
        if name.hasPrefix("\""), name.hasSuffix("\""), name.count > 1 { name = name.dropFirst().dropLast() }
        self.init(address, name: name.isEmpty ? nil : String(name))
    }
}
