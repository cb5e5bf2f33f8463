public import Acts
import Crypto
import Outbound

/// HTTP message signatures (RFC 9421) as the fediverse takes them: one signature, `created` and `keyid`, `rsa-v1_5-sha256`, over `@method`,
/// `@target-uri` and, with a body, `content-digest` (RFC 9530).
///
/// Sent only as a second knock, or to who signed so itself: some servers answer it with 202 and drop what it came with.
public struct StandardSignature: Sendable {
    public let keyID: String
    let components: [String]
    let created: Int64
    let expires: Int64?
    let algorithm: String?
    /// The last line of what is signed, without its name.
    let parameters: String
    public let signature: [UInt8]

    /// The fields that a signed request carries beside its own.
    public static func fields(
        signing request: SignedRequest, with key: RequestKey, at now: Moment
    ) throws -> [(name: String, value: String)] {
        var request = request
        var components = ["@method", "@target-uri"]
        var fields: [(name: String, value: String)] = []
        if request.method == "POST" {
            let digest = ContentDigest.field(of: request.body)
            request.fields["content-digest"] = digest
            components.append("content-digest")
            fields.append(("content-digest", digest))
        }
        let parameters =
            "(" + components.map { "\"\($0)\"" }.joined(separator: " ")
            + ");created=\(now.milliseconds / 1000);keyid=\"\(key.id)\";alg=\"rsa-v1_5-sha256\""
        let signature = try key.sign(try base(components, parameters, request))
        return fields + [("signature-input", "sig1=\(parameters)"), ("signature", "sig1=:\(Base64.encode(signature)):")]
    }

    /// Reads the one signature of a request that has `Signature-Input`.
    public init(in request: SignedRequest) throws(SignatureFailure) {
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
        guard inputs.count == 1, let input = inputs.first, let bytes = sequences[input.label] else {
            throw .malformed("it is not one signature with its input")
        }
        guard case .integer(let created)? = input.parameters["created"], (0...253_402_300_799).contains(created) else {
            throw .malformed("it has no time of creation")
        }
        guard case .string(let keyID)? = input.parameters["keyid"], !keyID.isEmpty else { throw .malformed("it names no key") }
        if case .integer(let end)? = input.parameters["expires"] { expires = end } else { expires = nil }
        self.created = created
        self.keyID = keyID
        algorithm = input.parameters["alg"]?.text
        components = input.components
        parameters = input.text
        signature = bytes
    }

    /// Checks everything that needs no key.
    public func check(_ request: SignedRequest, at now: Moment) throws(SignatureFailure) {
        if let algorithm, algorithm != "rsa-v1_5-sha256" { throw .unknownAlgorithm(algorithm) }
        guard components.contains("@method") else { throw .notCovered("@method") }
        guard components.contains("@target-uri") || (components.contains("@authority") && components.contains("@path")) else {
            throw .notCovered("@target-uri")
        }
        if request.method == "POST" {
            guard let digest = request.fields["content-digest"] else { throw .noDigest }
            guard components.contains("content-digest") else { throw .notCovered("content-digest") }
            guard ContentDigest.matches(digest, request.body) else { throw .wrongDigest }
        }
        let age = now.milliseconds - created * 1000
        guard age <= CavageSignature.oldest else { throw .tooOld(seconds: age / 1000) }
        guard age >= -CavageSignature.youngest else { throw .fromTheFuture(seconds: -age / 1000) }
        if let expires, now.milliseconds / 1000 > expires { throw .tooOld(seconds: now.milliseconds / 1000 - expires) }
    }

    public func verify(_ request: SignedRequest, with key: RemoteKey) throws(SignatureFailure) {
        if try key.isValid(signature, of: try Self.base(components, parameters, request)) { return }
        if !request.query.isEmpty, try key.isValid(signature, of: try Self.base(components, parameters, request.withoutQuery)) { return }
        throw .wrongSignature
    }

    /// The signature base (RFC 9421, 2.5).
    private static func base(_ components: [String], _ parameters: String, _ request: SignedRequest) throws(SignatureFailure) -> String {
        guard Set(components).count == components.count else { throw .malformed("it covers a component twice") }
        var text = ""
        for component in components {
            let value: String?
            switch component {
            case "@method": value = request.method
            case "@target-uri": value = "\(request.scheme)://\(request.authority)\(request.target)"
            case "@authority": value = request.authority
            case "@scheme": value = request.scheme
            case "@request-target": value = request.target
            case "@path": value = request.path.isEmpty ? "/" : request.path
            case "@query": value = "?" + request.query
            default: value = component.hasPrefix("@") ? nil : request.fields[component]
            }
            guard let value else { throw .missingField(component) }
            text += "\"\(component)\": \(value)\n"
        }
        return text + "\"@signature-params\": \(parameters)"
    }
}
