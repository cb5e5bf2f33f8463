import Acts

/// When a feed is looked at again, and which of its entries raise an alert.
struct FeedRules: Sendable {
    /// Minutes between two looks, as an office may set them.
    static let minutes: ClosedRange<Int64> = 1...1_440
    static let mostFeeds = 20
    /// The most alerts that one look at one feed raises; what is left comes with the next.
    static let mostAlerts = 20
    /// How far back new words are looked for in what came before they were set, in milliseconds.
    static let lookBack: Int64 = 86_400_000
    private static let longestPause: Int64 = 86_400_000

    /// Milliseconds until the next look: the office's pace, doubled with each failure up to a day, and never sooner than the server
    /// asked (RFC 9110, 10.2.3).
    ///
    /// - Parameters:
    ///   - failures: how many looks failed in a row, this one included; 0: it was read.
    ///   - retryAfter: in seconds.
    static func pause(minutes: Int64, failures: Int, retryAfter: Int?) -> Int64 {
        let pace = min(max(minutes, Self.minutes.lowerBound), Self.minutes.upperBound) * 60_000
        let patient = failures == 0 ? pace : min(longestPause, pace << Int64(min(failures, 11)))
        return max(patient, Int64(retryAfter ?? 0) * 1_000)
    }

    /// Whether an entry came after the office began to watch. One without a date is new where it was not there at the first look.
    /// Feeds count in whole seconds, so what came in the second of the beginning came after it.
    static func isNew(_ at: Moment?, since: Moment, wasThereAtFirst: Bool) -> Bool {
        at.map { $0.milliseconds >= since.milliseconds / 1_000 * 1_000 } ?? !wasThereAtFirst
    }

    /// Whether one of an office's words stands in the text, as whole words in a row.
    static func matches(_ text: [String], _ words: [String]) -> Bool {
        words.contains { MessageUptake.contains(MessageUptake.words($0), in: text) }
    }

    /// What a feed's entry is told by among alerts.
    static func about(_ feed: String, _ id: String) -> String { "\(feed)#\(id)" }

    /// An address of the web without a user, of bearable length.
    static func isAddress(_ text: String, allowsPlain: Bool) -> Bool {
        guard text.utf8.count <= 1_000, text.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else { return false }
        let scheme = text.prefix { $0 != ":" }.lowercased()
        guard scheme == "https" || (allowsPlain && scheme == "http"), text.dropFirst(scheme.count).hasPrefix("://") else { return false }
        let authority = text.dropFirst(scheme.count + 3).prefix { !"/?#".contains($0) }
        return !authority.isEmpty && !authority.contains("@")
    }
}
