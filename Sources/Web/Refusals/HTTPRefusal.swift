public import Acts
public import HTTPTypes

/// A refusal whose reason lies in HTTP itself, with a status and headers that no act's refusal has: a wrong method, a form of
/// answer not offered, a name this node does not answer to.
public struct HTTPRefusal: Error, Hashable, Sendable {
    public let refusal: Refusal
    public let status: HTTPResponse.Status
    /// Sent with the answer, such as `Allow` and `Retry-After`.
    public let headers: HTTPFields

    public init(_ refusal: Refusal, status: HTTPResponse.Status, headers: HTTPFields = [:]) {
        self.refusal = refusal
        self.status = status
        self.headers = headers
    }

    /// RFC 9110, 15.5.6.
    static func methodNotAllowed(_ method: HTTPRequest.Method, allowed: [HTTPRequest.Method]) -> HTTPRefusal {
        let names = allowed.map(\.rawValue).joined(separator: ", ")
        return HTTPRefusal(
            Refusal(
                .malformed, code: "request.method", "This address does not take \(method.rawValue).", mend: "It takes \(names).",
                citation: "RFC 9110, 15.5.6", arguments: ["method": method.rawValue, "allowed": names]),
            status: .methodNotAllowed, headers: [.allow: names])
    }

    /// RFC 9110, 15.5.7.
    static func notAcceptable(offered: [Representation]) -> HTTPRefusal {
        let names = offered.map(\.rawValue).joined(separator: ", ")
        return HTTPRefusal(
            Refusal(
                .malformed, code: "request.representation", "This resource is not given in any form that was asked for.",
                mend: "Ask for one of these: \(names).", citation: "RFC 9110, 15.5.7", arguments: ["offered": names]),
            status: .notAcceptable)
    }

    /// RFC 9110, 15.5.20: a name that is not this node's, such as a stranger's name made to point at it (DNS rebinding).
    static var misdirected: HTTPRefusal {
        HTTPRefusal(
            Refusal(
                .malformed, code: "request.host", "This node does not answer to the name in the request.",
                mend: "Use the node's own address, or have its operator add this name.", citation: "RFC 9110, 15.5.20"),
            status: .misdirectedRequest)
    }

    /// RFC 9110, 15.5.15.
    static var addressTooLong: HTTPRefusal {
        HTTPRefusal(
            Refusal(
                .malformed, code: "request.address-too-long", "The address is longer than this node reads.",
                mend: "Ask with fewer or shorter parameters.", citation: "RFC 9110, 15.5.15"),
            status: .uriTooLong)
    }

    static func tooManyAttempts(retryAfter seconds: Int) -> HTTPRefusal {
        HTTPRefusal(
            Refusal(
                .tooMany, code: "sign-in.too-many", "There were too many attempts to sign in.",
                mend: "Wait \(seconds) seconds and try again.", citation: "RFC 6585, 4", arguments: ["seconds": String(seconds)]),
            status: .tooManyRequests, headers: [.retryAfter: String(seconds)])
    }
}
