import Acts
import Foundation
import TestSupport
import Testing
import X509

@testable import Seals

/// CMS signatures beside a file (CAdES): openssl takes them, and we find what is wrong with them.
@Suite("Detached signatures")
struct DetachedSignatureTests {
    static let content = Array("The High Contracting Parties,\n".utf8)

    @Test("openssl verifies them as CAdES, and refuses them over another content")
    func opensslVerifies() throws {
        if try Outside.isMissing("openssl") { return }
        let folder = try SealFolderFixture()
        let office = try SealingOffice(dataFolder: folder.path, node: "Treaty Section")
        let signature = try folder.write("a.p7s", try office.sign(Self.content, by: "depositary", name: "Depositary"))
        let root = try folder.write("root.pem", try office.root.pemText)
        func verify(_ content: String) throws -> Outside.Outcome {
            try Outside.run(
                "openssl", "cms", "-verify", "-cades", "-binary", "-inform", "DER", "-in", signature, "-content", content, "-CAfile", root,
                "-purpose", "any", "-out", "/dev/null")
        }
        let answer = try verify(try folder.write("a.txt", Self.content))
        #expect(answer.status == 0, "\(answer.output)")
        #expect(try verify(try folder.write("b.txt", Self.content + [0x20])).status != 0)
    }

    @Test("They carry their certificate, a time and a time-stamp, and hold over their content alone")
    func readBack() async throws {
        let folder = try SealFolderFixture()
        let office = try SealingOffice(dataFolder: folder.path, node: "Treaty Section")
        let message = try SignedMessage(try office.sign(Self.content, by: "depositary", name: "Depositary"))
        #expect(message.signer.subjectName == "Depositary")
        try message.check(contentDigest: message.digest.hash(of: Self.content))
        #expect(throws: SealError.self) { try message.check(contentDigest: message.digest.hash(of: Self.content + [0])) }
        let stamp = try TimeStampToken(try #require(message.timeStamp))
        try await stamp.check(over: message.signature, path: CertificatePath(roots: [office.root]))
        await #expect(throws: SealError.self) {
            try await stamp.check(over: message.signature + [0], path: CertificatePath(roots: [office.root]))
        }
    }

    @Test("Damage is found or refused, never a crash")
    func damage() throws {
        let folder = try SealFolderFixture()
        let office = try SealingOffice(dataFolder: folder.path, node: "Treaty Section")
        let bytes = try office.sign(Self.content, by: "depositary", name: "Depositary")
        let whole = try SignedMessage(bytes)
        let digest = whole.digest.hash(of: Self.content)
        var generator = SeededGenerator.fresh()
        for _ in 0..<400 {
            let damaged = generator.damaged(bytes)
            guard let message = try? SignedMessage(damaged), (try? message.check(contentDigest: digest)) != nil else { continue }
            // What still verifies differs only in what is not signed: certificates beside, unsigned attributes.
            #expect(message.signature == whole.signature && message.signer == whole.signer, "seed \(generator.seed)")
        }
    }
}
