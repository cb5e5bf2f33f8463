import Acts
import HTTPTypes
import Hummingbird

/// What every request must be before a route sees it: an address in its one spelling, to a name this node answers to, and, where
/// it would change anything, from a page of this node.
struct RequestChecksMiddleware: RouterMiddleware {
    let house: House

    func handle(
        _ request: Request, context visit: Visit, next: (Request, Visit) async throws -> Response
    ) async throws -> Response {
        guard (request.head.path ?? "").utf8.count <= RequestPath.longest + 6_000 else { throw HTTPRefusal.addressTooLong }
        guard visit.path.utf8.count <= RequestPath.longest else { throw HTTPRefusal.addressTooLong }
        if visit.path.count > 1, visit.path.hasSuffix("/"), request.method == .get || request.method == .head {
            try RequestPath.check(String(visit.path.dropLast()))
            let query = visit.rawQuery.isEmpty ? "" : "?\(visit.rawQuery)"
            return Response(status: .permanentRedirect, headers: [.location: visit.path.dropLast() + query])
        }
        try RequestPath.check(visit.path)
        guard let authority = request.head.authority, answers(to: authority) else { throw HTTPRefusal.misdirected }
        var visit = visit
        visit.query = try Fields(parsing: visit.rawQuery[...])
        try checkLanguage(visit.query)
        if request.method != .get, request.method != .head, request.method != .options {
            try RequestChecksMiddleware.checkSite(request, authority: authority)
        }
        return try await next(request, visit)
    }

    private func checkLanguage(_ query: Fields) throws(Refusal) {
        guard let tag = try query.text("lang") else { return }
        let offered = house.catalogue.languages.map(\.tag)
        guard offered.contains(tag) else {
            let names = offered.joined(separator: ", ")
            throw Refusal(
                .malformed, code: "request.choice", "'\(tag)' is not a value that the field 'lang' takes.",
                mend: "It takes one of these: \(names).", arguments: ["field": "lang", "value": tag, "choices": names])
        }
    }

    /// A name of this machine itself is always good: a stranger's page cannot put it into the `Host` header.
    private func answers(to authority: String) -> Bool {
        guard let origin = WebOrigin("http://\(authority)") else { return false }
        let configuration = house.configuration
        return origin.isLoopback || origin.host == configuration.origin.host
            || configuration.otherHosts.contains { $0 == authority || $0 == origin.host }
    }

    /// Refuses what another site's page sent (OWASP, Cross-Site Request Forgery Prevention; W3C Fetch Metadata).
    private static func checkSite(_ request: Request, authority: String) throws(Refusal) {
        if let site = request.headers[.secFetchSite] {
            guard site == "same-origin" else { throw crossSite }
        }
        if let origin = request.headers[.origin] {
            guard
                WebOrigin(origin)?.authority == WebOrigin("http://\(authority)")?.authority
                    || WebOrigin(origin)?.authority == WebOrigin("https://\(authority)")?.authority
            else { throw crossSite }
        }
    }

    private static var crossSite: Refusal {
        Refusal(
            .forbidden, code: "request.cross-site", "This was sent from another site's page.",
            mend: "Open this node's own page and send it from there.")
    }
}

extension HTTPField.Name {
    // Literals that satisfy the grammar of field names (RFC 9110, 5.1), so that none of these is ever nil.
    static let secFetchSite = HTTPField.Name("Sec-Fetch-Site")!
    static let crossOriginOpenerPolicy = HTTPField.Name("Cross-Origin-Opener-Policy")!
    static let crossOriginResourcePolicy = HTTPField.Name("Cross-Origin-Resource-Policy")!
    static let permissionsPolicy = HTTPField.Name("Permissions-Policy")!
    static let referrerPolicy = HTTPField.Name("Referrer-Policy")!
    static let lastEventID = HTTPField.Name("Last-Event-ID")!
}
