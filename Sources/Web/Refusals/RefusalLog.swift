public import Acts
import HTTPTypes
public import Hummingbird
import Logging

/// The operator's line for each refusal.
extension House {
    /// For a refusal that a page shows in its own way instead of throwing it.
    public func logRefusal(_ refusal: Refusal, _ request: Request, _ visit: Visit) {
        log(HTTPRefusal(refusal, status: .init(code: refusal.kind.httpStatus)), refusal, request, visit)
    }

    /// One line, without anything about the person: method, path, status, code and rule.
    func log(_ refused: HTTPRefusal, _ error: any Error, _ request: Request, _ visit: Visit) {
        let refusal = refused.refusal
        var metadata: Logger.Metadata = [
            "method": .string(House.printable(request.method.rawValue)), "path": .string(House.printable(visit.path)),
            "status": .stringConvertible(refused.status.code), "code": .string(refusal.code),
        ]
        if let citation = refusal.citation { metadata["rule"] = .string(citation) }
        if refused.status == .internalServerError {
            metadata["error"] = .string(String(reflecting: type(of: error)) + ": \(error)")
            logger.error("failed", metadata: metadata)
        } else {
            logger.notice("refused", metadata: metadata)
        }
        observation.refused(code: refusal.code)
    }

    /// A text from outside as it may stand in a log: one line, no control characters, not longer than it must be. A path names no
    /// person; the query, which might, is left out.
    private static func printable(_ text: String) -> String {
        String(String.UnicodeScalarView(text.unicodeScalars.prefix(200).map { (0x21...0x7E).contains($0.value) ? $0 : "?" }))
    }
}
