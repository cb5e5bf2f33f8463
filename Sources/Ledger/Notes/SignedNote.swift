/// A text and the signatures under it (C2SP signed-note v1.0.0).
///
/// A parsed note is only well-formed. Believe its text after ``verified(by:)``.
public struct SignedNote: Hashable, Sendable {
    /// The longest note, in bytes; Go's verifier stops here too.
    public static let longest = 1_000_000

    /// The most signature lines; Go's verifier stops here too, and the specification asks for 16 at least.
    public static let mostSignatures = 100

    /// The text, byte for byte as it is signed: UTF-8 that ends in a newline, without other control characters.
    public let textBytes: [UInt8]

    /// The signature lines, in order.
    public private(set) var signatures: [NoteSignature]

    /// Puts a note together from a text and signatures made before.
    ///
    /// - Throws: ``NoteError`` when the text is not fit for a note, or a limit is passed.
    public init(text: String, signatures: [NoteSignature]) throws(NoteError) {
        try self.init(textBytes: Array(text.utf8), signatures: signatures)
    }

    init(textBytes: [UInt8], signatures: [NoteSignature]) throws(NoteError) {
        guard textBytes.last == 0x0a, SignedNote.isNoteText(textBytes) else { throw .badText }
        self.textBytes = textBytes
        self.signatures = signatures
        try checkLimits()
    }

    /// Signs a text.
    ///
    /// - Parameters:
    ///   - text: ends in a newline and holds no other control characters.
    ///   - signers: one line each, in this order.
    /// - Throws: ``NoteError``, or what a signer throws.
    public init(text: String, signers: [any NoteSigner]) throws {
        try self.init(text: text, signatures: [])
        try add(signers)
    }

    /// Reads a note.
    ///
    /// The text ends before the LAST blank line; what follows must be signature lines only.
    ///
    /// - Throws: ``NoteError`` when it is not well-formed.
    public init(parsing bytes: [UInt8]) throws(NoteError) {
        guard bytes.count <= SignedNote.longest else { throw .tooLong(bytes.count) }
        guard SignedNote.isNoteText(bytes) else { throw .badText }
        guard bytes.last == 0x0a, let blank = SignedNote.lastBlankLine(in: bytes) else { throw .noSignatures }
        let text = bytes[..<blank]
        let block = bytes[(blank + 1)...].dropLast()
        guard !text.isEmpty, !block.isEmpty else { throw .noSignatures }
        var signatures: [NoteSignature] = []
        for line in block.split(separator: 0x0a, omittingEmptySubsequences: false) {
            guard signatures.count < SignedNote.mostSignatures else { throw .tooManySignatures }
            guard let signature = NoteSignature(lineBytes: line) else { throw .badSignatureLine(signatures.count + 1) }
            signatures.append(signature)
        }
        textBytes = Array(text)
        self.signatures = signatures
    }

    /// Reads a note from a string.
    ///
    /// - Throws: ``NoteError`` when it is not well-formed.
    public init(parsing text: String) throws(NoteError) {
        try self.init(parsing: Array(text.utf8))
    }

    /// The text.
    public var text: String { String(decoding: textBytes, as: UTF8.self) }

    /// The whole note: text, blank line, signature lines.
    public var bytes: [UInt8] { textBytes + [0x0a] + signatures.flatMap { Array($0.line.utf8) } }

    /// The whole note as a string.
    public var string: String { String(decoding: bytes, as: UTF8.self) }

    /// Adds a signature made before, a cosignature for instance, unless the same line is there already.
    ///
    /// - Throws: ``NoteError`` when a limit is passed.
    public mutating func add(_ signature: NoteSignature) throws(NoteError) {
        guard !signatures.contains(signature) else { return }
        signatures.append(signature)
        do {
            try checkLimits()
        } catch {
            signatures.removeLast()
            throw error
        }
    }

    /// Signs the note with further keys.
    ///
    /// - Throws: ``NoteError``, or what a signer throws.
    public mutating func add(_ signers: [any NoteSigner]) throws {
        for signer in signers {
            try add(NoteSignature(signing: textBytes, by: signer))
        }
    }

    /// The same text with some of the signatures: a witness, for one, is sent only the log's own.
    public func keepingSignatures(where keep: (NoteSignature) -> Bool) -> SignedNote {
        var note = self
        note.signatures.removeAll { !keep($0) }
        return note
    }

    /// Checks the signatures.
    ///
    /// Signatures by unknown keys are ignored; one wrong signature by a known key refuses the whole note, even when the same
    /// key has signed it rightly in another line.
    ///
    /// - Parameter verifiers: the known keys.
    /// - Returns: the signatures by known keys, all of them right, at least one.
    /// - Throws: ``NoteError/badSignature(name:keyID:)`` or ``NoteError/noKnownSignature``.
    @discardableResult
    public func verified(by verifiers: [any NoteVerifier]) throws(NoteError) -> [NoteSignature] {
        var good: [NoteSignature] = []
        for signature in signatures {
            var isGood = false
            for verifier in verifiers where verifier.keyID == signature.keyID && verifier.name == signature.name {
                // Two different keys may share a name and an identifier by accident; then each must hold, as for one key.
                guard verifier.isValid(signature.signature, of: textBytes) else {
                    throw .badSignature(name: signature.name, keyID: signature.keyID)
                }
                isGood = true
            }
            if isGood { good.append(signature) }
        }
        guard !good.isEmpty else { throw .noKnownSignature }
        return good
    }

    private func checkLimits() throws(NoteError) {
        guard signatures.count <= SignedNote.mostSignatures else { throw .tooManySignatures }
        let lines = signatures.reduce(0) { $0 + 6 + $1.name.text.utf8.count + ($1.signature.count + 6) / 3 * 4 }
        let count = textBytes.count + 1 + lines
        guard count <= SignedNote.longest else { throw .tooLong(count) }
    }

    private static func isNoteText(_ bytes: [UInt8]) -> Bool {
        !bytes.contains { $0 < 0x20 && $0 != 0x0a } && String(validating: bytes, as: UTF8.self) != nil
    }

    /// The index of the second of the last two newlines that follow each other.
    private static func lastBlankLine(in bytes: [UInt8]) -> Int? {
        var at = bytes.count - 1
        while at > 0 {
            if bytes[at] == 0x0a, bytes[at - 1] == 0x0a { return at }
            at -= 1
        }
        return nil
    }
}
