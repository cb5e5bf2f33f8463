import Acts
import Crypto
import Foundation
import Testing
import X509

@testable import Seals

/// The node's own certificates: made once, kept for their owner alone, renewed while the old ones are good still.
@Suite("Certificates of the office")
struct SealingOfficeTests {
    @Test("Made at the first start, found again at the next, with keys that only their owner may read")
    func madeOnce() throws {
        let folder = try SealFolderFixture()
        let first = try SealingOffice(dataFolder: folder.path, node: "Treaty Section")
        let second = try SealingOffice(dataFolder: folder.path, node: "Treaty Section")
        #expect(first.root == second.root)
        #expect(try second.certificates().map(\.role) == [.root, .timeStamping])
        for name in try FileManager.default.contentsOfDirectory(atPath: folder.file("keys")) {
            let attributes = try FileManager.default.attributesOfItem(atPath: folder.file("keys/\(name)"))
            #expect(attributes[.posixPermissions] as? Int == 0o600, "\(name)")
        }
    }

    @Test("A key file that others may read is refused, with the command that mends it")
    func refusesOpenKeys() throws {
        let folder = try SealFolderFixture()
        _ = try SealingOffice(dataFolder: folder.path, node: "Treaty Section")
        try FileManager.default.setAttributes([.posixPermissions: 0o640], ofItemAtPath: folder.file("keys/seal-root-1.key"))
        #expect {
            try SealingOffice(dataFolder: folder.path, node: "Treaty Section")
        } throws: { error in
            (error as? SealError)?.kind == .file && "\(error)".contains("chmod 600")
        }
    }

    @Test("Every certificate leads to the root for its own purpose and no other")
    func pathsHold() async throws {
        let folder = try SealFolderFixture()
        let office = try SealingOffice(dataFolder: folder.path, node: "Treaty Section")
        let seal = try office.renew(.office("depositary"), name: "Depositary Section").certificate
        let stamp = try #require(try office.certificates().first { $0.role == .timeStamping }).certificate
        let path = CertificatePath(roots: [office.root])
        #expect(try await path.check(seal, others: [], purpose: .sealing, at: Date()).count == 2)
        #expect(try await path.check(stamp, others: [], purpose: .timeStamping, at: Date()).count == 2)
        await #expect(throws: SealError.self) { try await path.check(stamp, others: [], purpose: .sealing, at: Date()) }
        await #expect(throws: SealError.self) { try await path.check(seal, others: [], purpose: .timeStamping, at: Date()) }
        await #expect(throws: SealError.self) {
            try await path.check(seal, others: [], purpose: .sealing, at: seal.notValidAfter.addingTimeInterval(1))
        }
        let stranger = try SealFolderFixture()
        let other = try SealingOffice(dataFolder: stranger.path, node: "Treaty Section")
        await #expect(throws: SealError.self) {
            try await CertificatePath(roots: [other.root]).check(seal, others: [office.root], purpose: .sealing, at: Date())
        }
    }

    @Test("openssl finds the certificates and their purposes in order")
    func opensslAgrees() throws {
        if try Outside.isMissing("openssl") { return }
        let folder = try SealFolderFixture()
        let office = try SealingOffice(dataFolder: folder.path, node: "Abteilung für Verträge")
        let seal = try office.renew(.office("depositary"), name: "Dépositaire").certificate
        let stamp = try #require(try office.certificates().first { $0.role == .timeStamping }).certificate
        let root = try folder.write("root.pem", try office.root.pemText)
        for (certificate, purpose) in [(seal, "any"), (stamp, "timestampsign")] {
            let file = try folder.write("one.pem", try certificate.pemText)
            let answer = try Outside.run("openssl", "verify", "-x509_strict", "-purpose", purpose, "-CAfile", root, file)
            #expect(answer.status == 0, "\(answer.output)")
        }
        let file = try folder.write("seal.pem", try seal.pemText)
        #expect(try Outside.run("openssl", "verify", "-purpose", "timestampsign", "-CAfile", root, file).status != 0)
    }

    @Test("Near its end a certificate is renewed with another key, and what the old one sealed still stands")
    func rotatesWithOverlap() async throws {
        let folder = try SealFolderFixture()
        let start = try #require(Moment("2026-01-01T00:00:00.000Z"))
        let office = try SealingOffice(dataFolder: folder.path, node: "Treaty Section") { start }
        let old = try office.seal(pdf: SamplePDF.make(), as: PDFSeal(name: "Depositary"), by: "depositary")
        let later = start.adding(milliseconds: Int64(CertificateIssuer.sealDays - 30) * 86_400_000)
        let next = try SealingOffice(dataFolder: folder.path, node: "Treaty Section") { later }
        let new = try next.seal(pdf: SamplePDF.make(), as: PDFSeal(name: "Depositary"), by: "depositary")
        let stored = try next.certificates().filter { $0.role == .office("depositary") }
        #expect(stored.map(\.number) == [1, 2])
        #expect(stored[0].certificate.publicKey != stored[1].certificate.publicKey)
        let verification = PDFVerification(roots: [office.root])
        for (pdf, certificate) in [(old, stored[0]), (new, stored[1])] {
            // Long after both have ended: the time-stamp says that they had not when they sealed.
            let findings = try await verification.check(pdf, now: SealingOffice.date(later.adding(milliseconds: 200_000_000_000)))
            #expect(PDFVerification.stands(findings), "\(findings)")
            #expect(findings.first?.fingerprint == (try certificate.certificate.fingerprint))
        }
    }

    @Test("A certificate of another authority is taken into use; a key that is not its own is refused")
    func imports() throws {
        let elsewhere = try SealFolderFixture()
        let authority = try SealingOffice(dataFolder: elsewhere.path, node: "National authority")
        let key = P256.Signing.PrivateKey()
        let issuer = try CertificateIssuer(
            root: authority.root, key: try authority.folder.key(of: try #require(try authority.folder.all(.root).last)))
        let certificate = try issuer.issue(
            for: Certificate.PrivateKey(key).publicKey, purpose: .sealing, common: "Ministry", node: "National authority", now: Date(),
            days: 100)
        let chain = try certificate.pemText + authority.root.pemText
        let folder = try SealFolderFixture()
        let office = try SealingOffice(dataFolder: folder.path, node: "Treaty Section")
        #expect(throws: SealError.self) {
            try office.importCertificate(for: "ministry", chain: chain, key: P256.Signing.PrivateKey().pemRepresentation, token: nil)
        }
        #expect(throws: SealError.self) {
            try office.importCertificate(
                for: "ministry", chain: try certificate.pemText + office.root.pemText, key: key.pemRepresentation, token: nil)
        }
        #expect(throws: SealError.self) {
            try office.importCertificate(for: "../ministry", chain: chain, key: key.pemRepresentation, token: nil)
        }
        try office.importCertificate(for: "ministry", chain: chain, key: key.pemRepresentation, token: nil)
        let sealed = try office.seal(pdf: SamplePDF.make(), as: PDFSeal(name: "Ministry"), by: "ministry")
        #expect(try office.certificates().filter { $0.role == .office("ministry") }.count == 1)
        #expect(sealed.count > SamplePDF.make().count)
    }
}
