import Acts
import Foundation
import TestSupport
import Testing
import X509

@testable import Seals

/// Addresses of keys on tokens (RFC 7512).
@Suite("Token addresses")
struct TokenAddressTests {
    @Test("What RFC 7512 writes is read")
    func reads() throws {
        let address = try TokenAddress(
            "pkcs11:token=The%20Software%20PKCS%2311%20Softtoken;manufacturer=Snake%20Oil,%20Inc.;model=1.0;serial=A1;object=my-certificate;"
                + "type=private;id=%69%95%3E%5C%F4%BD%EC%91?pin-source=file:/etc/token_pin&module-path=/usr/lib/x.so")
        #expect(address.token == "The Software PKCS#11 Softtoken")
        #expect(address.manufacturer == "Snake Oil, Inc.")
        #expect(address.object == "my-certificate")
        #expect(address.identifier == [0x69, 0x95, 0x3E, 0x5C, 0xF4, 0xBD, 0xEC, 0x91])
        #expect(address.pinSource == "/etc/token_pin")
        #expect(address.modulePath == "/usr/lib/x.so")
        #expect(try TokenAddress("pkcs11:").token == nil)
    }

    @Test(
        "What is not an address of a private key is refused",
        arguments: [
            "", "pkcs12:token=a", "pkcs11:token", "pkcs11:token=a;token=b", "pkcs11:token=%4", "pkcs11:token=%GG", "pkcs11:colour=red",
            "pkcs11:type=cert", "pkcs11:token=a?pin-value=1234", "pkcs11:token=a?pin-source=|cat", "pkcs11:token=%FF",
        ])
    func refuses(text: String) {
        #expect(throws: SealError.self) { try TokenAddress(text) }
    }

    @Test("Any text is an address or refused")
    func anyText() {
        var generator = SeededGenerator.fresh()
        let whole = Array("pkcs11:token=A%20B;object=k;id=%01%02?pin-source=file:/p".utf8)
        for _ in 0..<500 { _ = try? TokenAddress(String(decoding: generator.damaged(whole), as: UTF8.self)) }
    }
}

/// Keys on a token, through PKCS #11, against SoftHSM.
@Suite("Tokens", .serialized)
struct TokenTests {
    static let module = [
        "/usr/lib/softhsm/libsofthsm2.so", "/usr/lib/x86_64-linux-gnu/softhsm/libsofthsm2.so", "/usr/lib64/libsofthsm2.so",
    ]
    .first { FileManager.default.fileExists(atPath: $0) }

