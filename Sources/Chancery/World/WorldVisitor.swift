import Acts
import AsyncHTTPClient
import Foundation
import NIOCore
import NIOHTTP1
import Synchronization

/// A person at a browser, as far as a story needs one: reads pages, keeps cookies, fills in forms and sends them. Everything the
/// story does goes through here, so nothing happens that a person could not do.
final class WorldVisitor: Sendable {
    /// What came back.
    struct Answer: Sendable {
        let status: Int
        /// Where a redirect leads, relative to the node.
        let location: String?
        let text: String
    }

    /// `http://localhost:8091`.
    let origin: String
    /// For messages: `Head of Chancery of Kenya`.
    let who: String
    private let client: HTTPClient
    private let cookies = Mutex<[String: String]>([:])

    /// Longest page taken, in bytes.
    private static let longest = 8 << 20

    init(_ who: String, at origin: String, client: HTTPClient) {
        self.who = who
        self.origin = origin
        self.client = client
    }

    /// Somebody else, at a browser of their own.
    func another(_ who: String) -> WorldVisitor { WorldVisitor(who, at: origin, client: client) }

    /// A client that follows nothing by itself.
    ///
    /// - Parameter connections: how many it may hold open to one node; who follows holds one.
    static func client(connections: Int = 8) -> HTTPClient {
        var configuration = HTTPClient.Configuration()
        configuration.connectionPool.concurrentHTTP1ConnectionsPerHostSoftLimit = connections
        configuration.redirectConfiguration = .disallow
        configuration.timeout.connect = .seconds(5)
        return HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
    }

    func get(_ path: String) async throws -> Answer {
        try await send(HTTPClientRequest(url: address(path)))
    }

    /// A page's data, asked for as a program does.
    func json(_ path: String) async throws -> JSON {
        let answer = try await get(path + (path.contains("?") ? "&" : "?") + "format=json")
        guard answer.status == 200 else {
            throw WorldProblem("\(address(path)) answered \(answer.status) to \(who), where its data was expected.")
        }
        do {
            return try JSONParser.parse(answer.text)
        } catch {
            throw WorldProblem("\(address(path)) answered with what is no JSON: \(error)")
        }
    }

    /// The form of a page that has `data-test="mark"`.
    func form(_ mark: String, on path: String) async throws -> PageForm {
        let page = try await get(path)
        guard page.status == 200 else {
            throw WorldProblem("\(who) was answered \(page.status) at \(address(path)).\(Self.refusal(in: page.text))")
        }
        guard let form = PageForm.all(in: page.text).first(where: { $0.attributes["data-test"] == mark }) else {
            throw WorldProblem("\(address(path)) shows \(who) no form '\(mark)'.")
        }
        return form
    }

    /// Sends a form and gives what came back; an answer of 400 or more is a problem that says what the page said.
    func submit(_ form: PageForm, _ values: [(String, String)] = []) async throws -> Answer {
        var request = HTTPClientRequest(url: address(form.action))
        request.method = .POST
        request.headers.add(name: "Origin", value: origin)
        request.headers.add(name: "Content-Type", value: "application/x-www-form-urlencoded")
        let body = form.filled(values).map { "\(Self.escaped($0.name))=\(Self.escaped($0.value))" }.joined(separator: "&")
        request.body = .bytes(ByteBuffer(string: body))
        let answer = try await send(request)
        guard answer.status < 400 else {
            throw WorldProblem(
                "\(who) sent a form to \(address(form.action)) and was answered \(answer.status).\(Self.refusal(in: answer.text))")
        }
        return answer
    }

    /// Sends a form that is answered with where to go on.
    @discardableResult
    func enter(_ form: PageForm, _ values: [(String, String)] = []) async throws -> String {
        let answer = try await submit(form, values)
        guard let location = answer.location else {
            throw WorldProblem(
                "\(who) sent a form to \(address(form.action)), and the page came back instead of going on.\(Self.refusal(in: answer.text))"
            )
        }
        return location
    }

    /// Follows a one-time sign-in link and confirms it.
    func signIn(by link: String) async throws {
        let page = try await get(String(link.dropFirst(origin.count)))
        guard link.hasPrefix(origin), let form = PageForm.all(in: page.text).first(where: { $0.attributes["data-test"] == "confirm-link" })
        else { throw WorldProblem("The sign-in link of \(who) leads nowhere: \(link)") }
        _ = try await submit(form)
        guard try await get("/account").status == 200 else { throw WorldProblem("\(who) is not signed in after following the link.") }
    }

