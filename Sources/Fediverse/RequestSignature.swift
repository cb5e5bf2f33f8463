public import Acts
import Synchronization

/// The signature of a request, in either of the two forms.
public enum RequestSignature: Sendable {
    case cavage(CavageSignature)
    case standard(StandardSignature)

    /// - Throws: ``SignatureFailure/missing`` or ``SignatureFailure/malformed(_:)``.
    public init(in request: SignedRequest) throws(SignatureFailure) {
        if request.fields["signature-input"] != nil {
            self = .standard(try StandardSignature(in: request))
        } else {
            guard let field = request.fields["signature"] else { throw .missing }
            self = .cavage(try CavageSignature(field: field))
        }
    }

    public var keyID: String {
        switch self {
        case .cavage(let signature): signature.keyID
        case .standard(let signature): signature.keyID
        }
    }

    public var bytes: [UInt8] {
        switch self {
        case .cavage(let signature): signature.signature
        case .standard(let signature): signature.signature
        }
    }

    /// Everything that can be said before the signer's key is known, so that nobody's key is fetched for what cannot count.
    public func check(_ request: SignedRequest, at now: Moment) throws(SignatureFailure) {
        switch self {
        case .cavage(let signature): try signature.check(request, at: now)
        case .standard(let signature): try signature.check(request, at: now)
        }
    }

    /// The signature itself, and whose it is: the actor of the activity and nobody else, not one that merely shares its host.
    public func verify(_ request: SignedRequest, with key: RemoteKey, actor: String) throws(SignatureFailure) {
        guard key.id == keyID, key.owner == actor else { throw .otherOwner(key: keyID, actor: actor) }
        switch self {
        case .cavage(let signature): try signature.verify(request, with: key)
        case .standard(let signature): try signature.verify(request, with: key)
        }
    }
}

/// Remembers signatures for as long as their requests count, so that none is taken twice. When it is full of such, nothing more is taken.
public final class ReplayMemory: Sendable {
    private struct Content {
        var seen: Set<[UInt8]> = []
        var order: [(until: Int64, mark: [UInt8])] = []
        var next = 0
    }

    private let limit: Int
    private let content = Mutex(Content())

    public init(limit: Int = 200_000) { self.limit = limit }

    /// Whether the signature is new; remembered from now on.
    public func take(_ signature: RequestSignature, at now: Moment) -> Bool {
        let mark = Array(signature.keyID.utf8) + [0] + signature.bytes
        return content.withLock { content in
            while content.next < content.order.count, content.order[content.next].until < now.milliseconds {
                content.seen.remove(content.order[content.next].mark)
                content.next += 1
            }
            if content.next > limit {
                content.order.removeFirst(content.next)
                content.next = 0
            }
            guard content.seen.count < limit, content.seen.insert(mark).inserted else { return false }
            content.order.append((now.milliseconds + CavageSignature.oldest + CavageSignature.youngest, mark))
            return true
        }
    }
}
