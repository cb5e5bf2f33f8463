/// What an office asks of its people's acts, as the newest act about it says.
public struct OfficeSettings: Hashable, Sendable {
    /// A second person approves each act before it is entered.
    public var twoPersons: Bool
    /// Whether acts may be entered without the person's signature.
    public var unsignedActs: Bool

    /// What holds where nothing was set: one person, who signs.
    public static let usual = OfficeSettings(twoPersons: false, unsignedActs: false)

    public init(twoPersons: Bool, unsignedActs: Bool) {
        self.twoPersons = twoPersons
        self.unsignedActs = unsignedActs
    }
}
