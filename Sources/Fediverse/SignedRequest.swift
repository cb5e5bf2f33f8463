import Acts

/// A request as signatures see it.
public struct SignedRequest: Sendable {
    /// In capitals.
    public var method: String
    /// The scheme that the server is reached by from outside: `https`.
    public var scheme: String
    /// Host and port as in the server's own addresses, in small letters.
    public var authority: String
    public var path: String
    /// Without its question mark; empty where there is none.
    public var query: String
    /// By name in small letters; what stands in more than one line is joined with ", ".
    public var fields: [String: String]
    /// As it came, to the byte: digests are of these.
    public var body: [UInt8]

    public init(
        method: String, scheme: String, authority: String, path: String, query: String = "", fields: [String: String], body: [UInt8] = []
    ) {
        self.method = method.uppercased()
        self.scheme = scheme
        self.authority = authority.lowercased()
        self.path = path
        self.query = query
        self.fields = fields
        self.body = body
    }

    /// Path and query as in the request's first line.
    var target: String { query.isEmpty ? path : "\(path)?\(query)" }

    /// The same request without its query: some senders sign so.
    var withoutQuery: SignedRequest {
        var request = self
        request.query = ""
        return request
    }
}

/// Why a request is not believed, or not yet.
public enum SignatureFailure: Error, Hashable, Sendable {
    case missing
    case malformed(String)
    case unknownAlgorithm(String)
    case notCovered(String)
    case missingField(String)
    case noDigest
    case wrongDigest
    case tooOld(seconds: Int64)
    case fromTheFuture(seconds: Int64)
    case otherHost(String)
    case badKey(String)
    case wrongSignature
    case otherOwner(key: String, actor: String)
    case replayed
}

extension SignatureFailure: CustomStringConvertible {
    public var description: String {
        switch self {
        case .missing: "The request is not signed."
        case .malformed(let reason): "The request's signature cannot be read: \(reason)."
        case .unknownAlgorithm(let name): "The signature is of the algorithm '\(name.prefix(40))'; only RSA with SHA-256 is taken."
        case .notCovered(let name): "The signature does not cover \(name)."
        case .missingField(let name): "The signature covers \(name.prefix(40)), which the request does not have."
        case .noDigest: "The request has no SHA-256 digest of its body."
        case .wrongDigest: "The request's body is not the one its digest is of."
        case .tooOld(let seconds): "The request was signed \(seconds) seconds ago, by this node's clock."
        case .fromTheFuture(let seconds): "The request was signed \(seconds) seconds in the future, by this node's clock."
        case .otherHost(let host): "The request was signed for \(host.prefix(200)), which is not this node."
        case .badKey(let reason): "The signer's key cannot be used: \(reason)."
        case .wrongSignature: "The signature is wrong."
        case .otherOwner(let key, let actor): "The key \(key.prefix(200)) is not that of the actor \(actor.prefix(200))."
        case .replayed: "The request was received before."
        }
    }
}
