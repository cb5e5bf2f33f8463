import Acts
import Chancery
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Logging
import NIOCore
import Record
import Testing
import Web

@testable import Treaties

/// The officer's desk over a whole node: a table imported, relations asked for, deadlines subscribed to.
@Suite(.serialized)
struct DeskPagesTests {
    /// Somebody at a browser.
    private final class Visitor: @unchecked Sendable {
        let client: any TestClientProtocol
        var cookies: [String: String] = [:]

        // One test uses one visitor, from one task.
        init(_ client: any TestClientProtocol) { self.client = client }

        struct Answer {
            let status: Int
            let headers: HTTPFields
            let text: String
            var json: JSON { get throws { try JSONParser.parse(Array(text.utf8), limits: .init(bytes: 16 << 20)) } }
        }

        func get(_ path: String, accept: String = "text/html", language: String = "en") async throws -> Answer {
            try await send(.get, path, [.accept: accept, .acceptLanguage: language])
        }

        func post(_ path: String, _ fields: [(String, String)]) async throws -> Answer {
            let body = fields.map { name, value in
                "\(name)=\(value.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? "")"
            }.joined(separator: "&")
            return try await send(
                .post, path,
                [.accept: "text/html", .contentType: "application/x-www-form-urlencoded", .origin: "http://localhost"], body: body)
        }

        private func send(_ method: HTTPRequest.Method, _ path: String, _ headers: HTTPFields, body: String? = nil) async throws -> Answer {
            var headers = headers
            headers[.init("Host")!] = "localhost"
            if !cookies.isEmpty { headers[.cookie] = cookies.map { "\($0.key)=\($0.value)" }.sorted().joined(separator: "; ") }
            let response = try await client.execute(
                uri: path, method: method, headers: headers, body: body.map { ByteBuffer(string: $0) })
            // The language is asked for by each request itself.
            for set in response.headers[values: .setCookie] where !set.hasPrefix("lang=") {
                let pair = set.prefix { $0 != ";" }.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
                cookies[String(pair[0])] = String(pair[1])
            }
            return Answer(status: response.status.code, headers: response.headers, text: String(buffer: response.body))
        }

        func signIn(_ link: String) async throws {
            let page = try await get("/sign-in/link?token=\(link)")
            let answer = try await post("/sign-in/link", [("request", try token(page, "confirm-link")), ("token", link)])
            try #require(answer.status == 303, "\(answer.text.suffix(1500))")
        }

        /// The hidden fields of a form.
        func hidden(_ page: Answer, _ form: String) throws -> [(String, String)] {
            let start = try #require(page.text.range(of: "data-test=\"\(form)\""))
            let end = try #require(page.text.range(of: "</form>", range: start.upperBound..<page.text.endIndex))
            var fields: [(String, String)] = []
            for part in page.text[start.upperBound..<end.lowerBound].components(separatedBy: "<input type=\"hidden\" name=\"").dropFirst() {
                let pieces = part.components(separatedBy: "\"")
                fields.append((pieces[0], pieces[2]))
            }
            return fields
        }

        func token(_ page: Answer, _ form: String) throws -> String {
            try #require(try hidden(page, form).first { $0.0 == "request" }).1
        }
    }

