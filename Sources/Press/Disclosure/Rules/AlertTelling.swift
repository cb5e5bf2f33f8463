import Acts

/// What a mail or a notification says of an alert, and how often it is tried.
struct AlertTelling: Sendable {
    static let mostPeople = 50
    /// How often a message is sent, the first time included.
    static let mostTries = 5
    static let mostBrowsers = 10

    /// Whether the message names what happened. What a feed or another node said was said in public; what a person raised is for the
    /// office alone unless the office has it named: mail is read by more eyes than a page, and a notification lies on a locked screen.
    static func names(_ alert: AlertRaised, officeNamesTitles: Bool) -> Bool { alert.source != .person || officeNamesTitles }

    /// Milliseconds until a message is tried again after so many tries; `nil`: it is given up.
    static func pause(after tries: Int) -> Int64? { tries < mostTries ? 5_000 << Int64(max(0, tries - 1)) : nil }
}
