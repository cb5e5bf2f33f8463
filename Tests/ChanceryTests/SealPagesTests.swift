import Acts
import Chancery
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Logging
import NIOCore
import Record
import Seals
import Testing
import Treaties
import Web

/// A node's seals over HTTP: the certificates, the root, and the time-stamp authority.
@Suite("Seals of a node")
struct SealPagesTests {
    private static func withNode(_ body: @Sendable (Node, any TestClientProtocol) async throws -> Void) async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "chancery-seals-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        var logger = Logger(label: "test")
        logger.logLevel = .critical
        let configuration = try await NodeConfiguration.read(.init(dataFolder: folder.path(percentEncoded: false), port: 8080))
        let node = try Node.open(configuration, logger: logger)
        try await Application(router: node.house.router()).test(.router) { client in try await body(node, client) }
        try node.record.close()
    }

    private static func ask(
        _ client: any TestClientProtocol, _ method: HTTPRequest.Method, _ path: String, type: String? = nil, accept: String = "*/*",
        language: String = "en", body: [UInt8] = []
    ) async throws -> (status: Int, headers: HTTPFields, body: [UInt8]) {
        var headers: HTTPFields = [.accept: accept, .acceptLanguage: language]
        headers[.init("Host")!] = "localhost:8080"
        headers[.contentType] = type
        return try await client.execute(uri: path, method: method, headers: headers, body: ByteBuffer(bytes: body)) { response in
            (Int(response.status.code), response.headers, Array(response.body.readableBytesView))
        }
    }

    @Test("The certificates are shown in every language, with the root's fingerprint, and as JSON")
    func certificates() async throws {
        try await Self.withNode { node, client in
            let fingerprint = try #require(node.treaties.seals).root.fingerprintText
            for language in ["en", "fr", "es", "ru", "zh", "ar", "id"] {
                let page = try await Self.ask(client, .get, "/certificates", accept: "text/html", language: language)
                #expect(page.status == 200)
                let text = String(decoding: page.body, as: UTF8.self)
                #expect(text.contains(fingerprint) && !text.contains("treaties.seals."), "\(language)")
            }
            let json = try JSONParser.parse(try await Self.ask(client, .get, "/certificates", accept: "application/json").body)
            #expect(json["sha256"]?.string == fingerprint)
            #expect(Set(json["certificates"]?.array?.compactMap { $0["role"]?.string } ?? []) == ["root", "time-stamps", "provenance"])
            let root = try await Self.ask(client, .get, "/certificates/root.pem")
            #expect(root.status == 200 && root.body.starts(with: Array("-----BEGIN CERTIFICATE-----".utf8)))
        }
    }

    @Test("A time-stamp is given to whoever asks in the form of RFC 3161, and other forms are refused")
    func timeStamps() async throws {
        try await Self.withNode { _, client in
            let type = "application/timestamp-query"
            // Version 1, SHA-256 over nothing in particular, certificate wanted.
            let request: [UInt8] =
                [
                    0x30, 0x37, 0x02, 0x01, 0x01, 0x30, 0x2F, 0x30, 0x0B, 0x06, 0x09, 0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x01,
                    0x04, 0x20,
                ]
                + [UInt8](repeating: 7, count: 32) + [0x01, 0x01, 0xFF]
            let granted = try await Self.ask(client, .post, "/time-stamp", type: type, body: request)
            #expect(granted.status == 200 && granted.headers[.contentType] == "application/timestamp-reply")
            #expect(granted.body.count > 500)
            let refused = try await Self.ask(client, .post, "/time-stamp", type: type, body: [1, 2, 3])
            #expect(refused.status == 200 && refused.body.count < 200)
            #expect(try await Self.ask(client, .post, "/time-stamp", body: request).status == 415)
            #expect(try await Self.ask(client, .post, "/time-stamp", type: type, body: [UInt8](repeating: 0, count: 5_000)).status == 413)
            #expect(try await Self.ask(client, .get, "/time-stamp").status == 405)
        }
    }
}
