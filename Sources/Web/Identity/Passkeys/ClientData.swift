import Acts

/// What the browser says about a passkey's use (WebAuthn Level 2, 5.8.1).
struct ClientData: Hashable, Sendable {
    let type: String
    let challenge: [UInt8]
    let origin: String
    let isCrossOrigin: Bool

    /// Members it does not know are passed over, since browsers add them on purpose (5.8.1.2).
    init(parsing bytes: [UInt8]) throws(PasskeyFailure) {
        let json: JSON
        do {
            json = try JSONParser.parse(bytes, limits: .init(bytes: 8_192, depth: 8))
        } catch {
            throw .malformed("the client data is not JSON: \(error)")
        }
        guard let type = json["type"]?.string, let challenge = json["challenge"]?.string.flatMap(Base64.decodeFromAddress),
            let origin = json["origin"]?.string
        else { throw .malformed("the client data lacks what it should have") }
        self.type = type
        self.challenge = challenge
        self.origin = origin
        isCrossOrigin = json["crossOrigin"]?.bool ?? false || json["topOrigin"] != nil
    }
}
