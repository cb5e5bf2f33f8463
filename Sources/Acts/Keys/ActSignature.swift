/// A person's signature over an act's digest (`ActStatement.digest`).
public struct ActSignature: Hashable, Sendable {
    /// The signing key's identifier (`PublicKey.identifier`).
    public var key: String
    public var algorithm: KeyAlgorithm
    /// Ed25519 64 bytes (RFC 8032); P-256 in DER (ANSI X9.62) or as r||s; ML-DSA-65 3,309 bytes (FIPS 204).
    public var signature: [UInt8]
    /// For a passkey: what the authenticator and the browser added and signed (WebAuthn Level 2, 6.3.3), kept whole so that
    /// anyone can verify it without this node.
    public var passkey: PasskeyAssertion?

    public struct PasskeyAssertion: Hashable, Sendable {
        public var authenticatorData: [UInt8]
        public var clientDataJSON: [UInt8]

        public init(authenticatorData: [UInt8], clientDataJSON: [UInt8]) {
            self.authenticatorData = authenticatorData
            self.clientDataJSON = clientDataJSON
        }
    }

    public init(key: String, algorithm: KeyAlgorithm, signature: [UInt8], passkey: PasskeyAssertion? = nil) {
        self.key = key
        self.algorithm = algorithm
        self.signature = signature
        self.passkey = passkey
    }

    init(json: JSON, at place: String) throws(MalformedAct) {
        var reader = try ObjectReader(json, at: place)
        key = try reader.string("key")
        let name = try reader.string("algorithm")
        guard let algorithm = KeyAlgorithm(rawValue: name) else {
            throw MalformedAct(place: "\(place).algorithm", reason: "'\(name)' is not a known algorithm")
        }
        self.algorithm = algorithm
        func bytes(_ text: String, _ name: String) throws(MalformedAct) -> [UInt8] {
            guard let bytes = Base64.decode(text) else {
                throw MalformedAct(place: "\(place).\(name)", reason: "should be base64")
            }
            return bytes
        }
        signature = try bytes(try reader.string("signature"), "signature")
        if let data = try reader.optionalString("authenticatorData") {
            passkey = PasskeyAssertion(
                authenticatorData: try bytes(data, "authenticatorData"),
                clientDataJSON: try bytes(try reader.string("clientDataJSON"), "clientDataJSON"))
        }
        try reader.finish()
    }

    var json: JSON {
        var object: JSONObject = [
            "key": .string(key), "algorithm": .string(algorithm.rawValue), "signature": .string(Base64.encode(signature)),
        ]
        if let passkey {
            object["authenticatorData"] = .string(Base64.encode(passkey.authenticatorData))
            object["clientDataJSON"] = .string(Base64.encode(passkey.clientDataJSON))
        }
        return .object(object)
    }
}
