import Acts
import HTTPTypes
import Hummingbird
import Logging
import Record

/// Turns whatever was thrown into an answer: a page with the rule and the way out, or problem+json; and one line for the operator.
struct RefusalMiddleware: RouterMiddleware {
    let house: House
    let routes: RouteTable

    func handle(
        _ request: Request, context visit: Visit, next: (Request, Visit) async throws -> Response
    ) async throws -> Response {
        do {
            return try await next(request, visit)
        } catch let failure as BodyFailure {
            // The connection itself broke; the server's own layer ends it.
            throw failure.underlying
        } catch is CancellationError {
            throw CancellationError()
        } catch {
            let refused = refusal(for: error, request, visit)
            house.log(refused, error, request, visit)
            return try answer(refused, request, visit)
        }
    }

    private func refusal(for error: any Error, _ request: Request, _ visit: Visit) -> HTTPRefusal {
        switch error {
        case let refused as HTTPRefusal:
            return refused
        case let refusal as Refusal:
            return HTTPRefusal(refusal, status: HTTPResponse.Status(code: refusal.kind.httpStatus))
        case let malformed as MalformedAct:
            return HTTPRefusal(
                Refusal(
                    .malformed, code: "request.malformed", "\(malformed.place) \(malformed.reason).", mend: "Correct it and send it again.",
                    arguments: ["place": malformed.place, "reason": malformed.reason]),
                status: .badRequest)
        case let error as HTTPError where error.status == .notFound:
            let methods = routes.methods(of: visit.path)
            if !methods.isEmpty, !methods.contains(request.method) { return .methodNotAllowed(request.method, allowed: methods) }
            return HTTPRefusal(
                Refusal(
                    .notFound, code: "request.not-found", "There is nothing at this address.", mend: "Start from the first page."),
                status: .notFound)
        case let error as HTTPError where (400..<500).contains(error.status.code):
            return HTTPRefusal(
                Refusal(
                    .malformed, code: "request.unreadable", "The request is not of the right form.", mend: "Correct it and send it again."),
                status: error.status)
        case let failure as RecordError:
            let refusal = failure.refusal
            return HTTPRefusal(refusal, status: HTTPResponse.Status(code: refusal.kind.httpStatus))
        default:
            return HTTPRefusal(
                Refusal(
                    .unavailable, code: "node.failure", "The node failed to answer; nothing was entered.",
                    mend: "Try again; the operator's log says what went wrong."),
                status: .internalServerError)
        }
    }

    private func answer(_ refused: HTTPRefusal, _ request: Request, _ visit: Visit) throws -> Response {
        let document = ProblemDocument(
            refused.refusal, status: refused.status, catalogue: house.catalogue, words: house.refusalWords, language: visit.language)
        var response: Response
        if visit.wantsProblems {
            response = house.json(document.json, status: document.status)
            response.headers[.contentType] = "application/problem+json"
            response.headers[.contentLanguage] = visit.language.tag
        } else {
            var context: [String: Any] = ["title": document.title, "notice": document.notice, "signIn": false]
            if document.status == .unauthorized {
                context["signIn"] = "/sign-in?next=\(PercentCoding.encode(visit.path))"
            }
            response = try house.page(
                visit, Page(template: "refusal", title: document.title, context: context, status: document.status))
        }
        if document.status == .unauthorized { response.headers[.wwwAuthenticate] = "Passkey" }
        for field in refused.headers { response.headers[field.name] = field.value }
        if request.method == .head { response = response.createHeadResponse() }
        return response
    }
}

extension ProblemDocument {
    /// What the refusal notice, a part of pages and forms, is made from.
    var notice: [String: Any] {
        var notice: [String: Any] = ["title": title, "explanation": explanation, "mend": mend, "code": code]
        // Absent members are `false`, or an outer context's would show through.
        notice["citation"] = citation ?? false
        return notice
    }
}

/// The request's body could not be read because the connection broke.
struct BodyFailure: Error {
    let underlying: any Error
}
