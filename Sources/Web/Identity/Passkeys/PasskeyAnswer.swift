import Acts

/// A browser's answer to "sign this", as its `toJSON` writes it (WebAuthn Level 3, AuthenticationResponseJSON).
struct PasskeyAnswer: Sendable {
    let credential: [UInt8]
    let assertion: ActSignature.PasskeyAssertion
    let signature: [UInt8]
    /// The person's identifier, as given when the passkey was made.
    let userHandle: [UInt8]?

    init(json: JSON) throws(MalformedAct) {
        let id = try PasskeyAnswer.bytes(json, "id", at: "")
        let response = json["response"] ?? .null
        credential = id
        assertion = ActSignature.PasskeyAssertion(
            authenticatorData: try PasskeyAnswer.bytes(response, "authenticatorData", at: "response."),
            clientDataJSON: try PasskeyAnswer.bytes(response, "clientDataJSON", at: "response."))
        signature = try PasskeyAnswer.bytes(response, "signature", at: "response.")
        if let handle = response["userHandle"], !handle.isNull {
            userHandle = try PasskeyAnswer.bytes(response, "userHandle", at: "response.")
        } else {
            userHandle = nil
        }
    }

    static func bytes(_ json: JSON, _ name: String, at place: String) throws(MalformedAct) -> [UInt8] {
        guard let text = json[name]?.string, let bytes = Base64.decodeFromAddress(text), !bytes.isEmpty else {
            throw MalformedAct(place: place + name, reason: "should be base64 for addresses, without padding")
        }
        return bytes
    }
}

/// A browser's answer to "make a passkey" (WebAuthn Level 3, RegistrationResponseJSON).
struct PasskeyRegistrationAnswer: Sendable {
    let clientDataJSON: [UInt8]
    let attestationObject: [UInt8]

    init(json: JSON) throws(MalformedAct) {
        let response = json["response"] ?? .null
        clientDataJSON = try PasskeyAnswer.bytes(response, "clientDataJSON", at: "response.")
        attestationObject = try PasskeyAnswer.bytes(response, "attestationObject", at: "response.")
    }
}
