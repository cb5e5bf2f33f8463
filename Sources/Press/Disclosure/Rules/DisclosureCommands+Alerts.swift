import Acts

/// What an office watches, whom it tells, and how an alert ends.
extension DisclosureCommands {
    func watch(_ act: AlertFeedsSet, allowsPlain: Bool, form: String?) throws(Refusal) -> [ActDraft] {
        guard act.feeds.count <= FeedRules.mostFeeds else {
            throw Refusal(
                .malformed, code: "press.alert.feeds", "An office watches \(FeedRules.mostFeeds) feeds at most.", mend: "Name fewer.",
                arguments: ["most": String(FeedRules.mostFeeds)])
        }
        if let wrong = act.feeds.first(where: { !FeedRules.isAddress($0, allowsPlain: allowsPlain) }) {
            throw Refusal(
                .malformed, code: "press.alert.feed-address", "'\(wrong.prefix(200))' is no address of a feed.",
                mend: "Write it as https://example.org/feed.xml.", arguments: ["value": String(wrong.prefix(200))])
        }
        return [own(act, form: form)]
    }

    /// - Parameter isAddress: whether a text is an address of electronic mail that this node sends to.
    func tell(_ act: AlertTellingSet, isAddress: (String) -> Bool, form: String?) throws(Refusal) -> [ActDraft] {
        guard act.people.count <= AlertTelling.mostPeople else {
            throw Refusal(
                .malformed, code: "press.alert.people", "At most \(AlertTelling.mostPeople) people are told by e-mail.",
                mend: "Name fewer, or one address that reaches several.", arguments: ["most": String(AlertTelling.mostPeople)])
        }
        if let wrong = act.people.first(where: { !isAddress($0.address) }) {
            throw Refusal(
                .malformed, code: "press.alert.mail-address", "'\(wrong.address.prefix(200))' is no address of electronic mail.",
                mend: "Write one a line: duty@example.org, or duty@example.org fr.", arguments: ["value": String(wrong.address.prefix(200))]
            )
        }
        return [own(act, form: form)]
    }

    /// - Parameters:
    ///   - known: the person's subscriptions.
    ///   - allowsPlain: whether a push service without TLS may be named.
    func subscribe(
        _ act: PushSubscribed, known: [AlertQueries.Subscription], allowsPlain: Bool, form: String?
    ) throws(Refusal) -> [ActDraft] {
        let (key, secret) = (Base64.decodeFromAddress(act.key), Base64.decodeFromAddress(act.secret))
        guard FeedRules.isAddress(act.endpoint, allowsPlain: allowsPlain), key?.count == 65, key?.first == 4, secret?.count == 16 else {
            throw Refusal(
                .malformed, code: "press.alert.subscription", "The browser's subscription is not as it should be.",
                mend: "Switch notifications on again.", citation: "RFC 8291, 3")
        }
        // The same browser again: the newer keys are good.
        let same = known.filter { $0.act.endpoint == act.endpoint }
        guard known.count - same.count < AlertTelling.mostBrowsers else {
            throw Refusal(
                .conflict, code: "press.alert.browsers", "You are told in \(AlertTelling.mostBrowsers) browsers already.",
                mend: "Take one off the list first.", arguments: ["most": String(AlertTelling.mostBrowsers)])
        }
        return same.map { own(PushEnded(subscription: $0.entry, reason: .asked), form: nil) } + [own(act, form: form)]
    }

    /// A person ends what is the person's own.
    func unsubscribe(_ subscription: Int64, known: [AlertQueries.Subscription], form: String?) throws(Refusal) -> [ActDraft] {
        guard known.contains(where: { $0.entry == subscription }) else { throw Self.unknown }
        return [own(PushEnded(subscription: subscription, reason: .asked), form: form)]
    }

    /// Ends an alert with what was measured of the answer to it.
    ///
    /// - Parameters:
    ///   - isPublic: whether everybody may read the times.
    ///   - title: what it was about, for whoever may read them; `nil`: it does not say.
    func close(_ file: AlertFile, isPublic: Bool, title: String?, form: String?) throws(Refusal) -> [ActDraft] {
        guard file.office == office else { throw Self.unknown }
        guard !file.isClosed else {
            throw Refusal(.conflict, code: "press.alert.closed", "The alert is closed.", mend: "Raise another.")
        }
        let act = AlertClosed(
            alert: file.act.alert, title: title ?? (isPublic ? nil : file.act.title), statement: file.statement, points: file.points)
        guard isPublic else { return [own(act, form: form)] }
        return [ActDraft(act, dossier: Self.dossier, office: office, author: author, request: form)]
    }
}
