import Crypto
import Foundation
import SwiftASN1
public import X509

/// The keys and certificates of a node's seals, in the data folder's `keys`: `seal-ROLE-NUMBER.pem` the chain, beside it `.key` the
/// key or `.token` where it is kept. A renewed certificate has a new key and the next number; the old one stays.
public struct SealFolder: Sendable {
    /// A certificate in the folder, with the place of its key.
    public struct Stored: Sendable {
        public let role: SealRole
        /// From 1; the newest is in use.
        public let number: Int
        /// The certificate, then its issuers.
        public let chain: [Certificate]
        /// Where the key is: on a token, or in a file beside.
        public let token: TokenAddress?

        public var certificate: Certificate { chain[0] }
    }

    let path: String

    /// - Parameter keys: the folder of the keys, where it is not `keys` in the data folder.
    public init(dataFolder: String, keys: String? = nil) {
        path = keys ?? dataFolder + "/keys"
    }

    private func file(_ role: SealRole, _ number: Int, _ ending: String) -> String { "\(path)/\(role.stem)-\(number).\(ending)" }

    /// All certificates, those of one role together, oldest first.
    public func all() throws(SealError) -> [Stored] {
        guard let names = try? FileManager.default.contentsOfDirectory(atPath: path) else { return [] }
        var found: [Stored] = []
        for name in names where name.hasPrefix("seal-") && name.hasSuffix(".pem") {
            let stem = name.dropLast(4)
            guard let dash = stem.lastIndex(of: "-"), let number = Int(stem[stem.index(after: dash)...]), number > 0,
                let role = SealRole(stem: stem[..<dash])
            else { continue }
            found.append(try stored(role, number))
        }
        return found.sorted { ($0.role.stem, $0.number) < ($1.role.stem, $1.number) }
    }

    /// The certificates of one role, oldest first.
    public func all(_ role: SealRole) throws(SealError) -> [Stored] {
        try all().filter { $0.role == role }
    }

    private func stored(_ role: SealRole, _ number: Int) throws(SealError) -> Stored {
        let name = file(role, number, "pem")
        let chain = try SealFolder.chain(pem: String(decoding: try PrivateFile.read(name), as: UTF8.self), named: name)
        let tokenFile = file(role, number, "token")
        var token: TokenAddress?
        if FileManager.default.fileExists(atPath: tokenFile) {
            let text = String(decoding: try PrivateFile.read(tokenFile), as: UTF8.self)
            token = try TokenAddress(text.trimmingCharacters(in: .whitespacesAndNewlines))
        }
        return Stored(role: role, number: number, chain: chain, token: token)
    }

    /// Certificates in PEM, the signer's first.
    public static func chain(pem: String, named name: String) throws(SealError) -> [Certificate] {
        do {
            let documents = try PEMDocument.parseMultiple(pemString: pem)
            guard (1...16).contains(documents.count) else { throw DERReader.malformed(name, "does not hold 1 to 16 certificates") }
            return try documents.map { try Certificate(pemDocument: $0) }
        } catch let error as SealError {
            throw error
        } catch {
            throw SealError(.malformed, "\(name) does not hold certificates in PEM.", mend: "Give a file of BEGIN CERTIFICATE blocks.")
        }
    }

    /// The key with its certificates, ready to seal.
    func identity(of stored: Stored) throws -> SealIdentity {
        if let token = stored.token {
            let key = try TokenKey(token) { _ in nil }
            return try SealIdentity(chain: stored.chain, key: try TokenCertificateKey(key).certificateKey)
        }
        return try SealIdentity(chain: stored.chain, key: try key(of: stored))
    }

    func key(of stored: Stored) throws -> Certificate.PrivateKey {
        let name = file(stored.role, stored.number, "key")
        return try SealFolder.key(pem: String(decoding: try PrivateFile.read(name), as: UTF8.self), named: name)
    }

    static func key(pem: String, named name: String) throws(SealError) -> Certificate.PrivateKey {
        do {
            return try Certificate.PrivateKey(pemEncoded: pem)
        } catch {
            throw SealError(
                .malformed, "\(name) does not hold a private key in PEM, unencrypted.",
                mend: "Decrypt it first: openssl pkcs8 -topk8 -nocrypt -in OLD -out NEW.")
        }
    }

    /// Adds a certificate and its key under the next number.
    @discardableResult
    func add(_ role: SealRole, chain: [Certificate], keyPEM: String) throws -> Stored {
        try add(role, chain: chain, token: nil, secret: keyPEM, ending: "key")
    }

    @discardableResult
    func add(_ role: SealRole, chain: [Certificate], token: TokenAddress, spelled: String) throws -> Stored {
        try add(role, chain: chain, token: token, secret: spelled + "\n", ending: "token")
    }

    private func add(_ role: SealRole, chain: [Certificate], token: TokenAddress?, secret: String, ending: String) throws -> Stored {
        do {
            try FileManager.default.createDirectory(
                atPath: path, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        } catch {
            throw SealError(.file, "\(path) cannot be made.", mend: "Check the data folder and whether you may write to it.")
        }
        let number = (try all(role).last?.number ?? 0) + 1
        // The key first: a certificate without its key would be taken into use.
        try PrivateFile.create(file(role, number, ending), Array(secret.utf8))
        let pem = try chain.map { try $0.serializeAsPEM().pemString + "\n" }.joined()
        try PrivateFile.create(file(role, number, "pem"), Array(pem.utf8))
        PrivateFile.synchronizeFolder(path)
        return Stored(role: role, number: number, chain: chain, token: token)
    }
}
