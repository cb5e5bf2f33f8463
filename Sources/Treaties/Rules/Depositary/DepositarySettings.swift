/// How the depositary speaks and to whom: set by whoever runs the node, the same for all its treaties.
public struct DepositarySettings: Hashable, Sendable {
    /// The sentence with which a notification begins, by language tag.
    public var formula: [String: String]
    /// The depositary's name as it heads a notification, by language tag.
    public var name: [String: String]
    /// Whom notifications are for the attention of, by language tag.
    public var attention: [String: String]
    /// Where the depositary sits, by language tag: "New York".
    public var seat: [String: String]
    /// Who signs procès-verbaux and statements, by language tag: "The Legal Counsel".
    public var signatory: [String: String]
    /// Groups of the actor table whose members are entitled to become Parties and are therefore told (VCLT art. 77(1)(e)).
    public var circle: [String]
    /// Days in which States may object to a proposed correction, where the officer does not say otherwise.
    public var correctionDays: Int

    public init(
        formula: [String: String], name: [String: String], attention: [String: String], seat: [String: String] = [:],
        signatory: [String: String] = [:], circle: [String] = ["un-members"], correctionDays: Int = 90
    ) {
        self.formula = formula
        self.name = name
        self.attention = attention
        self.seat = seat
        self.signatory = signatory
        self.circle = circle
        self.correctionDays = correctionDays
    }

    public static let standard = DepositarySettings(
        formula: [
            "en": "The depositary of the above-mentioned treaty, acting in that capacity, communicates the following:",
            "fr": "Le dépositaire du traité susmentionné, agissant en cette qualité, communique ce qui suit :",
        ],
        name: ["en": "Depositary of treaties", "fr": "Dépositaire des traités"],
        attention: [
            "en": "Attention: treaty services of ministries of foreign affairs and of international organizations concerned.",
            "fr":
                "À l’attention des services des traités des ministères des affaires étrangères et des organisations internationales intéressées.",
        ],
        signatory: ["en": "The depositary", "fr": "Le dépositaire"])
}