    /// A token with one key of each sort, in a folder of its own; `nil`, with a word, where SoftHSM is not installed.
    ///
    /// SoftHSM reads its configuration from the environment when it is loaded, so all tests of this suite share the variable. `Scripts/test`
    /// sets it beforehand, so that setting it here does not move the environment from under tests that start processes.
    private static func token(in folder: borrowing SealFolderFixture) throws -> String? {
        guard let module, try !Outside.isMissing("softhsm2-util"), try !Outside.isMissing("pkcs11-tool") else {
            #expect(!Outside.mustBePresent, "SoftHSM is not installed")
            return nil
        }
        let store = folder.file("tokens")
        try FileManager.default.createDirectory(atPath: store, withIntermediateDirectories: true)
        let configuration = try folder.write(
            "softhsm2.conf", "directories.tokendir = \(store)\nobjectstore.backend = file\nlog.level = ERROR\n")
        setenv("SOFTHSM2_CONF", configuration, 1)
        let made = try Outside.run(
            "softhsm2-util", "--init-token", "--free", "--label", "Legal Adviser", "--pin", "123456", "--so-pin", "12345678")
        #expect(made.status == 0, "\(made.output)")
        for (kind, label, identifier) in [("EC:prime256v1", "sign", "01"), ("EC:edwards25519", "edwards", "02")] {
            let key = try Outside.run(
                "pkcs11-tool", "--module", module, "--token-label", "Legal Adviser", "--login", "--pin", "123456", "--keypairgen",
                "--key-type", kind, "--label", label, "--id", identifier)
            if label == "sign" { #expect(key.status == 0, "\(key.output)") }
        }
        return "pkcs11:token=Legal%20Adviser;object=sign?module-path=\(module)"
    }

    @Test("A P-256 key on a token signs an act, and anybody verifies it")
    func signs() throws {
        let folder = try SealFolderFixture()
        guard let address = try Self.token(in: folder) else { return }
        let key = try TokenKey(try TokenAddress(address)) { _ in Array("123456".utf8) }
        #expect(key.publicKey.algorithm == .p256 && key.token == "Legal Adviser")
        let payload = SealedPayload(JSON.object(["treaty": "IV-11"]))
        let request = try SigningRequest(
            statement: ActStatement(
                kind: try #require(ActKind("treaty.participation@1")), office: "depositary", author: "p-1",
                payloadCommitment: payload.commitment), payload: payload)
        let file = try SignatureFile(file: try key.sign(request).file)
        try request.statement.check([file.signature]) { $0 == key.publicKey.identifier ? key.publicKey : nil }
    }

    @Test("An Ed25519 key signs where the token has one")
    func edwards() throws {
        let folder = try SealFolderFixture()
        guard let address = try Self.token(in: folder) else { return }
        let other = address.replacingOccurrences(of: "object=sign", with: "id=%02")
        do {
            let key = try TokenKey(try TokenAddress(other)) { _ in Array("123456".utf8) }
            #expect(key.publicKey.algorithm == .ed25519)
            #expect(key.publicKey.verifies(try key.sign([1, 2, 3]), over: [1, 2, 3]))
        } catch let error as SealError where error.kind == .missing {
            print("NOT CHECKED: this pkcs11-tool makes no Ed25519 keys")
        }
    }

    @Test("The PIN may lie in a file of its owner's alone; a wrong one, a wrong token and a wrong key are told apart")
    func obstacles() throws {
        let folder = try SealFolderFixture()
        guard let address = try Self.token(in: folder) else { return }
        let pin = try folder.write("pin", "123456\n")
        let withSource = try TokenAddress("\(address)&pin-source=file:\(pin)")
        #expect { try TokenKey(withSource) { _ in nil } } throws: { ($0 as? SealError)?.kind == .file }
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: pin)
        _ = try TokenKey(withSource) { _ in nil }
        let cases: [(String, [UInt8]?, SealError.Kind)] = [
            (address, Array("000000".utf8), .secretWrong), (address, nil, .secretNeeded),
            (address.replacingOccurrences(of: "Legal", with: "Illegal"), nil, .missing),
            (address.replacingOccurrences(of: "object=sign", with: "object=sing"), Array("123456".utf8), .missing),
            (address.replacingOccurrences(of: "softhsm2", with: "hardhsm"), nil, .missing),
        ]
        for (text, pin, kind) in cases {
            #expect { try TokenKey(try TokenAddress(text)) { _ in pin } } throws: { error in
                (error as? SealError)?.kind == kind && !"\(error)".contains("\n")
            }
        }
    }

    @Test("An office seals with a key on a token, whose certificate another authority issued")
    func sealsDocuments() async throws {
        let folder = try SealFolderFixture()
        guard let address = try Self.token(in: folder) else { return }
        let pin = try folder.write("pin", "123456")
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: pin)
        let withSource = "\(address)&pin-source=file:\(pin)"
        let elsewhere = try SealFolderFixture()
        let authority = try SealingOffice(dataFolder: elsewhere.path, node: "National authority")
        let issuer = try CertificateIssuer(
            root: authority.root, key: try authority.folder.key(of: try #require(try authority.folder.all(.root).last)))
        let key = try TokenCertificateKey(try TokenKey(try TokenAddress(withSource)) { _ in nil })
        let certificate = try issuer.issue(
            for: key.publicKey, purpose: .sealing, common: "Ministry", node: "National authority", now: Date(), days: 100)
        let office = try SealingOffice(dataFolder: folder.path, node: "Treaty Section")
        try office.importCertificate(
            for: "ministry", chain: try certificate.pemText + authority.root.pemText, key: nil, token: withSource)
        let pdf = try office.seal(pdf: SamplePDF.make(), as: PDFSeal(name: "Ministry"), by: "ministry")
        let findings = try await PDFVerification(roots: [authority.root, office.root]).check(pdf, now: Date())
        #expect(PDFVerification.stands(findings), "\(findings)")
        #expect(findings.first?.signer == "Ministry")
    }
}
