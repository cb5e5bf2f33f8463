/// Why a command was not carried out: a typed reason, the rule it rests on, and the way out.
///
/// The explanation and the mend are in English, for logs and the command line; pages look the `code` up in the language
/// catalogue (`refusal.CODE` and `refusal.CODE.mend`) with the same arguments and fall back on these.
public struct Refusal: Error, Hashable, Sendable, CustomStringConvertible {
    /// What kind of refusal it is. Each kind has one HTTP status (RFC 9110, 15.5).
    public enum Kind: String, Hashable, Sendable, CaseIterable {
        /// The input is not of the right form.
        case malformed
        /// The person is not signed in.
        case unauthenticated
        /// The person, office or actor may not do this.
        case forbidden
        case notFound = "not-found"
        /// It contradicts what the record already holds.
        case conflict
        case tooLarge = "too-large"
        case unsupportedMediaType = "unsupported-media-type"
        /// Well-formed, but a rule of law or procedure stands in the way.
        case unlawful
        case tooMany = "too-many"
        /// The node cannot write now: the disk is full, read-only or broken.
        case unavailable

        public var httpStatus: Int {
            switch self {
            case .malformed: 400
            case .unauthenticated: 401
            case .forbidden: 403
            case .notFound: 404
            case .conflict: 409
            case .tooLarge: 413
            case .unsupportedMediaType: 415
            case .unlawful: 422
            case .tooMany: 429
            case .unavailable: 503
            }
        }
    }

    public let kind: Kind
    /// A stable name in the desk's words, such as `treaty.second-consent`.
    public let code: String
    /// Values named in the explanation, for translation.
    public let arguments: [String: String]
    /// What stands in the way, in English.
    public let explanation: String
    /// What the person can do instead, in English.
    public let mend: String
    /// The rule it rests on, such as "VCLT art. 7(1)". `nil` where no rule of law but plain form is at stake.
    public let citation: String?

    public init(
        _ kind: Kind, code: String, _ explanation: String, mend: String, citation: String? = nil, arguments: [String: String] = [:]
    ) {
        self.kind = kind
        self.code = code
        self.arguments = arguments
        self.explanation = explanation
        self.mend = mend
        self.citation = citation
    }

    public var description: String {
        let rule = citation.map { "\($0): " } ?? ""
        return "\(rule)\(explanation) \(mend)"
    }
}
