import Acts
import HTTPTypes
import Hummingbird
import Logging
import Record

/// Finds out in which language the visit is and who it is by. It refuses nothing: a bad cookie is as none.
struct VisitMiddleware: RouterMiddleware {
    static let languageCookie = "lang"
    let house: House

    func handle(
        _ request: Request, context: Visit, next: (Request, Visit) async throws -> Response
    ) async throws -> Response {
        var visit = context
        visit.position = house.record.size
        let target = request.head.path ?? "/"
        let mark = target.firstIndex(of: "?") ?? target.endIndex
        visit.path = String(target[..<mark])
        visit.rawQuery = mark == target.endIndex ? "" : String(target[target.index(after: mark)...])
        visit.accept = AcceptHeader(request.headers[.accept])
        let cookies = Cookies(request.headers[values: .cookie])
        let asked = VisitMiddleware.askedLanguage(visit.rawQuery, among: house.catalogue.languages)
        visit.language =
            asked
            ?? cookies[VisitMiddleware.languageCookie].flatMap(house.catalogue.language)
            ?? AcceptHeader(request.headers[.acceptLanguage]).language(among: house.catalogue.languages)
            ?? .english
        if let token = cookies[house.identity.sessionCookieName], let (session, person) = await house.identity.sessionNow(token) {
            visit.session = session
            visit.person = person
            visit.takesPersonalGzip =
                Gzip.isWanted(request.headers[.acceptEncoding])
                && PersonalGzip.isSafe(fetchSite: HTTPField.Name("Sec-Fetch-Site").flatMap { request.headers[$0] })
        }
        visit.notices = await notices(visit)
        var response = try await next(request, visit)
        // What was made for one person stays in no cache, the browser's own included.
        if visit.person != nil, response.headers[.cacheControl] == nil { response.headers[.cacheControl] = "no-store" }
        if let asked, cookies[VisitMiddleware.languageCookie] != asked.tag {
            response.headers.append(
                HTTPField(
                    name: .setCookie,
                    value: "\(VisitMiddleware.languageCookie)=\(asked.tag); Path=/; Max-Age=31536000; SameSite=Lax"
                        + (house.configuration.origin.isSecure ? "; Secure" : "")))
        }
        return response
    }

    /// For pages alone; what cannot be read now is left out, and the page is shown all the same.
    private func notices(_ visit: Visit) async -> [DeskNotice] {
        guard let person = visit.person, visit.accept.weight(of: .html) > 0, !visit.path.hasPrefix("/static/"), visit.path != "/live" else {
            return []
        }
        var notices: [DeskNotice] = []
        for desk in house.desks {
            do {
                notices += try await desk.notices(for: person, house: house, language: visit.language)
            } catch {
                house.logger.error("notices", metadata: ["desk": "\(desk.name)", "error": "\(error)"])
            }
        }
        return notices
    }

    /// The query is not read as a whole yet, so that a broken one can still be refused in the language it asks for.
    private static func askedLanguage(_ query: String, among offered: [Language]) -> Language? {
        guard !query.isEmpty else { return nil }
        for part in query.split(separator: "&") where part.hasPrefix("lang=") {
            return offered.first { $0.tag == part.dropFirst(5) }
        }
        return nil
    }
}

/// The cookies of a request (RFC 6265, 5.4), the first of each name.
struct Cookies {
    private let pairs: [(name: Substring, value: Substring)]

    init(_ headers: [String]) {
        pairs = headers.flatMap { header in
            header.split(separator: ";").prefix(64).compactMap { part -> (Substring, Substring)? in
                let pair = part.drop { $0 == " " }
                guard let mark = pair.firstIndex(of: "=") else { return nil }
                return (pair[..<mark], pair[pair.index(after: mark)...])
            }
        }
    }

    subscript(name: String) -> String? {
        pairs.first { $0.name == name }.map { String($0.value) }
    }
}