    private static func withNode(_ body: @Sendable @escaping (Node, Visitor, String) async throws -> Void) async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "chancery-desk-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        var logger = Logger(label: "test")
        logger.logLevel = .critical
        let configuration = try await NodeConfiguration.read(.init(dataFolder: folder.path(percentEncoded: false), port: 8080))
        let node = try Node.open(configuration, logger: logger)
        let link = try await node.signInLink(for: Node.firstOfficer)
        let wanted: Set<String> = ["IV-11", "XXI-10"]
        let sample = SampleRegister(treaties: try SampleRegister.shipped().treaties.filter { wanted.contains($0.opened.treaty) })
        #expect(sample.treaties.count == 2)
        _ = try await node.treaties.enter(sample, into: node.record, office: "depositary", author: "node")
        try await Application(router: node.house.router()).test(.router) { client in try await body(node, Visitor(client), link) }
        try node.record.close()
    }

    @Test("An officer pastes a table, sees what each row becomes and which is refused by what rule, and enters the rest")
    func importing() async throws {
        try await Self.withNode { node, visitor, link in
            #expect(try await visitor.get("/treaties/XXI-10/import").status == 401)
            try await visitor.signIn(link)
            let form = try await visitor.get("/treaties/XXI-10/import")
            #expect(form.status == 200)
            let table =
                "Participant,Signature,\"Ratification, Accession(a)\"\nFrance,20 Sep 2023,5 Feb 2025\nPalau,,1 Jan 2020 a\nKenya,20 Sep 2023,\n"
            let preview = try await visitor.post(
                "/treaties/XXI-10/import",
                [
                    ("request", try visitor.token(form, "import-form")), ("text", table), ("source", "UN Treaty Collection"),
                    ("step", "preview"),
                ])
            #expect(preview.status == 200)
            #expect(preview.text.contains("3 acts would be entered, from 2 rows."))
            #expect(preview.text.contains("data-code=\"treaty.before-adoption\""))
            #expect(preview.text.contains("VCLT arts. 9, 24(4)"))
            let size = node.record.size
            let entered = try await visitor.post(
                "/treaties/XXI-10/import", try visitor.hidden(preview, "import-enter") + [("step", "enter")])
            #expect(entered.status == 303)
            #expect(node.record.size == size + 4)
            let act = try await visitor.get(try #require(entered.headers[.location]))
            #expect(act.text.contains("2 rows of a table of past participation in XXI-10 were imported; refused: 1."))
            let treaty = try await visitor.get("/treaties/XXI-10", accept: "application/json").json
            #expect(treaty["bound"]?.integer == 1 && treaty["signatoriesOnly"]?.integer == 1)
            // The same table again: known, and nothing to enter.
            let again = try await visitor.post(
                "/treaties/XXI-10/import",
                [
                    ("request", try visitor.token(try await visitor.get("/treaties/XXI-10/import"), "import-form")), ("text", table),
                    ("source", "UN Treaty Collection"), ("step", "preview"),
                ])
            #expect(again.text.contains("Nothing of this table would be entered."))
            #expect(!again.text.contains("data-test=\"import-enter\""))
            #expect(node.record.size == size + 4)
        }
    }

    @Test("The desk is for those who are signed in, says what awaits them, and stands first in the navigation")
    func desk() async throws {
        try await Self.withNode { node, visitor, link in
            #expect(try await visitor.get("/desk").status == 401)
            #expect(!(try await visitor.get("/treaties")).text.contains("href=\"/desk\""))
            try await visitor.signIn(link)
            for language in ["en", "fr", "es", "ru", "zh", "ar", "id"] {
                let page = try await visitor.get("/desk", language: language)
                #expect(page.status == 200 && page.text.contains("href=\"/desk\" aria-current=\"page\""), "\(language)")
                #expect(!page.text.contains("treaties.desk."), "\(language)")
            }
            #expect(try await visitor.get("/desk", accept: "application/json").json["awaiting"]?.array != nil)
        }
    }

    @Test("Relations: two States in words with their rules, one towards all, all towards all; on the page, as JSON and as CSV")
    func relations() async throws {
        try await Self.withNode { _, visitor, _ in
            for language in ["en", "fr", "es", "ru", "zh", "ar", "id"] {
                let page = try await visitor.get("/treaties/IV-11/relations?a=FRA&b=KEN", language: language)
                #expect(page.status == 200)
                #expect(page.text.contains("data-test=\"reason\""), "\(language)")
                #expect(!page.text.contains("treaties.law.") && !page.text.contains("treaties.relations."), "\(language)")
            }
            let pair = try await visitor.get("/treaties/IV-11/relations?a=FRA&b=KEN", accept: "application/json").json
            #expect(pair["relation"]?["state"]?.string == "bound")
            #expect(pair["relation"]?["since"]?.string == "1990-09-06")
            #expect(pair["reasons"]?[0]?["rule"]?.string == "VCLT art. 24")
            let before = try await visitor.get("/treaties/IV-11/relations?a=FRA&b=KEN&asOf=1990-01-01", accept: "application/json").json
            #expect(before["relation"] == .null, "the treaty was not in force then")
            let all = try await visitor.get("/treaties/IV-11/relations")
            #expect(all.text.contains("class=\"picture matrix\""))
            #expect(all.text.utf8.count < 200_000)
            let row = try await visitor.get("/treaties/IV-11/relations?a=FRA")
            #expect(row.text.contains("data-test=\"relation-row\""))
            let csv = try await visitor.get("/treaties/IV-11/relations?format=csv")
            #expect(csv.text.hasPrefix("a,b,state,since"))
            #expect(try await visitor.get("/treaties/IV-11/relations?a=Nobody").status == 400)
            #expect(try await visitor.get("/treaties/XX-999/relations").status == 404)
            #expect(try await visitor.get("/treaties/XXI-10/relations").status == 200)
        }
    }

    @Test("Deadlines have a page and calendars; identifiers stay the same from one reading to the next")
    func deadlines() async throws {
        try await Self.withNode { _, visitor, _ in
            #expect(try await visitor.get("/treaties/IV-11/deadlines").status == 200)
            #expect(try await visitor.get("/treaties/IV-11/deadlines", accept: "application/json").json["passed"]?.array?.isEmpty == true)
            for path in ["/deadlines.ics", "/treaties/XXI-10/deadlines.ics"] {
                let calendar = try await visitor.get(path)
                #expect(calendar.headers[.contentType] == "text/calendar; charset=utf-8")
                #expect(calendar.text.hasPrefix("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n"))
                #expect(try await visitor.get(path).text == calendar.text)
            }
        }
    }
}
