import Acts

/// A file that came with a form.
public struct UploadedFile: Hashable, Sendable {
    /// The field it came in.
    public let field: String
    /// The name it had on the person's own disk: never used as a path.
    public let name: String
    /// As the sender's browser says it; not checked against the bytes.
    public let mediaType: String
    public let bytes: [UInt8]
}

/// Takes a `multipart/form-data` body apart (RFC 7578, RFC 2046, 5.1): fields of text and files, each bounded.
struct MultipartParser: Sendable {
    /// What a body holds.
    struct Content: Hashable, Sendable {
        var fields: [Fields.Pair] = []
        var files: [UploadedFile] = []
    }

    /// The most parts, and the most bytes of one part's headers.
    static let mostParts = 200
    static let longestHeaders = 8 << 10

    private let delimiter: [UInt8]

    /// - Parameter contentType: the header's value, with the boundary.
    init(contentType: String) throws(Refusal) {
        var boundary: String?
        for parameter in contentType.split(separator: ";").dropFirst() {
            let parts = parameter.split(separator: "=", maxSplits: 1)
            guard parts.count == 2, parts[0].trimmingSpace().lowercased() == "boundary" else { continue }
            guard boundary == nil else { throw Self.malformed("its boundary stands twice") }
            boundary = parts[1].trimmingSpace().trimmingQuotes()
        }
        // RFC 2046, 5.1.1: 1 to 70 characters of the boundary's own set.
        guard let boundary, (1...70).contains(boundary.utf8.count), boundary.utf8.allSatisfy(Self.mayStandInBoundary) else {
            throw Self.malformed("it has no boundary of 1 to 70 characters")
        }
        delimiter = Array("--\(boundary)".utf8)
    }

    func content(of body: [UInt8]) throws(Refusal) -> Content {
        var content = Content()
        // The first delimiter may stand at the very beginning, every other follows a line end (RFC 2046, 5.1.1).
        guard var index = Self.after(delimiter, in: body, at: 0) else { throw Self.malformed("it does not begin with its boundary") }
        while true {
            if body[index...].starts(with: [0x2D, 0x2D]) {
                // What follows the last boundary begins on a line of its own, and says nothing to us.
                let rest = body[(index + 2)...].drop { $0 == 0x20 || $0 == 0x09 }
                guard rest.isEmpty || rest.starts(with: [0x0D, 0x0A]) else { throw Self.malformed("a boundary does not end its line") }
                return content
            }
            guard body[index...].starts(with: [0x0D, 0x0A]) else { throw Self.malformed("a boundary does not end its line") }
            index += 2
            guard content.fields.count + content.files.count < Self.mostParts else {
                throw Refusal(
                    .malformed, code: "request.fields", "There are more than \(Self.mostParts) fields.", mend: "Send fewer.",
                    arguments: ["limit": String(Self.mostParts)])
            }
            let headers = try Self.headers(in: body, from: &index)
            guard let end = Self.find([0x0D, 0x0A] + delimiter, in: body, from: index) else {
                throw Self.malformed("a part does not end")
            }
            try Self.add(headers, Array(body[index..<end]), to: &content)
            index = end + 2 + delimiter.count
        }
    }

    /// The name a part has, and its file's name where it is a file.
    private struct Disposition {
        var name: String
        var fileName: String?
        var mediaType = "application/octet-stream"
    }

    private static func add(_ disposition: Disposition, _ bytes: [UInt8], to content: inout Content) throws(Refusal) {
        if let fileName = disposition.fileName {
            // A file field left empty comes as a file without name and bytes.
            guard !fileName.isEmpty || !bytes.isEmpty else { return }
            content.files.append(UploadedFile(field: disposition.name, name: fileName, mediaType: disposition.mediaType, bytes: bytes))
            return
        }
        guard let value = String(validating: bytes, as: UTF8.self), !value.utf8.contains(0) else {
            throw Fields.notText(disposition.name)
        }
        // A browser sends a text area's line ends as CRLF (HTML, 4.10.22.7).
        content.fields.append(Fields.Pair(name: disposition.name, value: value.replacing("\r\n", with: "\n")))
    }

