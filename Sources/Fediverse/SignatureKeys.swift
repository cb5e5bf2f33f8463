import Acts
import Crypto
import CryptoExtras
import Foundation

/// The RSA key an actor signs its requests with.
public struct RequestKey: Sendable {
    /// `ACTOR#main-key`: some servers refuse what is deleted by a key of another form.
    public let id: String
    private let key: _RSA.Signing.PrivateKey

    /// - Parameter pem: PKCS #8, RSA of 2048 bits.
    public init(id: String, pem: String) throws(SignatureFailure) {
        self.id = id
        do {
            key = try _RSA.Signing.PrivateKey(pemRepresentation: pem)
        } catch {
            throw .badKey("it is no RSA key")
        }
    }

    /// A new key's PEM. Takes some tenths of a second.
    public static func makePEM() throws -> String { try _RSA.Signing.PrivateKey(keySize: .bits2048).pkcs8PEMRepresentation }

    /// PKCS #8, for the file it is kept in.
    public var privatePEM: String { key.pkcs8PEMRepresentation }

    public var publicPEM: String { key.publicKey.pemRepresentation + "\n" }

    /// RSASSA-PKCS1-v1_5 with SHA-256 (RFC 8017, 8.2), which is what the fediverse knows.
    func sign(_ text: String) throws -> [UInt8] {
        Array(try key.signature(for: SHA256.hash(data: Array(text.utf8)), padding: .insecurePKCS1v1_5).rawRepresentation)
    }
}

/// The public key of another actor.
public struct RemoteKey: Hashable, Sendable {
    public let id: String
    /// The actor it belongs to.
    public let owner: String
    public let pem: String
    /// Read once: reading takes longer than verifying. `nil` where it is no key that counts.
    private let key: _RSA.Signing.PublicKey?

    public init(id: String, owner: String, pem: String) {
        self.id = id
        self.owner = owner
        self.pem = pem
        key = pem.utf8.count <= Self.longest ? try? _RSA.Signing.PublicKey(pemRepresentation: pem) : nil
    }

    public static func == (one: RemoteKey, other: RemoteKey) -> Bool {
        one.id == other.id && one.owner == other.owner && one.pem == other.pem
    }

    public func hash(into hasher: inout Hasher) {
        hasher.combine(id)
        hasher.combine(pem)
    }

    /// Longest PEM text of a key.
    static let longest = 4_096

    func isValid(_ signature: [UInt8], of text: String) throws(SignatureFailure) -> Bool {
        guard pem.utf8.count <= Self.longest else { throw .badKey("its text is too long") }
        guard let key else { throw .badKey("it is no RSA key of 2048 bits or more") }
        guard key.keySizeInBits <= 8_192 else { throw .badKey("it is longer than 8192 bits") }
        return key.isValidSignature(
            .init(rawRepresentation: signature), for: SHA256.hash(data: Array(text.utf8)), padding: .insecurePKCS1v1_5)
    }
}