    func address(_ path: String) -> String { path.hasPrefix("http") ? path : origin + path }

    /// Sends a form's fields as a program does, and gives the answer whatever it is: a refusal comes as problem+json (RFC 9457).
    func post(_ path: String, _ fields: [(String, String)]) async throws -> Answer {
        var request = HTTPClientRequest(url: address(path))
        request.method = .POST
        request.headers.add(name: "Origin", value: origin)
        request.headers.add(name: "Accept", value: "application/json")
        request.headers.add(name: "Content-Type", value: "application/x-www-form-urlencoded")
        let body = fields.map { "\(Self.escaped($0.0))=\(Self.escaped($0.1))" }.joined(separator: "&")
        request.body = .bytes(ByteBuffer(string: body))
        return try await send(request)
    }

    /// Opens a stream of server-sent events; the body is read by who asked. There is no limit to how long it lasts.
    ///
    /// - Parameter last: the event after which to go on.
    func stream(_ path: String, after last: Int64?) async throws -> HTTPClientResponse {
        var request = HTTPClientRequest(url: address(path))
        request.headers.add(name: "Accept", value: "text/event-stream")
        if let cookie { request.headers.add(name: "Cookie", value: cookie) }
        if let last { request.headers.add(name: "Last-Event-ID", value: String(last)) }
        let response = try await client.execute(request, deadline: .distantFuture)
        guard response.status == .ok else {
            let body = try? await response.body.collect(upTo: 1 << 16)
            throw WorldProblem(
                "\(address(path)) answered \(response.status.code) to \(who), who wanted to follow.\(body.map { " " + String(buffer: $0) } ?? "")"
            )
        }
        return response
    }

    /// The session, as the header `Cookie` carries it; `nil` for who has none.
    var cookie: String? {
        let kept = cookies.withLock { $0 }
        return kept.isEmpty ? nil : kept.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }.joined(separator: "; ")
    }

    private func send(_ request: HTTPClientRequest) async throws -> Answer {
        var request = request
        if let cookie { request.headers.add(name: "Cookie", value: cookie) }
        request.headers.add(name: "Accept-Language", value: "en")
        do {
            let response = try await client.execute(request, timeout: .seconds(60))
            let body = try await response.body.collect(upTo: Self.longest)
            for cookie in response.headers["Set-Cookie"] { keep(cookie) }
            let location = response.headers.first(name: "Location").map { $0.hasPrefix(origin) ? String($0.dropFirst(origin.count)) : $0 }
            return Answer(status: Int(response.status.code), location: location, text: String(buffer: body))
        } catch {
            throw WorldProblem("\(request.url) did not answer \(who): \(error). The node's log is beside its folder.")
        }
    }

    private func keep(_ cookie: String) {
        let pair = cookie.prefix { $0 != ";" }.split(separator: "=", maxSplits: 1).map(String.init)
        guard pair.count == 2 else { return }
        cookies.withLock { $0[pair[0]] = pair[1] }
    }

    /// `application/x-www-form-urlencoded` (WHATWG URL, 5.2).
    private static func escaped(_ text: String) -> String {
        var allowed = CharacterSet.alphanumerics
        allowed.insert(charactersIn: "-._*")
        // Letters beyond ASCII must be escaped too.
        allowed.formIntersection(CharacterSet(charactersIn: Unicode.Scalar(0x20)..."~"))
        return text.addingPercentEncoding(withAllowedCharacters: allowed) ?? ""
    }

    /// What a page's notice of refusal says, without its markup.
    static func refusal(in page: String) -> String {
        guard let start = page.range(of: "data-test=\"refusal\""), let open = page[start.upperBound...].firstIndex(of: ">") else {
            return page.hasPrefix("{") ? " \(page.prefix(400))" : ""
        }
        let rest = page[page.index(after: open)...].prefix(2_000)
        let notice = rest.range(of: "</div>").map { rest[..<$0.lowerBound] } ?? rest
        var text = ""
        var isTag = false
        for character in notice {
            switch character {
            case "<": isTag = true
            case ">":
                isTag = false
                text += " "
            default: if !isTag { text.append(character) }
            }
        }
        let words = text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        return " It said: \(PageForm.resolved(words))"
    }
}
