/// Which key on which token: a `pkcs11:` URI (RFC 7512).
///
///     pkcs11:token=Legal%20Adviser;object=sign?pin-source=file:/run/secrets/pin
public struct TokenAddress: Hashable, Sendable {
    /// No honest address is longer.
    public static let maximumLength = 2_048

    /// The token's label, without the blanks that pad it.
    public var token: String?
    public var manufacturer: String?
    public var model: String?
    public var serial: String?
    /// The key's label.
    public var object: String?
    /// The key's identifier, bytes.
    public var identifier: [UInt8]?
    /// A file that holds the PIN in its first line.
    public var pinSource: String?
    /// The module to load; `nil`: those that p11-kit is configured with.
    public var modulePath: String?

    /// - Throws: ``SealError`` with what is wrong and how it is written.
    public init(_ text: String) throws(SealError) {
        guard text.utf8.count <= TokenAddress.maximumLength else { throw TokenAddress.malformed("is longer than 2048 bytes") }
        guard text.hasPrefix("pkcs11:") else { throw TokenAddress.malformed("does not begin with pkcs11:") }
        let halves = text.dropFirst(7).split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        var seen: Set<String> = []
        for part in (halves.first ?? "").split(separator: ";") {
            let (name, bytes) = try TokenAddress.attribute(part, &seen)
            switch name {
            case "token": token = try TokenAddress.text(bytes)
            case "manufacturer": manufacturer = try TokenAddress.text(bytes)
            case "model": model = try TokenAddress.text(bytes)
            case "serial": serial = try TokenAddress.text(bytes)
            case "object": object = try TokenAddress.text(bytes)
            case "id": identifier = bytes
            case "type":
                guard try TokenAddress.text(bytes) == "private" else {
                    throw TokenAddress.malformed("names another object than a private key")
                }
            default:
                // RFC 7512, 2.3: what a reader does not know it cannot pass over, since it narrows the choice.
                throw TokenAddress.malformed("has the attribute \(name), which is not known here")
            }
        }
        for part in (halves.count > 1 ? halves[1] : "").split(separator: "&") {
            let (name, bytes) = try TokenAddress.attribute(part, &seen)
            switch name {
            case "pin-source":
                let source = try TokenAddress.text(bytes)
                pinSource = source.hasPrefix("file:") ? String(source.dropFirst(5)) : source
            case "module-path": modulePath = try TokenAddress.text(bytes)
            case "pin-value":
                throw SealError(
                    .unsupported, "The PIN stands in the address, where the list of processes and the shell's history show it.",
                    mend: "Give it at the prompt, or in a file: ?pin-source=file:PATH.")
            default: throw TokenAddress.malformed("has the attribute \(name), which is not known here")
            }
        }
        if let pinSource { guard !pinSource.hasPrefix("|") else { throw TokenAddress.malformed("names a program as its PIN's source") } }
    }

    private static func malformed(_ reason: String) -> SealError {
        SealError(
            .malformed, "The token's address \(reason).",
            mend: "Write it as RFC 7512 says: pkcs11:token=LABEL;object=KEY?pin-source=file:PATH.")
    }

    private static func attribute(_ part: Substring, _ seen: inout Set<String>) throws(SealError) -> (name: String, bytes: [UInt8]) {
        let halves = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        guard halves.count == 2, !halves[0].isEmpty else { throw malformed("has a part that is not NAME=VALUE") }
        let name = String(halves[0])
        guard seen.insert(name).inserted else { throw malformed("has \(name) twice") }
        var bytes: [UInt8] = []
        var rest = Array(halves[1].utf8)[...]
        while let byte = rest.popFirst() {
            guard byte == 0x25 else {
                bytes.append(byte)
                continue
            }
            guard let high = rest.popFirst().flatMap(digit), let low = rest.popFirst().flatMap(digit) else {
                throw malformed("has a % that is not followed by two hexadecimal digits")
            }
            bytes.append(high << 4 | low)
        }
        return (name, bytes)
    }

    private static func digit(_ byte: UInt8) -> UInt8? {
        switch byte {
        case 0x30...0x39: byte - 0x30
        case 0x41...0x46: byte - 0x41 + 10
        case 0x61...0x66: byte - 0x61 + 10
        default: nil
        }
    }

    private static func text(_ bytes: [UInt8]) throws(SealError) -> String {
        guard let text = String(validating: bytes, as: UTF8.self), !text.contains("\0") else {
            throw malformed("has a value that is not UTF-8")
        }
        return text
    }
}
