public import Acts
import Crypto

/// A message to be sent, and its form on the wire (RFC 5322, MIME in RFC 2045 to 2049).
///
/// The same value always gives the same bytes, so that what was sent twice after a crash can be told to be one message.
public struct MailMessage: Hashable, Sendable {
    /// A file that goes with it.
    public struct Attachment: Hashable, Sendable {
        public let name: String
        /// Such as `application/pdf`.
        public let mediaType: String
        public let bytes: [UInt8]

        /// `nil` where the media type is not of the form `type/subtype`.
        public init?(name: String, mediaType: String, bytes: [UInt8]) {
            let parts = mediaType.split(separator: "/", omittingEmptySubsequences: false)
            guard parts.count == 2,
                parts.allSatisfy({ part in
                    !part.isEmpty && part.utf8.count <= 60
                        && part.utf8.allSatisfy {
                            (0x30...0x39).contains($0) || (0x41...0x5A).contains($0) || (0x61...0x7A).contains($0)
                                || ".+-".utf8.contains($0)
                        }
                })
            else { return nil }
            self.name = name
            self.mediaType = mediaType
            self.bytes = bytes
        }
    }

    /// The identifier without its angle brackets: `LEFT@RIGHT`.
    public let identifier: String
    public var from: Mailbox
    public var to: [Mailbox]
    public var replyTo: Mailbox?
    public var subject: String
    public var date: Moment
    /// The text, with LF or CRLF between lines.
    public var text: String
    /// The same as HTML, for programs that show it (RFC 2046, 5.1.4); `nil`: text alone.
    public var html: String?
    /// The text's language, or several with commas between them (RFC 3282).
    public var language: String?
    public var attachments: [Attachment]
    /// Identifiers of earlier messages it belongs with, without angle brackets.
    public var references: [String]
    /// The list it belongs to, where it does.
    public var list: MailList?

    /// - Parameter identifier: a text that is this message's alone; `nil`: a random one. What is not a letter, digit, dot or hyphen in it
    ///   becomes a hyphen; the sender's domain is put behind it (RFC 5322, 3.6.4).
    public init(
        identifier: String? = nil, from: Mailbox, to: [Mailbox], replyTo: Mailbox? = nil, subject: String, date: Moment, text: String,
        html: String? = nil, language: String? = nil, attachments: [Attachment] = [], references: [String] = [], list: MailList? = nil
    ) {
        let left = identifier ?? (0..<4).map { _ in String(UInt64.random(in: .min ... .max), radix: 36) }.joined(separator: ".")
        self.identifier = "\(MailMessage.token(left))@\(from.address.domain)"
        self.from = from
        self.to = to
        self.replyTo = replyTo
        self.subject = subject
        self.date = date
        self.text = text
        self.html = html
        self.language = language
        self.attachments = attachments
        self.references = references
        self.list = list
    }

