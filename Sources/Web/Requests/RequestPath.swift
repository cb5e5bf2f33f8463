import Acts

/// The path of a request, checked: one spelling only, and nothing in it that another reader could take for something else.
///
/// A path is refused that holds, after decoding once, an empty or dot segment, a slash, a backslash, a control character or a
/// percent sign: no address of this house needs any of these, and each is a known trick (CWE-22, CWE-172, CWE-180).
enum RequestPath {
    static let longest = 2_048

    /// Checks a path as it stands in the request.
    static func check(_ path: String) throws(Refusal) {
        guard path.utf8.first == 0x2F else { throw refusal }
        guard path.utf8.count > 1 else { return }
        for segment in path.dropFirst().split(separator: "/", omittingEmptySubsequences: false) {
            // Most segments are plain and need no second look.
            if segment.utf8.allSatisfy(isPlain), !segment.isEmpty, segment != ".", segment != ".." { continue }
            guard let decoded = PercentCoding.decode(segment, plusIsSpace: false), !decoded.isEmpty, decoded != ".", decoded != "..",
                decoded.unicodeScalars.allSatisfy({
                    $0.value >= 0x20 && $0.value != 0x7F && !(0x80...0x9F).contains($0.value) && $0 != "/" && $0 != "\\" && $0 != "%"
                })
            else { throw refusal }
        }
    }

    /// Letters, digits and the marks that stand for themselves everywhere.
    private static func isPlain(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x5F, 0x7E: true
        default: false
        }
    }

    static var refusal: Refusal {
        Refusal(
            .malformed, code: "request.path", "The address is not of a form this node reads.",
            mend: "Follow a link, or write the address without special characters.", citation: "RFC 3986, 3.3")
    }
}
