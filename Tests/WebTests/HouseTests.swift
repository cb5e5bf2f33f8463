import Acts
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Record
import TestSupport
import Testing

@testable import Web

@Suite("What every answer and every refusal is like")
struct HouseTests {
    let house: TestHouse

    init() throws { house = try TestHouse() }

    @Test("Every answer carries the strict policy and its companions")
    func headers() async throws {
        try await house.visit { (visitor) async throws in
            for path in ["/record", "/sign-in", "/nothing/here", "/static/chancery.css", "/health", "/record/checkpoint", "/broken"] {
                let headers = try await visitor.get(path).headers
                let policy = try #require(headers[.contentSecurityPolicy])
                #expect(
                    policy.contains("default-src 'none'") && policy.contains("frame-ancestors 'none'") && !policy.contains("unsafe"),
                    "\(path)")
                #expect(headers[.xContentTypeOptions] == "nosniff", "\(path)")
                #expect(headers[.referrerPolicy] == "same-origin", "\(path)")
                #expect(headers[.crossOriginOpenerPolicy] == "same-origin", "\(path)")
                #expect(headers[.permissionsPolicy]?.contains("camera=()") == true, "\(path)")
                #expect(headers[.strictTransportSecurity] == nil, "\(path)")
                #expect(headers[.vary] != nil && headers[.cacheControl] != nil, "\(path)")
            }
        }
        let secure = try TestHouse(origin: "https://localhost")
        try await secure.visit { (visitor) async throws in
            #expect(try await visitor.get("/record").headers[.strictTransportSecurity] != nil)
        }
    }

    @Test("No page holds a script or a style of its own, an address of elsewhere, or a text left untranslated")
    func pages() async throws {
        _ = try await Identity.bootstrap(house.record)
        try await house.remark("First <b>remark</b>")
        try await house.visit { (visitor) async throws in
            visitor.bring(house.cookie(for: try house.officer()))
            let paths = [
                "/record", "/record/acts", "/record/acts/0", "/record/acts/4", "/verify", "/offices", "/offices/depositary", "/account",
                "/nothing", "/refusals/request.date",
            ]
            for language in Language.allCases.prefix(7) where house.house.catalogue.languages.contains(language) {
                for path in paths {
                    let page = try await visitor.get("\(path)?lang=\(language.tag)")
                    #expect(page.mediaType == "text/html", "\(path)")
                    let text = page.text
                    #expect(text.contains("<html lang=\"\(language.tag)\" dir=\"\(language.direction.rawValue)\""), "\(path)")
                    #expect(!text.contains("[[") && !text.contains("]]") && !text.contains("{{"), "\(path) \(language)")
                    #expect(!text.contains(" style=") && !text.contains("<style") && !text.contains(" on" + "click"), "\(path)")
                    #expect(text.matches(of: /<script(?![^>]* src=)/).isEmpty, "\(path)")
                    #expect(text.matches(of: /(?:src|href|action)="(?:https?:)?\/\//).isEmpty, "\(path)")
                    #expect(text.components(separatedBy: "<h1").count == 2, "\(path) has one first heading")
                    #expect(!text.contains("<b>remark"), "\(path)")
                }
            }
            #expect(try await visitor.get("/record").headers[.contentLanguage] == "id", "the choice of language stays")
        }
    }

    @Test("A first page with all it loads is under 100 kB")
    func weight() async throws {
        try await house.remark("One")
        try await house.visit { (visitor) async throws in
            for path in ["/record", "/record/acts/1", "/sign-in"] {
                let page = try await visitor.get(path)
                var weight = page.body.count
                for match in page.text.matches(of: /(?:src|href)="(\/static\/[^"]+)"/) {
                    let file = try await visitor.get(String(match.output.1))
                    #expect(file.status == .ok)
                    weight += file.body.count
                }
                #expect(weight < 100_000, "\(path) weighs \(weight)")
            }
        }
    }

    @Test("A refusal is problem+json for programs (RFC 9457) and a page with the way out for people, in their language")
    func problems() async throws {
        try await house.visit { (visitor) async throws in
            let problem = try await visitor.json("/record/acts/99")
            #expect(problem.status == .notFound && problem.mediaType == "application/problem+json")
            let json = try problem.json
            #expect(json["status"] == 404 && json["code"] == "record.no-entry" && json["title"] == "Not found")
            #expect(json["type"] == "/refusals/record.no-entry" && json["arguments"]?["entry"] == "99")
            #expect(json["detail"]?.string?.contains("99") == true)
            let page = try await visitor.get("/record/acts/99?lang=fr", [.accept: "text/html"])
            #expect(page.status == .notFound && page.mediaType == "text/html")
            #expect(page.text.contains("Le journal n’a pas d’inscription 99.") && page.text.contains("data-test=\"refusal\""))
            #expect(try await visitor.get("/refusals/record.no-entry").status == .ok)
            #expect(try await visitor.get("/refusals/nonsense").status == .notFound)
        }
    }

    @Test("What is nowhere is not found, and what takes other methods says which")
    func methods() async throws {
        try await house.visit { (visitor) async throws in
            let nowhere = try await visitor.json("/nothing/here")
            #expect(nowhere.status == .notFound && nowhere.code == "request.not-found")
            for method in [HTTPRequest.Method.put, .delete, .patch, .trace, .connect] {
                let answer = try await visitor.send(method, "/record", [.accept: "application/json"])
                #expect(answer.status == .methodNotAllowed && answer.code == "request.method", "\(method)")
                #expect(answer.headers[.allow] == "GET, HEAD", "\(method)")
            }
            #expect(try await visitor.send(.get, "/establish-office", [.accept: "application/json"]).headers[.allow] == "POST")
            #expect(try await visitor.send(.delete, "/notes/a").headers[.allow] == "GET, HEAD, POST")
            let head = try await visitor.send(.head, "/record/checkpoint")
            #expect(head.status == .ok && head.body.isEmpty)
        }
    }

    @Test(
        "Path tricks lead nowhere",
        arguments: ["/static/../web.key", "/static/%2e%2e/web.key", "/static/..%2fweb.key", "/static//x", "/%00"])
    func pathTricks(_ path: String) async throws {
        try await house.visit { (visitor) async throws in
            let answer = try await visitor.json(path)
            #expect(answer.status == .badRequest && answer.code == "request.path")
        }
    }

    @Test("An address with a slash at its end leads to the one without")
    func trailingSlash() async throws {
        try await house.visit { (visitor) async throws in
            let answer = try await visitor.get("/record/?format=json")
            #expect(answer.status == .permanentRedirect && answer.headers[.location] == "/record?format=json")
            #expect(try await visitor.json("//evil.example/").status == .badRequest)
        }
    }

    @Test("Long addresses, unknown languages and broken queries are refused by name")
    func queries() async throws {
        try await house.visit { (visitor) async throws in
            #expect(try await visitor.json("/" + String(repeating: "a", count: 3_000)).status == .uriTooLong)
            #expect(try await visitor.json("/record?q=" + String(repeating: "a", count: 9_000)).status == .uriTooLong)
            #expect(try await visitor.json("/record?lang=xx").code == "request.choice")
            #expect(try await visitor.json("/record?lang=fr&lang=en").code == "request.repeated")
            #expect(try await visitor.json("/record/acts?limit=%00").code == "request.encoding")
            #expect(try await visitor.json("/record/acts?limit=0").code == "request.number")
            #expect(try await visitor.json("/record/acts?dossier=\(String(repeating: "a", count: 201))").code == "request.too-long")
        }
    }

    @Test("The node answers to its own names alone (DNS rebinding)")
    func hosts() async throws {
        let application = Application(router: house.house.router())
        let answers = try await application.test(.live) { client in
            let port = try #require(client.port)
            var statuses: [String: Int] = [:]
            for name in [
                "localhost", "localhost:\(port)", "127.0.0.1:\(port)", "other.example", "evil.example", "localhost.evil.example", "evil:x",
            ] {
                let status = try await TestClient.withClient(host: "localhost", port: port) { client in
                    try await client.execute(TestClient.Request("/record/checkpoint", method: .get, authority: name)).status.code
                }
                statuses[name] = status
            }
            return (statuses, port)
        }
        for (name, status) in answers.0 {
            #expect(status == (name.contains("evil") ? 421 : 200), "\(name)")
        }
    }

    @Test("A page of another site can send nothing, whatever it claims")
    func crossSite() async throws {
        _ = try await Identity.bootstrap(house.record)
        let cookie = house.cookie(for: try house.officer())
        let secFetchSite = try #require(HTTPField.Name("Sec-Fetch-Site"))
        try await house.visit { (visitor) async throws in
            visitor.bring(cookie)
            let token = house.house.formTokenForTest(cookie)
            let attempts: [HTTPFields] = [
                [.origin: "https://evil.example"], [.origin: "null"], [secFetchSite: "cross-site"], [secFetchSite: "same-site"],
                [.origin: "https://evil.example", secFetchSite: "same-origin"], [secFetchSite: "none"],
            ]
            for headers in attempts {
                var headers = headers
                headers[.accept] = "application/json"
                let answer = try await visitor.post("/notes/a", [("request", token), ("text", "x")], headers)
                #expect(answer.status == .forbidden && answer.code == "request.cross-site", "\(headers)")
            }
            #expect(try await visitor.json("/notes/a").json["notes"] == 0)
            #expect(
                try await visitor.post("/notes/a", [("request", token), ("text", "x")], [secFetchSite: "same-origin"]).status == .seeOther)
        }
    }

    @Test("A form is good once, in its session, for twelve hours, and only as it was given")
    func forms() async throws {
        _ = try await Identity.bootstrap(house.record)
        let person = try house.officer()
        let cookie = house.cookie(for: person)
        try await house.visit { (visitor) async throws in
            visitor.bring(cookie)
            func send(_ token: String, _ text: String = "x") async throws -> Answer {
                try await visitor.post("/notes/a", [("request", token), ("text", text)], [.accept: "application/json"])
            }
            let token = house.house.formTokenForTest(cookie)
            #expect(try await send(token).status == .seeOther)
            let replay = try await send(token, "y")
            #expect(replay.status == .conflict && replay.code == "record.replayed")
            #expect(try await visitor.json("/notes/a").json["notes"] == 1)

            let another = house.house.formTokenForTest(house.cookie(for: person))
            #expect(try await send(another).code == "request.form-token", "of another session of the same person")
            #expect(try await send(house.house.formTokenForTest(nil)).code == "request.form-token", "of no session")
            let good = house.house.formTokenForTest(cookie)
            for place in good.indices {
                var forged = good
                forged.replaceSubrange(place...place, with: good[place] == "1" ? "2" : "1")
                #expect(try await send(forged).code == "request.form-token")
            }
            for forged in ["", "x", "..", String(repeating: "A", count: 5_000)] {
                #expect(try await send(forged).code == "request.form-token")
            }
            #expect(try await visitor.json("/notes/a").json["notes"] == 1)
            house.clock.advance(seconds: 12 * 3_600 + 1)
            visitor.bring(house.cookie(for: person))
            #expect(try await send(good).code == "request.form-token")
        }
    }

    @Test("A form that is refused by a rule may be corrected and sent again")
    func refusedFormStaysGood() async throws {
        _ = try await Identity.bootstrap(house.record)
        let cookie = house.cookie(for: try house.officer())
        try await house.visit { (visitor) async throws in
            visitor.bring(cookie)
            let token = house.house.formTokenForTest(cookie)
            #expect(
                try await visitor.post("/notes/a", [("request", token), ("text", " ")], [.accept: "application/json"]).code
                    == "request.missing")
            #expect(try await visitor.post("/notes/a", [("request", token), ("text", "now")]).status == .seeOther)
        }
    }

    @Test("Bodies are bounded, of the right type, and read strictly")
    func bodies() async throws {
        _ = try await Identity.bootstrap(house.record)
        let cookie = house.cookie(for: try house.officer())
        try await house.visit { (visitor) async throws in
            visitor.bring(cookie)
            let large = try await visitor.post("/notes/a", [("text", String(repeating: "x", count: 70_000))], [.accept: "application/json"])
            #expect(large.status == .contentTooLarge && large.code == "request.too-large")
            for type in ["application/json", "text/plain", "multipart/form-data; boundary=x", "x", ""] {
                let answer = try await visitor.post("/notes/a", [("text", "x")], [.accept: "application/json", .contentType: type])
                #expect(answer.status == .unsupportedMediaType && answer.code == "request.content-type", "\(type)")
            }
            let form: HTTPFields = [
                .accept: "application/json", .contentType: "application/x-www-form-urlencoded", .origin: "http://localhost",
            ]
            for body in [[0xFF, 0xFE, 0x00], Array("text=%FF".utf8), Array("%=%&".utf8)] as [[UInt8]] {
                #expect(try await visitor.send(.post, "/notes/a", form, body: body).code == "request.encoding")
            }
            let json: HTTPFields = [
                .accept: "application/json", .contentType: "application/json; charset=utf-8", .origin: "http://localhost",
            ]
            let bad: [String] = [
                String(repeating: "[", count: 10_000), "{\"a\":1,\"a\":2}", "{\"a\":\"\\ud800\"}", "{\"a\":", "{} {}", "[NaN]", "",
                "\u{FEFF}{}", String(repeating: "[", count: 17) + String(repeating: "]", count: 17),
            ]
            for text in bad {
                let answer = try await visitor.send(.post, "/echo", json, body: Array(text.utf8))
                #expect(answer.status == .badRequest && answer.code == "request.json", "\(text.prefix(20))")
            }
            #expect(try await visitor.send(.post, "/echo", json, body: [0x22, 0xFF, 0x22]).code == "request.json")
            #expect(
                try await visitor.send(.post, "/echo", json, body: Array("\"\(String(repeating: "x", count: 70_000))\"".utf8)).status
                    == .contentTooLarge)
            #expect(try await visitor.send(.post, "/echo", json, body: Array("{\"b\":1,\"a\":2}".utf8)).text == "{\"a\":2,\"b\":1}")
        }
        #expect(try await house.record.read { _ in true })
    }

    @Test("Every refusal is one line in the operator's log: method, path, status and code, and nothing about the person")
    func log() async throws {
        _ = try await Identity.bootstrap(house.record)
        let person = try house.officer()
        try await house.visit { (visitor) async throws in
            visitor.bring(house.cookie(for: person))
            _ = try await visitor.json("/no/such-page?secret=7777")
            _ = try await visitor.send(.get, "/%0Aforged-line%00")
            visitor.forget()
            _ = try await visitor.json("/sign-in/link?token=topsecrettoken")
            _ = try await visitor.get("/broken")
        }
        let lines = house.log.lines.filter { $0.contains("refused") || $0.contains("failed") }
        #expect(lines.contains("notice refused code=request.not-found method=GET path=/no/such-page status=404"))
        #expect(lines.contains { $0.contains("code=sign-in.unknown-link") })
        #expect(lines.contains { $0.hasPrefix("error failed") && $0.contains("Broken") })
        #expect(lines.count == 4)
        for line in house.log.lines {
            #expect(!line.contains("7777") && !line.contains("topsecret") && !line.contains(person.name) && !line.contains(person.id))
            #expect(!line.contains("\n"))
        }
    }

    @Test("A fault of the program is said to be one, without its innards")
    func failure() async throws {
        try await house.visit { (visitor) async throws in
            let answer = try await visitor.json("/broken")
            #expect(answer.status == .internalServerError && answer.code == "node.failure")
            #expect(!answer.text.contains("Broken"))
        }
    }

    @Test("Static files are kept for ever under their version and asked for anew without it")
    func staticFiles() async throws {
        try await house.visit { (visitor) async throws in
            let page = try await visitor.get("/record")
            let address = String(try #require(page.text.firstMatch(of: /href="(\/static\/[0-9a-f]+\/chancery\.css)"/)).output.1)
            let kept = try await visitor.get(address)
            #expect(kept.status == .ok && kept.mediaType == "text/css" && kept.headers[.cacheControl]?.contains("immutable") == true)
            let anew = try await visitor.get("/static/chancery.css")
            #expect(anew.headers[.cacheControl] == "no-cache" && anew.body == kept.body)
            let tag = try #require(anew.headers[.eTag])
            let unchanged = try await visitor.get("/static/chancery.css", [.ifNoneMatch: tag])
            #expect(unchanged.status == .notModified && unchanged.body.isEmpty)
            #expect(try await visitor.get("/static/000000000000/chancery.css").status == .notFound)
            #expect(try await visitor.get("/static/nothing.css").status == .notFound)
        }
    }

    @Test("What machines ask is answered: readiness, metrics, robots, the security contact")
    func machines() async throws {
        try await house.visit { (visitor) async throws in
            #expect(try await visitor.get("/health").text == "ready\n")
            _ = try await visitor.json("/no/such/page")
            let metrics = try await visitor.get("/metrics")
            #expect(metrics.mediaType == "text/plain")
            #expect(metrics.text.contains("# TYPE chancery_http_requests_total counter"))
            #expect(metrics.text.contains("chancery_refusals_total{code=\"request.not-found\"} 1"))
            #expect(metrics.text.contains("chancery_record_entries \(house.record.size)\n"))
            #expect(metrics.text.contains("chancery_http_request_seconds_bucket{method=\"GET\",route=\"/health\",le=\"+Inf\"} 1"))
            #expect(!metrics.text.contains("/no/such/page"), "addresses from outside make no series")
            #expect(try await visitor.get("/robots.txt").text.contains("User-agent: *"))
            let security = try await visitor.get("/.well-known/security.txt").text
            #expect(security.contains("Contact: mailto:security@notes.example\n") && security.contains("Expires: 2027-11-22T"))
            #expect(try await visitor.get("/").headers[.location] == "/record")
        }
    }

    @Test("The OpenAPI document names every public resource that is read")
    func openAPI() async throws {
        let described = try await house.visit { (visitor) async throws in
            let json = try await visitor.get("/openapi.json").json
            #expect(json["openapi"] == "3.1.0")
            #expect(json["components"]?["schemas"]?["Problem"] != nil)
            return Set(json["paths"]?.object?.names ?? [])
        }
        // Pages for one person, and what serves the pages themselves, are no resources for programs.
        let own: Set<String> = [
            "/", "/account", "/approvals", "/approvals/{entry}", "/account/challenge", "/sign-in", "/sign-in/challenge", "/sign-in/link",
            "/static/{version}",
            "/static/{version}/{name}", "/live", "/favicon.ico", "/robots.txt", "/.well-known/security.txt", "/openapi.json",
            "/refusals/{code}", "/record/tile/**", "/record/payloads/**", "/notes/{name}", "/broken",
        ]
        for route in house.house.router().routes where route.method == .get {
            let path = route.path.description
            #expect(own.contains(path) || described.contains(path), "\(path)")
        }
    }
}

extension House {
    /// A form's token as the page of that session would hold it.
    func formTokenForTest(_ cookie: String?) -> String {
        let session = cookie.flatMap { cookie in identity.session(String(cookie.drop { $0 != "=" }.dropFirst()))?.0 }
        return FormToken.make(session: session, now: now(), key: keys.form)
    }
}
