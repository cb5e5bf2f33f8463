public import Acts
import Crypto
import Foundation

/// Whether a passkey's answer is to be believed: pure, with a typed reason where it is not (WebAuthn Level 2, section 7).
///
/// The count of signatures is not looked at: passkeys that live on several devices do not count, and the record, not the
/// authenticator, is what is kept here (6.1.1 leaves it to the relying party).
public enum PasskeyVerification {
    /// A new passkey, as its registration gives it.
    public struct Registration: Hashable, Sendable {
        /// The authenticator's name for it.
        public let credential: [UInt8]
        public let publicKey: PublicKey
    }

    /// Checks the answer to "sign this" (7.2): with the passkey's key, over exactly this challenge, on this node's page, by a
    /// person whom the authenticator verified.
    ///
    /// - Parameters:
    ///   - challenge: what the person was asked to sign: a sign-in's random bytes, or an act's digest.
    ///   - signature: as the authenticator gave it: DER for P-256, 64 bytes for Ed25519.
    public static func verify(
        _ assertion: ActSignature.PasskeyAssertion, signature: [UInt8], by publicKey: PublicKey, challenge: [UInt8], for party: RelyingParty
    ) -> Result<Void, PasskeyFailure> {
        Result { () throws(PasskeyFailure) in
            try check(assertion.clientDataJSON, type: "webauthn.get", challenge: challenge, for: party)
            let data = try AuthenticatorData(parsing: assertion.authenticatorData)
            try check(data, for: party)
            let message = assertion.authenticatorData + Array(SHA256.hash(data: assertion.clientDataJSON))
            guard publicKey.verifies(signature, over: message) else { throw .badSignature }
        }
    }

    /// Checks the answer to "make a passkey" (7.1). No proof of the authenticator's make is asked for; where it sends one that its
    /// own key signs, that must hold.
    public static func register(
        clientDataJSON: [UInt8], attestationObject: [UInt8], challenge: [UInt8], for party: RelyingParty
    ) -> Result<Registration, PasskeyFailure> {
        Result { () throws(PasskeyFailure) in
            try check(clientDataJSON, type: "webauthn.create", challenge: challenge, for: party)
            let object: CBOR
            do { object = try CBORReader.parse(attestationObject) } catch { throw .malformed("the attestation is not CBOR: \(error)") }
            guard let format = object["fmt"]?.text, let statement = object["attStmt"], let bytes = object["authData"]?.bytes else {
                throw .malformed("the attestation lacks what it should have")
            }
            let data = try AuthenticatorData(parsing: bytes)
            try check(data, for: party)
            guard let credential = data.credential else { throw .noCredential }
            try check(format: format, statement, bytes, clientDataJSON, credential.publicKey)
            return Registration(credential: credential.identifier, publicKey: credential.publicKey)
        }
    }

    private static func check(
        _ clientDataJSON: [UInt8], type: String, challenge: [UInt8], for party: RelyingParty
    ) throws(PasskeyFailure) {
        let client = try ClientData(parsing: clientDataJSON)
        guard client.type == type else { throw .wrongType(client.type) }
        guard client.challenge == challenge else { throw .wrongChallenge }
        guard party.origins.contains(client.origin) else { throw .wrongOrigin(client.origin) }
        guard !client.isCrossOrigin else { throw .crossOrigin }
    }

    private static func check(_ data: AuthenticatorData, for party: RelyingParty) throws(PasskeyFailure) {
        guard data.relyingPartyHash == Array(SHA256.hash(data: Data(party.id.utf8))) else { throw .wrongRelyingParty }
        guard data.userPresent else { throw .userNotPresent }
        guard data.userVerified else { throw .userNotVerified }
    }

    /// "none" says nothing (8.7); "packed" without a certificate is signed by the new key itself (8.2). A browser that is asked
    /// for no attestation sends one of these two (5.4.7).
    private static func check(
        format: String, _ statement: CBOR, _ data: [UInt8], _ clientDataJSON: [UInt8], _ key: PublicKey
    ) throws(PasskeyFailure) {
        switch format {
        case "none":
            guard statement == .map([]) else { throw .badAttestation }
        case "packed":
            guard statement["x5c"] == nil, let signature = statement["sig"]?.bytes,
                key.verifies(signature, over: data + Array(SHA256.hash(data: clientDataJSON)))
            else { throw .badAttestation }
        default:
            throw .badAttestation
        }
    }
}
