import Acts

/// What belongs into a person's digest, and when it is due. What the person may read is not decided here but by `Access`.
struct DigestRule: Hashable, Sendable {
    let subscription: DigestSubscription
    let today: CalendarDate

    /// How many days before a deadline a digest tells of it.
    static let notice = 30

    /// The first digest comes as soon as the address is confirmed; after it at most one a day, or one in seven days.
    func isDue() -> Bool {
        guard subscription.isActive else { return false }
        guard let last = subscription.last else { return true }
        let days = subscription.request.frequency == .daily ? 1 : 7
        return today >= last.moment.date.adding(days: days)
    }

    /// Whether a deadline ahead is news: it has come into the days of notice since the last digest, or the depositary has learnt of it since.
    /// The first digest tells of all that are within the days of notice.
    func isNews(_ deadline: TreatyDeadline) -> Bool {
        guard deadline.kind.isAnnounced, deadline.day >= today, deadline.day <= today.adding(days: Self.notice) else { return false }
        guard let last = subscription.last else { return true }
        return deadline.day > last.moment.date.adding(days: Self.notice) || deadline.known > last.moment
    }

    /// Whether something that awaits the person is news. What was waiting before the first digest is told in it.
    func isNews(awaitingSince entry: Int64) -> Bool {
        subscription.last.map { entry >= $0.entry } ?? true
    }

    /// From which entry on the acts are news: nobody is told in the first digest what happened before it was asked for.
    var firstEntry: Int64 { subscription.last?.entry ?? subscription.entry }

    /// Whether an act towards a treaty, by or about these actors, is followed.
    func follows(treaty: String?, actors: [ActorCode]) -> Bool {
        if let treaty, subscription.request.treaties.contains(treaty) { return true }
        return actors.contains { subscription.request.actors.contains($0) }
    }

    /// The kinds of acts a digest tells of: what changes a treaty's standing, what is said about it and what is notified. Deliveries, receipts,
    /// addresses and passed deadlines are not among them; the last have a place of their own in the digest.
    static let kinds: Set<ActKind> = [
        TreatyOpened.kind, TreatyAdopted.kind, TreatyAuthenticated.kind, TreatyTextEntered.kind, TreatyParticipation.kind,
        TreatyParticipationCorrected.kind, TreatyActConfirmed.kind, TreatyStatementMade.kind, TreatyStatementChanged.kind,
        TreatyEntryIntoForceProposed.kind, TreatyEntryIntoForceConfirmed.kind, TreatySuspended.kind, TreatyTerminated.kind,
        TreatyNotificationIssued.kind, TreatyCorrectionProposed.kind, TreatyCorrectionObjected.kind, TreatyCorrectionEffected.kind,
        TreatyRegistered.kind, TreatyFullPowersIssued.kind, TreatyFullPowersRevoked.kind, TreatyPastImported.kind,
    ]
}
