import HTTPTypes
import Hummingbird

/// Headers that every answer carries. Nothing may be loaded, framed or sent from a page but this node's own files: no inline
/// script or style, no third party (W3C Content Security Policy Level 3).
struct SecurityHeadersMiddleware: RouterMiddleware {
    static let contentSecurityPolicy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; form-action 'self'; "
        + "frame-ancestors 'none'; base-uri 'none'"

    private let headers: [(HTTPField.Name, String)]

    init(house: House) {
        var headers: [(HTTPField.Name, String)] = [
            (.contentSecurityPolicy, SecurityHeadersMiddleware.contentSecurityPolicy),
            (.xContentTypeOptions, "nosniff"),
            (.referrerPolicy, "same-origin"),
            (.crossOriginOpenerPolicy, "same-origin"),
            (
                .permissionsPolicy,
                "camera=(), geolocation=(), microphone=(), payment=(), usb=(), publickey-credentials-get=(self), publickey-credentials-create=(self)"
            ),
        ]
        if house.configuration.origin.isSecure { headers.append((.strictTransportSecurity, "max-age=31536000")) }
        self.headers = headers
    }

    func handle(
        _ request: Request, context visit: Visit, next: (Request, Visit) async throws -> Response
    ) async throws -> Response {
        var response = try await next(request, visit)
        // A page may ask for a stricter referrer policy than the house's.
        for (name, value) in headers where name != .referrerPolicy || response.headers[name] == nil { response.headers[name] = value }
        if response.headers[.vary] == nil, response.headers[.cacheControl]?.contains("immutable") != true {
            response.headers[.vary] = "Accept, Accept-Language, Cookie"
        }
        if response.headers[.cacheControl] == nil { response.headers[.cacheControl] = "no-cache" }
        return response
    }
}
