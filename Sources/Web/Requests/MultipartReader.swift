import Acts

/// Reads `multipart/form-data` (RFC 7578, RFC 2046): strict, and bounded in the number of its parts and the length of their heads.
struct MultipartReader {
    struct Part: Hashable {
        var name: String
        /// As the sender calls it; never a path of ours. `nil` for a plain field.
        var fileName: String?
        var mediaType: String?
        var content: [UInt8]
    }

    static let mostParts = 100
    static let longestHead = 4096

    private let bytes: [UInt8]
    private let delimiter: [UInt8]
    private var offset = 0

    /// The boundary that a `Content-Type` header names; `nil` where it names none of the form RFC 2046 allows.
    static func boundary(of contentType: String) -> String? {
        for parameter in contentType.split(separator: ";").dropFirst() {
            let parameter = parameter.trimmingSpace()
            guard parameter.lowercased().hasPrefix("boundary=") else { continue }
            var value = parameter.dropFirst("boundary=".count)
            if value.hasPrefix("\""), value.hasSuffix("\""), value.count >= 2 { value = value.dropFirst().dropLast() }
            let isGood = value.utf8.allSatisfy { byte in
                switch byte {
                case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
                default: "'()+_,-./:=?".utf8.contains(byte)
                }
            }
            return isGood && (1...70).contains(value.utf8.count) ? String(value) : nil
        }
        return nil
    }

    /// - Returns: the parts in order.
    static func read(_ bytes: [UInt8], boundary: String) throws(Refusal) -> [Part] {
        var reader = MultipartReader(bytes: bytes, delimiter: Array("--\(boundary)".utf8))
        return try reader.parts()
    }

    private init(bytes: [UInt8], delimiter: [UInt8]) {
        self.bytes = bytes
        self.delimiter = delimiter
    }

    private static var malformed: Refusal {
        Refusal(
            .malformed, code: "request.multipart", "The form with a file is not of the right form.", mend: "Send it again from the page.",
            citation: "RFC 7578")
    }

    private mutating func parts() throws(Refusal) -> [Part] {
        guard starts(with: delimiter, at: 0) else { throw Self.malformed }
        offset = delimiter.count
        var parts: [Part] = []
        while true {
            if starts(with: [0x2D, 0x2D], at: offset) { return parts }
            guard starts(with: [0x0D, 0x0A], at: offset), parts.count < Self.mostParts else { throw Self.malformed }
            offset += 2
            parts.append(try part())
        }
    }

    private mutating func part() throws(Refusal) -> Part {
        let end = try position(of: [0x0D, 0x0A, 0x0D, 0x0A], from: offset, within: Self.longestHead)
        guard let head = String(validating: bytes[offset..<end], as: UTF8.self) else { throw Self.malformed }
        var part = try Self.read(head: head)
        let start = end + 4
        let close = try position(of: [0x0D, 0x0A] + delimiter, from: start, within: .max)
        part.content = Array(bytes[start..<close])
        offset = close + 2 + delimiter.count
        return part
    }

    private static func read(head: String) throws(Refusal) -> Part {
        var part = Part(name: "", content: [])
        for line in head.split(separator: "\r\n") {
            guard let colon = line.firstIndex(of: ":") else { throw malformed }
            let value = line[line.index(after: colon)...].trimmingSpace()
            switch line[..<colon].lowercased() {
            case "content-disposition":
                guard value.lowercased().hasPrefix("form-data") else { throw malformed }
                guard let name = parameter("name", of: value), name.utf8.count <= 128 else { throw malformed }
                part.name = name
                part.fileName = parameter("filename", of: value)
            case "content-type":
                part.mediaType = (value.split(separator: ";").first ?? "").trimmingSpace().lowercased()
            default: break
            }
        }
        guard !part.name.isEmpty, !part.name.utf8.contains(0) else { throw malformed }
        return part
    }

    /// A quoted parameter, with the escapes browsers write: `%22`, `%0D` and `%0A` (WHATWG HTML, multipart/form-data).
    private static func parameter(_ name: String, of value: String) -> String? {
        var rest = value[...]
        let mark = "\(name)=\""
        while let found = rest.firstRange(of: mark) {
            let isWhole = found.lowerBound == rest.startIndex || " ;\t".contains(rest[rest.index(before: found.lowerBound)])
            rest = rest[found.upperBound...]
            guard isWhole else { continue }
            guard let end = rest.firstIndex(of: "\"") else { return nil }
            return String(rest[..<end]).replacing("%22", with: "\"").replacing("%0D", with: " ").replacing("%0A", with: " ")
        }
        return nil
    }

    private func starts(with wanted: [UInt8], at position: Int) -> Bool {
        position + wanted.count <= bytes.count && bytes[position..<(position + wanted.count)].elementsEqual(wanted)
    }

    private func position(of wanted: [UInt8], from start: Int, within limit: Int) throws(Refusal) -> Int {
        let last = min(bytes.count - wanted.count, limit == .max ? .max : start + limit)
        var position = start
        let first = wanted[0]
        while position <= last {
            if bytes[position] == first, starts(with: wanted, at: position) { return position }
            position += 1
        }
        throw Self.malformed
    }
}
