import Acts
import TestSupport
import Testing

@testable import Mail

/// A message on the wire: what was meant arrives, and nothing else.
@Suite("Mail messages")
struct MailMessageTests {
    static let sender = Mailbox(MailAddress("treaties@depositary.example")!, name: "Section des traités")
    static let moment = Moment("2026-11-26T02:47:26.000Z")!

    static func message(
        _ subject: String = "C.N.1.2026.TREATIES-IV.11", text: String = "Text.\n", to: [Mailbox]? = nil,
        attachments: [MailMessage.Attachment] = []
    ) -> MailMessage {
        MailMessage(
            identifier: "C.N.1.2026.FRA", from: sender, to: to ?? [Mailbox(MailAddress("mission@france.example")!)], subject: subject,
            date: moment, text: text, language: "fr", attachments: attachments)
    }

    @Test(
        "Addresses are taken or refused by their form (RFC 5321, 4.1.2; RFC 6531, 3.3)",
        arguments: [
            ("mission@france.example", true), ("a.b+c@x-y.example", true), ("délégué@exemple.example", true), ("x@localhost", true),
            ("", false), ("@example.org", false), ("a@", false), ("a..b@example.org", false), (".a@example.org", false),
            ("a b@example.org", false), ("a@b@example.org", false), ("a@example.org\r\nRCPT TO:<x@y.z>", false), ("a>@example.org", false),
            ("\"a b\"@example.org", false), ("a@[127.0.0.1]", false), ("a@-x.example", false), ("a@ex ample.org", false),
            (String(repeating: "a", count: 65) + "@example.org", false),
        ])
    func addresses(_ text: String, _ isGood: Bool) {
        #expect((MailAddress(text) != nil) == isGood)
    }

    @Test(
        "The date is RFC 5322's",
        arguments: [
            ("2026-11-26T02:47:26.000Z", "Thu, 26 Nov 2026 02:47:26 +0000"), ("1970-01-01T00:00:00.000Z", "Thu, 1 Jan 1970 00:00:00 +0000"),
            ("1969-12-31T23:59:59.000Z", "Wed, 31 Dec 1969 23:59:59 +0000"),
            ("2024-02-29T12:00:05.999Z", "Thu, 29 Feb 2024 12:00:05 +0000"),
        ])
    func dates(_ moment: String, _ text: String) throws {
        #expect(MailDate.text(of: try #require(Moment(moment))) == text)
    }

    @Test("The same message always has the same bytes, and lines no server refuses")
    func form() {
        let long = String(repeating: "Déclaration interprétative. ", count: 200) + "\n.\n..x\n"
        let attachment = MailMessage.Attachment(name: "notification é.pdf", mediaType: "application/pdf", bytes: Array(0...255))!
        let message = Self.message(String(repeating: "Réserve à l’article 12 ", count: 12), text: long, attachments: [attachment])
        #expect(message.bytes == message.bytes)
        let lines = message.bytes.split(separator: 0x0A, omittingEmptySubsequences: false).dropLast()
        #expect(lines.allSatisfy { $0.last == 0x0D && $0.count <= 79 })
        #expect(message.bytes.allSatisfy { $0 < 0x80 })
        #expect(!lines.contains { $0.dropLast().contains(0x0D) })
    }

    @Test("A line that begins with a dot gets another, and a lone dot ends the message (RFC 5321, 4.5.2)")
    func dotStuffing() {
        func stuffed(_ text: String) -> String { String(decoding: SMTPSession.stuffed(Array(text.utf8)), as: UTF8.self) }
        #expect(stuffed("a\r\n.\r\n..b\r\n") == "a\r\n..\r\n...b\r\n.\r\n")
        #expect(stuffed(".a") == "..a\r\n.\r\n")
        #expect(stuffed("") == ".\r\n")
    }

    @Test("No text, whatever is in it, begins a header or a line of its own", arguments: [26_112_026 as UInt64])
    func noInjection(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        let pieces = [
            "\r\n", "\n", "\r", "\u{85}", "\u{2028}", "\u{2029}", "\u{0}", "\u{B}", "Bcc: x@y.z", "=?utf-8?B?DQpCY2M6?=", " ", "\t", "é",
            "条约",
            "🕊", "\"", "\\", "<", ">", ",", ":", "a", "(", ")", "e\u{301}\u{301}", String(repeating: "x", count: 90), "--", ".",
        ]
        for _ in 0..<2000 {
            let text = (0..<Int.random(in: 0...12, using: &generator)).map { _ in pieces.randomElement(using: &generator)! }.joined()
            let attachment = MailMessage.Attachment(name: text, mediaType: "text/plain", bytes: [])!
            let message = MailMessage(
                identifier: text, from: Mailbox(Self.sender.address, name: text),
                to: [Mailbox(MailAddress("a@b.example")!, name: text), Mailbox(MailAddress("c@d.example")!)],
                replyTo: Mailbox(Self.sender.address, name: text), subject: text, date: Self.moment, text: "Body.\n", language: text,
                attachments: [attachment], references: [text])
            let lines = String(decoding: message.bytes, as: UTF8.self).split(separator: "\r\n", omittingEmptySubsequences: false)
            let header = lines.prefix { !$0.isEmpty }
            let names = header.filter { !$0.hasPrefix(" ") }.map { $0.prefix { $0 != ":" } }
            let allowed: Set<Substring> = [
                "Date", "From", "Reply-To", "To", "Message-ID", "References", "Subject", "Auto-Submitted", "Content-Language",
                "MIME-Version",
                "Content-Type",
            ]
            #expect(Set(names).isSubset(of: allowed) && Set(names).count == names.count, "seed \(seed): \(text.debugDescription)")
            #expect(header.allSatisfy { !$0.utf8.contains(0x0D) && !$0.utf8.contains(0x0A) && $0.utf8.count <= 998 })
            #expect(!header.contains { $0.hasPrefix("Bcc") || $0.allSatisfy { $0 == " " } }, "seed \(seed): \(text.debugDescription)")
        }
    }

