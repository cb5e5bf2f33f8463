import Acts

/// Reads the two fields of message signatures (RFC 9421, 4), which are dictionaries of structured fields (RFC 9651): as much of
/// the grammar as these fields use, strictly.
public struct StructuredFields: Sendable {
    /// What is wrong with a field, in English.
    public struct Malformed: Error, Hashable, Sendable {
        public let reason: String
    }

    public enum Parameter: Hashable, Sendable {
        case string(String)
        case integer(Int64)
        case bool(Bool)

        public var text: String? {
            if case .string(let text) = self { text } else { nil }
        }
    }

    public struct SignatureInput: Sendable {
        public let label: String
        public let components: [String]
        public let parameters: [String: Parameter]
        /// The member's value as it stands there.
        public let text: String
    }

    private let bytes: [UInt8]
    private var at = 0

    public init(_ text: String) { bytes = Array(text.utf8) }

    /// `label=("@method" "@path");created=1;keyid="…"`, and more of them.
    public mutating func signatureInputs() throws(Malformed) -> [SignatureInput] {
        var inputs: [SignatureInput] = []
        try members { (reader, label) throws(Malformed) in
            let start = reader.at
            var components: [String] = []
            try reader.expect(0x28)
            while true {
                reader.skipSpaces()
                if reader.take(0x29) { break }
                components.append(try reader.string())
                guard components.count <= 32 else { throw Malformed(reason: "it covers too much") }
                // A component's own parameters, such as ;sf, change what it means; this program signs without and takes none.
                guard reader.peek != 0x3B else { throw Malformed(reason: "a component has parameters") }
            }
            let parameters = try reader.parameters()
            inputs.append(
                SignatureInput(
                    label: label, components: components, parameters: parameters,
                    text: String(decoding: reader.bytes[start..<reader.at], as: UTF8.self)))
        }
        return inputs
    }

    /// `label=:base64:`, and more of them.
    public mutating func byteSequences() throws(Malformed) -> [String: [UInt8]] {
        var values: [String: [UInt8]] = [:]
        try members { (reader, label) throws(Malformed) in
            try reader.expect(0x3A)
            guard let end = reader.bytes[reader.at...].firstIndex(of: 0x3A),
                let value = Base64.decode(String(decoding: reader.bytes[reader.at..<end], as: UTF8.self))
            else { throw Malformed(reason: "a signature is not base64 between colons") }
            reader.at = end + 1
            values[label] = value
            _ = try reader.parameters()
        }
        return values
    }

    private mutating func members(
        _ member: (inout StructuredFields, String) throws(Malformed) -> Void
    ) throws(Malformed) {
        var labels: Set<String> = []
        while true {
            skipSpaces()
            let label = try key()
            guard labels.insert(label).inserted, labels.count <= 16 else {
                throw Malformed(reason: "a label stands there twice, or too many do")
            }
            try expect(0x3D)
            try member(&self, label)
            skipSpaces()
            guard at < bytes.count else { return }
            try expect(0x2C)
        }
    }

    private mutating func parameters() throws(Malformed) -> [String: Parameter] {
        var parameters: [String: Parameter] = [:]
        while take(0x3B) {
            skipSpaces()
            let name = try key()
            guard parameters.count < 16, parameters[name] == nil else {
                throw Malformed(reason: "a parameter stands there twice, or too many do")
            }
            guard take(0x3D) else {
                parameters[name] = .bool(true)
                continue
            }
            switch peek {
            case 0x22?: parameters[name] = .string(try string())
            case let byte? where byte == 0x2D || (0x30...0x39).contains(byte): parameters[name] = .integer(try integer())
            default: throw Malformed(reason: "a parameter is neither text nor number")
            }
        }
        return parameters
    }

    private var peek: UInt8? { at < bytes.count ? bytes[at] : nil }

    private mutating func take(_ byte: UInt8) -> Bool {
        guard peek == byte else { return false }
        at += 1
        return true
    }

    private mutating func expect(_ byte: UInt8) throws(Malformed) {
        guard take(byte) else { throw Malformed(reason: "it is not of the form that RFC 9421 gives") }
    }

    private mutating func skipSpaces() {
        while peek == 0x20 { at += 1 }
    }

    /// RFC 9651, 3.1.2.
    private mutating func key() throws(Malformed) -> String {
        let start = at
        while let byte = peek, (0x61...0x7A).contains(byte) || (0x30...0x39).contains(byte) || [0x5F, 0x2D, 0x2E, 0x2A].contains(byte) {
            at += 1
        }
        guard at > start, let first = bytes[start...].first, (0x61...0x7A).contains(first) || first == 0x2A else {
            throw Malformed(reason: "a name is missing")
        }
        return String(decoding: bytes[start..<at], as: UTF8.self)
    }

    /// RFC 9651, 3.3.3.
    private mutating func string() throws(Malformed) -> String {
        try expect(0x22)
        var text: [UInt8] = []
        while let byte = peek {
            at += 1
            switch byte {
            case 0x22: return String(decoding: text, as: UTF8.self)
            case 0x5C:
                guard let next = peek, next == 0x22 || next == 0x5C else { throw Malformed(reason: "a text has a wrong escape") }
                text.append(next)
                at += 1
            case 0x20...0x7E: text.append(byte)
            default: throw Malformed(reason: "a text has a character that it may not have")
            }
        }
        throw Malformed(reason: "a text does not end")
    }

    private mutating func integer() throws(Malformed) -> Int64 {
        let start = at
        _ = take(0x2D)
        while let byte = peek, (0x30...0x39).contains(byte) { at += 1 }
        guard at - start <= 16, let value = Int64(String(decoding: bytes[start..<at], as: UTF8.self)) else {
            throw Malformed(reason: "a number is too long")
        }
        return value
    }
}
