import Acts
import Crypto
import Foundation
import Synchronization

/// Questions put to passkeys. Each is random, says itself when it ends and what it is for, and is good once.
///
/// The node keeps nothing for a question it asked; it only remembers, until they end, those that were answered.
final class Challenges: Sendable {
    enum Purpose: Hashable, Sendable {
        case signIn
        /// To add a passkey, in that session.
        case registration(session: String)

        var text: String {
            switch self {
            case .signIn: "sign-in"
            case .registration(let session): "registration \(session)"
            }
        }
    }

    /// Milliseconds.
    static let lifetime: Int64 = 5 * 60_000

    private let key: SymmetricKey
    /// Answered questions and when they end; owned by this lock.
    private let answered = Mutex<[[UInt8]: Moment]>([:])

    init(key: SymmetricKey) {
        self.key = key
    }

    /// 24 random bytes, the time of its end in 8, and 32 that make it ours.
    func make(_ purpose: Purpose, now: Moment) -> [UInt8] {
        let expires = UInt64(now.milliseconds + Challenges.lifetime)
        let body = RandomIdentifier.bytes(24) + (0..<8).map { UInt8(truncatingIfNeeded: expires >> (56 - 8 * UInt64($0))) }
        return body + code(body, purpose)
    }

    /// Whether it is a question of this node, for this purpose, still open. From now on it is not.
    func take(_ challenge: [UInt8], _ purpose: Purpose, now: Moment) -> Bool {
        guard challenge.count == 64 else { return false }
        let body = Array(challenge[0..<32])
        guard HMAC<SHA256>.isValidAuthenticationCode(challenge[32...], authenticating: message(body, purpose), using: key) else {
            return false
        }
        let expires = Moment(milliseconds: Int64(truncatingIfNeeded: body[24..<32].reduce(UInt64(0)) { $0 << 8 | UInt64($1) }))
        guard now < expires else { return false }
        return answered.withLock { answered in
            if answered.count > 1_000 { answered = answered.filter { now < $0.value } }
            return answered.updateValue(expires, forKey: body) == nil
        }
    }

    private func code(_ body: [UInt8], _ purpose: Purpose) -> [UInt8] {
        Array(HMAC<SHA256>.authenticationCode(for: message(body, purpose), using: key))
    }

    private func message(_ body: [UInt8], _ purpose: Purpose) -> Data {
        Data("challenge \(purpose.text)\n".utf8) + body
    }
}
