import Acts
import HTTPTypes
import Hummingbird
import Web

/// Notes who reads the desk's public pages, by the day's key; whoever asks not to be counted (Global Privacy Control, Do Not Track) is not.
struct VisitorMiddleware: RouterMiddleware {
    let house: House
    let count: VisitorCount

    private static let counted = ["/statements", "/disclosures", "/access-requests", "/measures"]

    func handle(_ request: Request, context: Visit, next: (Request, Visit) async throws -> Response) async throws -> Response {
        let response = try await next(request, context)
        guard request.method == .get, response.status == .ok,
            Self.counted.contains(where: { context.path == $0 || context.path.hasPrefix("\($0)/") }),
            response.headers[.contentType]?.hasPrefix("text/html") ?? false, !refuses(request)
        else { return response }
        let agent = request.headers[.userAgent] ?? ""
        count.note(language: context.language.tag, on: house.now().date) { context.pseudonym(agent: agent, key: $0) }
        return response
    }

    private func refuses(_ request: Request) -> Bool {
        for name in ["sec-gpc", "dnt"] {
            if let field = HTTPField.Name(name), request.headers[field] == "1" { return true }
        }
        return false
    }
}
