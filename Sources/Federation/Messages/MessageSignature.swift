public import Acts
import Outbound

/// Signs and checks HTTP messages between nodes (RFC 9421), with Ed25519 keys that nodes' documents name.
///
/// A request of this program covers `@method`, `@authority`, `@path`, `@query` where there is one, `content-type` and
/// `content-digest` (RFC 9530); its parameters are `created`, `nonce`, `keyid` (`did:web:NODE#KEY`), `alg` and `tag`.
public struct MessageSignature: Hashable, Sendable {
    /// How far a message's time may lie before the reader's clock, and after it, in milliseconds.
    public static let oldest: Int64 = 300_000
    public static let youngest: Int64 = 60_000

    /// Says what the signature is for, so that it cannot be used for anything else (RFC 9421, 2.3).
    public static let tag = "chancery-node"

    /// The label of the signature in its two fields.
    static let label = "node"

    /// Names of covered components, in order, as they stand in the input.
    public let components: [String]
    /// POSIX seconds.
    public let created: Int64
    public let nonce: String?
    public let keyID: String
    public let algorithm: String?
    public let tag: String?
    /// The inner list with its parameters as it stands in `Signature-Input`: the last line of what is signed.
    public let parameters: String
    public let signature: [UInt8]

    /// What of a request is signed.
    public struct Request: Sendable {
        public var method: String
        public var authority: String
        public var path: String
        /// With its question mark; empty where there is none.
        public var query: String
        /// By lowercase name; what stands in more than one line is joined with ", ".
        public var fields: [String: String]

        public init(method: String, authority: String, path: String, query: String = "", fields: [String: String]) {
            self.method = method
            self.authority = authority.lowercased()
            self.path = path
            self.query = query
            self.fields = fields
        }

        /// `nil` where the request has no such component, or this program does not know it.
        func value(of component: String) -> String? {
            switch component {
            case "@method": method
            case "@authority": authority
            case "@path": path.isEmpty ? "/" : path
            case "@query": query.isEmpty ? "?" : query
            default: component.hasPrefix("@") ? nil : fields[component]
            }
        }
    }

    /// Why a message is not believed.
    public enum Failure: Error, Hashable, Sendable {
        case missing
        case malformed(String)
        case notCovered(String)
        case missingComponent(String)
        case wrongTag(String?)
        case wrongAlgorithm(String)
        case tooOld(seconds: Int64)
        case fromTheFuture(seconds: Int64)
        case wrongDigest
        case unknownKey(String)
        case wrongSignature
        case replayed
    }

    /// The three fields that a signed request carries beside its own.
    public static func fields(
        signing request: Request, body: [UInt8], as node: NodeName, with key: NodeKey, at now: Moment, nonce: String
    ) throws -> [(name: String, value: String)] {
        var request = request
        let digest = ContentDigest.field(of: body)
        request.fields["content-digest"] = digest
        var components = ["@method", "@authority", "@path"]
        if !request.query.isEmpty { components.append("@query") }
        if request.fields["content-type"] != nil { components.append("content-type") }
        components.append("content-digest")
        let parameters =
            "(" + components.map { "\"\($0)\"" }.joined(separator: " ") + ");created=\(now.milliseconds / 1000);nonce=\"\(nonce)\""
            + ";keyid=\"\(node.did)#\(key.publicKey.id)\";alg=\"ed25519\";tag=\"\(tag)\""
        let base = try base(of: components, parameters: parameters, in: request)
        let signature = try key.sign(base)
        return [
            ("content-digest", digest), ("signature-input", "\(label)=\(parameters)"),
            ("signature", "\(label)=:\(Base64.encode(signature)):"),
        ]
    }

    /// Reads the signature of a request that carries this program's tag.
    ///
    /// - Throws: ``Failure/missing`` or ``Failure/malformed(_:)``.
    public init(in request: Request) throws(Failure) {
        guard let input = request.fields["signature-input"], let signatures = request.fields["signature"] else { throw .missing }
        guard input.utf8.count <= 4_096, signatures.utf8.count <= 4_096 else { throw .malformed("its fields are too long") }
        let inputs: [StructuredFields.SignatureInput]
        let sequences: [String: [UInt8]]
        do {
            var reader = StructuredFields(input)
            inputs = try reader.signatureInputs()
            var signatureReader = StructuredFields(signatures)
            sequences = try signatureReader.byteSequences()
        } catch {
            throw .malformed(error.reason)
        }
        guard let chosen = inputs.first(where: { $0.parameters["tag"] == .string(MessageSignature.tag) }) ?? inputs.first else {
            throw .missing
        }
        guard let bytes = sequences[chosen.label] else { throw .missing }
        guard case .integer(let created)? = chosen.parameters["created"] else { throw .malformed("it has no time of creation") }
        guard case .string(let keyID)? = chosen.parameters["keyid"] else { throw .malformed("it names no key") }
        components = chosen.components
        self.created = created
        self.keyID = keyID
        nonce = chosen.parameters["nonce"]?.text
        algorithm = chosen.parameters["alg"]?.text
        tag = chosen.parameters["tag"]?.text
        parameters = chosen.text
        signature = bytes
    }