    @Test("Python's reader of mail finds what was put in, without a defect", .enabled(if: MailServer.isPresent || MailServer.mustBePresent))
    func readBySomebodyElse() throws {
        let text =
            "Objection à la réserve formulée par le Gouvernement.\n\n.\nFrom here on\n" + String(repeating: "条约 معاهدة договор ", count: 40)
            + "=\n"
        let subject = "C.N.1.2026.TREATIES-IV.11: Réserve, «الأمم المتحدة» " + String(repeating: "très long ", count: 20) + "fin"
        let bytes = (0..<5000).map { UInt8(truncatingIfNeeded: $0 &* 7) }
        let message = Self.message(
            subject, text: text,
            to: [
                Mailbox(MailAddress("a@b.example")!, name: "Mission \"permanente\" (Genève), 2"),
                Mailbox(MailAddress("c@d.example")!, name: "Permanent Mission"), Mailbox(MailAddress("e@f.example")!),
            ], attachments: [.init(name: "notification é.pdf", mediaType: "application/pdf", bytes: bytes)!])
        let read = try MailServer.read(message.bytes)
        #expect((read["defects"] as? [String]) == [])
        let headers = Dictionary(
            uniqueKeysWithValues: (read["headers"] as? [[String]] ?? []).map { ($0[0], $0[1]) })
        #expect(headers["Subject"] == subject)
        #expect(headers["From"] == "Section des traités <treaties@depositary.example>")
        #expect(
            headers["To"]
                == "\"Mission \\\"permanente\\\" (Genève), 2\" <a@b.example>, Permanent Mission <c@d.example>, e@f.example")
        #expect(headers["Message-ID"] == "<C.N.1.2026.FRA@depositary.example>")
        #expect(headers["Auto-Submitted"] == "auto-generated")
        let parts = try #require(read["parts"] as? [[Any]])
        #expect(parts.count == 2)
        // In mail every line ends in CRLF, and Python leaves it so.
        #expect(parts[0][2] as? String == text.replacing("\n", with: "\r\n"))
        #expect(parts[1][0] as? String == "application/pdf")
        #expect(parts[1][1] as? String == "notification é.pdf")
        let hexadecimal = bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
        #expect(parts[1][2] as? String == hexadecimal)
    }

    @Test("A message in two forms is read as both, without a defect", .enabled(if: MailServer.isPresent || MailServer.mustBePresent))
    func twoForms() throws {
        var message = Self.message("Déclaration", text: "Texte.\n")
        message.html = "<p lang=\"fr\">Texte – “é”.</p>\n"
        message.language = "fr, ar"
        let read = try MailServer.read(message.bytes)
        #expect((read["defects"] as? [String]) == [])
        let parts = try #require(read["parts"] as? [[Any]])
        #expect(parts.compactMap { $0[0] as? String } == ["text/plain", "text/html"])
        #expect(parts.last?[2] as? String == "<p lang=\"fr\">Texte – “é”.</p>\r\n")
        #expect(String(decoding: message.bytes, as: UTF8.self).contains("Content-Language: fr, ar\r\n"))
    }

    @Test(
        "A list's message says which list, and how one click ends it (RFC 2919, RFC 8058); what could break out of its brackets is left out"
    )
    func list() throws {
        let mailbox = Mailbox(try #require(MailAddress("a@b.example")))
        func header(_ list: MailList) -> String {
            String(
                decoding: MailMessage(
                    from: mailbox, to: [mailbox], subject: "s", date: Moment(milliseconds: 0), text: "t", list: list
                ).bytes, as: UTF8.self)
        }
        let good = header(
            MailList(name: "Treaty digest", identifier: "treaty-digest.b.example", unsubscribe: "https://b.example/end?token=x"))
        #expect(good.contains("\r\nList-Id: Treaty digest <treaty-digest.b.example>\r\n"))
        #expect(good.contains("\r\nList-Unsubscribe: <https://b.example/end?token=x>\r\n"))
        #expect(good.contains("\r\nList-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n"))
        let bad = header(MailList(name: "x", identifier: "a b", unsubscribe: "https://b.example/>\r\nBcc: c@d.example"))
        #expect(!bad.contains("List-") && !bad.contains("\r\nBcc"))
    }
}
