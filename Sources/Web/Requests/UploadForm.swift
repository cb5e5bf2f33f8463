public import Acts
public import Hummingbird

/// A form that was sent with files in it.
public struct UploadForm: Hashable, Sendable {
    public struct File: Hashable, Sendable {
        /// As the sender calls it: for people to read, never a path.
        public let name: String
        /// As the sender's browser says it; not checked against the bytes.
        public let mediaType: String
        public let bytes: [UInt8]
    }

    public let fields: Fields
    /// By the names of their fields; a field left empty is not among them.
    public let files: [String: File]
    /// Goes into the act's `request`, so that the same form sent again is refused by the record.
    public let request: String
}

extension House {
    /// Reads a form with files, sent by a page of this house, with its token checked. A form without files is taken too.
    ///
    /// - Parameter limit: bytes of the whole body.
    /// - Throws: 413, 415, or a refusal that says the form is not this visitor's or too old.
    public func upload(from request: Request, _ visit: Visit, upTo limit: Int = 32 << 20) async throws -> UploadForm {
        let type = request.headers[.contentType] ?? ""
        guard type.lowercased().hasPrefix("multipart/form-data") else {
            let form = try await form(from: request, visit)
            return UploadForm(fields: form.fields, files: [:], request: form.request)
        }
        guard let boundary = MultipartReader.boundary(of: type) else {
            throw Refusal(
                .unsupportedMediaType, code: "request.content-type", "What was sent is not multipart/form-data.",
                mend: "Send it as multipart/form-data.", citation: "RFC 9110, 15.5.16", arguments: ["expected": "multipart/form-data"])
        }
        let parts = try MultipartReader.read(try await body(of: request, upTo: limit), boundary: boundary)
        var pairs: [Fields.Pair] = []
        var files: [String: UploadForm.File] = [:]
        for part in parts {
            if let name = part.fileName {
                guard !name.isEmpty || !part.content.isEmpty else { continue }
                files[part.name] = UploadForm.File(
                    name: String(name.prefix(200)), mediaType: part.mediaType ?? "application/octet-stream", bytes: part.content)
            } else {
                guard part.content.count <= Form.longest, let text = String(validating: part.content, as: UTF8.self),
                    !text.utf8.contains(0)
                else { throw Fields.notText(part.name) }
                pairs.append(Fields.Pair(name: part.name, value: text))
            }
        }
        let fields = Fields(pairs: pairs)
        return UploadForm(fields: fields, files: files, request: try checkFormToken(fields.text("request") ?? "", visit))
    }
}
