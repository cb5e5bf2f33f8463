public import Acts
import Crypto
import SwiftASN1

/// A person's key in a file: PKCS #8 in PEM, Ed25519 or P-256, perhaps behind a passphrase. It signs acts and nothing else.
public struct KeyFile: PersonalKey {
    private enum Secret: Sendable {
        case ed25519(Curve25519.Signing.PrivateKey)
        case p256(P256.Signing.PrivateKey)
    }

    private let secret: Secret
    public let publicKey: PublicKey

    private init(_ secret: Secret) throws(SealError) {
        self.secret = secret
        let key =
            switch secret {
            case .ed25519(let key): PublicKey(algorithm: .ed25519, bytes: Array(key.publicKey.rawRepresentation))
            case .p256(let key): PublicKey(algorithm: .p256, bytes: Array(key.publicKey.x963Representation))
            }
        guard let key else { throw DERReader.malformed("The key file", "holds no key") }
        publicKey = key
    }

    /// A fresh key.
    public static func make(_ algorithm: KeyAlgorithm) throws(SealError) -> KeyFile {
        switch algorithm {
        case .ed25519: return try KeyFile(.ed25519(Curve25519.Signing.PrivateKey()))
        case .p256: return try KeyFile(.p256(P256.Signing.PrivateKey()))
        case .mlDSA65:
            throw SealError(
                .unsupported, "Key files hold Ed25519 or P-256 keys; an ML-DSA-65 signature only strengthens one of these.",
                mend: "Choose ed25519 or p256.")
        }
    }

    /// Reads a key file, which must be its owner's alone.
    ///
    /// - Parameter passphrase: asked for only where the file is encrypted; `nil` from it means that there is none.
    public static func load(_ path: String, passphrase: () throws -> [UInt8]?) throws -> KeyFile {
        try KeyFile(pem: String(decoding: try PrivateFile.read(path), as: UTF8.self), passphrase: passphrase)
    }

    public init(pem: String, passphrase: () throws -> [UInt8]?) throws {
        try self.init(try KeyFile.secret(pem: pem, passphrase: passphrase))
    }

    private static func secret(pem: String, passphrase: () throws -> [UInt8]?) throws -> Secret {
        let name = "The key file"
        guard let documents = try? PEMDocument.parseMultiple(pemString: pem), documents.count == 1, let document = documents.first else {
            throw DERReader.malformed(name, "does not hold one key in PEM")
        }
        switch document.discriminator {
        case "PRIVATE KEY":
            return try secret(document.derBytes)
        case "ENCRYPTED PRIVATE KEY":
            guard let passphrase = try passphrase() else {
                throw SealError(
                    .secretNeeded, "The key file is behind a passphrase.",
                    mend: "Give it at the prompt, or in a file with --passphrase-file.")
            }
            let bytes = try EncryptedPrivateKey.decrypt(document.derBytes, passphrase: passphrase)
            // One wrong passphrase in 256 leaves padding that looks right.
            guard (try? DER.parse(bytes)) != nil else { throw EncryptedPrivateKey.wrongPassphrase }
            return try secret(bytes)
        default:
            throw SealError(
                .unsupported, "\(name) is not PKCS #8: it begins with \(document.discriminator).",
                mend: "Turn it into PKCS #8: openssl pkcs8 -topk8 -in OLD -out NEW.")
        }
    }

    private static func secret(_ bytes: [UInt8]) throws(SealError) -> Secret {
        let name = "The key file"
        // PrivateKeyInfo (RFC 5958, 2): version, algorithm, key; attributes and a public key may follow.
        var reader = try DERReader(try DERReader.whole(bytes, named: name), named: name)
        _ = try reader.primitive(.integer)
        var algorithm = try reader.sequence()
        let identifier = try algorithm.value(ASN1ObjectIdentifier.self)
        if identifier == SealIdentifiers.ed25519 {
            // CurvePrivateKey: an OCTET STRING in the OCTET STRING (RFC 8410, 7).
            let inner = try DERReader.whole(try reader.primitive(.octetString), named: name)
            guard inner.identifier == .octetString,
                let key = try? Curve25519.Signing.PrivateKey(rawRepresentation: try DERReader.primitive(inner, named: name))
            else { throw DERReader.malformed(name, "does not hold an Ed25519 key") }
            return .ed25519(key)
        }
        guard let key = try? P256.Signing.PrivateKey(derRepresentation: bytes) else {
            throw SealError(
                .unsupported, "\(name) holds neither an Ed25519 nor a P-256 key.", mend: "Make one: chancery key make --out FILE.")
        }
        return .p256(key)
    }

    /// The file: PKCS #8 in PEM.
    ///
    /// - Parameter passphrase: `nil` leaves the key unencrypted.
    public func pem(passphrase: [UInt8]?) throws -> String {
        let bytes: [UInt8]
        switch secret {
        case .ed25519(let key):
            bytes =
                DERElement.sequence([
                    .integer(0), .sequence([try .identifier(SealIdentifiers.ed25519)]),
                    .octets(DERElement.octets(key.rawRepresentation).bytes),
                ]).bytes
        case .p256(let key): bytes = Array(key.derRepresentation)
        }
        guard let passphrase else { return PEMDocument(type: "PRIVATE KEY", derBytes: bytes).pemString + "\n" }
        let sealed = try EncryptedPrivateKey.encrypt(bytes, passphrase: passphrase)
        return PEMDocument(type: "ENCRYPTED PRIVATE KEY", derBytes: sealed).pemString + "\n"
    }

    /// Writes the file, its owner's alone; never over another.
    public func write(to path: String, passphrase: [UInt8]?) throws {
        try PrivateFile.create(path, Array(try pem(passphrase: passphrase).utf8))
    }

    public func sign(_ message: [UInt8]) throws(SealError) -> [UInt8] {
        do {
            switch secret {
            case .ed25519(let key): return Array(try key.signature(for: message))
            case .p256(let key): return Array(try key.signature(for: message).derRepresentation)
            }
        } catch {
            throw SealError(.failed, "The key did not sign: \(error).", mend: "Make a new key.")
        }
    }
}
