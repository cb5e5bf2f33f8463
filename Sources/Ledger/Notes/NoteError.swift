/// Why bytes are no signed note, a note is not to be believed, or a key cannot be used.
public enum NoteError: Error, Hashable, Sendable {
    /// More bytes than ``SignedNote/longest``.
    case tooLong(Int)
    /// More signature lines than ``SignedNote/mostSignatures``.
    case tooManySignatures
    /// Not valid UTF-8, or a control character other than the newline.
    case badText
    /// No blank line, no signature after it, or no newline at the end.
    case noSignatures
    /// A line after the last blank line is no signature line; counted from 1.
    case badSignatureLine(Int)
    /// The format does not allow this key name.
    case badKeyName(String)
    /// A signature by a known key is wrong: the whole note is refused.
    case badSignature(name: KeyName, keyID: UInt32)
    /// None of the known keys signed it.
    case noKnownSignature
    /// This is no verifier key `name+hash+base64`, or the hash is not that of the key.
    case badVerifierKey(String)
    /// Nothing here checks signatures of this type (its identifier byte).
    case unsupportedSignatureType(UInt8)
    /// The text is no checkpoint, and this kind of key signs nothing else.
    case notACheckpoint
    /// A cosignature's time is past 2^63 - 1.
    case timeOutOfRange(UInt64)
    /// ML-DSA-44 signs the origin after its length in one byte, so origins longer than 255 bytes cannot be signed with it.
    case originTooLong(Int)
    /// A private key's secret has another number of bytes than 32.
    case badSeed(Int)
    /// The algorithm told could not be run, for want of memory.
    case signingFailed(String)
}

extension NoteError: CustomStringConvertible {
    /// A sentence for an operator's log.
    public var description: String {
        switch self {
        case .tooLong(let count): "the note has \(count) bytes, more than 1,000,000"
        case .tooManySignatures: "the note has more than 100 signature lines"
        case .badText: "the note is not UTF-8 text without control characters that ends in a newline"
        case .noSignatures: "the note has no signature lines after a blank line"
        case .badSignatureLine(let line): "signature line \(line) is malformed"
        case .badKeyName(let name): "\"\(name)\" is no key name: it must be 1 to 255 bytes without spaces or plus signs"
        case .badSignature(let name, let keyID): "the signature by \(name) (key \(NoteSignature.hexadecimal(keyID))) is wrong"
        case .noKnownSignature: "none of the known keys signed the note"
        case .badVerifierKey(let key): "\"\(key)\" is no verifier key, or its hash does not fit its key"
        case .unsupportedSignatureType(let type): "signatures of type \(type) are not supported"
        case .notACheckpoint: "the note is no checkpoint"
        case .timeOutOfRange(let time): "time \(time) is past 2^63 - 1, or not 0 for leaves that are not the first"
        case .originTooLong(let count): "an origin of \(count) bytes cannot be signed with ML-DSA-44, which takes 1 to 255"
        case .badSeed(let count): "a private key is made from 32 secret bytes, not from \(count)"
        case .signingFailed(let algorithm): "\(algorithm) could not be run: there is too little memory"
        }
    }
}
