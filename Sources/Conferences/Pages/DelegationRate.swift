import Acts
import HTTPTypes
import Synchronization
import Web

/// How fast one delegation may act in a conference's rooms: sixty acts at once, and one a second in the long run. More is refused with the
/// time to wait, so that no delegation can keep the others from being heard. Who presides and the secretariat are not counted.
///
/// Owns a bucket for each office that acts, guarded by a lock; it is forgotten with the process.
final class DelegationRate: Sendable {
    static let burst = 60.0
    /// Acts a second.
    static let pace = 1.0
    /// Most buckets kept; full ones are dropped first.
    private static let most = 10_000

    private struct Bucket: Sendable {
        var left: Double
        var at: Moment
    }

    private let buckets = Mutex<[String: Bucket]>([:])

    /// - Throws: 429 with `Retry-After` where the delegation's bucket is empty (RFC 6585, 4).
    func admit(_ person: Person, in conference: String, at now: Moment) throws {
        guard person.offices(as: .conferenceOfficer).isEmpty, let office = person.offices(as: .delegate).first else { return }
        let wait: Double = buckets.withLock { buckets in
            if buckets.count >= Self.most { buckets = buckets.filter { Self.filled($0.value, now) < Self.burst } }
            let key = "\(conference)/\(office)"
            var bucket = buckets[key] ?? Bucket(left: Self.burst, at: now)
            bucket.left = Self.filled(bucket, now)
            bucket.at = now
            defer { buckets[key] = bucket }
            guard bucket.left >= 1 else { return (1 - bucket.left) / Self.pace }
            bucket.left -= 1
            return 0
        }
        guard wait > 0 else { return }
        let seconds = max(1, Int(wait.rounded(.up)))
        throw HTTPRefusal(
            Refusal(
                .tooMany, code: "conferences.too-fast", "Your delegation acts faster than the room can follow.",
                mend: "Nothing was entered. Wait \(seconds) seconds and try again.", citation: "RFC 6585, 4",
                arguments: ["seconds": String(seconds)]),
            status: .tooManyRequests, headers: [.retryAfter: String(seconds)])
    }

    private static func filled(_ bucket: Bucket, _ now: Moment) -> Double {
        min(burst, bucket.left + Double(max(0, now.milliseconds - bucket.at.milliseconds)) / 1000 * pace)
    }
}