    /// The left half of an identifier, as `init` writes it.
    public static func token(_ text: String) -> String {
        let atoms = text.split { $0 == "." || $0 == "@" }.map { atom in
            String(atom.map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "-" })
        }
        return atoms.isEmpty ? "message" : String(atoms.joined(separator: ".").prefix(400))
    }

    /// Header and body with CRLF line ends; no line is longer than 998 bytes. All of it is 7-bit, so that every server can carry it, but
    /// for addresses with letters beyond ASCII, which only a server with SMTPUTF8 is given (RFC 6532).
    public var bytes: [UInt8] {
        var header = MailHeader()
        header.add("Date", structured: MailDate.text(of: date))
        header.add("From", mailboxes: [from])
        if let replyTo { header.add("Reply-To", mailboxes: [replyTo]) }
        header.add("To", mailboxes: to)
        header.add("Message-ID", structured: "<\(identifier)>")
        let references = references.map(MailHeader.cleaned).filter { !$0.contains(" ") && !$0.isEmpty }
        if !references.isEmpty { header.add("References", structured: references.map { "<\($0)>" }.joined(separator: " ")) }
        header.add("Subject", text: subject)
        // RFC 3834, 5: nothing that answers by itself should answer this.
        header.add("Auto-Submitted", structured: "auto-generated")
        if let list { header.add(list) }
        if let language, MailMessage.areLanguageTags(language) { header.add("Content-Language", structured: language) }
        header.add("MIME-Version", structured: "1.0")
        guard !attachments.isEmpty else {
            return header.bytes + textPart()
        }
        let boundary = boundary("part")
        header.add("Content-Type", structured: "multipart/mixed; boundary=\"\(boundary)\"")
        var bytes = header.bytes + MailMessage.newLine
        // The line end before a delimiter belongs to the delimiter (RFC 2046, 5.1.1).
        bytes += Array("--\(boundary)".utf8) + MailMessage.newLine + textPart() + MailMessage.newLine
        for attachment in attachments {
            bytes += Array("--\(boundary)".utf8) + MailMessage.newLine + part(attachment)
        }
        return bytes + Array("--\(boundary)--".utf8) + MailMessage.newLine
    }

    private static let newLine: [UInt8] = [0x0D, 0x0A]

    /// One tag, or several with commas between them.
    private static func areLanguageTags(_ text: String) -> Bool {
        let tags = text.split(separator: ",", omittingEmptySubsequences: false).map { $0.drop { $0 == " " } }
        return tags.count <= 20 && tags.allSatisfy(isLanguageTag)
    }

    private static func isLanguageTag(_ text: Substring) -> Bool {
        (1...35).contains(text.utf8.count)
            && text.utf8.allSatisfy { (0x30...0x39).contains($0) || (0x41...0x5A).contains($0) || (0x61...0x7A).contains($0) || $0 == 0x2D }
    }

    /// Cannot stand in a part: it ends in `=_`, which neither quoted-printable nor base64 ever has (RFC 2045, 6.7).
    private func boundary(_ name: String) -> String {
        let digest = SHA256.hash(data: Array("\(identifier)\n\(text)".utf8))
        return "\(name)-" + digest.prefix(12).map { String($0, radix: 36) }.joined() + "=_"
    }

    private func textPart() -> [UInt8] {
        let plain = MailMessage.text(text, "plain")
        guard let html else { return plain }
        let boundary = boundary("form")
        var header = MailHeader()
        header.add("Content-Type", structured: "multipart/alternative; boundary=\"\(boundary)\"")
        var bytes = header.bytes + MailMessage.newLine
        // The best form comes last (RFC 2046, 5.1.4).
        for form in [plain, MailMessage.text(html, "html")] {
            bytes += Array("--\(boundary)".utf8) + MailMessage.newLine + form + MailMessage.newLine
        }
        return bytes + Array("--\(boundary)--".utf8) + MailMessage.newLine
    }

    private static func text(_ text: String, _ subtype: String) -> [UInt8] {
        var header = MailHeader()
        header.add("Content-Type", structured: "text/\(subtype); charset=utf-8")
        header.add("Content-Transfer-Encoding", structured: "quoted-printable")
        return header.bytes + newLine + QuotedPrintable.encode(text)
    }

    private func part(_ attachment: Attachment) -> [UInt8] {
        var header = MailHeader()
        header.add("Content-Type", structured: attachment.mediaType)
        header.add("Content-Transfer-Encoding", structured: "base64")
        header.add("Content-Disposition", structured: "attachment; \(MailMessage.fileName(attachment.name))")
        var bytes = header.bytes + MailMessage.newLine
        let encoded = Array(Base64.encode(attachment.bytes).utf8)
        var start = 0
        while start < encoded.count {
            let end = min(start + 76, encoded.count)
            bytes += encoded[start..<end] + MailMessage.newLine
            start = end
        }
        return bytes
    }

    /// `filename="…"`, or in the extended form where the name is not plain ASCII (RFC 2231, 4; RFC 6266).
    private static func fileName(_ name: String) -> String {
        let name = String(MailHeader.cleaned(name).filter { $0 != "/" && $0 != "\\" }.prefix(120))
        let plain = name.utf8.allSatisfy {
            (0x30...0x39).contains($0) || (0x41...0x5A).contains($0) || (0x61...0x7A).contains($0) || " .-_()".utf8.contains($0)
        }
        if plain { return "filename=\"\(name.isEmpty ? "file" : name)\"" }
        var encoded = ""
        for byte in name.utf8 {
            switch byte {
            case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x5F: encoded.unicodeScalars.append(Unicode.Scalar(byte))
            default: encoded += "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
            }
        }
        return "filename*=utf-8''\(encoded)"
    }
}
