/// A public key that checks signatures under notes.
///
/// Types 01, 04 and 06 of the registry are here (``Ed25519NoteVerifier``, ``Ed25519CosignatureVerifier``,
/// ``MLDSA44CosignatureVerifier``); further ones conform and are used like these.
public protocol NoteVerifier: Sendable {
    /// The name in the signature line.
    var name: KeyName { get }

    /// The short identifier in the signature line.
    var keyID: UInt32 { get }

    /// Checks one signature.
    ///
    /// - Parameters:
    ///   - signature: the bytes after the key identifier.
    ///   - text: the note's text with its last newline.
    func isValid(_ signature: [UInt8], of text: [UInt8]) -> Bool
}

/// A private key that signs notes.
public protocol NoteSigner: Sendable {
    /// The name in the signature line.
    var name: KeyName { get }

    /// The short identifier in the signature line.
    var keyID: UInt32 { get }

    /// Signs.
    ///
    /// - Parameter text: the note's text with its last newline.
    /// - Returns: the bytes that follow the key identifier.
    func sign(_ text: [UInt8]) throws -> [UInt8]
}
