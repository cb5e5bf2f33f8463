import Crypto
import CryptoExtras
import Foundation
import SwiftASN1

/// A private key behind a passphrase: EncryptedPrivateKeyInfo with PBES2 (RFC 5958, 3; RFC 8018, 6.2). AES-256 in CBC mode; the key from
/// the passphrase by scrypt (RFC 7914), or in files from elsewhere by PBKDF2 with HMAC-SHA-2.
enum EncryptedPrivateKey {
    private static let name = "The key file"
    /// scrypt's cost in files made here: 16 MiB of memory, half of what openssl allows by default.
    private static let cost = 1 << 14
    private static let blockSize = 8
    private static let parallelism = 1
    /// What files from elsewhere may ask of this machine.
    private static let maximumMemory = 512 << 20
    private static let maximumIterations = 10_000_000

    /// - Parameter key: PrivateKeyInfo in DER.
    static func encrypt(_ key: [UInt8], passphrase: [UInt8]) throws -> [UInt8] {
        let salt = (0..<16).map { _ in UInt8.random(in: 0 ... .max) }
        let vector = (0..<16).map { _ in UInt8.random(in: 0 ... .max) }
        let secret = try scrypt(passphrase, salt: salt, cost: cost, blockSize: blockSize, parallelism: parallelism)
        let sealed = try AES._CBC.encrypt(key, using: secret, iv: AES._CBC.IV(ivBytes: vector))
        let derivation = DERElement.sequence([
            try .identifier(SealIdentifiers.scrypt),
            .sequence([.octets(salt), .integer(UInt64(cost)), .integer(UInt64(blockSize)), .integer(UInt64(parallelism))]),
        ])
        let encryption = DERElement.sequence([try .identifier(SealIdentifiers.aes256CBC), .octets(vector)])
        return DERElement.sequence([
            .sequence([try .identifier(SealIdentifiers.passwordBasedEncryption2), .sequence([derivation, encryption])]), .octets(sealed),
        ]).bytes
    }

    /// PrivateKeyInfo in DER.
    static func decrypt(_ bytes: [UInt8], passphrase: [UInt8]) throws -> [UInt8] {
        var outer = try DERReader(try DERReader.whole(bytes, named: name), named: name)
        var algorithm = try outer.sequence()
        let sealed = try outer.primitive(.octetString)
        try outer.finish()
        guard try algorithm.value(ASN1ObjectIdentifier.self) == SealIdentifiers.passwordBasedEncryption2 else { throw otherScheme }
        var scheme = try algorithm.sequence()
        try algorithm.finish()
        var derivation = try scheme.sequence()
        var encryption = try scheme.sequence()
        try scheme.finish()
        let secret = try secret(&derivation, passphrase: passphrase)
        guard try encryption.value(ASN1ObjectIdentifier.self) == SealIdentifiers.aes256CBC else { throw otherScheme }
        let vector = try encryption.primitive(.octetString)
        guard vector.count == 16, !sealed.isEmpty, sealed.count % 16 == 0 else { throw DERReader.malformed(name, "is damaged") }
        do {
            return Array(try AES._CBC.decrypt(sealed, using: secret, iv: AES._CBC.IV(ivBytes: vector)))
        } catch {
            throw wrongPassphrase
        }
    }

    static let wrongPassphrase = SealError(
        .secretWrong, "The passphrase does not open the key file.", mend: "Give the passphrase it was made with.")

    private static let otherScheme = SealError(
        .unsupported, "The key file is encrypted in another way than PBES2 with AES-256 and scrypt or PBKDF2.",
        mend: "Encrypt it anew: openssl pkcs8 -topk8 -v2 aes-256-cbc -in OLD -out NEW.")

    private static func secret(_ derivation: inout DERReader, passphrase: [UInt8]) throws -> SymmetricKey {
        let function = try derivation.value(ASN1ObjectIdentifier.self)
        var parameters = try derivation.sequence()
        try derivation.finish()
        let salt = try parameters.primitive(.octetString)
        guard (8...64).contains(salt.count) else { throw DERReader.malformed(name, "has a salt of an unusual length") }
        switch function {
        case SealIdentifiers.scrypt:
            let cost = try number(&parameters)
            let blockSize = try number(&parameters)
            let parallelism = try number(&parameters)
            guard cost > 1, cost & (cost - 1) == 0, (1...64).contains(blockSize), (1...16).contains(parallelism),
                cost <= maximumMemory / 128 / blockSize
            else { throw tooCostly }
            return try scrypt(passphrase, salt: salt, cost: cost, blockSize: blockSize, parallelism: parallelism)
        case SealIdentifiers.passwordBasedKeyDerivation2:
            let iterations = try number(&parameters)
            guard (1...maximumIterations).contains(iterations) else { throw tooCostly }
            if parameters.next?.identifier == .integer, try number(&parameters) != 32 { throw otherScheme }
            let hash: KDF.Insecure.PBKDF2.HashFunction
            guard !parameters.isAtEnd else { throw otherScheme }
            var algorithm = try parameters.sequence()
            switch try algorithm.value(ASN1ObjectIdentifier.self) {
            case SealIdentifiers.hmacWithSHA256: hash = .sha256
            case SealIdentifiers.hmacWithSHA384: hash = .sha384
            case SealIdentifiers.hmacWithSHA512: hash = .sha512
            default: throw otherScheme
            }
            return try KDF.Insecure.PBKDF2.deriveKey(
                from: passphrase, salt: salt, using: hash, outputByteCount: 32, unsafeUncheckedRounds: iterations)
        default: throw otherScheme
        }
    }

    private static let tooCostly = SealError(
        .unsupported, "The key file asks for more work to open it than this program does.",
        mend: "Encrypt it anew: openssl pkcs8 -topk8 -v2 aes-256-cbc -in OLD -out NEW.")

    private static func number(_ reader: inout DERReader) throws -> Int {
        let bytes = try reader.primitive(.integer)
        guard bytes.count <= 5, let first = bytes.first, first < 0x80 else { throw tooCostly }
        return bytes.reduce(0) { $0 << 8 | Int($1) }
    }

    private static func scrypt(_ passphrase: [UInt8], salt: [UInt8], cost: Int, blockSize: Int, parallelism: Int) throws -> SymmetricKey {
        try KDF.Scrypt.deriveKey(
            from: passphrase, salt: salt, outputByteCount: 32, rounds: cost, blockSize: blockSize, parallelism: parallelism,
            maxMemory: maximumMemory * 2)
    }
}
