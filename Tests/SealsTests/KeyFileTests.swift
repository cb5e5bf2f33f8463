import Acts
import Crypto
import Foundation
import TestSupport
import Testing
import X509

@testable import Seals

/// Keys of persons in files: what this program writes openssl reads, and the other way; a file that others may read is refused.
@Suite("Key files")
struct KeyFileTests {
    private static func request() throws -> SigningRequest {
        let payload = SealedPayload(JSON.object(["treaty": "IV-11", "note": "é"]))
        return try SigningRequest(
            statement: ActStatement(
                kind: try #require(ActKind("treaty.participation@1")), office: "depositary", author: "p-1",
                payloadCommitment: payload.commitment), payload: payload)
    }

    @Test(
        "A key comes back from its file, with a passphrase and without, and signs acts", arguments: [KeyAlgorithm.ed25519, .p256],
        [true, false])
    func comesBack(algorithm: KeyAlgorithm, encrypted: Bool) throws {
        let folder = try SealFolderFixture()
        let key = try KeyFile.make(algorithm)
        let passphrase = encrypted ? Array("correct horse".utf8) : nil
        try key.write(to: folder.file("a.key"), passphrase: passphrase)
        let back = try KeyFile.load(folder.file("a.key")) { passphrase }
        #expect(back.publicKey == key.publicKey)
        let request = try Self.request()
        let signed = try back.sign(request)
        try request.statement.check([signed.signature]) { $0 == key.publicKey.identifier ? key.publicKey : nil }
        #expect(throws: SealError.self) { try key.write(to: folder.file("a.key"), passphrase: nil) }
        guard encrypted else { return }
        #expect { try KeyFile.load(folder.file("a.key")) { Array("wrong horse".utf8) } } throws: {
            ($0 as? SealError)?.kind == .secretWrong
        }
        #expect { try KeyFile.load(folder.file("a.key")) { nil } } throws: { ($0 as? SealError)?.kind == .secretNeeded }
    }

    @Test("openssl reads the files made here", arguments: [KeyAlgorithm.ed25519, .p256], [true, false])
    func opensslReads(algorithm: KeyAlgorithm, encrypted: Bool) throws {
        if try Outside.isMissing("openssl") { return }
        let folder = try SealFolderFixture()
        let key = try KeyFile.make(algorithm)
        try key.write(to: folder.file("a.key"), passphrase: encrypted ? Array("horse".utf8) : nil)
        let answer = try Outside.run(
            "openssl", "pkey", "-in", folder.file("a.key"), "-passin", "pass:horse", "-pubout", "-outform", "DER", "-out",
            folder.file("a.pub"))
        #expect(answer.status == 0, "\(answer.output)")
        let bytes = try folder.read("a.pub")
        let published = try folder.write("a.pem", try key.publicKey.pem)
        let shown = try Outside.run("openssl", "pkey", "-pubin", "-in", published, "-outform", "DER", "-out", folder.file("b.pub"))
        #expect(shown.status == 0, "\(shown.output)")
        #expect(try folder.read("b.pub") == bytes)
        #expect(Array(bytes.suffix(key.publicKey.bytes.count)) == key.publicKey.bytes)
    }

    @Test(
        "Files that openssl made are read: PBKDF2 and scrypt, Ed25519 and P-256", arguments: ["ED25519", "EC"],
        ["pbkdf2", "scrypt", "none"])
    func readsOpenSSL(algorithm: String, scheme: String) throws {
        if try Outside.isMissing("openssl") { return }
        let folder = try SealFolderFixture()
        let plain = folder.file("plain.key")
        let made = try Outside.run(
            ["openssl", "genpkey", "-algorithm", algorithm, "-out", plain]
                + (algorithm == "EC" ? ["-pkeyopt", "ec_paramgen_curve:P-256"] : []))
        #expect(made.status == 0, "\(made.output)")
        var file = plain
        if scheme != "none" {
            file = folder.file("sealed.key")
            let options = scheme == "scrypt" ? ["-scrypt"] : ["-v2", "aes-256-cbc", "-v2prf", "hmacWithSHA256"]
            let sealed = try Outside.run(
                ["openssl", "pkcs8", "-topk8", "-in", plain, "-out", file, "-passout", "pass:horse"] + options)
            #expect(sealed.status == 0, "\(sealed.output)")
        }
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: file)
        let key = try KeyFile.load(file) { Array("horse".utf8) }
        #expect(key.publicKey.algorithm == (algorithm == "EC" ? .p256 : .ed25519))
        #expect(key.publicKey.verifies(try key.sign([1, 2, 3]), over: [1, 2, 3]))
    }

    @Test("A file that others may read is refused, and one that is not there is missing")
    func permissions() throws {
        let folder = try SealFolderFixture()
        try KeyFile.make(.ed25519).write(to: folder.file("a.key"), passphrase: nil)
        try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: folder.file("a.key"))
        #expect { try KeyFile.load(folder.file("a.key")) { nil } } throws: { ($0 as? SealError)?.kind == .file }
        #expect { try KeyFile.load(folder.file("b.key")) { nil } } throws: { ($0 as? SealError)?.kind == .missing }
    }

    @Test("A damaged key file is refused, and none asks for more work than is allowed")
    func damaged() throws {
        let key = try KeyFile.make(.p256)
        let pem = Array(try key.pem(passphrase: nil).utf8)
        var generator = SeededGenerator.fresh()
        for _ in 0..<300 {
            let text = String(decoding: generator.damaged(pem), as: UTF8.self)
            if let read = try? KeyFile(pem: text, passphrase: { nil }) {
                #expect(read.publicKey.verifies(try read.sign([1]), over: [1]), "seed \(generator.seed)")
            }
        }
        let costly = DERElement.sequence([
            .sequence([
                try .identifier(SealIdentifiers.passwordBasedEncryption2),
                .sequence([
                    .sequence([
                        try .identifier(SealIdentifiers.scrypt),
                        .sequence([.octets([UInt8](repeating: 1, count: 16)), .integer(1 << 30), .integer(8), .integer(1)]),
                    ]), .sequence([try .identifier(SealIdentifiers.aes256CBC), .octets([UInt8](repeating: 1, count: 16))]),
                ]),
            ]), .octets([UInt8](repeating: 1, count: 32)),
        ]).bytes
        #expect { try EncryptedPrivateKey.decrypt(costly, passphrase: [1]) } throws: { ($0 as? SealError)?.kind == .unsupported }
    }
}
