public import Acts
import Crypto
import Foundation
import Synchronization
public import X509

/// The node's own seals: the root, the time-stamp authority, and the certificates of its offices; made where there are none.
///
///     let office = try SealingOffice(dataFolder: "./data", node: "Treaty Section")
///     let sealed = try office.seal(pdf: bytes, as: PDFSeal(name: "Depositary", reason: "Certified true copy"), by: "depositary")
public final class SealingOffice: Sendable {
    /// Days before its end at which a certificate is renewed; both are good until then.
    public static let overlapDays = 90

    public let folder: SealFolder
    /// The node's name; it stands in every certificate's subject.
    public let node: String
    /// The root that readers import.
    public let root: Certificate
    private let issuer: CertificateIssuer
    private let clock: @Sendable () -> Moment
    private let opened = Mutex<[String: SealIdentity]>([:])
    /// One at a time makes certificates.
    private let making = Mutex<Void>(())

    /// Opens the seals in a data folder, or makes them.
    ///
    /// - Parameter keys: the folder of the keys, where it is not `keys` in the data folder.
    public init(
        dataFolder: String, keys: String? = nil, node: String, clock: @escaping @Sendable () -> Moment = { .now }
    ) throws {
        folder = SealFolder(dataFolder: dataFolder, keys: keys)
        self.node = node
        self.clock = clock
        let now = SealingOffice.date(clock())
        if let stored = try folder.all(.root).last {
            root = stored.certificate
            issuer = try CertificateIssuer(root: root, key: try folder.key(of: stored))
        } else {
            let made = try CertificateIssuer.makeRoot(node: node, now: now)
            try folder.add(.root, chain: [made.certificate], keyPEM: made.pem)
            root = made.certificate
            issuer = try CertificateIssuer(root: made.certificate, key: made.key)
        }
        _ = try identity(.timeStamping, name: "")
    }

    static func date(_ moment: Moment) -> Date { Date(timeIntervalSince1970: Double(moment.milliseconds) / 1000) }

    // MARK: Sealing

    /// Seals a PDF in an office's name: PAdES baseline B-T, with a time-stamp by this node.
    ///
    /// - Parameter office: the office's identifier; its certificate is issued at the first seal.
    /// - Throws: ``SealError`` where the PDF cannot be sealed, or the office's certificate is not good.
    public func seal(pdf: [UInt8], as seal: PDFSeal, by office: String) throws -> [UInt8] {
        let identity = try identity(.office(office), name: seal.name)
        return try PDFSealing(by: identity, timeStamps: try timeStamps).seal(pdf, as: seal, at: SealingOffice.date(clock()))
    }

    /// Signs content of any sort in an office's name: a detached CAdES baseline B-T signature.
    public func sign(_ content: [UInt8], by office: String, name: String) throws -> [UInt8] {
        let identity = try identity(.office(office), name: name)
        return try DetachedSignature(by: identity).sign(content, at: SealingOffice.date(clock()), timeStamps: try timeStamps)
    }

    /// The key and certificates that sign where files come from (C2PA), on P-256; made at the first file.
    public func provenanceIdentity() throws -> SealIdentity { try identity(.provenance, name: "") }

    /// Answers a time-stamp request (RFC 3161): always with a TimeStampResp.
    public func timeStampReply(to request: [UInt8]) -> [UInt8] {
        do {
            return try timeStamps.reply(to: request, at: clock())
        } catch {
            return TimeStampRefusal(.systemFailure, "\(error)").reply
        }
    }

    private var timeStamps: TimeStampAuthority {
        get throws { try TimeStampAuthority(identity: try identity(.timeStamping, name: "")) }
    }

    // MARK: Certificates

    /// All certificates of this node, those that are no longer used included.
    public func certificates() throws -> [SealFolder.Stored] { try folder.all() }

    /// Whether a certificate was issued under this node's own root.
    public func issued(_ stored: SealFolder.Stored) -> Bool { stored.certificate.issuer == root.subject }

    /// Issues a certificate with a fresh key, beside the one in use, which stays good until its end.
    ///
    /// - Parameter name: the office's name; the time-stamp authority has its own.
    @discardableResult
    public func renew(_ role: SealRole, name: String) throws -> SealFolder.Stored {
        try making.withLock { _ in try issue(role, name: name) }
    }

