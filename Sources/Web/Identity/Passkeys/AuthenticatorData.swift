import Acts

/// What an authenticator signs about itself and the relying party (WebAuthn Level 2, 6.1).
struct AuthenticatorData: Hashable, Sendable {
    let relyingPartyHash: [UInt8]
    let flags: UInt8
    let signatureCount: UInt32
    /// Present in a registration (6.5.1).
    let credential: AttestedCredential?

    struct AttestedCredential: Hashable, Sendable {
        let identifier: [UInt8]
        let publicKey: PublicKey
    }

    /// Bit 0: the person was there.
    var userPresent: Bool { flags & 0x01 != 0 }
    /// Bit 2: the authenticator made sure it was the right person.
    var userVerified: Bool { flags & 0x04 != 0 }

    init(parsing bytes: [UInt8]) throws(PasskeyFailure) {
        guard bytes.count >= 37 else { throw .malformed("the authenticator's data is too short") }
        relyingPartyHash = Array(bytes[0..<32])
        flags = bytes[32]
        signatureCount = bytes[33..<37].reduce(0) { $0 << 8 | UInt32($1) }
        var offset = 37
        if flags & 0x40 != 0 {
            guard bytes.count >= offset + 18 else { throw .malformed("the authenticator's data ends inside the credential") }
            let length = Int(bytes[offset + 16]) << 8 | Int(bytes[offset + 17])
            offset += 18
            // Section 5.8.3 bounds a credential's identifier.
            guard (1...1023).contains(length), bytes.count >= offset + length else {
                throw .malformed("the credential's identifier is not of a length it may have")
            }
            let identifier = Array(bytes[offset..<(offset + length)])
            offset += length
            var reader = CBORReader(bytes, from: offset)
            let key: CBOR
            do { key = try reader.next() } catch { throw .malformed("the public key is not CBOR: \(error)") }
            offset = reader.offset
            credential = AttestedCredential(identifier: identifier, publicKey: try COSEKey.publicKey(key))
        } else {
            credential = nil
        }
        if flags & 0x80 != 0 {
            var reader = CBORReader(bytes, from: offset)
            do { _ = try reader.next() } catch { throw .malformed("the extensions are not CBOR: \(error)") }
            offset = reader.offset
        }
        guard offset == bytes.count else { throw .malformed("there is more after the authenticator's data") }
    }
}
