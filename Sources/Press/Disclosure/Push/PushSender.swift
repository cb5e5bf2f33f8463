import Acts
import Foundation
import Outbound

/// Hands encrypted messages to browsers' push services (RFC 8030).
struct PushSender: Sendable {
    enum Outcome: Hashable, Sendable {
        case taken(String)
        /// The subscription is no more (RFC 8030, 7.3).
        case gone(String)
        case refused(String)
        /// To be tried again, not sooner than after so many seconds.
        case failed(String, after: Int?)
    }

    let key: PushKey
    let client: GuardedClient
    /// Where the node is reached: `https://mfa.example`.
    let contact: String

    /// Seconds for which the service keeps a message for a browser that is away: as long as people are told of an alert.
    private static let lifetime = 86_400

    func close() async { await client.close() }

    func send(_ words: JSON, to subscription: PushSubscribed, at now: Moment) async -> Outcome {
        guard let browser = Acts.Base64.decodeFromAddress(subscription.key),
            let secret = Acts.Base64.decodeFromAddress(subscription.secret), let url = URLComponents(string: subscription.endpoint),
            let scheme = url.scheme, let host = url.host
        else { return .refused("its subscription cannot be read") }
        let audience = "\(scheme)://\(host)" + (url.port.map { ":\($0)" } ?? "")
        do {
            let body = try PushMessage.encrypted(words.canonicalBytes, to: browser, secret: secret)
            let answer = try await client.post(
                subscription.endpoint, body, as: "application/octet-stream", accepting: "*/*",
                fields: [
                    ("content-encoding", "aes128gcm"), ("ttl", String(Self.lifetime)), ("urgency", "high"),
                    ("authorization", try key.authorization(for: audience, contact: contact, at: now)),
                ], upTo: 64 << 10)
            switch answer.status {
            case 200..<300: return .taken(String(answer.status))
            case 404, 410: return .gone(String(answer.status))
            case 429, 500...: return .failed(String(answer.status), after: answer.retryAfter)
            default: return .refused(String(answer.status))
            }
        } catch let failure as GuardedClient.Failure {
            switch failure {
            case .badAddress, .notSecure, .privateAddress, .redirected: return .refused(failure.description)
            default: return .failed(failure.description, after: nil)
            }
        } catch {
            return .refused("\(error)")
        }
    }
}