    private func issue(_ role: SealRole, name: String) throws -> SealFolder.Stored {
        let now = SealingOffice.date(clock())
        switch role {
        case .root:
            throw SealError(
                .unsupported, "The root is not renewed: whoever trusts it would have to import another.",
                mend: "Renew what it issued: an office's certificate, or the time-stamp authority's.")
        case .timeStamping:
            let key = P256.Signing.PrivateKey()
            let certificate = try issuer.issue(
                for: Certificate.PrivateKey(key).publicKey, purpose: .timeStamping, common: "\(node.prefix(48)) time-stamps", node: node,
                now: now, days: CertificateIssuer.timeStampDays)
            return try folder.add(role, chain: [certificate, root], keyPEM: key.pemRepresentation)
        case .provenance:
            // ES256, which every reader of COSE knows (RFC 9053, 2.1).
            let key = P256.Signing.PrivateKey()
            let certificate = try issuer.issue(
                for: Certificate.PrivateKey(key).publicKey, purpose: .provenance, common: "\(node.prefix(48)) provenance", node: node,
                now: now, days: CertificateIssuer.provenanceDays)
            return try folder.add(role, chain: [certificate, root], keyPEM: key.pemRepresentation)
        case .office(let office):
            guard SealRole.isOffice(office) else { throw SealingOffice.notAnOffice(office) }
            let key = P384.Signing.PrivateKey()
            let certificate = try issuer.issue(
                for: Certificate.PrivateKey(key).publicKey, purpose: .sealing, common: name.isEmpty ? office : name, node: node, now: now,
                days: CertificateIssuer.sealDays)
            return try folder.add(role, chain: [certificate, root], keyPEM: key.pemRepresentation)
        }
    }

    private static func notAnOffice(_ text: String) -> SealError {
        SealError(.malformed, "'\(text)' is not an office.", mend: "Give its identifier: lowercase letters, digits and hyphens.")
    }

    /// Takes a certificate from another authority into use for an office.
    ///
    /// - Parameters:
    ///   - chain: PEM, the office's certificate first; its root may be last.
    ///   - key: PEM, unencrypted; `nil` where the key is on a token.
    ///   - token: the address of the key, with `pin-source`, since the node asks nobody.
    @discardableResult
    public func importCertificate(for office: String, chain: String, key: String?, token: String?) throws -> SealFolder.Stored {
        guard SealRole.isOffice(office) else { throw SealingOffice.notAnOffice(office) }
        let certificates = try SealFolder.chain(pem: chain, named: "The chain")
        let now = SealingOffice.date(clock())
        for (certificate, issuer) in zip(certificates, certificates.dropFirst()) {
            guard certificate.issuer == issuer.subject, issuer.publicKey.isValidSignature(certificate.signature, for: certificate) else {
                throw SealError(
                    .untrusted, "'\(certificate.subjectName)' was not issued by '\(issuer.subjectName)'.",
                    mend: "Put each certificate's issuer right after it.")
            }
        }
        guard let first = certificates.first, first.notValidBefore <= now, now <= first.notValidAfter else {
            throw SealError(.untrusted, "The certificate is not good today.", mend: "Have it renewed by whoever issued it.")
        }
        return try making.withLock { _ in
            if let token {
                let address = try TokenAddress(token)
                guard address.pinSource != nil else {
                    throw SealError(
                        .secretNeeded, "The node asks nobody for a PIN.", mend: "Name a file that holds it: ?pin-source=file:PATH.")
                }
                _ = try SealIdentity(chain: certificates, key: TokenCertificateKey(try TokenKey(address) { _ in nil }).certificateKey)
                return try folder.add(.office(office), chain: certificates, token: address, spelled: token)
            }
            guard let key else { throw SealError(.missing, "There is no key.", mend: "Give its file with --key, or a token with --token.") }
            _ = try SealIdentity(chain: certificates, key: try SealFolder.key(pem: key, named: "The key file"))
            return try folder.add(.office(office), chain: certificates, keyPEM: key)
        }
    }

    /// The newest identity of a role; one is issued where there is none, or where this node's own is near its end.
    private func identity(_ role: SealRole, name: String) throws -> SealIdentity {
        let stored = try making.withLock { _ in try current(role, name: name) }
        let label = "\(role.stem)-\(stored.number)"
        if let identity = opened.withLock({ $0[label] }) { return identity }
        let identity = try folder.identity(of: stored)
        opened.withLock { $0[label] = identity }
        return identity
    }

    private func current(_ role: SealRole, name: String) throws -> SealFolder.Stored {
        let now = SealingOffice.date(clock())
        guard let newest = try folder.all(role).last else { return try issue(role, name: name) }
        let certificate = newest.certificate
        let isOurs = certificate.issuer == root.subject
        if isOurs, certificate.notValidAfter < root.notValidAfter,
            certificate.notValidAfter < now.addingTimeInterval(Double(SealingOffice.overlapDays) * 86_400)
        {
            return try issue(role, name: name)
        }
        guard certificate.notValidBefore <= now, now <= certificate.notValidAfter else {
            throw SealError(
                .untrusted, "The certificate of \(certificate.subjectName) is not good now.",
                mend: "Have it renewed by whoever issued it, and import it: chancery certificates import.")
        }
        return newest
    }
}
