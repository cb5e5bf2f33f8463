import Acts
import Crypto
import Foundation

/// Who signed in and until when, carried by the browser in a signed cookie; the node keeps nothing.
struct Session: Hashable, Sendable {
    /// A session lasts a working day.
    static let lifetime: Int64 = 12 * 3600 * 1000

    let person: String
    /// Random; what form tokens are bound to.
    let id: String
    /// How many entries the record had when it began. An entry "sessions ended" at or after this place ends it.
    let begunAt: Int64
    let expires: Moment

    init(person: String, begunAt: Int64, now: Moment) {
        self.person = person
        id = RandomIdentifier.make()
        self.begunAt = begunAt
        expires = now.adding(milliseconds: Session.lifetime)
    }

    /// `PERSON.ID.BEGUN.EXPIRES.CODE`
    func token(key: SymmetricKey) -> String {
        let body = "\(person).\(id).\(begunAt).\(expires.milliseconds)"
        let code = HMAC<SHA256>.authenticationCode(for: Data("session\n\(body)".utf8), using: key)
        return "\(body).\(Base64.encodeForAddress(Array(code)))"
    }

    /// Reads a token; `nil` where it is not ours or is over.
    init?(token: String, now: Moment, key: SymmetricKey) {
        guard token.utf8.count < 512 else { return nil }
        let parts = token.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 5, let begunAt = Int64(parts[2]), let expires = Int64(parts[3]),
            let code = Base64.decodeFromAddress(String(parts[4]))
        else { return nil }
        let body = parts[0..<4].joined(separator: ".")
        guard HMAC<SHA256>.isValidAuthenticationCode(code, authenticating: Data("session\n\(body)".utf8), using: key),
            now.milliseconds < expires
        else { return nil }
        person = String(parts[0])
        id = String(parts[1])
        self.begunAt = begunAt
        self.expires = Moment(milliseconds: expires)
    }
}
