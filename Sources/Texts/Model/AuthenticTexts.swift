import Crypto

/// The authentic texts of an instrument together, by the SHA-256 of each one's bytes: what is adopted, signed, notified and registered
/// is all of them, so all of them have one hash.
///
/// The hash is the SHA-256 of lines anyone can write and hash again (docs/texts.md): the form's name, then a line for each language in
/// the order of the tags' bytes.
///
///     chancery.authentic-texts/1
///     ar 5f1c...
///     en 90ab...
public struct AuthenticTexts: Hashable, Sendable {
    /// The SHA-256 of each expression's bytes, 32 bytes, by language. Never empty.
    public let digests: [TextLanguage: [UInt8]]

    /// The first line of the canonical bytes.
    public static let form = "chancery.authentic-texts/1"

    /// - Throws: ``TextFault`` where no language is named, or a digest is not of 32 bytes.
    public init(digests: [TextLanguage: [UInt8]]) throws(TextFault) {
        guard !digests.isEmpty else {
            throw TextFault(.structure, "a set of authentic texts holds none.", mend: "Enter the text in at least one authentic language.")
        }
        for (language, digest) in digests where digest.count != SHA256.byteCount {
            throw TextFault(
                .structure, "the hash of the text in \(language) has \(digest.count) bytes.", mend: "Give its SHA-256, 32 bytes.")
        }
        self.digests = digests
    }

    /// The languages, in the order of the canonical bytes.
    public var languages: [TextLanguage] { digests.keys.sorted() }

    /// What is hashed: ASCII lines, each ended by a line feed.
    public var canonicalBytes: [UInt8] {
        var text = Self.form + "\n"
        for language in languages {
            let hexadecimal = (digests[language] ?? []).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
            text += "\(language) \(hexadecimal)\n"
        }
        return Array(text.utf8)
    }

    /// The hash of the set: 32 bytes.
    public var digest: [UInt8] { Array(SHA256.hash(data: canonicalBytes)) }
}
