import Crypto
import Foundation

/// Contact addresses and reference numbers that differ from copy to copy and tell, when used, which copy they come from.
///
/// Never a fact of the text: an address that reaches the office and a number that the office's registry knows are true in every copy.
public struct CanaryMarks: Sendable {
    /// What was recognised in a text.
    public struct Sighting: Hashable, Sendable {
        public enum Kind: String, Hashable, Sendable, CaseIterable { case address, reference }
        /// From 1.
        public let copy: Int
        public let kind: Kind
        public let text: String
    }

    private let secret: [UInt8]
    private let document: String
    private let copies: Int

    /// - Parameters:
    ///   - secret: the assignment's, at least 32 bytes.
    ///   - document: the document's identifier and issue.
    public init(secret: [UInt8], document: String, copies: Int) {
        self.secret = secret
        self.document = document
        self.copies = min(max(copies, 0), CopyAssignment.maximumCopies)
    }

    /// Letters and digits that are not mistaken for one another on paper (Crockford's base 32, without letters alike).
    private static let letters = Array("0123456789abcdefghjkmnpqrstvwxyz")

    /// 40 bits of a keyed hash: eight letters.
    private func token(_ purpose: String, copy: Int) -> String {
        let message = Array("chancery-canary/1\u{0}\(purpose)\u{0}\(document)\u{0}\(copy)".utf8)
        let code = Array(HMAC<SHA256>.authenticationCode(for: message, using: SymmetricKey(data: secret)))
        var value: UInt64 = 0
        for byte in code.prefix(5) { value = value << 8 | UInt64(byte) }
        return String((0..<8).map { Self.letters[Int((value >> (35 - 5 * $0)) & 31)] })
    }

    /// An address of the office for replies to that copy: `press+8k3m9x2a@mfa.example`.
    ///
    /// - Parameter address: the office's own address. Mail servers deliver what stands after the plus to the same box (RFC 5233).
    public func address(copy: Int, at address: String) -> String {
        guard let at = address.lastIndex(of: "@") else { return address }
        return "\(address[..<at])+\(token("address", copy: copy))\(address[at...])"
    }

    /// The copy's own reference number: `MFA/2026/117-9x2a8k3m`.
    public func reference(copy: Int, base: String) -> String {
        "\(base)-\(token("reference", copy: copy))"
    }

    /// The copies whose address or number stands in a text: an envelope's recipient, a letter that quotes a number, a found page.
    public func sightings(in text: String) -> [Sighting] {
        let folded = text.prefix(1 << 20).lowercased()
        var words: Set<Substring> = []
        for word in folded.split(whereSeparator: { !($0.isASCII && ($0.isLetter || $0.isNumber)) }) where word.count == 8 {
            words.insert(word)
        }
        guard !words.isEmpty else { return [] }
        var found: [Sighting] = []
        for copy in 1...max(copies, 1) where copy <= copies {
            for kind in Sighting.Kind.allCases {
                let token = token(kind.rawValue, copy: copy)
                if words.contains(token[...]) { found.append(Sighting(copy: copy, kind: kind, text: token)) }
            }
        }
        return found
    }
}
