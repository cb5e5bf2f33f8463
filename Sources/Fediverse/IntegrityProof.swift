public import Acts
public import Crypto

/// Proofs of integrity that stay with a document wherever it is passed on (FEP-8b32; W3C Data Integrity EdDSA Cryptosuites, `eddsa-jcs-2022`).
public enum IntegrityProof {
    /// The context that the words of a proof come from.
    public static let context = "https://w3id.org/security/data-integrity/v1"

    /// Why a proof is not believed.
    public enum Failure: Error, Hashable, Sendable {
        case missing
        case malformed(String)
        /// Another suite than `eddsa-jcs-2022`, or another purpose than `assertionMethod`.
        case unknownSuite(String)
        case wrongSignature
    }

    /// The document with its proof.
    ///
    /// - Parameters:
    ///   - method: the identifier of the key, in the actor's `assertionMethod`.
    ///   - created: when, to the second.
    public static func prove(
        _ document: JSONObject, with key: Curve25519.Signing.PrivateKey, method: String, created: Moment
    ) throws -> JSONObject {
        var proof: JSONObject = [
            "type": "DataIntegrityProof", "cryptosuite": "eddsa-jcs-2022", "verificationMethod": .string(method),
            "proofPurpose": "assertionMethod", "created": .string(ActivityStreams.time(created)),
        ]
        proof["@context"] = document["@context"]
        var bare = document
        bare["proof"] = nil
        proof["proofValue"] = .string("z" + Base58.encode(Array(try key.signature(for: hash(bare, proof)))))
        bare["proof"] = .object(proof)
        return bare
    }

    /// - Parameter key: that of the proof's `verificationMethod`.
    public static func verify(_ document: JSONObject, with key: Curve25519.Signing.PublicKey) throws(Failure) {
        guard let proof = document["proof"]?.object else { throw .missing }
        guard proof["type"] == "DataIntegrityProof", proof["cryptosuite"] == "eddsa-jcs-2022", proof["proofPurpose"] == "assertionMethod"
        else { throw .unknownSuite(String((proof["cryptosuite"]?.string ?? "").prefix(40))) }
        guard let value = proof["proofValue"]?.string, value.hasPrefix("z"), let signature = Base58.decode(String(value.dropFirst())),
            signature.count == 64
        else { throw .malformed("its value is not 64 bytes in base 58") }
        // A proof's own context must be how the document's begins (W3C vc-di-eddsa, 3.3.2).
        if let own = proof["@context"], own != document["@context"] { throw .malformed("its context is not the document's") }
        var (bare, options) = (document, proof)
        bare["proof"] = nil
        options["proofValue"] = nil
        if options["@context"] == nil { options["@context"] = document["@context"] }
        guard key.isValidSignature(signature, for: hash(bare, options)) else { throw .wrongSignature }
    }

    /// SHA-256 of the proof's options, then SHA-256 of the document, both in canonical form (RFC 8785): 64 bytes.
    private static func hash(_ document: JSONObject, _ options: JSONObject) -> [UInt8] {
        Array(SHA256.hash(data: JSON.object(options).canonicalBytes)) + Array(SHA256.hash(data: JSON.object(document).canonicalBytes))
    }
}
