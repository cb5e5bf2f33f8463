/// A word of a policy file: bytes, by custom UTF-8, compared as bytes only (C2SP tlog-policy, "Character set").
public struct OpaqueText: Hashable, Sendable, CustomStringConvertible {
    /// The bytes.
    public let bytes: [UInt8]

    /// Takes bytes.
    public init(bytes: [UInt8]) {
        self.bytes = bytes
    }

    /// Takes the UTF-8 bytes of a text.
    public init(_ text: String) {
        bytes = Array(text.utf8)
    }

    /// The bytes as UTF-8, what is not UTF-8 replaced.
    public var description: String { String(decoding: bytes, as: UTF8.self) }
}
