import Acts

/// A campaign as it stands.
struct CampaignFile: Sendable {
    let act: CampaignSet
    let office: String
    let entry: Int64
    let isPublic: Bool
    let closed: CampaignClosed?
    /// The entry that closed it.
    let closing: Int64?

    /// The days on which it is measured, and as many before it; `nil`: it has not begun.
    func windows(on today: CalendarDate) -> (before: ClosedRange<CalendarDate>, after: ClosedRange<CalendarDate>)? {
        let last = min(act.until, today)
        guard act.from <= last else { return nil }
        let days = last.dayNumber - act.from.dayNumber + 1
        return (act.from.adding(days: -days)...act.from.adding(days: -1), act.from...last)
    }
}
