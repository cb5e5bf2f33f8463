/// An addressee said that it has a notification. By VCLT art. 78(c) it is then beyond doubt that the depositary informed it.
public struct TreatyNotificationAcknowledged: Payload, Hashable {
    public static let kind = ActKind(known: "treaty.notification-acknowledged")

    public enum Manner: String, Hashable, Sendable, CaseIterable {
        /// By the link that was sent to the addressee alone.
        case link
        /// By a note or message, as an officer of the depositary enters it.
        case note
    }

    /// The entry of the notification.
    public var notification: Int64
    public var number: String
    public var treaty: String
    public var addressee: ActorCode
    public var manner: Manner
    /// Who acknowledged it, as given.
    public var by: String?

    public init(
        notification: Int64, number: String, treaty: String, addressee: ActorCode, manner: Manner, by: String? = nil
    ) {
        self.notification = notification
        self.number = number
        self.treaty = treaty
        self.addressee = addressee
        self.manner = manner
        self.by = by
    }

    public init(json: JSON) throws(MalformedAct) {
        var reader = try ObjectReader(json, at: "payload")
        notification = try reader.integer("notification")
        number = try reader.string("number")
        treaty = try reader.string("treaty")
        addressee = try reader.actor("addressee")
        manner = try reader.word("manner")
        by = try reader.optionalString("by")
        try reader.finish()
    }

    public var json: JSON {
        var object: JSONObject = [
            "notification": .integer(notification), "number": .string(number), "treaty": .string(treaty),
            "addressee": .string(addressee.rawValue), "manner": .string(manner.rawValue),
        ]
        object["by"] = by.map(JSON.string)
        return .object(object)
    }
}
