/// One signature line of a note: who, with which key, and the signature (C2SP signed-note).
public struct NoteSignature: Hashable, Sendable {
    /// The name of the key.
    public let name: KeyName

    /// The short identifier of the key; the pair of name and identifier names a key and its algorithm.
    public let keyID: UInt32

    /// The signature, as its type lays it out; at least one byte.
    public let signature: [UInt8]

    /// Takes the parts of a line.
    public init(name: KeyName, keyID: UInt32, signature: [UInt8]) {
        self.name = name
        self.keyID = keyID
        self.signature = signature
    }

    /// Signs a note's text.
    ///
    /// - Parameters:
    ///   - text: the text with its last newline.
    ///   - signer: the key.
    /// - Throws: what the signer throws.
    public init(signing text: [UInt8], by signer: any NoteSigner) throws {
        self.init(name: signer.name, keyID: signer.keyID, signature: try signer.sign(text))
    }

    /// Reads a line without its newline.
    ///
    /// - Returns: nil for any spelling that ``line`` does not give.
    public init?(line: some StringProtocol) {
        self.init(lineBytes: Array(line.utf8)[...])
    }

    init?(lineBytes: ArraySlice<UInt8>) {
        // U+2014 and a space.
        guard lineBytes.starts(with: [0xe2, 0x80, 0x94, 0x20]) else { return nil }
        let rest = lineBytes.dropFirst(4)
        guard let space = rest.firstIndex(of: 0x20) else { return nil }
        guard let text = String(validating: rest[..<space], as: UTF8.self), let name = try? KeyName(text),
            let bytes = Base64.decode(rest[(space + 1)...]), bytes.count > 4
        else { return nil }
        self.name = name
        keyID = bytes.prefix(4).reduce(0) { $0 << 8 | UInt32($1) }
        signature = Array(bytes.dropFirst(4))
    }

    /// The line with its newline: `— name base64(keyID || signature)`.
    public var line: String {
        let bytes = NoteSignature.bigEndian(keyID) + signature
        return "\u{2014} \(name.text) \(Base64.encode(bytes))\n"
    }

    static func bigEndian(_ keyID: UInt32) -> [UInt8] {
        [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: keyID >> $0) }
    }

    static func hexadecimal(_ keyID: UInt32) -> String { Hexadecimal.encode(bigEndian(keyID)) }
}
