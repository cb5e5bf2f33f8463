public import Acts
public import Hummingbird
import NIOCore

/// A form that was sent: its fields, and the identifier that makes it good once.
public struct Form: Hashable, Sendable {
    public let fields: Fields
    /// Goes into the act's `request`, so that the same form sent again is refused by the record.
    public let request: String
    /// Files that came with it, where the form takes any.
    public let files: [UploadedFile]

    init(fields: Fields, request: String, files: [UploadedFile] = []) {
        self.fields = fields
        self.request = request
        self.files = files
    }

    /// The file of a field; `nil` where none was chosen.
    public func file(_ field: String) -> UploadedFile? { files.first { $0.field == field } }

    /// A form's body may be at most this long.
    public static let longest = 64 << 10
}

extension House {
    /// Reads a form sent by a page of this house, with its token checked.
    /// - Throws: 413, 415, or a refusal that says the form is not this visitor's or too old.
    public func form(from request: Request, _ visit: Visit) async throws -> Form {
        try requireContentType("application/x-www-form-urlencoded", of: request)
        let bytes = try await body(of: request, upTo: Form.longest)
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw Fields.notText("?")
        }
        let fields = try Fields(parsing: text[...])
        let identifier = try checkFormToken(fields.text("request") ?? "", visit)
        return Form(fields: fields, request: identifier)
    }

    /// Reads the fields of a form that anybody may send, from wherever: there is no token to check, and none that could tell who sent it.
    public func openForm(from request: Request) async throws -> Fields {
        try requireContentType("application/x-www-form-urlencoded", of: request)
        guard let text = String(validating: try await body(of: request, upTo: Form.longest), as: UTF8.self) else {
            throw Fields.notText("?")
        }
        return try Fields(parsing: text[...])
    }

    /// Reads a form that may carry files (`multipart/form-data`), with its token checked; a form without any is read too.
    /// - Parameter limit: how many bytes the whole body may have.
    public func upload(from request: Request, upTo limit: Int, _ visit: Visit) async throws -> Form {
        let given = request.headers[.contentType] ?? ""
        guard (given.split(separator: ";").first ?? "").trimmingSpace().lowercased() == "multipart/form-data" else {
            return try await form(from: request, visit)
        }
        let parser = try MultipartParser(contentType: given)
        let content = try parser.content(of: try await body(of: request, upTo: limit))
        let fields = Fields(pairs: content.fields)
        let identifier = try checkFormToken(fields.text("request") ?? "", visit)
        return Form(fields: fields, request: identifier, files: content.files)
    }

    /// Reads the fields and files of a form that anybody may send, from wherever, as ``openForm(from:)`` does.
    /// - Parameter limit: how many bytes the whole body may have.
    public func openUpload(from request: Request, upTo limit: Int) async throws -> Form {
        let given = request.headers[.contentType] ?? ""
        guard (given.split(separator: ";").first ?? "").trimmingSpace().lowercased() == "multipart/form-data" else {
            return Form(fields: try await openForm(from: request), request: "")
        }
        let parser = try MultipartParser(contentType: given)
        let content = try parser.content(of: try await body(of: request, upTo: limit))
        return Form(fields: Fields(pairs: content.fields), request: "", files: content.files)
    }

    /// Reads a JSON body, strictly.
    public func jsonBody(of request: Request, limits: JSONParser.Limits = .init(bytes: 64 << 10, depth: 16)) async throws -> JSON {
        try requireContentType("application/json", of: request)
        let bytes = try await body(of: request, upTo: limits.bytes)
        do {
            return try JSONParser.parse(bytes, limits: limits)
        } catch {
            throw Refusal(
                .malformed, code: "request.json", "The body is not JSON as this node reads it: \(error).",
                mend: "Send strict JSON: UTF-8, no name twice in an object.", citation: "RFC 8259, RFC 7493",
                arguments: ["reason": error.description])
        }
    }

    /// The whole body, refused once it is longer than the limit.
    public func body(of request: Request, upTo limit: Int) async throws -> [UInt8] {
        let refusal = Refusal(
            .tooLarge, code: "request.too-large", "What was sent is longer than \(limit) bytes.", mend: "Send less at a time.",
            citation: "RFC 9110, 15.5.14", arguments: ["limit": String(limit)])
        if let declared = request.headers[.contentLength].flatMap(Int.init), declared > limit { throw refusal }
        var bytes: [UInt8] = []
        do {
            for try await buffer in request.body {
                guard bytes.count + buffer.readableBytes <= limit else { throw refusal }
                bytes.append(contentsOf: buffer.readableBytesView)
            }
        } catch let refusal as Refusal {
            throw refusal
        } catch {
            throw BodyFailure(underlying: error)
        }
        return bytes
    }

    private func requireContentType(_ expected: String, of request: Request) throws(Refusal) {
        let given = request.headers[.contentType] ?? ""
        let type = (given.split(separator: ";").first ?? "").trimmingSpace().lowercased()
        guard type == expected else {
            throw Refusal(
                .unsupportedMediaType, code: "request.content-type", "What was sent is not \(expected).",
                mend: "Send it as \(expected).", citation: "RFC 9110, 15.5.16", arguments: ["expected": expected])
        }
    }
}