    /// Whose key it names: node and key.
    public var signer: (node: NodeName, key: String)? {
        guard keyID.hasPrefix("did:web:"), let mark = keyID.firstIndex(of: "#") else { return nil }
        let name = String(keyID[..<mark].dropFirst(8)).replacing("%3A", with: ":")
        guard let node = NodeName(name), keyID[..<mark] == node.did else { return nil }
        return (node, String(keyID[keyID.index(after: mark)...]))
    }

    /// Checks everything but whether it is a replay.
    ///
    /// - Parameter key: finds the key of a node; `nil` where it does not count.
    /// - Returns: the node that signed.
    public func verify(
        _ request: Request, body: [UInt8], at now: Moment, key: (NodeName, String) throws -> NodePublicKey?
    ) throws -> NodeName {
        guard tag == MessageSignature.tag else { throw Failure.wrongTag(tag) }
        guard algorithm == nil || algorithm == "ed25519" else { throw Failure.wrongAlgorithm(algorithm ?? "") }
        for component in ["@method", "@authority", "@path", "content-digest"] where !components.contains(component) {
            throw Failure.notCovered(component)
        }
        if !request.query.isEmpty, !components.contains("@query") { throw Failure.notCovered("@query") }
        guard (0...Int64.max / 2_000).contains(created) else { throw Failure.malformed("its time of creation is out of range") }
        let age = now.milliseconds - created * 1000
        guard age <= MessageSignature.oldest else { throw Failure.tooOld(seconds: age / 1000) }
        guard age >= -MessageSignature.youngest else { throw Failure.fromTheFuture(seconds: -age / 1000) }
        guard let digest = request.fields["content-digest"], ContentDigest.matches(digest, body) else { throw Failure.wrongDigest }
        guard let signer, let key = try key(signer.node, signer.key) else { throw Failure.unknownKey(String(keyID.prefix(200))) }
        let base = try MessageSignature.base(of: components, parameters: parameters, in: request)
        guard key.isValid(signature, of: base) else { throw Failure.wrongSignature }
        return signer.node
    }

    /// The signature base (RFC 9421, 2.5).
    static func base(of components: [String], parameters: String, in request: Request) throws(Failure) -> [UInt8] {
        guard Set(components).count == components.count else { throw .malformed("it covers a component twice") }
        var text = ""
        for component in components {
            guard let value = request.value(of: component) else { throw .missingComponent(component) }
            guard !value.utf8.contains(0x0A) else { throw .malformed("a covered field has a line break") }
            text += "\"\(component)\": \(value)\n"
        }
        text += "\"@signature-params\": \(parameters)"
        return Array(text.utf8)
    }
}

extension MessageSignature.Failure: CustomStringConvertible {
    public var description: String {
        switch self {
        case .missing: "The message is not signed."
        case .malformed(let reason): "The message's signature cannot be read: \(reason)."
        case .notCovered(let component): "The message's signature does not cover \(component)."
        case .missingComponent(let component): "The message's signature covers \(component.prefix(40)), which the message does not have."
        case .wrongTag(let tag): "The message's signature is for '\(tag?.prefix(40) ?? "")', not for '\(MessageSignature.tag)'."
        case .wrongAlgorithm(let name): "The message's signature is of the algorithm '\(name.prefix(40))'; only ed25519 is taken."
        case .tooOld(let seconds): "The message was signed \(seconds) seconds ago, by this node's clock."
        case .fromTheFuture(let seconds): "The message was signed \(seconds) seconds in the future, by this node's clock."
        case .wrongDigest: "The message's body is not the one that was signed."
        case .unknownKey(let key): "The key \(key) is not one that counts for a peer of this node."
        case .wrongSignature: "The message's signature is wrong."
        case .replayed: "The message was received before."
        }
    }

    /// What the sender can do.
    public var mend: String {
        switch self {
        case .tooOld, .fromTheFuture: "Set the clock right, and sign the message anew."
        case .unknownKey: "Be accepted as a peer first, or publish the newer document and wait until it was read."
        case .replayed: "Sign the message anew, with a fresh nonce."
        default: "Sign the message as docs/protocol.md says."
        }
    }

    /// RFC 9421 for all but what the node itself decides.
    public var citation: String {
        switch self {
        case .wrongDigest: "RFC 9530, 2"
        case .unknownKey, .replayed, .tooOld, .fromTheFuture: "RFC 9421, 3.2"
        default: "RFC 9421, 2"
        }
    }
}
