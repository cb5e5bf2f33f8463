import Foundation
import Testing

@testable import Mail

/// Our client against a mail server that others wrote (aiosmtpd).
@Suite("SMTP", .enabled(if: MailServer.isPresent || MailServer.mustBePresent))
struct SMTPTests {
    private static func settings(
        _ server: MailServer, _ security: SMTPSettings.Security = .none, host: String = "127.0.0.1", trusts: Bool = true,
        user: String? = nil, password: String = "pleins pouvoirs é", timeout: Int = 10
    ) -> SMTPSettings {
        SMTPSettings(
            host: host, port: server.port, security: security, credentials: user.map { .init(user: $0, password: password) },
            sender: MailMessageTests.sender, trustedCertificates: security != .none && trusts ? server.certificate : nil, timeout: timeout)
    }

    private static func failure(_ settings: SMTPSettings, to address: String = "mission@france.example") async -> MailError? {
        do {
            _ = try await SMTPClient(settings).send(MailMessageTests.message(to: [Mailbox(MailAddress(address)!)]))
            return nil
        } catch {
            return error
        }
    }

    @Test("A message arrives as it was sent, byte for byte, dots included")
    func arrives() async throws {
        let server = try MailServer()
        let message = MailMessageTests.message("Réserve", text: "First.\n.\n..two\n.three é\n")
        let reply = try await SMTPClient(Self.settings(server)).send(message)
        #expect(reply.code == 250)
        #expect(reply.description.contains("Taken as 1"))
        let taken = try #require(try server.taken().first)
        #expect(taken.message == message.bytes)
        #expect(taken.from == "treaties@depositary.example")
        #expect(taken.to == ["mission@france.example"])
        #expect(!taken.isEncrypted)
    }

    @Test("Several messages go over one connection, and a refused one in between hinders none")
    func session() async throws {
        let server = try MailServer()
        let session = try await SMTPSession.open(Self.settings(server))
        for address in ["a@x.example", "never@x.example", "b@x.example"] {
            _ = try? await session.send(MailMessageTests.message(to: [Mailbox(MailAddress(address)!)]))
        }
        await session.close()
        #expect(try server.taken().map(\.to) == [["a@x.example"], ["b@x.example"]])
    }

    @Test("STARTTLS with a certificate we trust: encrypted, and signed in", arguments: ["127.0.0.1", "localhost"])
    func startTLS(host: String) async throws {
        let server = try MailServer("starttls", "auth", certificate: host)
        let settings = Self.settings(server, .startTLS, host: host, user: "depositary")
        _ = try await SMTPClient(settings).send(MailMessageTests.message())
        let taken = try #require(try server.taken().first)
        #expect(taken.isEncrypted)
        #expect(taken.user == "depositary")
    }

    @Test("TLS from the first byte")
    func implicitTLS() async throws {
        let server = try MailServer("tls", certificate: "127.0.0.1")
        _ = try await SMTPClient(Self.settings(server, .tls)).send(MailMessageTests.message())
        #expect(try server.taken().count == 1)
    }

    @Test("A certificate nobody vouches for, or for another name, is refused, and nothing is sent")
    func untrusted() async throws {
        let server = try MailServer("starttls", certificate: "127.0.0.1")
        let untrusted = await Self.failure(Self.settings(server, .startTLS, trusts: false))
        #expect(untrusted?.stage == .encryption, "\(untrusted?.description ?? "sent")")
        let other = try MailServer("starttls", certificate: "other.example")
        let misnamed = await Self.failure(Self.settings(other, .startTLS))
        #expect(misnamed?.stage == .encryption, "\(misnamed?.description ?? "sent")")
        #expect(try server.taken().isEmpty && other.taken().isEmpty)
    }

    @Test("A server without STARTTLS gets nothing where encryption is asked for")
    func noDowngrade() async throws {
        let server = try MailServer()
        let error = await Self.failure(Self.settings(server, .startTLS, trusts: false))
        #expect(error?.stage == .encryption && error?.isTemporary == false)
        #expect(try server.taken().isEmpty)
    }

    @Test("What is said in the clear behind the answer to STARTTLS is not taken for encrypted (CVE-2011-0411)")
    func injection() async throws {
        let server = try MailServer("inject")
        let error = await Self.failure(Self.settings(server, .startTLS, trusts: false))
        #expect(error?.reason.contains("more than it should") == true)
    }

    @Test("A wrong password is refused for good, and none is ever sent in the clear")
    func authentication() async throws {
        let server = try MailServer("starttls", "auth", certificate: "127.0.0.1")
        let wrong = await Self.failure(Self.settings(server, .startTLS, user: "depositary", password: "guess"))
        #expect(wrong?.stage == .authentication && wrong?.isTemporary == false && wrong?.reply?.code == 535)
        let plain = try MailServer()
        let refused = await Self.failure(Self.settings(plain, user: "depositary"))
        #expect(refused?.stage == .authentication && refused?.reply == nil)
    }

    @Test(
        "Refusals are told apart: for now and for good",
        arguments: [("later", true, 451), ("never", false, 550), ("drop", true, nil)] as [(String, Bool, Int?)])
    func refusals(_ local: String, _ isTemporary: Bool, _ code: Int?) async throws {
        let server = try MailServer()
        let error = try #require(await Self.failure(Self.settings(server), to: "\(local)@x.example"))
        #expect(error.isTemporary == isTemporary)
        if let code { #expect(error.reply?.code == code) }
        #expect(try server.taken().isEmpty)
    }

    @Test("Nobody there, or nobody who speaks: a temporary failure, in time")
    func nobody() async throws {
        let server = try MailServer("silent")
        let silent = await Self.failure(Self.settings(server, timeout: 1))
        #expect(silent?.isTemporary == true && silent?.reason.contains("within 1 seconds") == true)
        var settings = Self.settings(server, timeout: 2)
        settings.port = 1
        #expect(await Self.failure(settings)?.isTemporary == true)
    }

    @Test("An address beyond ASCII goes to a server with SMTPUTF8 and to no other (RFC 6531)")
    func international() async throws {
        let server = try MailServer()
        #expect(await Self.failure(Self.settings(server), to: "délégué@exemple.example") == nil)
        #expect(try server.taken().first?.options.contains("SMTPUTF8") == true)
        let old = try MailServer("no-utf8")
        let error = await Self.failure(Self.settings(old), to: "délégué@exemple.example")
        #expect(error?.isTemporary == false)
        #expect(try old.taken().isEmpty)
    }
}
