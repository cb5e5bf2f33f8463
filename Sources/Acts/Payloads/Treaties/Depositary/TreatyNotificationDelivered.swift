/// What became of a notification's delivery to one address: the receipt of the mail server, or its refusal.
///
/// It is entered once for each notification, addressee and address, when nothing more will be tried.
public struct TreatyNotificationDelivered: Payload, Hashable {
    public static let kind = ActKind(known: "treaty.notification-delivered")

    public enum Outcome: String, Hashable, Sendable, CaseIterable {
        /// The addressee's mail server took responsibility for it (RFC 5321, 6.1).
        case accepted
        /// It was refused for good.
        case refused
        /// It was tried for as long as the depositary tries.
        case abandoned
        /// It was given over by other means: by hand, by pouch.
        case otherwise
    }

    /// The entry of the notification.
    public var notification: Int64
    public var number: String
    public var treaty: String
    public var addressee: ActorCode
    /// The address of electronic mail, or how else it was given.
    public var address: String
    public var outcome: Outcome
    /// What the mail server answered, in its words.
    public var reply: String?
    /// The message's identifier (RFC 5322, 3.6.4).
    public var message: String?
    public var attempts: Int64

    public init(
        notification: Int64, number: String, treaty: String, addressee: ActorCode, address: String, outcome: Outcome,
        reply: String? = nil, message: String? = nil, attempts: Int64
    ) {
        self.notification = notification
        self.number = number
        self.treaty = treaty
        self.addressee = addressee
        self.address = address
        self.outcome = outcome
        self.reply = reply
        self.message = message
        self.attempts = attempts
    }

    public init(json: JSON) throws(MalformedAct) {
        var reader = try ObjectReader(json, at: "payload")
        notification = try reader.integer("notification")
        number = try reader.string("number")
        treaty = try reader.string("treaty")
        addressee = try reader.actor("addressee")
        address = try reader.string("address")
        outcome = try reader.word("outcome")
        reply = try reader.optionalString("reply")
        message = try reader.optionalString("message")
        attempts = try reader.integer("attempts")
        try reader.finish()
    }

    public var json: JSON {
        var object: JSONObject = [
            "notification": .integer(notification), "number": .string(number), "treaty": .string(treaty),
            "addressee": .string(addressee.rawValue), "address": .string(address), "outcome": .string(outcome.rawValue),
            "attempts": .integer(attempts),
        ]
        object["reply"] = reply.map(JSON.string)
        object["message"] = message.map(JSON.string)
        return .object(object)
    }
}
