import Acts
import Crypto
import Foundation
import SwiftASN1
import X509

/// A key on a token that seals documents, as X.509 takes it.
struct TokenCertificateKey: CustomPrivateKey {
    private let key: TokenKey
    let publicKey: Certificate.PublicKey

    /// - Throws: ``SealError`` where it is no P-256 key: validators of PDF and CMS read no Ed25519.
    init(_ key: TokenKey) throws(SealError) {
        guard key.publicKey.algorithm == .p256,
            let point = try? P256.Signing.PublicKey(x963Representation: key.publicKey.bytes)
        else {
            throw SealError(.unsupported, "Documents are sealed with a P-256 key.", mend: "Name a P-256 key of the token.")
        }
        self.key = key
        publicKey = Certificate.PublicKey(point)
    }

    var certificateKey: Certificate.PrivateKey { Certificate.PrivateKey(self) }

    var defaultSignatureAlgorithm: Certificate.SignatureAlgorithm { .ecdsaWithSHA256 }
    var supportedSignatureAlgorithms: [Certificate.SignatureAlgorithm] { [.ecdsaWithSHA256] }

    func signSynchronously(
        bytes: some DataProtocol, signatureAlgorithm: Certificate.SignatureAlgorithm
    ) throws -> Certificate.Signature {
        let signature = try key.sign(Array(bytes))
        return try Certificate.Signature(signatureAlgorithm: signatureAlgorithm, signatureBytes: ASN1BitString(bytes: signature[...]))
    }

    static func == (left: TokenCertificateKey, right: TokenCertificateKey) -> Bool { left.publicKey == right.publicKey }

    func hash(into hasher: inout Hasher) { hasher.combine(publicKey) }

    static var defaultPEMDiscriminator: String { "PRIVATE KEY" }

    /// A key on a token never leaves it.
    func serialize(into coder: inout DER.Serializer) throws {
        throw SealError(.unsupported, "A key on a token cannot be written out.", mend: "Use it where it is.")
    }
}