    private static func headers(in body: [UInt8], from index: inout Int) throws(Refusal) -> Disposition {
        guard let end = find([0x0D, 0x0A, 0x0D, 0x0A], in: body, from: max(0, index - 2), upTo: index + longestHeaders) else {
            throw malformed("a part's headers do not end, or are longer than \(longestHeaders) bytes")
        }
        let bytes = end > index ? body[index..<end] : []
        index = end + 4
        guard let text = String(validating: bytes, as: UTF8.self) else { throw malformed("a part's headers are not UTF-8") }
        var found: Disposition?
        var mediaType: String?
        for line in text.split(separator: "\r\n") {
            guard let colon = line.firstIndex(of: ":") else { throw malformed("a part's header has no colon") }
            let value = line[line.index(after: colon)...]
            if line[..<colon].lowercased() == "content-type" {
                mediaType = (value.split(separator: ";").first ?? "").trimmingSpace().lowercased()
            }
            guard line[..<colon].lowercased() == "content-disposition" else { continue }
            guard found == nil else { throw malformed("a part says twice what it is") }
            found = try disposition(value)
        }
        if let mediaType, !mediaType.isEmpty { found?.mediaType = String(mediaType.prefix(127)) }
        guard let found else { throw malformed("a part does not say which field it is") }
        return found
    }

    /// `form-data; name="text"; filename="agreement.xml"`. Browsers encode only quotes and line ends in names (HTML, 4.10.22.7).
    private static func disposition(_ value: Substring) throws(Refusal) -> Disposition {
        var parameters: [String: String] = [:]
        var rest = value.drop { $0 == " " || $0 == "\t" }
        let type = rest.prefix { $0 != ";" }
        guard type.trimmingSpace().lowercased() == "form-data" else { throw malformed("a part is not form data") }
        rest = rest.dropFirst(type.count)
        while let first = rest.first {
            guard first == ";" else { throw malformed("a part's header cannot be read") }
            rest = rest.dropFirst().drop { $0 == " " || $0 == "\t" }
            let name = rest.prefix { $0 != "=" && $0 != ";" }
            rest = rest.dropFirst(name.count)
            guard rest.first == "=" else { throw malformed("a part's header cannot be read") }
            rest = rest.dropFirst()
            let value: Substring
            if rest.first == "\"" {
                value = rest.dropFirst().prefix { $0 != "\"" }
                rest = rest.dropFirst(1 + value.count)
                guard rest.first == "\"" else { throw malformed("a quote in a part's header does not end") }
                rest = rest.dropFirst().drop { $0 == " " || $0 == "\t" }
            } else {
                value = rest.prefix { $0 != ";" }
                rest = rest.dropFirst(value.count)
            }
            guard parameters.updateValue(unescaped(value), forKey: name.trimmingSpace().lowercased()) == nil else {
                throw malformed("a part's header says something twice")
            }
        }
        guard let name = parameters["name"], !name.isEmpty, name.utf8.count <= 128, !name.utf8.contains(0) else {
            throw malformed("a part does not say which field it is")
        }
        return Disposition(name: name, fileName: parameters["filename"].map { String($0.prefix(255)) })
    }

    private static func unescaped(_ text: Substring) -> String {
        String(text.replacing("%22", with: "\"").replacing("%0D", with: "\r").replacing("%0A", with: "\n"))
    }

    /// Where the bytes after a pattern begin, if it stands exactly there.
    private static func after(_ pattern: [UInt8], in bytes: [UInt8], at index: Int) -> Int? {
        bytes[min(index, bytes.count)...].starts(with: pattern) ? index + pattern.count : nil
    }

    /// Where a pattern stands next. Looks for its first byte before it compares.
    private static func find(_ pattern: [UInt8], in bytes: [UInt8], from start: Int, upTo limit: Int = .max) -> Int? {
        let last = min(bytes.count - pattern.count, limit)
        guard let first = pattern.first, start <= last else { return nil }
        return bytes.withUnsafeBufferPointer { bytes in
            var index = start
            while index <= last {
                if bytes[index] == first {
                    var place = 1
                    while place < pattern.count, bytes[index + place] == pattern[place] { place += 1 }
                    if place == pattern.count { return index }
                }
                index += 1
            }
            return nil
        }
    }

    private static func mayStandInBoundary(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
        default: Array("'()+_,-./:=? ".utf8).contains(byte)
        }
    }

    private static func malformed(_ reason: String) -> Refusal {
        Refusal(
            .malformed, code: "request.multipart", "The form that was sent cannot be read: \(reason).",
            mend: "Send it as multipart/form-data, as a browser does.", citation: "RFC 7578", arguments: ["reason": reason])
    }
}

extension String {
    fileprivate func trimmingQuotes() -> String {
        count >= 2 && hasPrefix("\"") && hasSuffix("\"") ? String(dropFirst().dropLast()) : self
    }
}
