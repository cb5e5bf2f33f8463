public import Acts
import CPKCS11
import Crypto
import SwiftASN1
import Synchronization

/// A person's key on a token: a smart card, a USB key, a hardware module. It never leaves it.
public final class TokenKey: PersonalKey {
    public let publicKey: PublicKey
    /// The token's label, for people.
    public let token: String
    private let session: Mutex<TokenSession>
    private let handle: ck_object_handle_t

    /// Opens the token and finds the key.
    ///
    /// - Parameters:
    ///   - address: with `pin-source`, whose file must be its owner's alone, nobody is asked.
    ///   - pin: asked for the token's PIN; `nil` from it means that there is none.
    public init(_ address: TokenAddress, pin: (_ token: String) throws -> [UInt8]?) throws {
        let session = try TokenSession(address) { token in
            guard let source = address.pinSource else { return try pin(token) }
            let line = try PrivateFile.read(source).prefix { $0 != 0x0A && $0 != 0x0D }
            return Array(line)
        }
        let found = try session.objects(class: CUnsignedLong(CKO_PRIVATE_KEY), label: address.object, identifier: address.identifier)
        guard let key = found.first else {
            throw SealError(
                .missing, "The token '\(session.label)' has no such private key.",
                mend: "Name one it has with object=LABEL or id=%01; pkcs11-tool --list-objects --login shows them.")
        }
        guard found.count == 1 else {
            throw SealError(
                .missing, "The token '\(session.label)' has \(found.count) private keys that answer to this address.",
                mend: "Name one with object=LABEL or id=%01.")
        }
        publicKey = try TokenKey.publicKey(of: key, in: session)
        token = session.label
        handle = key
        self.session = Mutex(session)
    }

    /// The public half: an object beside the private one, with the same identifier.
    private static func publicKey(of key: ck_object_handle_t, in session: TokenSession) throws(SealError) -> PublicKey {
        let identifier = session.attribute(CUnsignedLong(CKA_ID), of: key)
        var point = session.attribute(CUnsignedLong(CKA_EC_POINT), of: key)
        if point == nil, let identifier {
            let beside = try session.objects(class: CUnsignedLong(CKO_PUBLIC_KEY), label: nil, identifier: identifier)
            point = beside.first.flatMap { session.attribute(CUnsignedLong(CKA_EC_POINT), of: $0) }
        }
        guard let point else {
            throw SealError(
                .missing, "The token '\(session.label)' does not show the key's public half.",
                mend: "Store the public key on the token too, under the same id.")
        }
        // PKCS #11 2.40 wants an OCTET STRING around the point; some drivers give the point bare.
        var candidates = [point]
        if let node = try? DER.parse(point), node.identifier == .octetString, case .primitive(let content) = node.content {
            candidates.insert(Array(content), at: 0)
        }
        let found = candidates.lazy.compactMap { PublicKey(algorithm: $0.count == 32 ? .ed25519 : .p256, bytes: $0) }.first
        guard let found else {
            throw SealError(
                .unsupported, "The key on the token '\(session.label)' is neither P-256 nor Ed25519.",
                mend: "Make one of these: pkcs11-tool --keypairgen --key-type EC:prime256v1.")
        }
        return found
    }

    public func sign(_ message: [UInt8]) throws(SealError) -> [UInt8] {
        let (algorithm, handle) = (publicKey.algorithm, handle)
        let answer = session.withLock { session -> Result<[UInt8], SealError> in
            Result { () throws(SealError) in
                switch algorithm {
                case .ed25519: try session.sign(message, with: handle, mechanism: CUnsignedLong(CKM_EDDSA))
                default: try session.sign(Array(SHA256.hash(data: message)), with: handle, mechanism: CUnsignedLong(CKM_ECDSA))
                }
            }
        }
        let signature = try answer.get()
        guard algorithm == .p256 else { return signature }
        // Cryptoki gives r and s one after the other; acts keep DER, as CMS and certificates do.
        guard signature.count == 64, let parsed = try? P256.Signing.ECDSASignature(rawRepresentation: signature) else {
            throw SealError(.failed, "The token '\(token)' gave no P-256 signature.", mend: "Update the token's driver.")
        }
        return Array(parsed.derRepresentation)
    }
}
