import Acts
import Foundation
import HTTPTypes
import HummingbirdTesting
import NIOCore
import Testing

/// Somebody at a browser: keeps cookies, fills in forms.
final class Visitor: @unchecked Sendable {
    let client: any TestClientProtocol
    private(set) var cookies: [String: String] = [:]

    // One test uses one visitor, from one task.
    init(client: any TestClientProtocol) {
        self.client = client
    }

    func bring(_ cookie: String) {
        let parts = cookie.split(separator: "=", maxSplits: 1)
        cookies[String(parts[0])] = parts.count > 1 ? String(parts[1]) : ""
    }

    func forget() { cookies = [:] }

    @discardableResult
    func get(_ path: String, _ headers: HTTPFields = [:]) async throws -> Answer {
        try await send(.get, path, headers)
    }

    func json(_ path: String, _ headers: HTTPFields = [:]) async throws -> Answer {
        var headers = headers
        headers[.accept] = "application/json"
        return try await send(.get, path, headers)
    }

    @discardableResult
    func post(_ path: String, _ fields: [(String, String)], _ headers: HTTPFields = [:]) async throws -> Answer {
        var headers = headers
        if headers[.contentType] == nil { headers[.contentType] = "application/x-www-form-urlencoded" }
        if headers[.origin] == nil { headers[.origin] = "http://localhost" }
        let body = fields.map { "\($0.0)=\(Visitor.encode($0.1))" }.joined(separator: "&")
        return try await send(.post, path, headers, body: Array(body.utf8))
    }

    @discardableResult
    func postJSON(_ path: String, _ value: JSON, _ headers: HTTPFields = [:]) async throws -> Answer {
        var headers = headers
        headers[.contentType] = "application/json"
        headers[.accept] = "application/json"
        if headers[.origin] == nil { headers[.origin] = "http://localhost" }
        return try await send(.post, path, headers, body: value.canonicalBytes)
    }

    @discardableResult
    func send(_ method: HTTPRequest.Method, _ path: String, _ headers: HTTPFields = [:], body: [UInt8]? = nil) async throws -> Answer {
        var headers = headers
        if !cookies.isEmpty { headers[.cookie] = cookies.map { "\($0.key)=\($0.value)" }.sorted().joined(separator: "; ") }
        let response = try await client.execute(
            uri: path, method: method, headers: headers, body: body.map { ByteBuffer(bytes: $0) })
        for header in response.headers[values: .setCookie] {
            let pair = header.prefix { $0 != ";" }
            bring(String(pair))
            if header.contains("Max-Age=0") { cookies[String(pair.prefix { $0 != "=" })] = nil }
        }
        return Answer(status: response.status, headers: response.headers, body: Array(buffer: response.body))
    }

    /// The hidden `request` of the form that has this `data-test` or this action.
    func token(_ page: Answer, form: String) throws -> String {
        let text = page.text
        let start = try #require(text.range(of: "data-test=\"\(form)\"") ?? text.range(of: "action=\"\(form)\""))
        let field = try #require(text.range(of: "name=\"request\" value=\"", range: start.upperBound..<text.endIndex))
        return String(text[field.upperBound...].prefix { $0 != "\"" })
    }

    private static func encode(_ text: String) -> String {
        text.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? text
    }
}

struct Answer: Sendable {
    let status: HTTPResponse.Status
    let headers: HTTPFields
    let body: [UInt8]

    var text: String { String(decoding: body, as: UTF8.self) }

    var json: JSON {
        get throws { try JSONParser.parse(body, limits: .init(bytes: 16 << 20)) }
    }

    /// The media type without parameters.
    var mediaType: String { headers[.contentType].map { String($0.prefix { $0 != ";" }) } ?? "" }

    /// The refusal's code, where this is problem+json.
    var code: String? { mediaType == "application/problem+json" ? (try? json)?["code"]?.string : nil }
}
