import Acts
import Fediverse

/// A program that is sent a feed (WebSub).
struct FeedSubscription: Hashable, Sendable {
    var topic: String
    var callback: String
    var secret: String?
    /// When its lease ends.
    var until: Moment
    /// The entry up to which it was sent everything.
    var upTo: Int64
    /// The entry that holds.
    var entry: Int64
}

/// What a program asks of the hub, read from its form (WebSub, 5.1). What it asks for is done only once it has answered that it wants it.
struct HubRequest: Hashable, Sendable {
    enum Mode: String, Hashable, Sendable, CaseIterable {
        case subscribe, unsubscribe
    }

    let mode: Mode
    let topic: String
    let callback: String
    /// Seconds.
    let lease: Int64
    let secret: String?

    /// Seconds of a lease: at least, at most, and where nothing is asked for (WebSub, 5.1 leaves it to the hub).
    static let leases: ClosedRange<Int64> = 60...2_592_000
    static let usualLease: Int64 = 864_000
    /// Subscriptions that one host may have, and all together.
    static let mostOfHost: Int64 = 50
    static let most: Int64 = 5_000

    /// - Parameters:
    ///   - field: gives a field of the form.
    ///   - origin: this node's.
    init(_ field: (String) throws(Refusal) -> String?, origin: String) throws(Refusal) {
        guard let mode = try field("hub.mode").flatMap(Mode.init) else {
            throw Self.refusal("mode", "hub.mode is neither 'subscribe' nor 'unsubscribe'.", "Send one of the two.")
        }
        guard let topic = try field("hub.topic"), FeedTopic(topic, origin: origin) != nil else {
            throw Self.refusal("topic", "hub.topic is not a feed of this node.", "Send the address that the feed names as its own (self).")
        }
        guard let callback = try field("hub.callback"), callback.utf8.count <= 2_048, !callback.contains("#"), Origin(callback) != nil,
            !(callback.contains { $0.isWhitespace })
        else { throw Self.refusal("callback", "hub.callback is not an address of the web.", "Send an https address without a fragment.") }
        let secret = try field("hub.secret")
        guard (secret?.utf8.count ?? 0) < 200 else {
            throw Self.refusal("secret", "hub.secret has 200 bytes or more.", "Send a shorter one.")
        }
        let lease = try field("hub.lease_seconds")
        guard lease.map({ Int64($0) != nil && ($0.first?.isNumber ?? false) }) ?? true else {
            throw Self.refusal("lease", "hub.lease_seconds is not a number.", "Send a whole number of seconds, or none.")
        }
        self.mode = mode
        self.topic = topic
        self.callback = callback
        self.secret = secret.flatMap { $0.isEmpty ? nil : $0 }
        self.lease = min(max(lease.flatMap { Int64($0) } ?? Self.usualLease, Self.leases.lowerBound), Self.leases.upperBound)
    }

    /// The host and port that are asked whether they want it.
    var host: String { Origin(callback)?.authority ?? callback }

    /// The callback with what is asked of it (WebSub, 5.3): its own query stays.
    func question(challenge: String, encode: (String) -> String) -> String {
        var fields = [("hub.mode", mode.rawValue), ("hub.topic", topic), ("hub.challenge", challenge)]
        if mode == .subscribe { fields.append(("hub.lease_seconds", String(lease))) }
        let query = fields.map { "\($0.0)=\(encode($0.1))" }.joined(separator: "&")
        return callback + (callback.contains("?") ? (callback.hasSuffix("?") || callback.hasSuffix("&") ? "" : "&") : "?") + query
    }

    private static func refusal(_ code: String, _ explanation: String, _ mend: String) -> Refusal {
        Refusal(.malformed, code: "press.hub-\(code)", explanation, mend: mend, citation: "WebSub, 5.1")
    }

    static var busy: Refusal {
        Refusal(
            .tooMany, code: "press.hub-busy", "That host, or all together, asked for too much.", mend: "Try again later.",
            citation: "docs/press.md, Followed")
    }
}

/// A feed of this node, as its address names it.
struct FeedTopic: Hashable, Sendable {
    /// `feed.atom`, `feed.rss`, `feed.json`.
    let form: String
    /// A BCP 47 tag; `nil`: the address names none.
    let language: String?
    let office: String?

    /// `nil` where the address is no feed of ours.
    init?(_ address: String, origin: String) {
        let start = "\(origin)/statements/"
        guard address.utf8.count <= 500, address.hasPrefix(start) else { return nil }
        let parts = address.dropFirst(start.count).split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        guard let form = parts.first.map(String.init), FeedTopic.forms.contains(form) else { return nil }
        var (language, office): (String?, String?)
        for pair in (parts.count > 1 ? parts[1] : "").split(separator: "&") {
            let sides = pair.split(separator: "=", maxSplits: 1).map(String.init)
            guard sides.count == 2 else { return nil }
            switch sides[0] {
            case "lang":
                guard language == nil, PressCommands.isLanguageTag(sides[1]) else { return nil }
                language = sides[1]
            case "office":
                guard office == nil, PressCommands.isShortName(sides[1]) else { return nil }
                office = sides[1]
            default: return nil
            }
        }
        self.form = form
        self.language = language
        self.office = office
    }

    static let forms = ["feed.atom", "feed.rss", "feed.json"]

    func isChanged(by news: StatementNews) -> Bool { office == nil || office == news.office }
}

/// Enters what the hub has settled with programs.
struct HubCommands: Sendable {
    let office: String

    /// - Parameters:
    ///   - known: the subscription as it stands.
    ///   - ofHost: how many the callback's host has; `all`: how many there are.
    func subscribe(_ request: HubRequest, known: FeedSubscription?, ofHost: Int64, all: Int64, now: Moment) throws(Refusal) -> [ActDraft] {
        guard known != nil || (ofHost < HubRequest.mostOfHost && all < HubRequest.most) else { throw HubRequest.busy }
        let until = now.adding(milliseconds: request.lease * 1000)
        return [
            draft(FeedSubscribed(topic: request.topic, callback: request.callback, secret: request.secret, until: until))
        ]
    }

    func end(_ subscription: FeedSubscription?, _ manner: FeedEnded.Manner) -> [ActDraft] {
        guard let subscription else { return [] }
        return [draft(FeedEnded(topic: subscription.topic, callback: subscription.callback, manner: manner))]
    }

    func sent(_ receipts: [FeedSent.Receipt]) -> [ActDraft] { receipts.isEmpty ? [] : [draft(FeedSent(receipts: receipts))] }

    private func draft(_ payload: some Payload) -> ActDraft {
        ActDraft(payload, dossier: MailingCommands.dossier, office: office, author: "node", marking: MailingCommands.nobody)
    }
}
