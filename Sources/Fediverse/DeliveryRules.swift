public import Acts

/// When a server is sent to again after it failed, when it is given up, and who goes first. Pure: state and time in, decision out.
public enum DeliveryRules {
    /// What an answer means.
    public enum Outcome: Hashable, Sendable {
        case delivered
        /// It will never take this: no more of it, but the next thing is sent.
        case refused(status: Int)
        /// The inbox is gone: its followers are.
        case gone
        /// Later, after so many seconds at least where the server said so.
        case failed(after: Int?)
        /// It does not take this form of signature; the other may be tried once.
        case otherSignature
    }

    /// 401 asks for the other form of signature once; 408, 425, 429 and all of 5xx but 501 mean later; other 4xx mean never.
    public static func outcome(status: Int, retryAfter: Int?, isSecondKnock: Bool) -> Outcome {
        switch status {
        case 200..<300: .delivered
        case 401: isSecondKnock ? .refused(status: status) : .otherSignature
        case 404, 410: .gone
        case 408, 425, 429: .failed(after: retryAfter)
        case 501: .refused(status: status)
        case 500...: .failed(after: retryAfter)
        case 400..<500: .refused(status: status)
        default: .failed(after: retryAfter)
        }
    }

    /// Milliseconds until the next try after so many failures in a row: 15 s + 10·n⁴ s as Mastodon has it, at most a day, and up to a
    /// tenth more by chance, so that a thousand servers behind one outage are not all asked at once.
    public static func pause(failures: Int, after: Int?, chance: Double) -> Int64 {
        let n = Double(min(max(failures, 1), 16))
        let seconds = min(15 + 10 * (n - 1) * (n - 1) * (n - 1) * (n - 1), 86_400)
        return Int64(max(seconds * (1 + 0.1 * min(max(chance, 0), 1)), Double(after ?? 0)) * 1000)
    }

    /// What waits longer than this for a server is dropped, and the server is lost until it is heard of again, in milliseconds.
    public static let givenUpAfter: Int64 = 7 * 86_400_000
}

/// Whether a server is to be asked now: closed while it answers, open after five failures within ten minutes, and then one probe after
/// thirty minutes each (the shape is Fedify's).
public struct CircuitBreaker: Hashable, Sendable {
    public static let failuresToOpen = 5
    public static let window: Int64 = 600_000
    public static let probeAfter: Int64 = 1_800_000

    public private(set) var failures: [Int64] = []
    public private(set) var openedAt: Int64?
    /// Failures in a row.
    public private(set) var inARow = 0
    /// When the first failure of the row was.
    public private(set) var failingSince: Int64?
    public private(set) var nextTry: Int64 = 0

    public init() {}

    public var isOpen: Bool { openedAt != nil }
    /// Whether it is one of those that do not answer, which are sent to in a lane of their own.
    public var isFailing: Bool { inARow > 0 }

    public func mayTry(at now: Moment) -> Bool { now.milliseconds >= nextTry }

    /// Whether it has failed so long that what waits for it is dropped.
    public func isLost(at now: Moment) -> Bool { failingSince.map { now.milliseconds - $0 > DeliveryRules.givenUpAfter } ?? false }

    /// The server answered, be it with a refusal: it is there.
    public mutating func succeed() { self = CircuitBreaker() }

    public mutating func fail(at now: Moment, after: Int?, chance: Double) {
        let time = now.milliseconds
        inARow += 1
        failingSince = failingSince ?? time
        failures = failures.filter { time - $0 <= Self.window } + [time]
        if failures.count > Self.failuresToOpen { failures.removeFirst() }
        if openedAt != nil || failures.count >= Self.failuresToOpen {
            openedAt = time
            nextTry = time + max(Self.probeAfter, Int64(after ?? 0) * 1000)
        } else {
            nextTry = time + DeliveryRules.pause(failures: inARow, after: after, chance: chance)
        }
    }
}

/// Who may be sent to at once: servers that answer first, with most of the places, so that a correction never waits behind dead hosts.
public struct DeliveryLanes: Hashable, Sendable {
    public let places: Int
    /// Of those, how many the failing ones may have.
    public let slowPlaces: Int

    public init(places: Int = 64, slowPlaces: Int = 8) {
        self.places = places
        self.slowPlaces = slowPlaces
    }

    /// - Parameters:
    ///   - ready: hosts with something to send whose time has come, each with whether it is failing, in order of what waits longest.
    ///   - busy: how many are at work now, fast and slow.
    /// - Returns: which begin now.
    public func choose<Host>(_ ready: [(host: Host, isFailing: Bool)], busy: (fast: Int, slow: Int)) -> [Host] {
        let fast = ready.filter { !$0.isFailing }.prefix(max(0, places - slowPlaces - busy.fast))
        let slow = ready.filter(\.isFailing).prefix(max(0, slowPlaces - busy.slow))
        return (Array(fast) + slow).map(\.host)
    }
}
