import HTTPTypes
import Hummingbird
import Logging

/// Counts and times every request, and logs it in one line without anything about the person.
struct ObservationMiddleware: RouterMiddleware {
    let house: House

    func handle(
        _ request: Request, context visit: Visit, next: (Request, Visit) async throws -> Response
    ) async throws -> Response {
        let start = ContinuousClock.now
        let response = try await next(request, visit)
        let elapsed = ContinuousClock.now - start
        house.observation.answered(
            method: request.method.rawValue, route: visit.endpointPath ?? "-", status: response.status.code, in: elapsed)
        house.logger.debug(
            "answered",
            metadata: [
                "method": .string(request.method.rawValue), "route": .string(visit.endpointPath ?? "-"),
                "status": .stringConvertible(response.status.code), "took": .stringConvertible(elapsed),
            ])
        return response
    }
}
