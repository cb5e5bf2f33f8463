import Acts
import Crypto
import Foundation

/// A prepared act on its way through the browser and back: the hidden `act` field of the signing page. The node keeps nothing
/// meanwhile; a code that only it can make shows that it prepared these bytes for this person, and until when they are good.
enum SealedAct {
    /// A prepared act may wait this long for its signature: as long as a session lasts.
    static let lifetime: Int64 = 12 * 3600 * 1000
    /// Bytes of a payload that may pass through a form.
    static let longestPayload = 40_000

    /// `BODY.CODE`, both base64 for addresses. The body is `{"request": …, "expires": …}` in canonical JSON.
    static func make(_ act: SigningRequest, now: Moment, key: SymmetricKey) throws(MalformedAct) -> String {
        let body: JSON = [
            "statement": act.statement.json, "payload": try act.payload.json(), "salt": .string(Base64.encode(act.payload.salt)),
            "expires": .string(now.adding(milliseconds: lifetime).description),
        ]
        let bytes = body.canonicalBytes
        return "\(Base64.encodeForAddress(bytes)).\(Base64.encodeForAddress(code(bytes, key)))"
    }

    /// The act of a good field; `nil` where it is not ours, not whole or too old.
    static func open(_ text: String, now: Moment, key: SymmetricKey) -> SigningRequest? {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 2, let body = Base64.decodeFromAddress(String(parts[0])),
            let given = Base64.decodeFromAddress(String(parts[1])),
            HMAC<SHA256>.isValidAuthenticationCode(given, authenticating: message(body), using: key)
        else { return nil }
        // Ours to the byte from here on; what does not read all the same was made by another version.
        guard let json = try? JSONParser.parse(body, limits: .init(bytes: 1 << 20, depth: 36)),
            let expires = json["expires"]?.string.flatMap(Moment.init), now < expires,
            let statement = json["statement"].flatMap({ try? ActStatement(json: $0) }), let payload = json["payload"],
            let salt = json["salt"]?.string.flatMap(Base64.decode)
        else { return nil }
        return try? SigningRequest(statement: statement, payload: SealedPayload(salt: salt, bytes: payload.canonicalBytes))
    }

    private static func code(_ body: [UInt8], _ key: SymmetricKey) -> [UInt8] {
        Array(HMAC<SHA256>.authenticationCode(for: message(body), using: key))
    }

    private static func message(_ body: [UInt8]) -> Data { Data("act\n".utf8) + body }
}
