import Acts
import Crypto
import Fediverse
import Synchronization

/// How often something may be asked of the node: by one visitor, and by all together. What tells visitors apart is a hash with a key that
/// lives in memory alone.
final class VisitorLimit: Sendable {
    /// The key of the hashes.
    let key = SymmetricKey(size: .bits256).withUnsafeBytes { Array($0) }
    private let each: Mutex<FollowLimit>
    private let all: Mutex<FollowLimit>

    /// - Parameters:
    ///   - burst: how often one may at once, and all together.
    ///   - perSecond: how many come back in a second.
    init(each: (burst: Int, perSecond: Double), all: (burst: Int, perSecond: Double)) {
        self.each = Mutex(FollowLimit(burst: each.burst, perSecond: each.perSecond))
        self.all = Mutex(FollowLimit(burst: all.burst, perSecond: all.perSecond))
    }

    /// - Returns: `nil` where one more is taken, else after how many seconds to come again.
    func take(_ visitor: String, at now: Moment) -> Int? {
        each.withLock { $0.take(visitor, at: now) } ?? all.withLock { $0.take("", at: now) }
    }
}
